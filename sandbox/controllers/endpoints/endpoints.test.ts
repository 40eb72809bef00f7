/** The Endpoints and EndpointSlice controllers. */
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { InProcessClient } from '../../api/in-process.ts'
import { endpoints as endpointsKind } from '../../api/kinds/endpoints.ts'
import { endpointSlice as sliceKind } from '../../api/kinds/endpointslice.ts'
import { event as eventKind } from '../../api/kinds/event.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { service as serviceKind } from '../../api/kinds/service/index.ts'
import { forbidden } from '../../api/status.ts'
import { sent } from '../../api/testing.ts'
import type { Node, Pod } from '../../api/types.ts'
import { makeWorld, readyNode } from '../testing.ts'
import { endpointsController } from './endpoints.ts'
import { endpointSliceController } from './endpointslice.ts'
import { endpointSliceMirroringController } from './mirroring.ts'
import { type Planned, TopologyHints } from './topology-hints.ts'

type ContainerPort = NonNullable<Pod['spec']['containers'][number]['ports']>[number]

function world() {
  const w = makeWorld({
    controllers: [endpointsController(), endpointSliceController(), endpointSliceMirroringController()],
  })
  for (const name of ['node-1', 'node-2']) readyNode(w.client, name)
  const addService = (name: string, spec: object): void =>
    void w.client.create(serviceKind, { metadata: { name, namespace: 'default' }, spec })
  const addPod = (name: string, image = 'v1', ports: ContainerPort[] = [{ name: 'http', containerPort: 8080 }]): void =>
    void w.client.create(podKind, {
      metadata: { name, namespace: 'default', labels: { role: 'web' } },
      spec: { containers: [{ name: 'app', image, ports }] },
    })
  const slices = (service: string) =>
    w.client.withLabels(sliceKind, 'default', { 'kubernetes.io/service-name': service })
  const endpoints = (name: string) => w.client.get(endpointsKind, 'default', name).subsets
  return { ...w, addService, addPod, slices, endpoints }
}

it('a Service lists its Pods as they become ready, by the number of a named port', async () => {
  const w = world()
  w.addService('web', { selector: { role: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] })
  await w.clock.settle()
  expect(w.slices('web').map(s => [s.endpoints, s.ports])).toEqual([[null, null]])
  w.addPod('good')
  w.addPod('broken', 'bad')
  await w.clock.advance(3000)
  const [slice] = w.slices('web')
  expect(slice!.ports).toEqual([{ name: 'http', port: 8080, protocol: 'TCP' }])
  expect(slice!.endpoints!.map(e => [e.targetRef!.name, e.conditions]).sort()).toEqual([
    ['broken', { ready: false, serving: false, terminating: false }],
    ['good', { ready: true, serving: true, terminating: false }],
  ])
  expect(w.endpoints('web')).toMatchObject([
    { addresses: [{ targetRef: { name: 'good' } }], notReadyAddresses: [{ targetRef: { name: 'broken' } }] },
  ])
  w.client.patch(podKind, 'default', 'good', { metadata: { labels: { role: 'none' } } })
  await w.clock.settle()
  expect(w.endpoints('web')).toMatchObject([{ notReadyAddresses: [{}] }])
  w.client.delete(podKind, 'default', 'broken')
  await w.clock.advance(3000)
  expect(w.endpoints('web')).toBeUndefined()
  expect(w.errors).toEqual([])
})

