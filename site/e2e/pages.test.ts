/** Every page, in both languages and themes: accessible, alone with its own host, quiet in the console, readable without scripts. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { loadAxeAlways, type Violation, violationsOfColours, violationsOfStructure } from './axe.ts'
import { firstLesson, langs, newPage, origin, pictures, shot, sizes, themes, useBrowser } from './browser.ts'

useBrowser()

/** More is scrolled past, and not read. */
const LINES_OF_AN_OUTPUT = 40

/** Pages looked at at the same time. */
const TABS = 3

const sitemap = async (): Promise<string[]> => {
  const xml = await (await fetch(`${origin}/sitemap.xml`)).text()
  return [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => new URL(url ?? '').pathname)
}

/** By how many pixels one could scroll sideways. */
const beyondTheScreen = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

/** Words of the glossary behind which a line ends, so that a comma of theirs begins the next one. */
const partedFromTheirSign = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.term-word')].flatMap(word => {
      const next = word.parentElement?.nextSibling
      if (!(next instanceof Text) || !/^[，。、；：！？）」]/.test(next.data)) return []
      const sign = document.createRange()
      sign.setStart(next, 0)
      sign.setEnd(next, 1)
      // What is folded away has no lines.
      const line = [...word.getClientRects()].at(-1)
      return line && sign.getBoundingClientRect().top > line.bottom ? [word.textContent] : []
    }),
  )

const names: Record<string, string> = {
  '': 'home',
  'lessons/': 'contents',
  'playground/': 'playground',
  [firstLesson]: 'lesson',
}

