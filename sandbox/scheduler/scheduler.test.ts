/** Scheduling: why a Pod gets no node, and what makes the scheduler try again. */
import { describe, expect, it } from 'vitest'
import { node as nodeKind } from '../api/kinds/node.ts'
import { persistentVolume } from '../api/kinds/persistentvolume.ts'
import { persistentVolumeClaim } from '../api/kinds/persistentvolumeclaim/index.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { asking, makeCluster } from './testing.ts'

const NOT_HELPFUL = (n: number): string =>
  `no new claims to deallocate, preemption: 0/${n} nodes are available: ${n} Preemption is not helpful for scheduling.`

describe('a Pod', () => {
  it('gets a node, and an event says so', async () => {
    const c = makeCluster()
    c.addNode('worker-1')
    c.addPod('web')
    await c.clock.settle()
    expect(c.placed('web')).toBe('worker-1')
    expect(c.eventsOf('web')).toEqual(['Normal Scheduled: Successfully assigned default/web to worker-1'])
    expect(c.errors).toEqual([])
  })

  it('that nobody has room for is told why, node by node', async () => {
    const c = makeCluster()
    c.addNode('control-plane', { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] })
    c.addNode('worker-1')
    c.addNode('worker-2')
    c.addPod('greedy', asking({ cpu: '1000' }))
    await c.clock.settle()
    const text = `0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 Insufficient cpu. ${NOT_HELPFUL(3)}`
    expect(c.message('greedy')).toBe(text)
    expect(c.eventsOf('greedy')).toEqual([`Warning FailedScheduling: ${text}`])
  })

  it.each([
    ['nodeSelector', { nodeSelector: { disk: 'ssd' } }, "node(s) didn't match Pod's node affinity/selector"],
    [
      'node affinity',
      {
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [{ matchExpressions: [{ key: 'zone', operator: 'In', values: ['east'] }] }],
            },
          },
        },
      },
      "node(s) didn't match Pod's node affinity/selector",
    ],
    [
      'spread over a label that nodes lack',
      {
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'zone',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { a: 'b' } },
          },
        ],
      },
      "node(s) didn't match pod topology spread constraints (missing required label)",
    ],
    [
      'pod affinity',
      {
        affinity: {
          podAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { a: 'b' } } },
            ],
          },
        },
      },
      "node(s) didn't match pod affinity rules",
    ],
  ])('is refused by %s', async (_, spec, reason) => {
    const c = makeCluster()
    c.addNode('node-1')
    c.addPod('p', spec)
    await c.clock.settle()
    expect(c.message('p')).toBe(`0/1 nodes are available: 1 ${reason}. ${NOT_HELPFUL(1)}`)
    expect(c.errors).toEqual([])
  })

  it('whose claim is missing is refused as a whole', async () => {
    const c = makeCluster()
    c.addNode('node-1')
    c.addPod('p', { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] })
    await c.clock.settle()
    expect(c.message('p')).toBe('0/1 nodes are available: persistentvolumeclaim "data" not found. not found')
  })

  it('with scheduling gates waits until the last is gone', async () => {
    const c = makeCluster()
    c.addNode('node-1')
    c.addPod('held', { schedulingGates: [{ name: 'example.com/a' }] })
    await c.clock.settle()
    expect(c.placed('held')).toBeUndefined()
    c.client.patch(podKind, 'default', 'held', { spec: { schedulingGates: null } })
    await c.clock.settle()
    expect(c.placed('held')).toBe('node-1')
  })

  it('for another scheduler is left alone', async () => {
    const c = makeCluster()
    c.addNode('node-1')
    c.addPod('p', { schedulerName: 'mine' })
    await c.clock.advance(600_000)
    expect(c.placed('p')).toBeUndefined()
    expect(c.eventsOf('p')).toEqual([])
  })
})

