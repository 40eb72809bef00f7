/** The controllers of nodes: lifecycle, taints and evictions, Pods of nodes that are gone. */
import { describe, expect, it } from 'vitest'
import { deployment as deploymentKind } from '../../api/kinds/deployment.ts'
import { event as eventKind } from '../../api/kinds/event.ts'
import { lease as leaseKind } from '../../api/kinds/lease.ts'
import { namespace as namespaceKind } from '../../api/kinds/namespace.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { deploymentController } from '../deployment/index.ts'
import { replicaSetController } from '../replicas/replicaset.ts'
import { makeWorld, template } from '../testing.ts'
import { nodeLifecycleController } from './lifecycle.ts'
import { podGCController } from './pod-gc.ts'
import { taintEvictionController, toleratedFor } from './taint-eviction.ts'
import { ttlController } from './ttl.ts'

const TOLERATIONS = ['not-ready', 'unreachable'].map(name => ({
  key: `node.kubernetes.io/${name}`,
  operator: 'Exists' as const,
  effect: 'NoExecute' as const,
  tolerationSeconds: 300,
}))

/** Nodes node-1 and node-2, whose kubelets renew their leases until they are stopped. */
function world() {
  const w = makeWorld({
    controllers: [
      nodeLifecycleController(),
      taintEvictionController(),
      podGCController(),
      deploymentController,
      replicaSetController,
    ],
  })
  const { client, clock } = w
  client.create(namespaceKind, { metadata: { name: 'kube-node-lease' }, spec: {} })
  const stopped = new Set<string>()
  const beat = (name: string): void => {
    if (!stopped.has(name)) {
      const held = client.find(leaseKind, 'kube-node-lease', name)
      const spec = { holderIdentity: name, renewTime: clock.microTimestamp() }
      if (held) client.update(leaseKind, { ...held, spec: { ...held.spec, ...spec } })
      else client.create(leaseKind, { metadata: { name, namespace: 'kube-node-lease' }, spec })
      const node = client.get(nodeKind, '', name)
      if (node.status.conditions?.find(c => c.type === 'Ready')?.status !== 'True') ready(name)
    }
    clock.after(10_000, () => beat(name), { quiet: true })
  }
  const ready = (name: string): void => {
    const node = client.get(nodeKind, '', name)
    const now = clock.timestamp()
    const condition = {
      type: 'Ready',
      status: 'True',
      reason: 'KubeletReady',
      lastHeartbeatTime: now,
      lastTransitionTime: now,
    }
    client.updateStatus(nodeKind, { ...node, status: { ...node.status, conditions: [condition] } })
  }
  for (const name of ['node-1', 'node-2', 'node-3']) {
    client.create(nodeKind, { metadata: { name }, spec: {} })
    beat(name)
  }
  const node = (name: string) => client.get(nodeKind, '', name)
  const taints = (name: string) => (node(name).spec.taints ?? []).map(t => `${t.key}:${t.effect}`).sort()
  return { ...w, stopped, node, taints }
}

const UNREACHABLE = ['node.kubernetes.io/unreachable:NoExecute', 'node.kubernetes.io/unreachable:NoSchedule']

it('nodes have the old names of their labels, and a time to live that grows with their number', async () => {
  const w = makeWorld({ controllers: [nodeLifecycleController(), ttlController()] })
  const make = (name: string) =>
    w.client.create(nodeKind, { metadata: { name, labels: { 'kubernetes.io/os': 'linux' } }, spec: {} })
  const ttl = (name: string) => w.client.get(nodeKind, '', name).metadata.annotations?.['node.alpha.kubernetes.io/ttl']
  for (let i = 0; i < 100; i++) make(`n${i}`)
  // At twenty writes a second.
  await w.clock.advance(10_000)
  expect([ttl('n0'), ttl('n99')]).toEqual(['0', '0'])
  expect(w.client.get(nodeKind, '', 'n0').metadata.labels).toMatchObject({ 'beta.kubernetes.io/os': 'linux' })
  make('n100')
  await w.clock.settle()
  expect([ttl('n0'), ttl('n100')]).toEqual(['0', '15'])
  w.client.patch(nodeKind, '', 'n0', { metadata: { labels: { a: 'b' } } })
  w.client.delete(nodeKind, '', 'n100')
  await w.clock.settle()
  expect(ttl('n0')).toBe('15')
})

