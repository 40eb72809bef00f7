/**
 * `npm run bench [-- --peer]`: the sandbox's speed, medians of several runs; with --peer the same work by
 * @ngrok/webernetes in the same run, and the ratios. Figures are printed, never asserted in tests.
 */
import { deployment, pod } from '../api/kinds/index.ts'
import { type Cluster, createCluster } from '../cluster.ts'
import { loadAll } from '../parts.ts'
import { createSession } from '../scenario/create.ts'
import { type Figure, heapBytes, measure } from './measure.ts'
import { workerBytes } from './size.ts'

await loadAll()
const withPeer = process.argv.includes('--peer')

const ms = (n: number): string => (n >= 100 ? n.toFixed(0) : n.toFixed(1))
const rows: string[][] = []
const row = (name: string, value: string, goal = '', peer = ''): void => {
  rows.push([name, value, goal, peer])
  console.log([name.padEnd(46), value.padStart(14), goal.padStart(14), peer].join('  '))
}

async function booted(seed: string): Promise<Cluster> {
  const cluster = createCluster({
    seed,
    nodes: [
      'worker-1',
      'worker-2',
      'worker-3',
      'worker-4',
      'worker-5',
      'worker-6',
      'worker-7',
      'worker-8',
      'worker-9',
      'worker-10',
    ],
  })
  await cluster.clock.settle()
  return cluster
}

const webDeployment = (replicas: number, more: object = {}) => ({
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'nginx', image: 'nginx:1.25', ...more }] },
    },
  },
})

async function untilReady(cluster: Cluster, replicas: number, more?: object): Promise<void> {
  cluster.client.create(deployment, webDeployment(replicas, more) as never)
  for (let second = 0; second < 600; second++) {
    await cluster.clock.advance(1000)
    if (cluster.client.get(deployment, 'default', 'web').status.readyReplicas === replicas) return
  }
  throw new Error(`${replicas} replicas were not ready after ten virtual minutes`)
}

row('', 'here', 'goal', withPeer ? 'peer' : '')
const boot = await measure(
  15,
  () => {},
  () => createCluster({ seed: 'bench' }).clock.settle(),
)
row('boot of 3 nodes, wall', `${ms(boot.wall)} ms`, '≤ 50 ms')

for (const replicas of [10, 100, 300, 1000]) {
  const figure: Figure = await measure(
    replicas > 300 ? 3 : 5,
    () => booted(`ready-${replicas}`),
    cluster => untilReady(cluster, replicas),
  )
  let peer = ''
  if (withPeer && replicas <= 300) {
    const { bootPeer, rollOutPeer } = await import('./peer.ts')
    const cluster = await bootPeer()
    let done = false
    const theirs = await measure(
      1,
      () => {},
      async () => {
        done = await rollOutPeer(cluster, replicas, 120_000)
      },
    )
    await (cluster as unknown as { close?: () => Promise<void> }).close?.()
    peer = `${done ? '' : '> '}${ms(theirs.cpu)} ms, ${(theirs.cpu / figure.cpu).toFixed(0)} × ours`
  }
  row(
    `Deployment of ${replicas} all Ready, CPU`,
    `${ms(figure.cpu)} ms`,
    replicas === 100 ? '≤ 100 ms' : replicas === 1000 ? '≤ 1000 ms' : '',
    peer,
  )
}

{
  const cluster = await booted('calls')
  const N = 5000
  const make = (i: number) => ({
    metadata: { name: `p${i}`, namespace: 'default' },
    spec: { schedulerName: 'nobody', containers: [{ name: 'c', image: 'nginx:1.25' }] },
  })
  let next = 0
  const create = await measure(
    1,
    () => {},
    () => {
      for (let i = 0; i < N; i++) cluster.client.create(pod, make(next++) as never)
    },
  )
  row('create a Pod, in process', `${ms((N / create.wall) * 1000)} /s`, '≥ 10,000 /s')
  const get = await measure(
    5,
    () => {},
    () => {
      for (let i = 0; i < N; i++) cluster.client.get(pod, 'default', `p${i}`)
    },
  )
  row('get a Pod, in process', `${ms((N / get.wall) * 1000)} /s`, '≥ 100,000 /s')
}
{
  const cluster = await booted('list')
  for (let i = 0; i < 500; i++) {
    cluster.client.create(pod, {
      metadata: { name: `p${i}`, namespace: 'default' },
      spec: { schedulerName: 'nobody', containers: [{ name: 'c', image: 'nginx:1.25' }] },
    } as never)
  }
  const list = await measure(
    5,
    () => {},
    () => {
      for (let i = 0; i < 1000; i++) cluster.client.list(pod, { namespace: 'default', labelSelector: '' })
    },
  )
  row('list of 500 Pods, in process', `${ms((1000 / list.wall) * 1000)} /s`, '≥ 5,000 /s')
}
{
  const session = await createSession({ seed: 'kubectl' })
  const type = async (line: string): Promise<void> => {
    const command = session.workstation.run(line, () => {})
    await session.cluster.clock.settle()
    while (!command.ended()) await session.advance(10)
  }
  await type('kubectl create deployment web --image=nginx:1.25 --replicas=20')
  await session.advance(20_000)
  await type('kubectl get pods')
  const get = await measure(
    25,
    () => {},
    () => type('kubectl get pods'),
  )
  row('kubectl get pods (20), at the prompt, wall', `${ms(get.wall)} ms`, '≤ 16 ms')
}
{
  const probe = { httpGet: { path: '/', port: 80 } }
  const hour = await measure(
    3,
    async () => {
      const cluster = await booted('probes')
      await untilReady(cluster, 100, { readinessProbe: probe })
      return cluster
    },
    cluster => cluster.clock.advance(3_600_000),
  )
  row('an hour of 100 Pods with a probe, CPU', `${ms(hour.cpu)} ms`, '≤ 1000 ms')
}
{
  const cluster = await booted('memory')
  const [heap, writes] = [heapBytes(), cluster.store.revision]
  await untilReady(cluster, 300)
  const each = (n: number, digits: number): string => (n / 300).toFixed(digits)
  if (heap !== undefined) row('memory of a running Pod', `${each((heapBytes()! - heap) / 1024, 0)} KB`, '≤ 100 KB')
  row('writes to the store for a Pod', each(cluster.store.revision - writes, 1))
}
{
  const bytes = workerBytes()
  if (bytes !== undefined)
    row("the page's worker as last built, gzipped", `${(bytes / 1000).toFixed(0)} KB`, '≤ 140 KB')
}
process.exit(0)
