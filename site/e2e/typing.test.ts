/** Typed text is never lost: neither when the full editor comes, nor when the page is left in the same moment. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { type Lab, newPage, origin, ready, startLab, useBrowser, waitForScreen } from './browser.ts'

useBrowser()

const textOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { podlab } = document.querySelector<Lab>('[data-lab]')!
    return podlab.state.get().files['pod.yaml'] ?? ''
  })

/** The full editor's own script. */
const EDITOR = '**/_astro/monaco.*.js'

/**
 * The playground with its plain editor. The full one comes as soon as hands rest, which on a busy machine they do between any two keys, so it is
 * held up.
 * @returns lets it come
 */
async function openPlain(page: Page): Promise<() => void> {
  const { promise: mayCome, resolve: letCome } = Promise.withResolvers<void>()
  await page.route(EDITOR, async route => {
    await mayCome
    await route.continue()
  })
  await page.goto(`${origin}/en/playground/`)
  await startLab(page)
  return letCome
}

test('the plain editor takes text at once; the full one goes on where it was, and undoes what was typed before', async () => {
  const { page, errors } = await newPage()
  const letCome = await openPlain(page)
  const before = await textOf(page)
  const plain = page.locator('.plain-editor textarea')
  await plain.press('Control+Home')
  // In one go: what is typed after a rest is undone by itself.
  await page.keyboard.insertText('# one\n')
  await page.keyboard.press('Control+s')
  await waitForScreen(page, /pod\/hello created/)
  letCome()
  await page.locator('.full-editor .monaco-editor.focused').waitFor()
  await page.keyboard.type('#two')
  await expect.poll(() => textOf(page)).toBe(`# one\n#two${before}`)
  await page.keyboard.press('Control+z')
  await expect.poll(() => textOf(page)).toBe(`# one\n${before}`)
  await page.keyboard.press('Control+z')
  await expect.poll(() => textOf(page)).toBe(before)
  expect(errors).toEqual([])
})

test.each(['the database', 'the other store'])(
  'what is typed in the last moment is kept, even if %s fails',
  async broken => {
    const { page } = await newPage()
    await page.addInitScript(what => {
      const fail = (): never => {
        throw new DOMException('full', 'QuotaExceededError')
      }
      if (what === 'the database') addEventListener('pagehide', () => (IDBObjectStore.prototype.put = fail))
      else Storage.prototype.setItem = fail
    }, broken)
    await openPlain(page)
    await page.focus('.screen .xterm-helper-textarea')
    await page.keyboard.type('kubectl get no')
    await page.locator('.plain-editor textarea').press('Control+Home')
    await page.keyboard.type('# the last word\n')
    // To a page in the same process: one in another may be there, and left again, before this one has heard that it is being left.
    await page.goto(`${origin}/en/`)
    await page.goto(`${origin}/en/playground/`)
    // The session storage that remembers an open workbench may be the one that fails.
    // Looked at and pressed at once: in between the page may open it by itself.
    await page.evaluate(() => {
      const start = document.querySelector<HTMLElement>('[data-lab-start]')
      if (start?.offsetParent) start.click()
    })
    await ready(page)
    expect(await textOf(page)).toMatch(/^# the last word\n/)
    await waitForScreen(page, /\$ kubectl get no$/m)
  },
)