it('of a node that says itself that it is not ready, nobody else judges the Pods', async () => {
  const w = world()
  const spec = { nodeName: 'node-1', containers: [{ name: 'c', image: 'i' }] }
  w.client.create(podKind, { metadata: { name: 'p', namespace: 'default' }, spec })
  await w.clock.advance(5000)
  w.stopped.add('node-1')
  const { status, ...node } = w.node('node-1')
  const conditions = status.conditions!.map(c => ({ ...c, status: 'False', reason: 'KubeletNotReady' }))
  w.client.updateStatus(nodeKind, { ...node, status: { ...status, conditions } })
  await w.clock.advance(5000)
  expect(w.taints('node-1')).toEqual([
    'node.kubernetes.io/not-ready:NoExecute',
    'node.kubernetes.io/not-ready:NoSchedule',
  ])
  expect(w.events('Pod').filter(e => e.startsWith('NodeNotReady'))).toEqual([])
})

describe('a node that has stopped', () => {
  it('is found out after the grace period, tainted, and welcomed back', async () => {
    const w = world()
    await w.clock.advance(60_000)
    expect(w.taints('node-1')).toEqual([])
    w.stopped.add('node-1')
    await w.clock.advance(39_000)
    expect(w.taints('node-1')).toEqual([])
    await w.clock.advance(12_000)
    expect(w.node('node-1').status.conditions![0]).toMatchObject({
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    })
    expect(w.taints('node-1')).toEqual(UNREACHABLE)
    expect(w.events('Node')).toContain('NodeNotReady x1: Node node-1 status is now: NodeNotReady')
    w.stopped.delete('node-1')
    await w.clock.advance(11_000)
    expect(w.taints('node-1')).toEqual([])
    expect(w.errors).toEqual([])
  })

  it('takes its bare Pod with it, while a Deployment makes its Pods anew elsewhere', async () => {
    const w = world()
    w.client.create(podKind, {
      metadata: { name: 'bare', namespace: 'default' },
      spec: { nodeName: 'node-1', tolerations: TOLERATIONS, containers: [{ name: 'app', image: 'v1' }] },
    })
    w.client.create(deploymentKind, {
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'web' } },
        template: { ...template({ app: 'web' }), spec: { ...template({}).spec, tolerations: TOLERATIONS } },
      },
    })
    await w.clock.advance(5_000)
    const before = w.pods({ app: 'web' }).map(p => p.metadata.name)
    w.stopped.add('node-1')
    await w.clock.advance(60_000)
    expect(w.pods().filter(p => p.metadata.deletionTimestamp)).toEqual([])
    const bare = w.client.get(podKind, 'default', 'bare')
    expect(bare.status.conditions!.find(c => c.type === 'Ready')!.status).toBe('False')
    await w.clock.advance(300_000)
    expect(w.events('Pod')).toContain('TaintManagerEviction x1: Marking for deletion Pod default/bare')
    expect(w.client.find(podKind, 'default', 'bare')).toBeUndefined()
    const after = w.pods({ app: 'web' }).filter(p => !p.metadata.deletionTimestamp)
    expect(after).toHaveLength(2)
    expect(after.some(p => !before.includes(p.metadata.name))).toBe(true)
    expect(w.errors).toEqual([])
  })

  it('that is back in time keeps its Pods', async () => {
    const w = world()
    w.client.create(podKind, {
      metadata: { name: 'bare', namespace: 'default' },
      spec: { nodeName: 'node-1', tolerations: TOLERATIONS, containers: [{ name: 'app', image: 'v1' }] },
    })
    w.stopped.add('node-1')
    await w.clock.advance(200_000)
    w.stopped.delete('node-1')
    await w.clock.advance(600_000)
    expect(w.events('Pod')).toContain('TaintManagerEviction x1: Cancelling deletion of Pod default/bare')
    expect(w.client.get(podKind, 'default', 'bare').metadata.deletionTimestamp).toBeUndefined()
  })
})

