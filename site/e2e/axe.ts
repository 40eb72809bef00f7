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

/**
 * All that axe finds but what depends on colours. A page in the other language has mostly the same shape, and axe's rules look at nothing else,
 * so a page is judged if none of its shape was before. What words themselves can do wrong (colours, width, title, language) every page is asked for.
 */
export async function violationsOfStructure(page: Page, judged: Set<string>): Promise<Violation[]> {
  const shape = await page.evaluate(shapeOf)
  if (judged.has(shape)) return []
  judged.add(shape)
  return run(page, { runOnly: TAGS, rules: Object.fromEntries(COLOURS.map(rule => [rule, { enabled: false }])) }, {})
}

/**
 * Runs in the page: its elements with their attributes, what refers to what, whether something has words, but not which, and whether it is small
 * for a finger.
 */
function shapeOf(): string {
  const references = /^(id|for|headers|aria-(labelledby|describedby|controls|owns|details|activedescendant))$/
  const words = /^(aria-label|alt|title|placeholder|value|href|src|srcset|lang|hreflang|datetime|data-.*)$/
  const emphasis = new Set(['code', 'strong', 'em', 'kbd', 'b', 'i', 'br', 'wbr'])
  const numbers = new Map<string, number>()
  const numberOf = (id: string): number => {
    const known = numbers.get(id) ?? numbers.size
    numbers.set(id, known)
    return known
  }
  const said = ({ name, value }: Attr): string => {
    if (references.test(name)) return `${name}=${value.split(/\s+/).map(numberOf)}`
    return words.test(name) ? `${name}${value.trim() && '!'}` : `${name}=${value}`
  }
  const small = (element: Element): boolean => {
    if (!element.matches('a, button, input, select, summary, [tabindex]')) return false
    const { width, height } = element.getBoundingClientRect()
    return width < 24 || height < 24
  }
  const parts: string[] = []
  // Only Chinese titles have phrases, which stay on one line.
  const counts = (node: Node): node is Element =>
    node instanceof Element &&
    (emphasis.has(node.localName) ? node.attributes.length > 0 : !node.matches('span.phrase'))
  const speaks = (node: Node): boolean =>
    node instanceof Text ? /\S/.test(node.data) : !counts(node) && [...node.childNodes].some(speaks)
  function walk(node: Node): void {
    if (counts(node)) {
      const words = [...node.childNodes].some(speaks) ? '"' : ''
      const tag = [node.localName, ...[...node.attributes].map(said).sort()].join(' ')
      parts.push(`<${tag}${words}${small(node) ? '.' : ''}`)
    }
    for (const child of node.childNodes) walk(child)
    if (counts(node)) parts.push('>')
  }
  walk(document.body)
  return [document.querySelector('meta[name="viewport"]')?.outerHTML, ...parts].join('\n')
}

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