describe('a Pod that could not be placed is tried again', () => {
  it('when a node is added', async () => {
    const c = makeCluster()
    c.addPod('p')
    await c.clock.settle()
    expect(c.message('p')).toBe('no nodes available to schedule pods')
    c.addNode('node-1')
    await c.clock.settle()
    expect(c.placed('p')).toBe('node-1')
  })

  it('when another Pod goes and leaves room', async () => {
    const c = makeCluster()
    c.addNode('node-1', { cpu: '1' })
    c.addPod('first', asking({ cpu: '600m' }))
    c.addPod('second', asking({ cpu: '600m' }))
    await c.clock.settle()
    expect(c.message('second')).toBe(
      '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.',
    )
    c.client.delete(podKind, 'default', 'first', { gracePeriodSeconds: 0 })
    await c.clock.settle()
    expect(c.placed('second')).toBe('node-1')
  })

  it('when a Pod goes that has its port, but not when any other does', async () => {
    const c = makeCluster()
    c.addNode('node-1')
    const on = (hostPort: number) => ({
      containers: [{ name: 'app', image: 'nginx:1.27', ports: [{ containerPort: 80, hostPort }] }],
    })
    c.addPod('first', on(8080))
    c.addPod('other', on(9090))
    await c.clock.settle()
    c.addPod('second', on(8080))
    await c.clock.settle()
    c.client.delete(podKind, 'default', 'other', { gracePeriodSeconds: 0 })
    await c.clock.advance(3000)
    expect(c.eventsOf('second')).toHaveLength(1)
    c.client.delete(podKind, 'default', 'first', { gracePeriodSeconds: 0 })
    await c.clock.advance(3000)
    expect(c.placed('second')).toBe('node-1')
  })

  it('when a taint goes or a node is uncordoned, but not at every heartbeat', async () => {
    const c = makeCluster()
    c.addNode('node-1', { unschedulable: true })
    c.addPod('p')
    await c.clock.settle()
    expect(c.message('p')).toContain('1 node(s) were unschedulable')
    c.client.patch(nodeKind, '', 'node-1', { status: { conditions: [{ type: 'Ready', status: 'True' }] } }, 'status')
    await c.clock.settle()
    expect(c.eventsOf('p')).toHaveLength(1)
    c.client.patch(nodeKind, '', 'node-1', { spec: { unschedulable: null } })
    await c.clock.settle()
    expect(c.placed('p')).toBe('node-1')
  })

  it('when any taint goes, but not when a Pod comes that it does not want to be near', async () => {
    const c = makeCluster()
    c.addNode('node-1', { labels: { zone: 'a' } })
    c.addNode('node-2', { taints: [{ key: 'k', effect: 'NoSchedule' }] })
    const near = { topologyKey: 'zone', labelSelector: { matchLabels: { app: 'db' } } }
    c.addPod('near', { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [near] } } })
    c.addPod('here', { nodeSelector: { no: 'such' } })
    await c.clock.settle()
    c.addPod('other')
    await c.clock.advance(3000)
    expect(c.eventsOf('near')).toHaveLength(1)
    c.client.patch(nodeKind, '', 'node-2', { metadata: { annotations: { a: 'b' } } })
    await c.clock.advance(3000)
    expect(c.eventsOf('here')).toHaveLength(1)
    c.client.patch(nodeKind, '', 'node-2', { spec: { taints: null } })
    await c.clock.advance(3000)
    expect(c.eventsOf('here').at(-1)).toContain("2 node(s) didn't match Pod's node affinity/selector.")
    c.addPod('db', { nodeSelector: { zone: 'a' } }, { app: 'db' })
    await c.clock.advance(3000)
    expect(c.placed('near')).toBe('node-1')
  })
})

it('a Pod that comes with its claim is refused before the claim is bound, and placed a moment later', async () => {
  const c = makeCluster()
  c.addNode('node-1')
  const claimRef = { namespace: 'default', name: 'data' }
  const common = { accessModes: ['ReadWriteOnce' as const], storageClassName: '' }
  c.client.create(persistentVolume, {
    metadata: { name: 'v' },
    spec: { ...common, capacity: { storage: '1Gi' }, hostPath: { path: '/x' }, claimRef },
  })
  const claim = c.client.create(persistentVolumeClaim, {
    metadata: claimRef,
    spec: { ...common, resources: { requests: { storage: '1Gi' } } },
  })
  await c.clock.settle()
  c.client.update(persistentVolumeClaim, {
    ...claim,
    metadata: { ...claim.metadata, annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
    spec: { ...claim.spec, volumeName: 'v' },
  })
  c.addPod('p', { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] })
  await c.clock.settle()
  expect(c.message('p')).toBe('0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found')
  await c.clock.advance(20)
  expect(c.placed('p')).toBe('node-1')
  // A later Pod finds it bound.
  c.addPod('q', { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] })
  await c.clock.settle()
  expect(c.eventsOf('q')).toHaveLength(1)
})