describe('a Pod on a tainted node', () => {
  const tainted = async (...taints: object[]) => {
    const w = world()
    await w.clock.advance(1000)
    w.client.create(podKind, {
      metadata: { name: 'bare', namespace: 'default', finalizers: ['example.com/stays'] },
      spec: {
        nodeName: 'node-1',
        tolerations: [{ key: 'soon', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }],
        containers: [{ name: 'app', image: 'v1' }],
      },
    })
    const taint = async (...more: object[]): Promise<void> => {
      w.client.patch(nodeKind, '', 'node-1', { spec: { taints: more.length ? more : null } })
      await w.clock.advance(2000)
    }
    await taint(...taints)
    return { ...w, taint, told: () => w.events('Pod').filter(e => e.startsWith('TaintManagerEviction')) }
  }
  const soon = { key: 'soon', effect: 'NoExecute' }
  const now = { key: 'now', effect: 'NoExecute' }
  const later = { key: 'later', effect: 'NoExecute' }

  it('that was to go later and goes at once hears of both, and again with each taint that comes while it lingers', async () => {
    const w = await tainted(soon)
    expect(w.told()).toEqual([])
    await w.taint(soon, now)
    await w.taint(soon, now, later)
    expect(w.told()).toEqual([
      'TaintManagerEviction x1: Cancelling deletion of Pod default/bare',
      'TaintManagerEviction x2: Marking for deletion Pod default/bare',
    ])
  })

  it('that is deleted by somebody else is no longer to be deleted; events tell of it by its name alone', async () => {
    const w = await tainted(soon)
    w.client.patch(podKind, 'default', 'bare', { metadata: { finalizers: null } })
    w.client.delete(podKind, 'default', 'bare', { gracePeriodSeconds: 0 })
    await w.clock.advance(400_000)
    expect(w.told()).toEqual(['TaintManagerEviction x1: Cancelling deletion of Pod default/bare'])
    const [event] = w.client.list(eventKind).filter(e => e.reason === 'TaintManagerEviction')
    expect(event!.involvedObject).toEqual({ apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'bare' })
    expect(w.errors).toEqual([])
  })
})

it('when all nodes are gone, none is emptied', async () => {
  const w = world()
  for (const name of ['node-1', 'node-2', 'node-3']) w.stopped.add(name)
  await w.clock.advance(400_000)
  const noExecute = ['node-1', 'node-2', 'node-3'].flatMap(w.taints).filter(t => t.endsWith('NoExecute'))
  expect(noExecute.length).toBeLessThan(3)
})

it('Pods of a node that has been deleted are removed after a while', async () => {
  const w = makeWorld({ controllers: [podGCController()], kubelet: false })
  w.client.create(podKind, {
    metadata: { name: 'lost', namespace: 'default' },
    spec: { nodeName: 'node-99', containers: [{ name: 'app', image: 'v1' }] },
  })
  await w.clock.advance(39_000)
  expect(w.pods()).toHaveLength(1)
  await w.clock.advance(2_000)
  expect(w.pods()).toEqual([])
  expect(w.errors).toEqual([])
})

it('of several tolerations the shortest counts, and one taint that is not tolerated is enough', () => {
  const taint = (key: string) => ({ key, effect: 'NoExecute' })
  const tolerate = (key: string, seconds?: number) => ({
    key,
    operator: 'Exists',
    ...(seconds !== undefined && { tolerationSeconds: seconds }),
  })
  expect(toleratedFor([taint('a'), taint('b')], [tolerate('a', 10), tolerate('b', 5)])).toBe(5000)
  expect(toleratedFor([taint('a'), taint('b')], [tolerate('a', 10)])).toBe('untolerated')
  expect(toleratedFor([taint('a')], [tolerate('a')])).toBeUndefined()
})
