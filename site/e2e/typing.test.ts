/** Typed text is never lost: neither when the full editor comes, nor when the page is left in the same moment. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Model } from '../src/workbench/model.ts'
import { newPage, origin, ready, startLab, useBrowser, waitForScreen } from './browser.ts'

useBrowser()

const textOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { podlab } = document.querySelector('[data-lab]') as unknown as { podlab: Model }
    return podlab.state.get().files['pod.yaml'] ?? ''
  })

const openPlayground = async (page: Page): Promise<void> => {
  await page.goto(`${origin}/en/playground/`)
  await startLab(page)
}

test('the plain editor takes text at once; the full one goes on where it was, and undoes what was typed before', async () => {
  const { page, errors } = await newPage()
  await openPlayground(page)
  const before = await textOf(page)
  const plain = page.locator('.plain-editor textarea')
  await plain.press('Control+Home')
  await page.keyboard.type('# one\n')
  await page.keyboard.press('Control+s')
  await waitForScreen(page, /pod\/hello created/)
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
    await openPlayground(page)
    await page.focus('.screen .xterm-helper-textarea')
    await page.keyboard.type('kubectl get no')
    await page.locator('.plain-editor textarea').press('Control+Home')
    await page.keyboard.type('# the last word\n')
    await page.goto('about:blank')
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
