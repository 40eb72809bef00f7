/**
 * The peer, @ngrok/webernetes, on the same work: `node peer.ts rollout REPLICAS` and `node peer.ts calls` print what they
 * measured as JSON. It lives in wall time, so CPU is what compares, and in a process of its own, so that its timers take none of ours.
 */
import { registerHooks } from 'node:module'
import type { Cluster, ProcessContext } from '@ngrok/webernetes'
import { median, tidy } from './measure.ts'

// The package is made for bundlers: the files that it imports are named without their ending.
registerHooks({
  resolve(specifier, context, next) {
    if (!/^\.{1,2}\//.test(specifier) || !context.parentURL?.includes('/@ngrok/webernetes/'))
      return next(specifier, context)
    for (const ending of ['', '.js', '/index.js']) {
      try {
        return next(specifier + ending, context)
      } catch {
        // The next ending, then.
      }
    }
    return next(specifier, context)
  },
})
const { BaseImage, Cluster: PeerCluster } = await import('@ngrok/webernetes')

class Web extends BaseImage {
  static readonly imageName = 'nginx'
  static readonly imageVersion = '1.25'
  readonly defaultCommand = ['server']

  override async exec(ctx: ProcessContext, argv: readonly string[]): Promise<number> {
    if (argv[0] !== 'server') return super.exec(ctx, argv)
    ctx.listenHttp(80, async () => ({ status: 200, body: 'hello\n' }))
    return ctx.waitUntilKilled()
  }
}

async function booted(): Promise<Cluster> {
  const cluster = new PeerCluster()
  cluster.registerImage(Web)
  await cluster.init()
  return cluster
}

/** Longer than this nobody waits. */
const LIMIT_MS = 60_000

export interface RollOut {
  cpu: number
  done: boolean
}

export interface Calls {
  create: number
  get: number
  list: number
}

/** CPU until every replica is ready, measured as ours is; of small ones the median of three, after one to warm up; of many one run, after a hundred. */
async function timeRollOut(replicas: number): Promise<RollOut> {
  const many = replicas > 100
  const times: number[] = []
  let done = true
  if (many) {
    const cluster = await booted()
    await rollOut(cluster, 100)
    await cluster.close()
  }
  for (let i = many ? 0 : -1; i < (many ? 1 : 3); i++) {
    const cluster = await booted()
    await tidy()
    const before = process.cpuUsage()
    done = await rollOut(cluster, replicas)
    const { user, system } = process.cpuUsage(before)
    await cluster.close()
    if (i >= 0) times.push((user + system) / 1000)
  }
  return { cpu: median(times), done }
}

async function rollOut(cluster: Cluster, replicas: number): Promise<boolean> {
  const labels = { app: 'web' }
  await cluster.apply([
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'nginx', image: 'nginx:1.25' }] } },
      },
    },
  ])
  const end = performance.now() + LIMIT_MS
  while (performance.now() < end) {
    const { status } = await cluster.api.appsv1.readNamespacedDeployment({ name: 'web', namespace: 'default' })
    if (status?.readyReplicas === replicas) return true
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  return false
}

/** Calls a second of CPU, for Pods that are bound to no node of the cluster, so that nothing is made of them. */
async function timeCalls(): Promise<Calls> {
  const cluster = await booted()
  const { corev1 } = cluster.api
  const namespace = 'default'
  const rate = async (times: number, call: (i: number) => Promise<unknown>): Promise<number> => {
    const before = process.cpuUsage()
    for (let i = 0; i < times; i++) await call(i)
    const { user, system } = process.cpuUsage(before)
    return (times / (user + system)) * 1_000_000
  }
  const create = await rate(500, i =>
    corev1.createNamespacedPod({
      namespace,
      body: {
        metadata: { name: `p${i}` },
        spec: { nodeName: 'nowhere', containers: [{ name: 'c', image: 'nginx:1.25' }] },
      },
    }),
  )
  const get = await rate(5000, i => corev1.readNamespacedPod({ namespace, name: `p${i % 500}` }))
  const list = await rate(100, () => corev1.listNamespacedPod({ namespace, labelSelector: 'app!=nothing' }))
  await cluster.close()
  return { create, get, list }
}

const [what, replicas] = process.argv.slice(2)
console.log(JSON.stringify(what === 'calls' ? await timeCalls() : await timeRollOut(Number(replicas))))
process.exit(0)
