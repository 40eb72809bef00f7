/** Lighthouse over a browser of our own. */
import { createServer } from 'node:net'
import { launchChromium } from './chromium.ts'

export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const
export interface Audit {
  /** 0 to 100; undefined where Lighthouse could not measure. */
  scores: Record<(typeof CATEGORIES)[number], number | undefined>
  /** Audits that cost points. */
  faults: string[]
  metrics: Record<string, number>
  /** How much this machine did meanwhile, by Lighthouse's own measure. */
  machine: number
}
export interface Auditor {
  /**
   * @param patient waits for the page's last quiet seconds, as Lighthouse does by itself
   * @param slowdown of the processor, in place of the form's own
   */
  audit(url: string, form: Form, patient: boolean, slowdown?: number): Promise<Audit>
  close(): Promise<void>
}

const freePort = (): Promise<number> =>
  new Promise(done => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

export type Form = 'desktop' | 'mobile'
const screens = {
  desktop: { width: 1350, height: 940, deviceScaleFactor: 1, mobile: false, disabled: false },
  mobile: { width: 412, height: 823, deviceScaleFactor: 1.75, mobile: true, disabled: false },
}
const METRICS = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']

export async function openAuditor(): Promise<Auditor> {
  const { default: lighthouse, defaultConfig, desktopConfig } = await import('lighthouse')
  // Half of the audits have no weight in a score, and what they alone need takes half of the time.
  const weighed = CATEGORIES.flatMap(category =>
    (defaultConfig.categories?.[category]?.auditRefs ?? []).filter(ref => ref.weight > 0).map(ref => ref.id),
  )
  const port = await freePort()
  const browser = await launchChromium([`--remote-debugging-port=${port}`])
  return {
    async audit(url, form, patient, slowdown) {
      const result = await lighthouse(
        url,
        {
          port,
          logLevel: 'error',
          onlyAudits: weighed,
          formFactor: form,
          screenEmulation: screens[form],
          // The slow network and processor are simulated, from what was seen at full speed.
          throttlingMethod: 'simulate',
          ...(slowdown && { throttling: { cpuSlowdownMultiplier: slowdown } }),
          ...(!patient && {
            disableFullPageScreenshot: true,
            // With a pause of 0 Lighthouse would not even wait for the first paint, which is all that there is to measure.
            pauseAfterFcpMs: 1,
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
        scores: Object.fromEntries(
          CATEGORIES.map(c => {
            const score = lhr.categories[c]?.score ?? undefined
            return [c, score && Math.round(score * 100)]
          }),
        ) as Audit['scores'],
        faults: Object.values(lhr.audits)
          .filter(a => a.score !== null && a.score < 1)
          .map(a => a.id),
        metrics: Object.fromEntries(METRICS.map(id => [id, lhr.audits[id]?.numericValue ?? 0])),
        machine: lhr.environment.benchmarkIndex,
      }
    },
    close: () => browser.close(),
  }
}
