/** Records played again in a Chromium: the sandbox bundled into one module, in an empty page. */

import { join } from 'node:path'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import type { SessionRecord } from '../../sandbox/scenario/session.ts'

/** Anything will do: nothing is fetched, but modules need an address. */
const ORIGIN = 'http://localhost/'

export async function inChromium() {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'replay.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    // As the site does.
    alias: { 'node:zlib': join(import.meta.dirname, '../../site/build/no-zlib.mjs') },
    external: ['node:readline'],
    target: 'es2024',
    logLevel: 'error',
  })
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const page = await browser.newPage()
  await page.route('**', route =>
    route.request().url() === ORIGIN
      ? route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })
      : route.fulfill({ contentType: 'text/javascript', body: outputFiles[0]!.text }),
  )
  await page.goto(ORIGIN)
  return {
    name: `Chromium ${browser.version()}`,
    replay: (record: SessionRecord): Promise<string> =>
      page.evaluate(async one => {
        const { replayed } = (await import('/replay.js' as string)) as typeof import('./replay.ts')
        return replayed(one).catch(error => `failed: ${error}`)
      }, record),
    close: () => browser.close(),
  }
}
