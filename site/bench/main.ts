/**
 * `npm run bench:site`: how fast the built site is, in a real browser, beside its goals. Nothing here is asserted: machines differ.
 * `npm run bench:site -- usable pods` measures only what is named.
 * `BESIDE=<folder> npm run bench:site -- beside` compares with the first lesson of a new TutorialKit tutorial, built in that folder.
 */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { helpIfAsked } from '../../tools/manual.mjs'
import { CATEGORIES, openAuditor } from '../e2e/lighthouse.ts'
import { serve } from '../serve.mjs'
import { type Opened, openBeside, type Site } from './beside.ts'
import { manyPods } from './many-pods.ts'
import { LESSON } from './page.ts'
import { rewinds } from './rewinds.ts'
import { PODS, typing } from './terminal.ts'
import { SLOWED, untilUsable, workUntilUsable } from './usable.ts'

helpIfAsked(import.meta.filename)

/** What else runs on the machine only adds, so the least of several runs is nearest to the truth. */
const RUNS = 3
const REWINDS = 100

const say = (what: string, value: string, goal = ''): void =>
  console.log(`${what.padEnd(58)} ${value.padStart(12)}   ${goal}`)
const ms = (value: number): string => `${value.toFixed(0)} ms`
const least = (values: readonly number[]): string => ms(Math.min(...values))
const median = (values: readonly number[]): string =>
  `${[...values].sort((a, b) => a - b)[values.length >> 1]!.toFixed(1)} ms`

async function severalTimes<T>(work: () => Promise<T>): Promise<T[]> {
  const results: T[] = []
  for (let run = 0; run < RUNS; run++) results.push(await work())
  return results
}

const PARTS: Record<string, (browser: Browser, origin: string) => Promise<void>> = {
  async usable(browser, origin) {
    const runs = await severalTimes(() => untilUsable(browser, origin))
    const most = ms(Math.max(...runs.map(r => r.usable)))
    say(`workbench usable, CPU slowed ${SLOWED}×`, least(runs.map(r => r.usable)), `≤ 1500 ms (at most ${most})`)
    const work = await severalTimes(() => workUntilUsable(browser, origin))
    say('  what the main thread does for it, own time at full speed', least(work))
    say('a command typed then is answered after', least(runs.map(r => r.answer)))
  },
  async terminal(browser, origin) {
    const { keys, commands } = await typing(browser, origin)
    say('a key until its echo is there, half of them', median(keys.map(k => k.heard)), '≤ 8 ms')
    say('  until it is drawn', median(keys.map(k => k.drawn)))
    say(`kubectl get pods, ${PODS} Pods, from Enter to its output, half`, median(commands.map(c => c.heard)), '≤ 16 ms')
    say('  until it is drawn', median(commands.map(c => c.drawn)))
  },
  async pods(browser, origin) {
    const runs = await severalTimes(() => manyPods(browser, origin))
    for (const [what, held] of [
      ['300 Pods rolling out', runs.map(r => r.rollout)],
      ['500 Pods being replaced', runs.map(r => r.replacement)],
    ] as const) {
      say(`${what}: main thread held for at most, own time`, least(held.map(h => h.cpu)), '≤ 50 ms')
      say('  by the clock on the wall', least(held.map(h => h.wall)))
      say('  frames a second', Math.max(...held.map(h => h.frames)).toFixed(0), '≥ 50')
    }
  },
  async rewinds(browser, origin) {
    say(`one of ${REWINDS} rewinds, all to the same history`, ms(await rewinds(browser, origin, REWINDS)))
  },
  async lighthouse(_, origin) {
    const auditor = await openAuditor()
    try {
      for (const form of ['desktop', 'mobile'] as const)
        for (const path of ['en/', 'zh/', 'en/lessons/', 'zh/lessons/', `en/${LESSON}`, `zh/${LESSON}`]) {
          const { scores, metrics } = await auditor.audit(`${origin}/${path}`, form, true)
          const paint = ms(metrics['largest-contentful-paint'] ?? 0)
          say(
            `Lighthouse, ${form}, /${path}`,
            CATEGORIES.map(c => scores[c]).join(' '),
            `≥ 99 each (largest paint ${paint})`,
          )
        }
    } finally {
      await auditor.close()
    }
  },
}

const folder = process.env.PODLAB_DIST ?? join(import.meta.dirname, '../../dist')

/** Only when asked for: the other site has to be built first. */
async function beside(browser: Browser): Promise<void> {
  const other = process.env.BESIDE
  if (!other) throw new Error('BESIDE names no folder: build a TutorialKit site, and say where it is')
  const sites: Record<string, Site> = {
    TutorialKit: { folder: other, path: '1-basics/1-introduction/1-welcome/', editor: '.cm-content' },
    ours: { folder, path: `en/${LESSON}`, press: '[data-lab-start]', editor: '.plain-editor textarea' },
  }
  const cost = ({ requests, bytes }: Opened['all']): string => `${requests}, ${(bytes / 1000).toFixed(0)} KB`
  for (const slowed of [1, SLOWED]) {
    const opened: [string, Opened[]][] = Object.keys(sites).map(name => [name, []])
    // In turn, so that what else the machine does falls on both.
    for (let run = 0; run < RUNS; run++)
      for (const [name, runs] of opened) runs.push(await openBeside(browser, sites[name]!, slowed))
    for (const [name, runs] of opened) {
      const [{ until, all, strangers }] = runs as [Opened]
      say(`${name}: usable editor, CPU slowed ${slowed}×`, least(runs.map(r => r.usable)))
      if (slowed > 1) continue
      say('  requests and bytes until then', cost(until))
      say('  requests and bytes in all', cost(all), `other hosts: ${strangers.join(', ') || 'none'}`)
    }
  }
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !(name in PARTS || name === 'beside'))
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(', ')} (parts: ${Object.keys(PARTS).join(', ')}, beside)`)
  process.exit(2)
}
const server = (await serve(folder, 0)) as Server
const origin = `http://localhost:${(server.address() as AddressInfo).port}`
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
try {
  for (const [name, part] of Object.entries(PARTS))
    if (wanted.length === 0 || wanted.includes(name)) await part(browser, origin)
  if (wanted.includes('beside')) await beside(browser)
} finally {
  await browser.close()
  server.closeAllConnections()
  server.close()
}
