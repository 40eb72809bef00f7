/** Stories of EndpointSlices: which are kept, replaced and mirrored, and what is said when that fails. */
import { describe, expect, it } from 'vitest'
import { endpoints as endpointsKind } from '../../api/kinds/endpoints.ts'
import { endpointSlice as sliceKind } from '../../api/kinds/endpointslice.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { service as serviceKind } from '../../api/kinds/service/index.ts'
import { makeWorld, readyNode } from '../testing.ts'
import { endpointsController } from './endpoints.ts'
import { endpointSliceController } from './endpointslice.ts'
import { endpointSliceMirroringController } from './mirroring.ts'
import { repack } from './subsets.ts'

const SERVICE_NAME = 'kubernetes.io/service-name'

function world() {
  const w = makeWorld({
    controllers: [endpointsController(), endpointSliceController(), endpointSliceMirroringController()],
  })
  for (const name of ['node-1', 'node-2']) readyNode(w.client, name)
  const addService = (spec: object, name = 'web'): void =>
    void w.client.create(serviceKind, { metadata: { name, namespace: 'default' }, spec })
  const addPod = (name: string): void =>
    void w.client.create(podKind, {
      metadata: { name, namespace: 'default', labels: { role: 'web' } },
      spec: { containers: [{ name: 'app', image: 'v1' }] },
    })
  const slices = (service = 'web') => w.client.withLabels(sliceKind, 'default', { [SERVICE_NAME]: service })
  return { ...w, addService, addPod, slices }
}

describe('the slices of a Service', () => {
  it('keep their names when its ports change', async () => {
    const w = world()
    w.addService({ selector: { role: 'web' }, ports: [{ port: 80 }] })
    w.addPod('a')
    await w.clock.advance(3000)
    const [before] = w.slices()
    w.client.patch(serviceKind, 'default', 'web', { spec: { ports: [{ port: 81 }] } })
    await w.clock.settle()
    expect(w.slices().map(s => [s.metadata.name, s.ports?.[0]?.port])).toEqual([[before!.metadata.name, 81]])
  })

  it('are not those of another of the same name', async () => {
    const w = world()
    w.addService({ selector: { role: 'web' }, ports: [{ port: 80 }] })
    await w.clock.settle()
    const [old] = w.slices()
    w.client.patch(sliceKind, 'default', old!.metadata.name, { metadata: { ownerReferences: null } })
    await w.clock.settle()
    expect(w.slices().map(s => s.metadata.ownerReferences?.[0]?.name)).toEqual(['web'])
    expect(w.slices()[0]!.metadata.name).not.toBe(old!.metadata.name)
  })

  it('leave out a Pod whose node is gone, and an event says so', async () => {
    const w = world()
    w.addService({ selector: { role: 'web' }, ports: [{ port: 80 }] })
    w.addPod('a')
    await w.clock.advance(3000)
    const { nodeName = '' } = w.client.get(podKind, 'default', 'a').spec
    w.client.delete(nodeKind, '', nodeName)
    w.client.patch(serviceKind, 'default', 'web', { metadata: { labels: { a: 'b' } } })
    await w.clock.settle()
    expect(w.slices()[0]!.endpoints).toBeNull()
    expect(w.events('Service')[0]).toMatch(
      `: Error updating Endpoint Slices for Service default/web: skipping Pod a for Service default/web: Node ${nodeName} Not Found`,
    )
  })
})

describe('Endpoints by hand', () => {
  const subsets = [{ addresses: [{ ip: '10.1.2.3' }], ports: [{ name: 'pg', port: 5432 }] }]

  it('give their mirror their labels and annotations, also later', async () => {
    const w = world()
    w.addService({ ports: [{ port: 5432 }] }, 'db')
    w.client.create(endpointsKind, { metadata: { name: 'db', namespace: 'default' }, subsets })
    await w.clock.settle()
    w.client.patch(endpointsKind, 'default', 'db', { metadata: { labels: { team: 'a' }, annotations: { note: 'b' } } })
    await w.clock.settle()
    const [{ metadata } = expect.fail()] = w.slices('db')
    expect([metadata.labels?.team, metadata.annotations]).toEqual(['a', { note: 'b' }])
    w.client.delete(sliceKind, 'default', metadata.name)
    await w.clock.settle()
    expect(w.slices('db')).toHaveLength(1)
    w.client.patch(endpointsKind, 'default', 'db', {
      metadata: { labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    })
    await w.clock.settle()
    expect(w.slices('db')).toEqual([])
  })

  it('have a mirror for each family of addresses, and each keeps its own', async () => {
    const w = world()
    w.addService({ ports: [{ port: 5432 }] }, 'db')
    const of = (...ips: string[]) => [{ addresses: ips.map(ip => ({ ip })), ports: [{ name: 'pg', port: 5432 }] }]
    const shown = () =>
      w
        .slices('db')
        .map(s => [s.addressType, ...(s.endpoints ?? []).flatMap(e => e.addresses)].join(' '))
        .sort()
    w.client.create(endpointsKind, {
      metadata: { name: 'db', namespace: 'default' },
      subsets: of('fd00::1', '10.1.2.3'),
    })
    await w.clock.settle()
    expect(shown()).toEqual(['IPv4 10.1.2.3', 'IPv6 fd00::1'])
    const six = w.slices('db').find(s => s.addressType === 'IPv6')
    w.client.patch(endpointsKind, 'default', 'db', { subsets: of('FD00:0::2') })
    await w.clock.settle()
    expect(shown()).toEqual(['IPv6 fd00::2'])
    expect(w.slices('db')[0]?.metadata.name).toBe(six?.metadata.name)
  })

  it('are put together by ports first: an address is not ready if it is so once', () => {
    const port = (name: string) => ({ name, port: 80 })
    expect(
      repack([
        { addresses: [{ ip: '10.0.0.2' }, { ip: '10.0.0.1' }], ports: [port('a')] },
        { addresses: [{ ip: '10.0.0.1' }], notReadyAddresses: [{ ip: '10.0.0.2' }], ports: [port('a')] },
        { notReadyAddresses: [{ ip: '10.0.0.2' }], addresses: [{ ip: '10.0.0.1' }], ports: [port('b')] },
      ]),
    ).toEqual([
      {
        addresses: [{ ip: '10.0.0.1' }],
        notReadyAddresses: [{ ip: '10.0.0.2' }],
        ports: expect.arrayContaining([port('a'), port('b')]),
      },
    ])
  })
})