describe('a waiting Pod that is changed', () => {
  const labelled = (name: string) => ({ metadata: { labels: { [name]: 'x' } } })

  it('is tried again only where that may help with what refused it', async () => {
    const c = makeCluster()
    c.addNode('node-1', { cpu: '1' })
    c.addPod('greedy', asking({ cpu: '2' }))
    const near = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { a: 'x' } } }
    c.addPod('lonely', { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [near] } } })
    await c.clock.settle()
    for (const name of ['greedy', 'lonely']) c.client.patch(podKind, 'default', name, labelled('a'))
    await c.clock.advance(3000)
    expect([c.eventsOf('greedy').length, c.placed('lonely')]).toEqual([1, 'node-1'])
  })

  it('may tolerate what it did not', async () => {
    const c = makeCluster()
    c.addNode('node-1', { taints: [{ key: 'k', effect: 'NoSchedule' }] })
    c.addPod('p')
    await c.clock.settle()
    c.client.patch(podKind, 'default', 'p', { spec: { tolerations: [{ key: 'k', operator: 'Exists' }] } })
    await c.clock.settle()
    expect(c.placed('p')).toBe('node-1')
  })
})

it('a spread over an empty selector counts nobody but the Pod itself', async () => {
  const c = makeCluster()
  for (const zone of ['a', 'b']) c.addNode(zone, { labels: { zone } })
  for (const name of ['one', 'two', 'three']) c.addPod(name, { nodeName: 'a' })
  await c.clock.settle()
  const spread = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'DoNotSchedule', labelSelector: {} }
  c.addPod('p', {
    nodeSelector: { zone: 'a' },
    topologySpreadConstraints: [{ ...spread, nodeAffinityPolicy: 'Ignore' }],
  })
  await c.clock.settle()
  expect(c.placed('p')).toBe('a')
})

describe('scores', () => {
  it('spread the Pods of a Service over nodes', async () => {
    const c = makeCluster()
    for (const n of [1, 2, 3]) c.addNode(`node-${n}`)
    for (let i = 0; i < 9; i++) c.addPod(`p${i}`, asking({ cpu: '100m', memory: '64Mi' }), { app: 'web' })
    await c.clock.settle()
    const counts = [1, 2, 3].map(n => c.client.onNode(podKind, `node-${n}`).length)
    expect(counts).toEqual([3, 3, 3])
  })

  it('prefer a node that has the image, and one that is preferred by the Pod', async () => {
    const c = makeCluster()
    c.addNode('node-1')
    c.addNode('node-2', { images: [{ names: ['nginx:1.27'], sizeBytes: 800e6 }] })
    c.addNode('node-3', { labels: { disk: 'ssd' } })
    c.addPod('by-image')
    c.addPod('by-affinity', {
      affinity: {
        nodeAffinity: {
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, preference: { matchExpressions: [{ key: 'disk', operator: 'Exists' }] } },
          ],
        },
      },
    })
    await c.clock.settle()
    expect([c.placed('by-image'), c.placed('by-affinity')]).toEqual(['node-2', 'node-3'])
  })

  it('keep Pods apart that want to be', async () => {
    const c = makeCluster()
    for (const n of [1, 2]) c.addNode(`node-${n}`)
    const apart = {
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'db' } } },
          ],
        },
      },
    }
    for (const n of [1, 2, 3]) c.addPod(`db-${n}`, apart, { app: 'db' })
    await c.clock.settle()
    expect(new Set([c.placed('db-1'), c.placed('db-2')])).toEqual(new Set(['node-1', 'node-2']))
    expect(c.message('db-3')).toContain("0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.")
    c.addPod('other', {}, { app: 'db' })
    await c.clock.settle()
    expect(c.message('other')).toContain("2 node(s) didn't satisfy existing pods anti-affinity rules.")
  })
})

