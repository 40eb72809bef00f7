/** The first lesson of a site, ours or another's: how long, how many requests and bytes until text that is typed into its editor stands there. */
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { serve } from '../serve.mjs'
import { newPage } from './page.ts'

export interface Site {
  folder: string
  path: string
  /** What has to be pressed for the editor to come. */
  press?: string
  /** Where one types. */
  editor: string
}

export interface Cost {
  requests: number
  bytes: number
}

export interface Opened {
  usable: number
  until: Cost
  all: Cost
  /** Other hosts that the page asked, all in vain. */
  strangers: string[]
}

const TYPED = 'zqzq'
/** When nothing more is fetched for so long, that is all. */
const QUIET_MS = 6000

/** Counts at the server, where workers' requests are seen as well. */
function count(server: Server): { cost: Cost; last(): number } {
  const cost: Cost = { requests: 0, bytes: 0 }
  let last = performance.now()
  server.on('request', (request, response) => {
    const { socket } = request
    const before = socket.bytesWritten
    cost.requests++
    response.on('finish', () => {
      cost.bytes += socket.bytesWritten - before
      last = performance.now()
    })
  })
  return { cost, last: () => last }
}

export async function openBeside(browser: Browser, site: Site, slowed: number): Promise<Opened> {
  const server = await serve(site.folder, 0)
  const { cost, last } = count(server)
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const page = await newPage(browser)
  try {
    const strangers = new Set<string>()
    await page.route(
      url => url.origin !== origin && url.protocol !== 'blob:' && url.protocol !== 'data:',
      route => {
        strangers.add(new URL(route.request().url()).host)
        return route.abort()
      },
    )
    const devtools = await page.context().newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowed })
    const began = performance.now()
    await page.goto(`${origin}/${site.path}`, { waitUntil: 'commit' })
    if (site.press) await page.click(site.press)
    await page.click(site.editor)
    // Keys that come before the editor listens are lost, so they are pressed until they stand there.
    for (;;) {
      await page.keyboard.type(TYPED)
      const stands = await page.evaluate(
        ([editor, typed]) => {
          const there = document.querySelector(editor)
          return Boolean((there instanceof HTMLTextAreaElement ? there.value : there?.textContent)?.includes(typed))
        },
        [site.editor, TYPED] as const,
      )
      if (stands) break
      await page.waitForTimeout(20)
    }
    const usable = performance.now() - began
    const until = { ...cost }
    while (performance.now() - last() < QUIET_MS) await page.waitForTimeout(200)
    return { usable, until, all: { ...cost }, strangers: [...strangers] }
  } finally {
    await page.context().close()
    server.closeAllConnections()
    server.close()
  }
}
