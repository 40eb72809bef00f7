/** Lighthouse over a browser of our own. */
import { createServer } from 'node:net'
import { chromium } from 'playwright-core'

export type Category = 'performance' | 'accessibility' | 'best-practices' | 'seo'
export interface Audit {
  /** 0 to 100. */
  scores: Partial<Record<Category, number>>
  /** Audits that cost points. */
  faults: string[]
  metrics: Record<string, number>
}
export interface Auditor {
  audit(url: string, form: 'desktop' | 'mobile', categories: Category[]): Promise<Audit>
  close(): Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

const screens = {
  desktop: { width: 1350, height: 940, deviceScaleFactor: 1, mobile: false, disabled: false },
  mobile: { width: 412, height: 823, deviceScaleFactor: 1.75, mobile: true, disabled: false },
}
const METRICS = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']

export async function openAuditor(): Promise<Auditor> {
  const { default: lighthouse, desktopConfig } = await import('lighthouse')
  const port = await freePort()
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', `--remote-debugging-port=${port}`],
  })
  return {
    async audit(url, form, categories) {
      const measured = categories.includes('performance')
      const result = await lighthouse(
        url,
        {
          port,
          logLevel: 'error',
          onlyCategories: categories,
          formFactor: form,
          screenEmulation: screens[form],
          // Only the performance depends on how slow the network and the machine are made, and on a page's last quiet seconds.
          // Lighthouse waits five seconds three times whenever the slowness is not simulated, whatever the pauses are set to.
          ...(!measured && {
            throttlingMethod: 'simulate' as const,
            disableStorageReset: true,
            disableFullPageScreenshot: true,
            pauseAfterFcpMs: 0,
            pauseAfterLoadMs: 0,
            networkQuietThresholdMs: 0,
            cpuQuietThresholdMs: 0,
          }),
        },
        form === 'desktop' ? desktopConfig : undefined,
      )
      if (!result || result.lhr.runtimeError) throw new Error(result?.lhr.runtimeError?.message ?? 'no result')
      const { lhr } = result
      return {
        scores: Object.fromEntries(categories.map(c => [c, Math.round((lhr.categories[c]?.score ?? 0) * 100)])),
        faults: Object.values(lhr.audits)
          .filter(a => a.score !== null && a.score < 1 && a.scoreDisplayMode !== 'informative')
          .map(a => a.id),
        metrics: Object.fromEntries(METRICS.map(id => [id, lhr.audits[id]?.numericValue ?? 0])),
      }
    },
    close: () => browser.close(),
  }
}
