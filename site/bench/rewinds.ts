/** Turning back time again and again: how long it takes, and that it leads to the same history. */
import type { Browser } from 'playwright-core'
import { type Lab, newPage, openPlayground } from './page.ts'

/** @returns milliseconds for each */
export async function rewinds(browser: Browser, origin: string, times: number): Promise<number> {
  const page = await newPage(browser)
  await openPlayground(page, origin)
  const { hashes, took } = await page.evaluate(async rewinds => {
    const { podlab } = document.querySelector('[data-lab]') as Lab
    await podlab.run('kubectl create deployment web --image=nginx:1.27 --replicas=3', 20_000)
    await podlab.run('kubectl delete pod --all --wait=false', 20_000)
    const { record } = await podlab.history()
    const hashes: string[] = []
    const began = performance.now()
    for (let i = 0; i < rewinds; i++) {
      // Hither and thither, and every tenth time to the same moment.
      const share = i % 10 === 0 ? 0.5 : ((i * 37) % 100) / 100
      await podlab.lookAt(record.start + Math.round(share * (record.end - record.start)))
      if (i % 10 === 0) hashes.push((await podlab.history()).hash)
    }
    return { hashes, took: (performance.now() - began) / rewinds }
  }, times)
  await page.context().close()
  if (new Set(hashes).size !== 1) throw new Error(`rewinds led to different histories: ${hashes.join(' ')}`)
  return took
}
