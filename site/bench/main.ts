/** `npm run bench:site`: how fast the built site is, in a real browser, beside its goals. Nothing here is asserted: machines differ. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { openAuditor } from '../e2e/lighthouse.ts'
import { serve } from '../serve.mjs'

const LESSON = 'lessons/meet-the-pod/what-a-pod-is/'
const SLOWED = 4
const WATCHED_MS = 6000

interface Lab {
  podlab: {
    run(line: string, skipMs: number): Promise<void>
    reset(workers: number): Promise<void>
    setSpeed(n: number): void
  }
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0
const say = (what: string, value: string, goal: string): void =>
  console.log(`${what.padEnd(58)} ${value.padStart(12)}   ${goal}`)

async function newPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: 'block' })
  return context.newPage()
}

const start = async (page: Page): Promise<void> => {
  await page.click('[data-lab-start]')
  await page.waitForSelector('.workbench[data-phase="ready"]')
  await page.locator('.screen .xterm-helper-textarea').waitFor({ state: 'attached' })
}

/** From the press of the button until one can type, on a slow machine. */
async function untilUsable(browser: Browser, origin: string): Promise<number> {
  const page = await newPage(browser)
  await page.goto(`${origin}/en/${LESSON}`, { waitUntil: 'networkidle' })
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWED })
  const began = performance.now()
  await start(page)
  const took = performance.now() - began
  await page.context().close()
  return took
}

interface Watched {
  frames: number
  longest: number
  blocks: number
}

/** Frames a second, and how long the main thread was held at worst, while something happens. */
const watch = (page: Page, ms: number): Promise<Watched> =>
  page.evaluate(
    time =>
      new Promise<Watched>(done => {
        let frames = 0
        let longest = 0
        let blocks = 0
        const observer = new PerformanceObserver(list => {
          for (const { duration } of list.getEntries()) {
            blocks++
            longest = Math.max(longest, duration)
          }
        })
        observer.observe({ type: 'longtask' })
        const began = performance.now()
        const frame = (): void => {
          frames++
          const passed = performance.now() - began
          if (passed < time) requestAnimationFrame(frame)
          else {
            observer.disconnect()
            done({ frames: (frames * 1000) / passed, longest, blocks })
          }
        }
        requestAnimationFrame(frame)
      }),
    ms,
  )

const inLab = (page: Page, line: string, skipMs: number): Promise<void> =>
  page.evaluate(
    ([text, skip]) => (document.querySelector('[data-lab]') as unknown as Lab).podlab.run(String(text), Number(skip)),
    [line, skipMs] as const,
  )

async function manyPods(browser: Browser, origin: string): Promise<{ rollout: Watched; drawing: Watched }> {
  const page = await newPage(browser)
  await page.goto(`${origin}/en/playground/`)
  await start(page)
  await page.locator('.full-editor .monaco-editor').waitFor()
  await page.evaluate(() => (document.querySelector('[data-lab]') as unknown as Lab).podlab.reset(6))
  await page.waitForSelector('.workbench[data-phase="ready"]')
  await inLab(page, 'kubectl create deployment big --image=nginx:1.27 --replicas=300', 0)
  const rollout = await watch(page, WATCHED_MS)
  await inLab(page, 'kubectl scale deployment big --replicas=500', 30_000)
  await page.waitForFunction(() => document.querySelectorAll('.leaf').length >= 500)
  await inLab(page, 'kubectl rollout restart deployment big', 0)
  const drawing = await watch(page, WATCHED_MS)
  await page.context().close()
  return { rollout, drawing }
}

const folder = process.argv[2] ?? join(import.meta.dirname, '../../dist')
const server = (await serve(folder, 0)) as Server
const origin = `http://localhost:${(server.address() as AddressInfo).port}`
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  const usable = [
    await untilUsable(browser, origin),
    await untilUsable(browser, origin),
    await untilUsable(browser, origin),
  ]
  say(`workbench usable, CPU slowed ${SLOWED}×`, `${Math.round(median(usable))} ms`, '≤ 1500 ms')
  const { rollout, drawing } = await manyPods(browser, origin)
  say('longest block of the main thread, 300 Pods rolling out', `${Math.round(rollout.longest)} ms`, '≤ 50 ms')
  say('frames a second, 500 Pods being replaced', drawing.frames.toFixed(0), '≥ 50')
  say('longest block of the main thread, the same', `${Math.round(drawing.longest)} ms`, '')
} finally {
  await browser.close()
}
const auditor = await openAuditor()
try {
  for (const form of ['desktop', 'mobile'] as const)
    for (const path of ['en/', 'zh/', 'en/lessons/', 'zh/lessons/', `en/${LESSON}`, `zh/${LESSON}`]) {
      const all = ['performance', 'accessibility', 'best-practices', 'seo'] as const
      const { scores, metrics } = await auditor.audit(`${origin}/${path}`, form, [...all])
      const paint = Math.round(metrics['largest-contentful-paint'] ?? 0)
      say(`Lighthouse, ${form}, /${path}`, all.map(c => scores[c]).join(' '), `≥ 99 each (largest paint ${paint} ms)`)
    }
} finally {
  await auditor.close()
  server.closeAllConnections()
  server.close()
}
