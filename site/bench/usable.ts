/** Time until the workbench is usable: from the press of the button, on a slow machine. */
import type { Browser, Page } from 'playwright-core'
import { traced } from './main-thread.ts'
import { type Lab, LESSON, newPage } from './page.ts'

export const SLOWED = 4

async function openLesson(browser: Browser, origin: string): Promise<Page> {
  const page = await newPage(browser)
  await page.goto(`${origin}/en/${LESSON}`, { waitUntil: 'networkidle' })
  return page
}

/** From the press until the shell has its prompt, the editor takes text, and Apply can be pressed. */
const press = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((done, fail) => {
        const began = performance.now()
        const look = (): void => {
          const prompt = document.querySelector('.screen .xterm-rows')?.textContent?.includes('$')
          const editor = document.querySelector('.plain-editor textarea, .full-editor .monaco-editor')
          const apply = document.querySelector<HTMLButtonElement>('.pane-editor .pane-head > .button')
          if (prompt && editor && apply?.disabled === false) done(performance.now() - began)
          else if (performance.now() - began > 60_000) fail(new Error('the workbench never became usable'))
          else setTimeout(look, 5)
        }
        document.querySelector<HTMLButtonElement>('[data-lab-start]')?.click()
        look()
      }),
  )

/**
 * The slowing holds for the page's own thread; the cluster's worker runs as fast as it can.
 * @returns also how long a command typed then takes, from its first key to its answer
 */
export async function untilUsable(browser: Browser, origin: string): Promise<{ usable: number; answer: number }> {
  const page = await openLesson(browser, origin)
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  const usable = await press(page)
  await page.locator('.plain-editor textarea').press('Control+Home')
  await page.keyboard.type('# typed\n')
  const began = performance.now()
  await page.focus('.screen .xterm-helper-textarea')
  await page.keyboard.type('kubectl get nodes\r')
  await page.waitForFunction(() => document.querySelector('.screen .xterm-rows')?.textContent?.includes('worker-1'))
  const answer = performance.now() - began
  const text = await page.evaluate(() => {
    const { files, active = '' } = (document.querySelector('[data-lab]') as Lab).podlab.state.get()
    return files[active]
  })
  if (!text?.startsWith('# typed')) throw new Error('the editor has not taken what was typed')
  await page.click('.pane-editor .pane-head > .button')
  await page.waitForFunction(() => document.querySelector('.screen .xterm-rows')?.textContent?.includes('apply'))
  await page.context().close()
  return { usable, answer }
}

/** How long the page's main thread is at work for that, by its own time and at full speed. */
export async function workUntilUsable(browser: Browser, origin: string): Promise<number> {
  const page = await openLesson(browser, origin)
  const { own } = await traced(browser, page, () => press(page))
  await page.context().close()
  return own
}
