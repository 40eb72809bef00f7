/** axe-core in a page: what would keep somebody from using it. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
export const loadAxe = (page: Page): Promise<void> => page.evaluate(source)
/** For who goes from page to page: it is handed over once. */
export const loadAxeAlways = async (page: Page): Promise<void> => void (await page.addInitScript(source))

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What depends on colours, and so on the theme. */
const COLOURS = ['color-contrast', 'link-in-text-block']

export interface Violation {
  id: string
  nodes: { target: string[]; why: string | undefined }[]
}
interface InPage {
  axe: {
    run(
      where: { include?: (Element | undefined)[]; exclude?: string[] },
      how: object,
    ): Promise<{ violations: { id: string; nodes: { target: string[]; failureSummary?: string }[] }[] }>
  }
  /** Of each look that text has in this page, one element that has it. */
  looks?: Map<string, Element>
}

/** Nothing is fetched beforehand, which takes a third of the time: only sound, and pages that can't be turned, would need it. */
export const HOW = { resultTypes: ['violations'], preload: false }

const run = (page: Page, how: object, where: { exclude?: string[]; looks?: string[] }): Promise<Violation[]> =>
  page.evaluate(
    async ([how, { exclude, looks }]) => {
      const here = globalThis as typeof globalThis & InPage
      const where = looks ? { include: looks.map(look => here.looks?.get(look)) } : { exclude: exclude ?? [] }
      const { violations } = await here.axe.run(where, how)
      return violations.map(({ id, nodes }) => ({
        id,
        nodes: nodes.map(({ target, failureSummary }) => ({ target, why: failureSummary })),
      }))
    },
    [{ ...HOW, ...how }, where] as const,
  )

/** All that axe finds, but in parts that are not ours. */
export const violations = (page: Page, exclude: string[] = []): Promise<Violation[]> =>
  run(page, { runOnly: TAGS }, { exclude })

/** All that axe finds but what depends on colours. */
export const violationsOfStructure = (page: Page): Promise<Violation[]> =>
  run(page, { runOnly: TAGS, rules: Object.fromEntries(COLOURS.map(rule => [rule, { enabled: false }])) }, {})

/**
 * What axe finds wrong with a page's colours. Judging them takes longer than all else, and a hundred pages share the same
 * few: text in the same elements, in the same colours and on the same ground as some that was judged before is not judged again.
 */
export async function violationsOfColours(page: Page, judged: Set<string>): Promise<Violation[]> {
  const looks = await page.evaluate(() => {
    const known = new WeakMap<Element, string>()
    function lookOf(element: Element): string {
      let look = known.get(element)
      if (look !== undefined) return look
      const { color, backgroundColor, backgroundImage, opacity, fontSize, fontWeight, position, textDecorationLine } =
        getComputedStyle(element)
      const own = [element.localName, ...element.classList, color, backgroundColor, backgroundImage, opacity]
      const more = [fontSize, fontWeight, position, textDecorationLine]
      look = `${element.parentElement ? lookOf(element.parentElement) : ''} > ${[...own, ...more].join()}`
      known.set(element, look)
      return look
    }
    const looks = new Map<string, Element>()
    for (const element of document.body.querySelectorAll('*')) {
      const speaks = element.matches('input, select, textarea') || [...element.childNodes].some(hasText)
      if (speaks && element.checkVisibility({ visibilityProperty: true })) looks.set(lookOf(element), element)
    }
    function hasText(node: Node): boolean {
      return node.nodeType === Node.TEXT_NODE && /\S/.test(node.nodeValue ?? '')
    }
    ;(globalThis as typeof globalThis & InPage).looks = looks
    return [...looks.keys()]
  })
  const fresh = looks.filter(look => !judged.has(look))
  for (const look of fresh) judged.add(look)
  return fresh.length > 0 ? run(page, { runOnly: { type: 'rule', values: COLOURS } }, { looks: fresh }) : []
}
