/** axe on a page whose policy lets no script in but its own. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { HOW } from './axe.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export async function accessible(page: Page): Promise<void> {
  await page.waitForLoadState()
  // The page forbids scripts that are not its own, so the checker comes in from outside.
  const client = await page.context().newCDPSession(page)
  const run = async (expression: string) => {
    const { result } = await client.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })
    return result.value as unknown
  }
  await run(axe)
  expect(
    await run(
      `axe.run(${JSON.stringify(HOW)}).then(r => r.violations.map(v => v.id + " " + v.nodes.map(n => n.target).join(" ")))`,
    ),
  ).toEqual([])
}
