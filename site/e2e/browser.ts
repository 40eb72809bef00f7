/** A browser, and pages that note what went wrong on them. */
import { join } from 'node:path'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest'
import type { Work } from '../src/workbench/keeping.ts'
import type { Model } from '../src/workbench/model.ts'
import { launchChromium } from './chromium.ts'

export const origin = inject('origin')
export const dist = inject('dist')

export type Lang = 'zh' | 'en'
/** The place of the workbench, `[data-lab]`, which holds its model once it is open. */
export type Lab = HTMLElement & { podlab: Model }
export const langs: readonly Lang[] = ['zh', 'en']
export const themes = ['light', 'dark'] as const
export const sizes = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const
/** Held upright. */
export const tablet = { width: 820, height: 1180 }
export const firstLesson = 'lessons/meet-the-pod/what-a-pod-is/'
export const firstLessonId = '01-meet-the-pod/01-what-a-pod-is'

/** For one thing that a page does, on a machine that is busy with others. */
const PATIENCE_MS = 60_000

let browser: Browser
/** What is opened within a test, which is closed with it: a cluster that nobody looks at any more goes on working. */
const opened: BrowserContext[] = []

/** Call once per file. */
export function useBrowser(): void {
  beforeAll(async () => {
    browser = await launchChromium()
  })
  afterAll(() => browser?.close())
  // What all tests of a file share has been opened before.
  beforeEach(() => void opened.splice(0))
  afterEach(async () => void (await Promise.all(opened.splice(0).map(context => context.close()))))
}

export interface Watched {
  page: Page
  context: BrowserContext
  /** Errors of the console and of scripts. */
  errors: string[]
  /** Hosts asked other than our own. */
  strangers: string[]
}

export async function newPage(
  options: {
    size?: keyof typeof sizes | 'tablet'
    theme?: (typeof themes)[number]
    javaScript?: boolean
    locale?: string
    context?: BrowserContext
    /** Off unless it is what is looked at: each context would fetch the whole site. */
    serviceWorker?: boolean
  } = {},
): Promise<Watched> {
  const context =
    options.context ??
    (await browser.newContext({
      viewport: options.size === 'tablet' ? tablet : sizes[options.size ?? 'wide'],
      colorScheme: options.theme ?? 'light',
      javaScriptEnabled: options.javaScript ?? true,
      locale: options.locale ?? 'zh-CN',
      reducedMotion: 'reduce',
      serviceWorkers: options.serviceWorker ? 'allow' : 'block',
    }))
  context.setDefaultTimeout(PATIENCE_MS)
  opened.push(context)
  const page = await context.newPage()
  const errors: string[] = []
  const strangers: string[] = []
  page.on('console', message => message.type() === 'error' && errors.push(message.text()))
  page.on('pageerror', error => errors.push(String(error)))
  page.on('request', request => {
    const url = new URL(request.url())
    if (/^(http|ws)/.test(url.protocol) && url.origin !== origin) strangers.push(url.href)
  })
  return { page, context, errors, strangers }
}

/**
 * A page for all tests of a file that begin alike: opening a cluster and its editor takes four seconds of a processor, as much as most of
 * them need for themselves. Each leaves it so that the others can use it, and waits for what only it brings about. One that fails does not:
 * the next one, or its own second try, opens another.
 * @param open what they begin with
 */
export function sharedPage(open: (page: Page) => Promise<void>): () => Promise<Watched> {
  let shared: Watched | undefined
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    const failed = shared
    shared = undefined
    await failed?.context.close()
  })
  return async () => {
    if (!shared) {
      const made = await newPage()
      await open(made.page)
      // It outlives the test that happens to be the first.
      opened.splice(opened.indexOf(made.context), 1)
      shared = made
    }
    shared.errors.length = 0
    return shared
  }
}

/** Whether pictures are taken on the way, to look at: PICTURES=1. Nothing is found out by them alone, and a hundred of them take time. */
export const pictures = Boolean(process.env.PICTURES)
export async function shot(page: Page, name: string, fullPage = false): Promise<void> {
  if (pictures) await page.screenshot({ path: join(import.meta.dirname, 'out', `${name}.png`), fullPage })
}

/** Starts the workbench and waits until the cluster answers. */
export async function startLab(page: Page): Promise<void> {
  await page.click('[data-lab-start]')
  await ready(page)
}
export const ready = (page: Page): Promise<unknown> =>
  page.waitForSelector('.workbench[data-phase="ready"]', { timeout: PATIENCE_MS })

