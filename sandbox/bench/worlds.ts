/** The clusters that are measured, and what is done to them. */
import { deployment } from '../api/kinds/deployment.ts'
import { pod } from '../api/kinds/pod/index.ts'
import { BOOT_MS } from '../cluster/boot.ts'
import { type Cluster, createCluster } from '../cluster.ts'
import { createSession } from '../scenario/create.ts'

/** With all nodes ready, as the peer's are. */
export async function booted(seed: string, nodes = 10): Promise<Cluster> {
  const cluster = createCluster({ seed, nodes: Array.from({ length: nodes }, (_, i) => `worker-${i + 1}`) })
  await cluster.clock.advance(BOOT_MS)
  return cluster
}

const webDeployment = (replicas: number, more: object) => ({
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

/** @param more of the container's spec */
export async function rollOut(cluster: Cluster, replicas: number, more: object = {}): Promise<void> {
  cluster.client.create(deployment, webDeployment(replicas, more))
  await untilReady(cluster, replicas)
}

/** Another image for all replicas. */
export async function update(cluster: Cluster, replicas: number): Promise<void> {
  const web = cluster.client.get(deployment, 'default', 'web')
  const { template } = webDeployment(replicas, { image: 'nginx:1.27' }).spec
  cluster.client.update(deployment, { ...web, spec: { ...web.spec, template } })
  await untilReady(cluster, replicas)
}

async function untilReady(cluster: Cluster, replicas: number): Promise<void> {
  for (let second = 0; second < 3600; second++) {
    await cluster.clock.advance(1000)
    const { readyReplicas, updatedReplicas, replicas: all } = cluster.client.get(deployment, 'default', 'web').status
    if (readyReplicas === replicas && updatedReplicas === replicas && all === replicas) return
  }
  throw new Error(`${replicas} replicas were not ready after a virtual hour`)
}

/** Pods that nobody schedules. */
export function createPods(cluster: Cluster, from: number, count: number): void {
  for (let i = from; i < from + count; i++) {
    cluster.client.create(pod, {
      metadata: { name: `p${i}`, namespace: 'default' },
      spec: { schedulerName: 'nobody', containers: [{ name: 'c', image: 'nginx:1.25' }] },
    })
  }
}

export function getPods(cluster: Cluster, count: number): void {
  for (let i = 0; i < count; i++) cluster.client.get(pod, 'default', `p${i}`)
}

/** By a selector that all of them pass, so that each is looked at. */
const SELECTOR = 'app!=nothing'

export function listPods(cluster: Cluster, times: number): void {
  for (let i = 0; i < times; i++) cluster.client.list(pod, { namespace: 'default', labelSelector: SELECTOR })
}

/** @returns how to run a line at the prompt of a session with a Deployment of so many */
export async function prompt(replicas: number): Promise<(line: string) => Promise<void>> {
  const session = await createSession({ seed: 'kubectl' })
  const type = async (line: string): Promise<void> => {
    const command = session.workstation.run(line, () => {})
    await session.cluster.clock.settle()
    while (!command.ended()) await session.advance(10)
  }
  await type(`kubectl create deployment web --image=nginx:1.25 --replicas=${replicas}`)
  await session.advance(20_000)
  return type
}
