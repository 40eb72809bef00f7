/**
 * `npm run bench -- --scale`: clusters of growing size, each in a process of its own. Nodes register, Deployments of a
 * hundred replicas are created all at once, and time moves until every Pod is Running.
 */
import { spawnSync } from 'node:child_process'
import { deployment } from '../api/kinds/deployment.ts'
import { createCluster } from '../cluster.ts'
import { loadAll } from '../parts.ts'
import { heapBytes } from './measure.ts'

/** The limit that Kubernetes is tested to is the last: 5,000 nodes with 30 Pods each. */
const SIZES: readonly number[] = [500, 1000, 2500, 5000]
const PODS_PER_NODE = 30
const REPLICAS = 100
const MEMORY_MB = 6144
/** Most of what a Pod's start allocates is garbage within milliseconds: a roomy nursery spares copying it. */
const FLAGS = ['--expose-gc', '--max-semi-space-size=64', `--max-old-space-size=${MEMORY_MB}`]

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000_000
}

const webDeployment = (name: string) => ({
  metadata: { name, namespace: 'default' },
  spec: {
    replicas: REPLICAS,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'pause', image: 'registry.k8s.io/pause:3.10' }] },
    },
  },
})

/** One size, in this process. */
async function run(nodes: number): Promise<void> {
  const pods = nodes * PODS_PER_NODE
  await loadAll()
  const started = cpuSeconds()
  const cluster = createCluster({
    seed: `scale-${nodes}`,
    nodes: Array.from({ length: nodes }, (_, i) => `node-${i + 1}`),
  })
  await cluster.clock.advance(5_000)
  const booted = cpuSeconds()
  const begun = cluster.clock.now()
  for (let i = 0; i < pods / REPLICAS; i++) cluster.client.create(deployment, webDeployment(`web-${i}`))
  const running = (): number =>
    cluster.client.list(deployment).reduce((n, { status }) => n + (status.readyReplicas ?? 0), 0)
  for (let second = 0; running() < pods; second++) {
    if (second > 600) throw new Error(`${running()} of ${pods} Pods were running after ten virtual minutes`)
    await cluster.clock.advance(1000)
  }
  const cpu = cpuSeconds() - booted
  const heap = heapBytes() ?? 0
  console.log(
    [
      `${nodes} nodes, ${pods} Pods`.padEnd(26),
      `boot ${(booted - started).toFixed(1)} s`,
      `CPU ${cpu.toFixed(1)} s`.padStart(12),
      `${((cpu / pods) * 1000).toFixed(2)} ms a Pod`,
      `heap ${megabytes(heap)}`.padStart(13),
      `${(heap / pods / 1024).toFixed(1)} KB a Pod`,
      `${(cluster.clock.now() - begun) / 1000} s of its time`,
    ].join('  '),
  )
}

/** All sizes, or those given. */
export function runScale(sizes: readonly number[]): void {
  for (const nodes of sizes.length ? sizes : SIZES)
    spawnSync(process.execPath, [...FLAGS, import.meta.filename, String(nodes)], { stdio: 'inherit' })
}

if (import.meta.main) {
  await run(Number(process.argv[2]))
  process.exit(0)
}