/** What the front terminal shows. */
export const screenText = (page: Page): Promise<string> => linesOf(page, '.xterm-rows')
/** The same as a screen reader gets it, up to a second later. */
export const spokenText = (page: Page): Promise<string> => linesOf(page, '.xterm-accessibility-tree')

const linesOf = (page: Page, rows: string): Promise<string> =>
  page.evaluate(
    selector =>
      [...document.querySelectorAll(`.screen:not([hidden]) ${selector} > div`)]
        .map(line => line.textContent?.replace(/\u00a0/g, ' ').trimEnd())
        .join('\n'),
    rows,
  )

export async function typeInTerminal(page: Page, line: string): Promise<void> {
  await page.focus('.screen:not([hidden]) .xterm-helper-textarea')
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
}

export async function waitForScreen(page: Page, pattern: RegExp, timeout = 20_000): Promise<void> {
  const end = Date.now() + timeout
  for (;;) {
    const text = await screenText(page)
    if (pattern.test(text)) return
    if (Date.now() > end) throw new Error(`the terminal never showed ${pattern}; it shows:\n${text}`)
    await page.waitForTimeout(100)
  }
}

/** Pastes a text over the file in front of the full editor. */
export async function replaceText(page: Page, text: string, keyboard = false): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(words => navigator.clipboard.writeText(words), text)
  if (keyboard) await tabTo(page, page.locator('.full-editor .monaco-editor'))
  else await page.locator('.full-editor .view-lines').click({ position: { x: 40, y: 10 } })
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Control+V')
}

/** Goes to an element as somebody without a mouse does: Tab by Tab, leaving editor and terminal by Escape first. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 500; presses++) {
    const there = await target.evaluate(e => {
      const now = document.activeElement
      return { here: e === now || e.contains(now), caught: now?.closest('.monaco-editor, .xterm') !== null }
    })
    if (there.here) return
    if (there.caught) await page.keyboard.press('Escape')
    await page.keyboard.press('Tab')
  }
  throw new Error(`${target} is never reached with Tab`)
}

/** Presses it, by mouse or by keyboard alone. */
export async function press(page: Page, target: Locator, keyboard: boolean): Promise<void> {
  if (!keyboard) return target.click()
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** The first lesson in English, its manifest in the full editor. */
export async function openHello(page: Page): Promise<void> {
  await page.goto(`${origin}/en/${firstLesson}`)
  await startLab(page)
  await page.locator('.file-tab', { hasText: 'hello.yaml' }).click()
  await page.locator('.full-editor .monaco-editor').waitFor()
}

/** Puts values into the browser's store, as no page of ours would. The page has opened it already. */
export const keepRaw = (page: Page, values: readonly (readonly [key: string[], value: unknown])[]): Promise<void> =>
  page.evaluate(async values => {
    const request = indexedDB.open('podlab', 1)
    const database = await new Promise<IDBDatabase>(done => {
      request.onsuccess = () => done(request.result)
    })
    const change = database.transaction('kept', 'readwrite')
    for (const [key, value] of values) change.objectStore('kept').put(value, key)
    await new Promise(done => {
      change.oncomplete = done
    })
    database.close()
  }, values)

/** What is kept of a lesson. */
export const keptOf = <T>(page: Page, kind: 'work' | 'progress', lesson: string): Promise<T | undefined> =>
  page.evaluate(
    async key => {
      const request = indexedDB.open('podlab', 1)
      const database = await new Promise<IDBDatabase>(done => {
        request.onsuccess = () => done(request.result)
      })
      const asked = database.transaction('kept').objectStore('kept').get(key)
      await new Promise(done => {
        asked.onsuccess = done
      })
      database.close()
      return asked.result
    },
    [kind, lesson],
  )

/** Until what is kept of a lesson's work, its files or what was typed, holds a text. */
export const untilKept = (page: Page, lesson: string, text: string): Promise<void> =>
  expect
    .poll(async () => {
      const { files, record } = (await keptOf<Partial<Work>>(page, 'work', lesson)) ?? {}
      const typed = record?.inputs.map(({ input }) => ('data' in input ? input.data : '')).join('')
      return [...Object.values(files ?? {}), typed].some(kept => kept?.includes(text))
    })
    .toBe(true)
