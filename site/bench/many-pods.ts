/** The cost of hundreds of Pods for the page. */
import type { Browser, Page } from 'playwright-core'
import { type Held, watch } from './main-thread.ts'
import { type Lab, newPage, openPlayground } from './page.ts'

const WATCHED_MS = 6000
const SETTLE_MS = 1500

const run = (page: Page, line: string, skipMs: number): Promise<void> =>
  page.evaluate(
    ([text, skip]) => (document.querySelector('[data-lab]') as Lab).podlab.run(String(text), Number(skip)),
    [line, skipMs] as const,
  )

export async function manyPods(browser: Browser, origin: string): Promise<{ rollout: Held; replacement: Held }> {
  const page = await newPage(browser)
  await openPlayground(page, origin)
  await page.locator('.full-editor .monaco-editor').waitFor()
  await page.evaluate(() => (document.querySelector('[data-lab]') as Lab).podlab.reset(6))
  await page.waitForSelector('.workbench[data-phase="ready"]')
  await page.waitForTimeout(SETTLE_MS)
  const rollout = await watch(browser, page, WATCHED_MS, () =>
    run(page, 'kubectl create deployment big --image=nginx:1.27 --replicas=300', 0),
  )
  await run(page, 'kubectl scale deployment big --replicas=500', 30_000)
  await page.waitForFunction(() => document.querySelectorAll('.leaf').length >= 500)
  await page.waitForTimeout(SETTLE_MS)
  const replacement = await watch(browser, page, WATCHED_MS, () =>
    run(page, 'kubectl rollout restart deployment big', 0),
  )
  await page.context().close()
  return { rollout, replacement }
}
