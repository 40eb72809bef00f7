/** The objects that an API server makes itself: flow schemas and the addresses of Services. */
import { describe, expect, it } from 'vitest'
import { flowSchema, priorityLevelConfiguration } from '../api/kinds/flowcontrol.ts'
import { ipAddress, serviceCIDR } from '../api/kinds/networking.ts'
import { service } from '../api/kinds/service/index.ts'
import { createCluster } from '../cluster.ts'

const world = () => {
  const { client, clock } = createCluster({ seed: 'bootstrap', nodes: ['node-1'] })
  const names = () => client.list(ipAddress).map(a => a.metadata.name)
  const serve = (name: string, spec: object = {}) =>
    client.create(service, {
      metadata: { name, namespace: 'default' },
      spec: { ports: [{ port: 80 }], ...spec },
    })
  return { client, clock, names, serve }
}

describe('priority and fairness', () => {
  it('begins with the levels and schemas of a new cluster', () => {
    const { client } = world()
    const cells = (kind: typeof flowSchema | typeof priorityLevelConfiguration) =>
      client.list(kind as typeof flowSchema).map(o =>
        (kind as typeof flowSchema).columns
          .filter(c => c.name !== 'Age')
          .map(c => c.cell(o, 0))
          .join(' '),
      )
    expect(cells(flowSchema)).toEqual([
      'catch-all catch-all 10000 ByUser False',
      'exempt exempt 1 <none> False',
      'global-default global-default 9900 ByUser False',
      'kube-controller-manager workload-high 800 ByNamespace False',
      'kube-scheduler workload-high 800 ByNamespace False',
      'kube-system-service-accounts workload-high 900 ByNamespace False',
      'probes exempt 2 <none> False',
      'service-accounts workload-low 9000 ByUser False',
      'system-leader-election leader-election 100 ByUser False',
      'system-node-high node-high 400 ByUser False',
      'system-nodes system 500 ByUser False',
    ])
    expect(cells(priorityLevelConfiguration)).toEqual([
      'catch-all Limited 5 <none> <none> <none>',
      'exempt Exempt <none> <none> <none> <none>',
      'global-default Limited 20 128 6 50',
      'leader-election Limited 10 16 4 50',
      'node-high Limited 40 64 6 50',
      'system Limited 30 64 6 50',
      'workload-high Limited 40 128 6 50',
      'workload-low Limited 100 128 6 50',
    ])
  })

  it('holds what its own checks let through, so that it can be edited', () => {
    const { client } = world()
    for (const kind of [flowSchema, priorityLevelConfiguration] as (typeof flowSchema)[]) {
      for (const { metadata } of client.list(kind)) {
        const { spec } = client.patch(kind, '', metadata.name, { metadata: { labels: { seen: 'yes' } } })
        expect(client.get(kind, '', metadata.name).metadata.generation).toBe(1)
        expect(spec).toBeDefined()
      }
    }
    expect(client.get(flowSchema, '', 'system-node-high').spec.rules).toEqual([
      {
        resourceRules: [
          {
            apiGroups: [''],
            clusterScope: true,
            namespaces: ['*'],
            resources: ['nodes', 'nodes/status'],
            verbs: ['*'],
          },
          { apiGroups: ['coordination.k8s.io'], namespaces: ['*'], resources: ['leases'], verbs: ['*'] },
        ],
        subjects: [{ group: { name: 'system:nodes' }, kind: 'Group' }],
      },
    ])
  })
})

describe('addresses of Services', () => {
  it('come from the range of the cluster, and each is written down while a Service has it', async () => {
    const { client, clock, names, serve } = world()
    await clock.settle()
    expect(client.list(serviceCIDR).map(c => [c.metadata.name, c.spec.cidrs])).toEqual([
      ['kubernetes', ['10.96.0.0/16']],
    ])
    expect(names()).toEqual(['10.96.0.1'])
    const web = serve('web', { clusterIP: '10.96.0.80' })
    serve('headless', { clusterIP: 'None' })
    await clock.settle()
    expect(client.get(ipAddress, '', '10.96.0.80')).toMatchObject({
      metadata: {
        labels: {
          'ipaddress.kubernetes.io/ip-family': 'IPv4',
          'ipaddress.kubernetes.io/managed-by': 'ipallocator.k8s.io',
        },
      },
      spec: { parentRef: { group: '', resource: 'services', namespace: 'default', name: 'web' } },
    })
    client.delete(ipAddress, '', '10.96.0.80')
    await clock.settle()
    expect(names()).toEqual(['10.96.0.1', '10.96.0.80'])
    client.update(service, {
      ...web,
      spec: { ...web.spec, type: 'ExternalName', externalName: 'example.com' },
    })
    await clock.settle()
    expect(names()).toEqual(['10.96.0.1'])
    serve('again', { clusterIP: '10.96.0.80' })
    client.delete(service, 'default', 'again')
    await clock.settle()
    expect(names()).toEqual(['10.96.0.1'])
  })

  it('that somebody has reserved are given to no Service, and stay', async () => {
    const { client, clock, names, serve } = world()
    await clock.settle()
    client.create(ipAddress, {
      metadata: { name: '10.96.0.90' },
      spec: { parentRef: { group: 'example.com', resource: 'gateways', name: 'outer' } },
    })
    expect(() => serve('taken', { clusterIP: '10.96.0.90' })).toThrow(
      'spec.clusterIPs: Invalid value: ["10.96.0.90"]: failed to allocate IP 10.96.0.90: provided IP is already allocated',
    )
    await clock.settle()
    expect(names()).toEqual(['10.96.0.1', '10.96.0.90'])
  })
})
