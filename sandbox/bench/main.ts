/**
 * `npm run bench`: the sandbox's speed, medians of several runs, beside their goals.
 *   --peer   the same work by @ngrok/webernetes in the same run; fails when a ratio is a tenth worse than the stored one
 *   --save   stores the ratios
 *   --scale [NODES...]   great clusters instead: see scale.ts
 *   --days [N]   many days of one cluster instead, for its heap: see days.ts
 * Figures are printed, never asserted in tests.
 */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { helpIfAsked } from '../../tools/manual.mjs'
import { createCluster } from '../cluster.ts'
import { loadAll } from '../parts.ts'
import { runDays } from './days.ts'
import { heapBytes, measure } from './measure.ts'
import type { Calls, RollOut } from './peer.ts'
import { COUNT, KB, MS, PER_SECOND, Report } from './report.ts'
import { runScale } from './scale.ts'
import { workerBytes } from './size.ts'
import { booted, createPods, getPods, listPods, prompt, rollOut, update } from './worlds.ts'

helpIfAsked(import.meta.filename)

const scaleAt = process.argv.indexOf('--scale')
if (scaleAt > 0) {
  runScale(process.argv.slice(scaleAt + 1).map(Number))
  process.exit(0)
}

const daysAt = process.argv.indexOf('--days')
if (daysAt > 0) {
  await runDays(Number(process.argv[daysAt + 1]) || undefined)
  process.exit(0)
}

await loadAll()
const withPeer = process.argv.includes('--peer')
const report = new Report(withPeer)
const nothing = (): void => {}

/** What the peer took; undefined when nobody wants to know. */
const ask = <T>(...words: string[]): T | undefined =>
  withPeer
    ? JSON.parse(
        execFileSync(process.execPath, ['--expose-gc', join(import.meta.dirname, 'peer.ts'), ...words], {
          encoding: 'utf8',
        }),
      )
    : undefined

const boot = await measure(15, nothing, () => createCluster({ seed: 'bench' }).clock.settle())
report.line({ name: 'boot of 3 nodes, wall', unit: MS, here: boot.wall, goal: 50 })

const READY_GOALS: Record<number, number> = { 100: 100, 1000: 1000 }
for (const replicas of [10, 100, 300, 1000]) {
  // What takes little time is run until the engine has compiled it: its threads count too.
  const here = await measure(
    replicas > 300 ? 3 : 15,
    () => booted(`ready-${replicas}`),
    cluster => rollOut(cluster, replicas),
  )
  const theirs = ask<RollOut>('rollout', String(replicas))
  report.line({
    name: `Deployment of ${replicas} all Ready, CPU`,
    unit: MS,
    here: here.cpu,
    ...(READY_GOALS[replicas] && { goal: READY_GOALS[replicas] }),
    ...(theirs && { peer: theirs.cpu, unfinished: !theirs.done }),
  })
}
{
  const prepare = async () => {
    // With room for those that come before the old ones have gone.
    const cluster = await booted('update', 15)
    await rollOut(cluster, 1000)
    return cluster
  }
  const here = await measure(1, prepare, cluster => update(cluster, 1000))
  report.line({ name: 'rolling update of 1,000, CPU', unit: MS, here: here.cpu })
}
{
  const N = 5000
  const cluster = await booted('calls')
  let made = 0
  const rate = (count: number, { cpu }: { cpu: number }): number => (count / cpu) * 1000
  const create = await measure(1, nothing, () => createPods(cluster, (made += N) - N, N))
  const get = await measure(5, nothing, () => getPods(cluster, N))
  const listMany = await measure(5, nothing, () => listPods(cluster, 200))
  const few = await booted('list')
  createPods(few, 0, 500)
  const list = await measure(5, nothing, () => listPods(few, 1000))
  const theirs = ask<Calls>('calls')
  const line = (name: string, here: number, goal?: number, peer?: number): void =>
    report.line({ name, unit: PER_SECOND, here, ...(goal && { goal }), ...(peer && { peer }) })
  line('create a Pod, in process', rate(N, create), 10_000, theirs?.create)
  line('get a Pod, in process', rate(N, get), 100_000, theirs?.get)
  line('list of 500 Pods, in process', rate(1000, list), 5000, theirs?.list)
  line('list of 5,000 Pods, in process', rate(200, listMany))
}
{
  const type = await prompt(20)
  const get = await measure(25, nothing, () => type('kubectl get pods'))
  report.line({ name: 'kubectl get pods (20), at the prompt, wall', unit: MS, here: get.wall, goal: 16 })
}
{
  const prepare = async () => {
    const cluster = await booted('probes')
    await rollOut(cluster, 100, { readinessProbe: { httpGet: { path: '/', port: 80 } } })
    return cluster
  }
  const hour = await measure(3, prepare, cluster => cluster.clock.advance(3_600_000))
  report.line({ name: 'an hour of 100 Pods with a probe, CPU', unit: MS, here: hour.cpu, goal: 1000 })
}
{
  const cluster = await booted('memory')
  const [heap, writes] = [heapBytes(), cluster.store.revision]
  await rollOut(cluster, 300)
  if (heap !== undefined)
    report.line({ name: 'memory of a running Pod', unit: KB, here: (heapBytes()! - heap) / 300 / 1024, goal: 100 })
  report.line({ name: 'writes to the store for a Pod', unit: COUNT, here: (cluster.store.revision - writes) / 300 })
}
{
  const bytes = workerBytes()
  if (bytes !== undefined)
    report.line({ name: "the page's worker as last built, gzipped", unit: KB, here: bytes / 1024, goal: 140 })
}
const worse = withPeer ? report.regressions() : []
if (process.argv.includes('--save')) report.save()
else for (const text of worse) console.error(`slower than it was: ${text}`)
process.exit(worse.length && !process.argv.includes('--save') ? 1 : 0)