it('ports stand in the order of their hashes, and apart where Pods give a name different numbers', async () => {
  const w = world()
  const ports = [
    { name: 'p80', port: 80 },
    { name: 'p443', port: 443 },
    { name: 'p8080', port: 8080 },
    { name: 'p9090', port: 9090, appProtocol: 'http' },
    { name: 'p53', port: 53, protocol: 'UDP' },
  ]
  w.addService('five', { selector: { role: 'web' }, ports })
  const named = [
    { name: 'a', port: 1, targetPort: 'http' },
    { name: 'b', port: 2 },
  ]
  w.addService('named', { selector: { role: 'web' }, ports: named })
  w.addPod('one')
  await w.clock.advance(3000)
  const names = (list: readonly { name?: string }[] | null | undefined) => list?.map(p => p.name)
  expect(names(w.slices('five')[0]!.ports)).toEqual(['p8080', 'p9090', 'p80', 'p53', 'p443'])
  const [subset] = w.endpoints('five')!
  expect(names(subset!.ports)).toEqual(['p9090', 'p53', 'p443', 'p80', 'p8080'])
  expect(subset!.ports![0]!.appProtocol).toBe('http')
  w.addPod('two', 'v1', [{ name: 'http', containerPort: 9999 }])
  await w.clock.advance(3000)
  const subsets = w.endpoints('named')!.map(s => [s.addresses!.length, s.ports!.map(p => `${p.name}:${p.port}`)])
  expect(subsets.sort()).toEqual([
    [1, ['a:8080']],
    [1, ['a:9999']],
    [2, ['b:2']],
  ])
})

it('Endpoints go with their Service, whoever made them', async () => {
  const w = world()
  w.addService('by-hand', { ports: [{ port: 80 }] })
  w.client.create(endpointsKind, { metadata: { name: 'by-hand', namespace: 'default' } })
  w.client.create(endpointsKind, { metadata: { name: 'alone', namespace: 'default' } })
  await w.clock.settle()
  w.client.delete(serviceKind, 'default', 'by-hand')
  await w.clock.settle()
  expect(w.client.list(endpointsKind, { namespace: 'default' }).map(e => e.metadata.name)).toEqual(['alone'])
})

it('many Pods are spread over slices of a hundred', async () => {
  const w = world()
  w.addService('web', { selector: { role: 'web' }, ports: [{ port: 80 }] })
  for (let i = 0; i < 250; i++) w.addPod(`p${i}`)
  await w.clock.advance(3000)
  expect(
    w
      .slices('web')
      .map(s => s.endpoints!.length)
      .sort(),
  ).toEqual([100, 100, 50])
})

it('a Service that prefers to stay near says for whom each ready Pod is', async () => {
  const w = world()
  w.client.patch(nodeKind, '', 'node-1', { metadata: { labels: { 'topology.kubernetes.io/zone': 'east' } } })
  const prefers = { PreferSameNode: 'node', PreferSameZone: 'zone', PreferClose: 'close' }
  for (const [trafficDistribution, name] of Object.entries(prefers))
    w.addService(name, { selector: { role: 'web' }, ports: [{ port: 80 }], trafficDistribution })
  w.addPod('good')
  w.addPod('broken', 'bad')
  await w.clock.advance(3000)
  const hints = (service: string) =>
    Object.fromEntries(w.slices(service)[0]!.endpoints!.map(e => [e.targetRef!.name, e.hints]))
  const forZones = [{ name: 'east' }]
  expect(hints('node')).toEqual({ good: { forNodes: [{ name: 'node-1' }], forZones }, broken: undefined })
  expect(hints('zone')).toEqual({ good: { forZones }, broken: undefined })
  expect(hints('close')).toEqual(hints('zone'))
})

it('Endpoints written by hand are mirrored', async () => {
  const w = world()
  w.addService('db', { ports: [{ port: 80, targetPort: 9376 }] })
  w.client.create(endpointsKind, {
    metadata: { name: 'db', namespace: 'default' },
    subsets: [{ addresses: [{ ip: '192.0.2.42' }], ports: [{ port: 9376 }] }],
  })
  await w.clock.settle()
  expect(w.slices('db')).toMatchObject([
    {
      endpoints: [{ addresses: ['192.0.2.42'], conditions: { ready: true } }],
      ports: [{ name: '', port: 9376, protocol: 'TCP' }],
    },
  ])
  w.client.delete(endpointsKind, 'default', 'db')
  await w.clock.settle()
  expect(w.slices('db')).toEqual([])
})

