/** A cluster with a metrics server: what is used can be seen, and autoscalers act on it. */
import { describe, expect, it } from 'vitest'
import { deployment } from '../../api/kinds/deployment.ts'
import { horizontalPodAutoscaler } from '../../api/kinds/horizontalpodautoscaler/index.ts'
import { pod } from '../../api/kinds/pod/index.ts'
import { createCluster } from '../../cluster.ts'
import { createSession } from '../../scenario/create.ts'

const stress = (name: string, replicas: number) => ({
  metadata: { name, namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: {
        containers: [
          {
            name: 'main',
            image: 'polinux/stress',
            command: ['stress', '--cpu', '1', '--vm', '1', '--vm-bytes', '64M', '--vm-hang', '0'],
            resources: { requests: { cpu: '200m', memory: '64Mi' }, limits: { cpu: '400m' } },
          },
        ],
      },
    },
  },
})

async function ask(cluster: ReturnType<typeof createCluster>, path: string) {
  const response = await cluster.api.fetch(new Request(`http://api/apis/metrics.k8s.io/v1beta1${path}`))
  return { status: response.status, body: (await response.json()) as { items?: { metadata: { name: string } }[] } }
}

describe('a metrics server', () => {
  it('serves what Pods and nodes use, once it has looked twice', async () => {
    const cluster = createCluster({ seed: 'metrics', metricsServer: true })
    await cluster.clock.advance(5_000)
    cluster.client.create(deployment, stress('busy', 1))
    await cluster.clock.advance(60_000)
    const [busy] = cluster.client.list(pod)
    const one = await ask(cluster, `/namespaces/default/pods/${busy!.metadata.name}`)
    expect(one.body).toMatchObject({
      kind: 'PodMetrics',
      metadata: { labels: { app: 'busy' } },
      window: '15s',
      containers: [{ name: 'main', usage: { cpu: expect.stringMatching(/^(39|40)\d{7}n$/) } }],
    })
    const nodes = await ask(cluster, '/nodes')
    expect(nodes.body.items?.map(n => n.metadata.name)).toEqual(['control-plane', 'worker-1', 'worker-2'])
    expect((await ask(cluster, '/pods?labelSelector=app%3Dnone')).body.items).toEqual([])
    expect((await ask(cluster, '/namespaces/default/pods/nosuch')).status).toBe(404)
  })

  it('knows nothing of a node that it cannot reach', async () => {
    const cluster = createCluster({ seed: 'metrics', metricsServer: true })
    await cluster.clock.advance(60_000)
    cluster.kubelets.get('worker-1')!.setConnected(false)
    await cluster.clock.advance(20_000)
    const { items } = (await ask(cluster, '/nodes')).body
    expect(items?.map(n => n.metadata.name)).toEqual(['control-plane', 'worker-2'])
  })

  it('lets an autoscaler grow what is busy', async () => {
    const cluster = createCluster({ seed: 'metrics', metricsServer: true })
    await cluster.clock.advance(5_000)
    cluster.client.create(deployment, stress('busy', 1))
    cluster.client.create(horizontalPodAutoscaler, {
      metadata: { name: 'busy', namespace: 'default' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'busy' },
        maxReplicas: 4,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
        ],
      },
    })
    await cluster.clock.advance(300_000)
    expect(cluster.client.get(deployment, 'default', 'busy').spec.replicas).toBe(4)
  })

  it('is not there unless it is asked for', async () => {
    const cluster = createCluster({ seed: 'metrics' })
    await cluster.clock.advance(5_000)
    expect((await cluster.api.fetch(new Request('http://api/apis/metrics.k8s.io/v1beta1/pods'))).status).toBe(404)
  })
})

it('kubectl top prints it', async () => {
  const session = await createSession({ seed: 'top', metricsServer: true })
  let shown = ''
  session.onOutput((_, data) => (shown += data))
  const terminal = session.openTerminal({ columns: 120, rows: 30 })
  const run = async (line: string): Promise<string> => {
    shown = ''
    await session.dispatch({ type: 'command', terminal, line })
    for (let i = 0; i < 1000 && !session.terminalState(terminal).idle; i++) await session.advance(100)
    return shown.replace(/\x1b\[[\d;]*[A-Za-z]/g, '')
  }
  await run('kubectl run web --image=nginx:1.27')
  await session.advance(60_000)
  expect(await run('kubectl top pod web')).toMatch(/NAME +CPU\(cores\) +MEMORY\(bytes\)\s+web +\d+m +\d+Mi/)
  expect(await run('kubectl top nodes')).toMatch(/worker-1 +\d+m +\d+% +\d+Mi +\d+%/)
  expect(await run('kubectl get pods.metrics.k8s.io')).toMatch(/NAME +CPU +MEMORY +WINDOW/)
})