describe('every page of the sitemap', () => {
  // Each page is opened once: of what is looked for, only the contrast of colours depends on the theme.
  test('is accessible in both themes, and needs nobody else', { timeout: 400_000 }, async () => {
    const paths = [...(await sitemap()), '/no/such/page/']
    expect(paths.length).toBeGreaterThan(8)
    const wrong: Record<string, Violation[]> = {}
    const judged = new Set<string>()
    const { context } = await newPage()
    const visit = async (): Promise<void> => {
      const { page, errors, strangers } = await newPage({ context })
      await loadAxeAlways(page)
      for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
        await page.emulateMedia({ colorScheme: 'light' })
        await page.goto(origin + path)
        const found = [...(await violationsOfStructure(page)), ...(await violationsOfColours(page, judged))]
        await page.emulateMedia({ colorScheme: 'dark' })
        found.push(...(await violationsOfColours(page, judged)))
        if (found.length > 0) wrong[path] = found
        expect(await beyondTheScreen(page), `${path} is wider than the screen`).toBeLessThanOrEqual(0)
        await page.setViewportSize(sizes.narrow)
        expect(await beyondTheScreen(page), `${path} is wider than a phone`).toBeLessThanOrEqual(0)
        expect(await partedFromTheirSign(page), path).toEqual([])
        await page.setViewportSize(sizes.wide)
      }
      expect(strangers).toEqual([])
      expect(errors.filter(e => !e.includes('404'))).toEqual([])
    }
    await Promise.all(Array.from({ length: TABS }, visit))
    expect(wrong).toEqual({})
  })

  test('names its counterpart, itself and what it is about', async () => {
    const paths = await sitemap()
    for (const path of paths) {
      const html = await (await fetch(origin + path)).text()
      expect(html, path).toContain(`rel="canonical" href="http://localhost:4321${path}"`)
      const [, lang = '', rest = ''] = /^\/(zh|en)\/(.*)$/.exec(path) ?? []
      const twin = `/${lang === 'zh' ? 'en' : 'zh'}/${rest}`
      expect(paths).toContain(twin)
      expect(html).toContain(`hreflang="${lang === 'zh' ? 'en' : 'zh-CN'}" href="http://localhost:4321${twin}"`)
      expect(html).toMatch(/<meta name="description" content="[^"]{20,}"/)
      expect(html).toMatch(/<meta property="og:title"/)
      expect(html).toMatch(/<title>[^<]*\p{L}[^<]*<\/title>/u)
      expect(html).toMatch(new RegExp(`<html lang="${lang === 'zh' ? 'zh-CN' : 'en'}"`))
      // The search alone compiles WebAssembly; nothing compiles JavaScript out of text.
      const wasm = rest === 'search/' ? " 'wasm-unsafe-eval'" : ''
      expect(html).toMatch(
        new RegExp(
          `http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self' 'sha256-[^']+'${wasm};`,
        ),
      )
      expect(wasm ? html.replace(wasm, '') : html).not.toContain('unsafe-eval')
    }
  })

  test('prints under each command of a lesson what the cluster answers, short enough to be read', async () => {
    const wrong: string[] = []
    let printed = 0
    for (const path of (await sitemap()).filter(path => /\/lessons\/./.test(path))) {
      const html = await (await fetch(origin + path)).text()
      for (const [, output = ''] of html.matchAll(/<figure[^>]*class="output[^>]*>.*?<code>(.*?)<\/code>/gs)) {
        const [, asked = '', answer = ''] = /^(<span class="asked">.*?<\/span>\n)?(.*)$/s.exec(output) ?? []
        printed++
        const lines = answer.trim() === '' ? 0 : answer.split('\n').length
        if (lines === 0 || lines > LINES_OF_AN_OUTPUT) wrong.push(`${path}: ${lines} lines of ${asked}`)
      }
    }
    expect(wrong).toEqual([])
    expect(printed).toBeGreaterThan(400)
  })

  test('has no dead link within the site', async () => {
    const dead: string[] = []
    const seen = new Set<string>()
    for (const path of await sitemap()) {
      const html = await (await fetch(origin + path)).text()
      for (const [, href = ''] of html.matchAll(/(?:href|src)="(\/[^"#]*)/g)) {
        if (seen.has(href)) continue
        seen.add(href)
        const response = await fetch(origin + href)
        if (!response.ok) dead.push(`${path} → ${href}`)
      }
    }
    expect(dead).toEqual([])
  })
})

describe('the door', () => {
  test.each([
    ['zh-TW', 'zh'],
    ['en-GB', 'en'],
    ['fr-FR', 'en'],
  ])('lets a reader whose browser speaks %s in at /%s/', async (locale, lang) => {
    const { page } = await newPage({ locale })
    await page.goto(`${origin}/`)
    await page.waitForURL(`${origin}/${lang}/`)
  })

  test('remembers the language that was chosen', async () => {
    const { page } = await newPage({ locale: 'zh-CN' })
    await page.goto(`${origin}/zh/`)
    await page.click('[data-language-switch]')
    await page.waitForURL(`${origin}/en/`)
    await page.goto(`${origin}/`)
    await page.waitForURL(`${origin}/en/`)
  })

  test('is two links where scripts do not run', async () => {
    const { page } = await newPage({ javaScript: false })
    await page.goto(`${origin}/`)
    expect(await page.locator('a[href="/zh/"]').isVisible()).toBe(true)
    expect(await page.locator('a[href="/en/"]').isVisible()).toBe(true)
  })
})

test('the language switch stays at the same place', async () => {
  const { page } = await newPage()
  await page.goto(`${origin}/zh/${firstLesson}`)
  const exercise = page.locator('[data-exercise]').nth(1)
  const id = await exercise.getAttribute('id')
  await exercise.evaluate(e => e.scrollIntoView({ block: 'start', behavior: 'instant' }))
  // A click of the mouse would first scroll to the sticky header's own place.
  await page.locator('[data-language-switch]').evaluate(e => (e as HTMLElement).click())
  await page.waitForURL(`${origin}/en/${firstLesson}#${id}`)
  expect(await page.locator(`#${id}`).evaluate(e => Math.abs(e.getBoundingClientRect().top) < innerHeight)).toBe(true)
})

test('colours are chosen, kept, and there before anything is drawn', async () => {
  const { page } = await newPage({ theme: 'light' })
  await page.goto(`${origin}/zh/`)
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const light = await ground()
  await page.click('[data-theme-switch]')
  expect(await ground()).toBe(light)
  await page.click('[data-theme-switch]')
  const dark = await ground()
  expect(dark).not.toBe(light)
  await page.reload({ waitUntil: 'commit' })
  await page.waitForSelector('body')
  expect(await ground()).toBe(dark)
})

test.each(langs)('a lesson is whole without scripts (%s)', async lang => {
  const { page } = await newPage({ javaScript: false })
  await page.goto(`${origin}/${lang}/${firstLesson}`)
  expect(await page.locator('h1').isVisible()).toBe(true)
  const hint = page.locator('details.hint').first()
  await hint.locator('summary').click()
  expect(await hint.locator('div').isVisible()).toBe(true)
  const solution = page.locator('details.solution').first()
  await solution.locator('summary').click()
  expect(await solution.locator('pre').isVisible()).toBe(true)
  const option = page.locator('form.quiz .option').first()
  await option.locator('input').check()
  expect(await option.locator('.why').isVisible()).toBe(true)
  expect(await page.locator('[data-do="check"]').first().isVisible()).toBe(false)
})

if (pictures)
  describe('pictures to look at', () => {
    for (const lang of langs)
      for (const theme of themes)
        for (const size of Object.keys(sizes) as (keyof typeof sizes)[])
          test(`${lang} ${theme} ${size}`, async () => {
            const { page } = await newPage({ theme, size })
            for (const [path, name] of Object.entries(names)) {
              await page.goto(`${origin}/${lang}/${path}`)
              await shot(page, `${name}-${lang}-${theme}-${size}`, name === 'home')
            }
          })
  })