it('of Endpoints written by hand a thousand addresses are mirrored, and an event counts the others', async () => {
  const w = world()
  w.addService('many', { ports: [{ port: 80 }] })
  const addresses = Array.from({ length: 1003 }, (_, i) => ({ ip: `192.0.${2 + (i >> 8)}.${i & 255}` }))
  w.client.create(endpointsKind, {
    metadata: { name: 'many', namespace: 'default' },
    subsets: [{ addresses, ports: [{ port: 80 }] }],
  })
  await w.clock.settle()
  expect(w.slices('many')[0]!.endpoints).toHaveLength(1000)
  expect(w.events('Endpoints')).toContainEqual(
    expect.stringContaining(
      'A max of 1000 addresses can be mirrored to EndpointSlices per Endpoints subset. 3 addresses were skipped',
    ),
  )
})

it('the endpoints tell when that happened for which they were written; a Pod that goes away tells nothing', async () => {
  const w = world()
  const told = () =>
    [w.client.get(endpointsKind, 'default', 'web'), w.slices('web')[0]!].map(
      o => o.metadata.annotations?.['endpoints.kubernetes.io/last-change-trigger-time'],
    )
  w.addService('web', { selector: { role: 'web' }, ports: [{ port: 80 }] })
  await w.clock.settle()
  const born = w.client.get(serviceKind, 'default', 'web').metadata.creationTimestamp
  expect(told()).toEqual([born, born])
  await w.clock.advance(60_000)
  w.addPod('good')
  await w.clock.advance(5000)
  const ready = w.client
    .get(podKind, 'default', 'good')
    .status.conditions!.find(c => c.type === 'Ready')!.lastTransitionTime
  expect(ready).not.toBe(born)
  expect(told()).toEqual([ready, ready])
  w.client.patch(podKind, 'default', 'good', { metadata: { labels: { role: 'none' } } })
  await w.clock.settle()
  expect(told()).toEqual([undefined, undefined])
})