describe('preemption', () => {
  it('makes room for a more important Pod by removing the fewest and least important', async () => {
    const c = makeCluster()
    for (const n of [1, 2]) c.addNode(`node-${n}`, { cpu: '2' })
    c.addPod('low-a', asking({ cpu: '1500m' }, { priority: 0 }))
    c.addPod('mid-b', asking({ cpu: '1500m' }, { priority: 5 }))
    await c.clock.settle()
    c.addPod('high', asking({ cpu: '1' }, { priority: 100 }))
    await c.clock.settle()
    const victim = c.placed('low-a')!
    expect(c.pod('high').status.nominatedNodeName).toBe(victim)
    expect(c.message('high')).toBe('0/2 nodes are available: 2 Insufficient cpu.')
    expect(c.pod('low-a').metadata.deletionTimestamp).toBeDefined()
    expect(c.pod('low-a').status.conditions!.at(-1)).toMatchObject({
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'PreemptionByScheduler',
    })
    expect(c.eventsOf('low-a').at(-1)).toBe(
      `Normal Preempted: Preempted by pod ${c.pod('high').metadata.uid} on node ${victim}`,
    )
    // A less important Pod does not slip into the room that is being made.
    c.client.delete(podKind, 'default', 'low-a', { gracePeriodSeconds: 0 })
    c.addPod('sneaky', asking({ cpu: '1500m' }, { priority: 1 }))
    await c.clock.settle()
    expect(c.placed('high')).toBe(victim)
    expect(c.placed('sneaky')).toBeUndefined()
    expect(c.errors).toEqual([])
  })

  it('is not for Pods that must not preempt', async () => {
    const c = makeCluster()
    c.addNode('node-1', { cpu: '1' })
    c.addPod('low', asking({ cpu: '1' }, { priority: 0 }))
    await c.clock.settle()
    c.addPod('polite', asking({ cpu: '1' }, { priority: 9, preemptionPolicy: 'Never' }))
    await c.clock.settle()
    expect(c.message('polite')).toBe(
      '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.',
    )
  })

  it('leaves room for who has been promised the node, and asks nobody to go twice', async () => {
    const c = makeCluster()
    c.addNode('node-1', { cpu: '2' })
    c.addPod('slow', asking({ cpu: '1500m' }, { priority: 0, terminationGracePeriodSeconds: 30 }))
    await c.clock.settle()
    c.addPod('high', asking({ cpu: '1' }, { priority: 100 }))
    c.addPod('small', asking({ cpu: '600m' }, { priority: 50 }))
    await c.clock.settle()
    expect([c.pod('high'), c.pod('small')].map(p => p.status.nominatedNodeName)).toEqual(['node-1', 'node-1'])
    // Were the slow one gone, there would still be no room beside those two.
    c.addPod('late', asking({ cpu: '900m' }, { priority: 50 }))
    await c.clock.settle()
    expect(c.message('late')).toBe(
      '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 Insufficient cpu.',
    )
    expect(c.pod('late').status.nominatedNodeName).toBeUndefined()
    // A Pod of a still higher priority finds its victim terminating: no other has to be evicted.
    c.addPod('top', asking({ cpu: '1500m' }, { priority: 1000 }))
    await c.clock.settle()
    expect([c.pod('top'), c.pod('high')].map(p => p.status.nominatedNodeName)).toEqual(['node-1', 'node-1'])
    expect(c.eventsOf('slow').filter(e => e.includes('Preempted'))).toHaveLength(1)
    expect(c.errors).toEqual([])
  })

  it('takes a promise back from the less important, who wait on', async () => {
    const c = makeCluster()
    c.addNode('node-1', { cpu: '2' })
    for (const name of ['a', 'b']) c.addPod(name, asking({ cpu: '1' }, { priority: 0 }))
    await c.clock.settle()
    c.addPod('high', asking({ cpu: '1' }, { priority: 100 }))
    await c.clock.settle()
    c.addPod('top', asking({ cpu: '2' }, { priority: 1000 }))
    await c.clock.settle()
    expect([c.pod('top'), c.pod('high')].map(p => p.status.nominatedNodeName)).toEqual(['node-1', undefined])
    expect(c.eventsOf('high')).toHaveLength(1)
    expect(c.errors).toEqual([])
  })
})
