/** Pages to measure. */
import type { Browser, Page } from 'playwright-core'
import type { Model } from '../src/workbench/model.ts'

export const LESSON = 'lessons/meet-the-pod/what-a-pod-is/'

/** What a test or a measurement finds at `[data-lab]`. */
export interface Lab extends Element {
  podlab: Model
}

export async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' })
  return context.newPage()
}

export const openPlayground = async (page: Page, origin: string): Promise<void> => {
  await page.goto(`${origin}/en/playground/`)
  await page.click('[data-lab-start]')
  await page.waitForSelector('.workbench[data-phase="ready"]')
}