describe('topology-mode', () => {
  /** Three Pods of a Service, on nodes of zones with so many CPUs. */
  async function zoned(zones: Record<string, string>, podsOn: readonly string[]) {
    const w = world()
    for (const [zone, cpu] of Object.entries(zones)) {
      w.client.create(nodeKind, sent({ metadata: { name: zone, labels: { 'topology.kubernetes.io/zone': zone } } }))
      const status = { allocatable: { cpu }, conditions: [{ type: 'Ready', status: 'True' }] }
      w.client.patch(nodeKind, '', zone, { status }, 'status')
    }
    w.client.create(serviceKind, {
      metadata: { name: 'web', namespace: 'default', annotations: { 'service.kubernetes.io/topology-mode': 'Auto' } },
      spec: { selector: { role: 'web' }, ports: [{ port: 80 }] },
    })
    for (const [i, nodeName] of podsOn.entries())
      w.client.create(podKind, {
        metadata: { name: `p${i}`, namespace: 'default', labels: { role: 'web' } },
        spec: { nodeName, containers: [{ name: 'app', image: 'v1' }] },
      })
    await w.clock.advance(3000)
    const hints = () =>
      w.slices('web')[0]!.endpoints!.map(e => `${e.zone} for ${e.hints?.forZones?.map(z => z.name) ?? 'all'}`)
    return { ...w, hints }
  }

  it('gives each zone a share of the endpoints that follows its CPU, as long as its nodes are ready', async () => {
    const w = await zoned({ a: '2', b: '2', c: '4' }, ['a', 'a', 'b', 'b'])
    expect(w.hints().sort()).toEqual(['a for a', 'a for c', 'b for b', 'b for c'])
    expect(w.events('Service')).toEqual([
      'TopologyAwareHintsDisabled x1: Insufficient number of endpoints (0 endpoints, 3 zones), addressType: IPv4',
      'TopologyAwareHintsEnabled x1: Topology Aware Hints has been enabled, addressType: IPv4',
    ])
    w.client.patch(nodeKind, '', 'c', { status: { conditions: [{ type: 'Ready', status: 'False' }] } }, 'status')
    await w.clock.settle()
    expect(w.hints().sort()).toEqual(['a for a', 'a for a', 'b for b', 'b for b'])
  })

  it('gives none where a zone is not known or would get too few, and says why', async () => {
    const few = await zoned({ a: '2', b: '2' }, ['a'])
    expect(few.hints()).toEqual(['a for all'])
    expect(few.events('Service').at(-1)).toBe(
      'TopologyAwareHintsDisabled x1: Insufficient number of endpoints (1 endpoints, 2 zones), addressType: IPv4',
    )
    const one = await zoned({ a: '2' }, ['a', 'a'])
    expect(one.events('Service').at(-1)).toContain(
      'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes, addressType: IPv4',
    )
  })

  it('that is taken back takes the hints with it', async () => {
    const w = await zoned({ a: '2', b: '2' }, ['a', 'b'])
    expect(w.hints().sort()).toEqual(['a for a', 'b for b'])
    w.client.patch(serviceKind, 'default', 'web', { metadata: { annotations: null } })
    await w.clock.settle()
    expect(w.hints().sort()).toEqual(['a for all', 'b for all'])
    expect(w.events('Service').at(-1)).toContain('Topology Aware Hints has been disabled, addressType: IPv4')
    expect(w.errors).toEqual([])
  })

  it('gives every ready endpoint one zone, and no zone lacks a whole endpoint of its share', () => {
    const zone = fc.constantFrom('a', 'b', 'c')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(zone, fc.integer({ min: 1, max: 16 })), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(7), { maxLength: 30 }),
        (cpus, places) => {
          const on = places.map(i => cpus[i % cpus.length]![0])
          const nodes = cpus.map(([name, cpu]) => ({
            metadata: { labels: { 'topology.kubernetes.io/zone': name } },
            status: { allocatable: { cpu: String(cpu) }, conditions: [{ type: 'Ready', status: 'True' }] },
          }))
          const endpoints = on.map(at => ({ addresses: ['10.0.0.1'], conditions: { ready: true }, zone: at }))
          const planned: Planned[] = [{ slice: undefined, endpoints }]
          const told = new TopologyHints().give('default/web', planned, nodes as unknown as Node[])
          const hinted = planned[0]!.endpoints.map(e => e.hints?.forZones?.map(z => z.name))
          if (told!.type === 'Warning') expect(hinted.every(zones => zones === undefined)).toBe(true)
          else {
            const total = cpus.reduce((sum, [, cpu]) => sum + cpu, 0)
            for (const name of new Set(cpus.map(([at]) => at))) {
              const share = cpus.reduce((sum, [at, cpu]) => sum + (at === name ? cpu : 0), 0) / total
              expect(hinted.filter(zones => zones?.[0] === name).length).toBeGreaterThan(share * on.length - 1)
            }
            expect(hinted.every(zones => zones?.length === 1)).toBe(true)
          }
        },
      ),
    )
  })
})

it('Endpoints that cannot be made are told of by an event about them', async () => {
  const w = world()
  const { create } = InProcessClient.prototype
  vi.spyOn(InProcessClient.prototype, 'create').mockImplementation(function (this: InProcessClient, kind, object) {
    if (kind.kind === 'Endpoints') throw forbidden(kind, 'web', 'exceeded quota: few')
    return create.call(this, kind, object)
  })
  w.addService('web', { selector: { role: 'web' }, ports: [{ port: 80 }] })
  await w.clock.settle()
  const [told] = w.client.list(eventKind, {}).filter(e => e.reason === 'FailedToCreateEndpoint')
  expect(told).toMatchObject({
    involvedObject: { kind: 'Endpoints', apiVersion: 'v1', namespace: 'default', name: 'web' },
    message: 'Failed to create endpoint for service default/web: endpoints "web" is forbidden: exceeded quota: few',
  })
})
