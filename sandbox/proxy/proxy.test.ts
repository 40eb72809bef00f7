/** Services and EndpointSlices as routes and DNS. */
import { describe, expect, it } from 'vitest'
import type { KindDef } from '../api/kind.ts'
import { endpointSlice as sliceKind } from '../api/kinds/endpointslice.ts'
import { kinds } from '../api/kinds/index.ts'
import { node as nodeKind } from '../api/kinds/node.ts'
import { service as serviceKind } from '../api/kinds/service/index.ts'
import { testServer } from '../api/testing.ts'
import type { NetworkNamespace } from '../network/network.ts'
import { Switch } from '../network/switch.ts'
import { startProxy } from './proxy.ts'

function world() {
  const { clock, client, random } = testServer(kinds as readonly KindDef[])
  const network = new Switch(clock)
  const NODES = [
    ['node-1', '172.18.0.2', '10.244.0.0/24'],
    ['node-2', '172.18.0.3', '10.244.1.0/24'],
  ] as const
  for (const [name, ip, podCIDR] of NODES) {
    network.addNode(name, { ip, podCIDR })
    client.create(nodeKind, { metadata: { name }, spec: {} })
    const node = client.get(nodeKind, '', name)
    client.updateStatus(nodeKind, { ...node, status: { addresses: [{ type: 'InternalIP', address: ip }] } })
  }
  startProxy({ client, network, clock, random })
  /** A Pod that answers on port 80 with its own name. */
  const server = (nodeName: string, hostname: string): NetworkNamespace => {
    const ns = network.createNamespace({ nodeName, hostname, hostNetwork: false })
    ns.listen('TCP', 80, c => c.send(hostname))
    return ns
  }
  const service = (name: string, spec: object = {}) =>
    client.create(serviceKind, {
      metadata: { name, namespace: 'default' },
      spec: { ports: [{ name: 'http', port: 8080, targetPort: 80 }], ...spec },
    })
  const slice = (
    name: string,
    pods: readonly { pod: NetworkNamespace; ready?: boolean; hostname?: string; hints?: object; leaving?: boolean }[],
  ): void =>
    void client.create(sliceKind, {
      metadata: { name: `${name}-x`, namespace: 'default', labels: { 'kubernetes.io/service-name': name } },
      addressType: 'IPv4',
      ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
      endpoints: pods.map(({ pod, ready = true, hostname, hints, leaving = false }) => ({
        addresses: [...pod.ips],
        nodeName: pod.nodeName,
        conditions: { ready: ready && !leaving, serving: ready, terminating: leaving },
        ...(hostname && { hostname }),
        ...(hints && { hints }),
      })),
    })
  const ask = async (from: NetworkNamespace, ip: string, port: number): Promise<string> => {
    let answer = '(nothing)'
    from.connect('TCP', ip, port, result => {
      if ('failure' in result) answer = result.failure
      else result.connection.onData(data => (answer = data))
    })
    await clock.advance(5)
    return answer
  }
  const client1 = network.createNamespace({ nodeName: 'node-1', hostname: 'client', hostNetwork: false })
  return { clock, client, network, server, service, slice, ask, from: client1 }
}

describe('a Service', () => {
  it('shares connections among its ready Pods', async () => {
    const w = world()
    const { spec } = w.service('web', { selector: { app: 'web' } })
    const pods = ['a', 'b'].map(n => ({ pod: w.server('node-1', n) }))
    w.slice('web', [...pods, { pod: w.server('node-2', 'sick'), ready: false }])
    const answers = new Set<string>()
    for (let i = 0; i < 30; i++) answers.add(await w.ask(w.from, spec.clusterIP!, 8080))
    expect([...answers].sort()).toEqual(['a', 'b'])
  })

  it('without Pods refuses, on another port says nothing', async () => {
    const w = world()
    const { spec } = w.service('empty')
    expect(await w.ask(w.from, spec.clusterIP!, 8080)).toBe('ECONNREFUSED')
    expect(await w.ask(w.from, spec.clusterIP!, 81)).toBe('(nothing)')
  })

  it('with session affinity sends a client to the same Pod', async () => {
    const w = world()
    const { spec } = w.service('web', { sessionAffinity: 'ClientIP' })
    w.slice(
      'web',
      ['a', 'b', 'c'].map(n => ({ pod: w.server('node-1', n) })),
    )
    const answers = new Set<string>()
    for (let i = 0; i < 10; i++) answers.add(await w.ask(w.from, spec.clusterIP!, 8080))
    expect(answers.size).toBe(1)
  })

  it('finds ports of one Pod in several slices', async () => {
    const w = world()
    const ports = [
      { name: 'http', port: 8080 },
      { name: 'admin', port: 9090 },
    ]
    const { spec } = w.service('web', { ports })
    const pod = w.server('node-1', 'web')
    pod.listen('TCP', 81, c => c.send('admin'))
    w.slice('web', [{ pod }])
    w.client.create(sliceKind, {
      metadata: { name: 'web-y', namespace: 'default', labels: { 'kubernetes.io/service-name': 'web' } },
      addressType: 'IPv4',
      ports: [{ name: 'admin', port: 81, protocol: 'TCP' }],
      endpoints: [{ addresses: [...pod.ips], conditions: { ready: true } }],
    })
    expect(await w.ask(w.from, spec.clusterIP!, 8080)).toBe('web')
    expect(await w.ask(w.from, spec.clusterIP!, 9090)).toBe('admin')
  })

  it('of type NodePort is reached at every node', async () => {
    const w = world()
    const { spec } = w.service('web', { type: 'NodePort' })
    w.slice('web', [{ pod: w.server('node-1', 'a') }])
    for (const ip of ['172.18.0.2', '172.18.0.3']) expect(await w.ask(w.from, ip, spec.ports![0]!.nodePort!)).toBe('a')
  })

  it('of type NodePort is reached at the loopback address of a node, but not at that of a Pod', async () => {
    const w = world()
    const { nodePort = 0 } = w.service('web', { type: 'NodePort' }).spec.ports![0]!
    w.slice('web', [{ pod: w.server('node-1', 'a') }])
    const host = w.network.createNamespace({ nodeName: 'node-2', hostname: 'node-2', hostNetwork: true })
    expect(await w.ask(host, '127.0.0.1', nodePort)).toBe('a')
    expect(await w.ask(w.from, '127.0.0.1', nodePort)).toBe('ECONNREFUSED')
  })

  it('that answers outsiders by its own node alone answers those on the node from everywhere', async () => {
    const w = world()
    const { nodePort = 0 } = w.service('web', { type: 'NodePort', externalTrafficPolicy: 'Local' }).spec.ports![0]!
    w.slice('web', [{ pod: w.server('node-2', 'far') }])
    expect(await w.ask(w.from, '172.18.0.2', nodePort)).toBe('far')
    const other = w.network.createNamespace({ nodeName: 'node-2', hostname: 'x', hostNetwork: false })
    expect(await w.ask(other, '172.18.0.2', nodePort)).toBe('(nothing)')
  })

  const askOften = async (w: ReturnType<typeof world>, ip: string): Promise<string> => {
    const answers = new Set<string>()
    for (let i = 0; i < 12; i++) answers.add(await w.ask(w.from, ip, 8080))
    return [...answers].sort().join(' ')
  }

  it('keeps connections near, on the node or in the zone, where hints say so and somebody is near', async () => {
    const near = async (hints: Record<'a' | 'b' | 'c', object | undefined>) => {
      const w = world()
      for (const [name, zone] of [
        ['node-1', 'east'],
        ['node-2', 'west'],
      ] as const)
        w.client.patch(nodeKind, '', name, { metadata: { labels: { 'topology.kubernetes.io/zone': zone } } })
      const { spec } = w.service('web')
      const pod = (name: 'a' | 'b' | 'c', node: string) => ({
        pod: w.server(node, name),
        ...(hints[name] && { hints: hints[name] }),
      })
      w.slice('web', [pod('a', 'node-1'), pod('b', 'node-1'), pod('c', 'node-2')])
      return askOften(w, spec.clusterIP!)
    }
    const zone = (name: string) => ({ forZones: [{ name }] })
    const node = (name: string, of: string) => ({ forNodes: [{ name }], ...zone(of) })
    expect(await near({ a: zone('east'), b: zone('east'), c: zone('west') })).toBe('a b')
    expect(await near({ a: node('node-1', 'east'), b: node('node-3', 'east'), c: node('node-2', 'west') })).toBe('a')
    expect(await near({ a: node('node-4', 'east'), b: node('node-3', 'west'), c: node('node-2', 'west') })).toBe('a')
    expect(await near({ a: zone('north'), b: zone('north'), c: zone('west') })).toBe('a b c')
    expect(await near({ a: zone('east'), b: undefined, c: zone('west') })).toBe('a b c')
  })

  it('that stays on the node sends to a Pod on its way out rather than to another node', async () => {
    const w = world()
    const { spec } = w.service('web', { internalTrafficPolicy: 'Local' })
    w.slice('web', [{ pod: w.server('node-1', 'leaving'), leaving: true }, { pod: w.server('node-2', 'far') }])
    expect(await askOften(w, spec.clusterIP!)).toBe('leaving')
  })

  it('lets in by its load balancer only whom it admits', async () => {
    const w = world()
    const ask = async (name: string, ingress: object, loadBalancerSourceRanges: string[]) => {
      const made = w.service(name, { type: 'LoadBalancer', loadBalancerSourceRanges })
      w.client.updateStatus(serviceKind, { ...made, status: { loadBalancer: { ingress: [ingress] } } })
      w.slice(name, [{ pod: w.server('node-2', name) }])
      expect(await w.ask(w.from, made.spec.clusterIP!, 8080)).toBe(name)
      return w.ask(w.from, (ingress as { ip: string }).ip, 8080)
    }
    expect(await ask('own', { ip: '192.0.2.1', ipMode: 'VIP' }, ['10.244.0.0/16'])).toBe('own')
    expect(await ask('others', { ip: '192.0.2.2', ipMode: 'VIP' }, ['198.51.100.0/24', '203.0.113.0/24'])).toBe(
      '(nothing)',
    )
    expect(await ask('proxied', { ip: '192.0.2.3', ipMode: 'Proxy' }, [])).not.toBe('proxied')
  })
})

describe('names', () => {
  it('of a Service with an address', () => {
    const w = world()
    const { spec } = w.service('web')
    const ask = (name: string, type: 'A' | 'AAAA' | 'SRV' | 'PTR' = 'A') => w.network.resolver(name, type, w.from)
    expect(ask('web.default.svc.cluster.local')).toEqual([spec.clusterIP])
    expect(ask('WEB.default.svc.cluster.local.')).toEqual([spec.clusterIP])
    expect(ask('web.default.svc.cluster.local', 'AAAA')).toEqual([])
    expect(ask('_http._tcp.web.default.svc.cluster.local', 'SRV')).toEqual(['0 100 8080 web.default.svc.cluster.local'])
    expect(ask(`${spec.clusterIP!.split('.').reverse().join('.')}.in-addr.arpa`, 'PTR')).toEqual([
      'web.default.svc.cluster.local',
    ])
    for (const name of ['nope.default.svc.cluster.local', 'web.other.svc.cluster.local', 'web', 'example.com'])
      expect(ask(name)).toBeUndefined()
  })

  it('of endpoints by their family; connections to a Service go to IPv4 only', async () => {
    const w = world()
    const { spec } = w.service('web')
    w.service('db', { clusterIP: 'None' })
    for (const [name, addressType, address] of [
      ['web', 'IPv6', 'fd00::1'],
      ['web', 'FQDN', 'web.example.com'],
      ['db', 'IPv6', 'fd00::2'],
      ['db', 'FQDN', 'db.example.com'],
    ] as const)
      w.client.create(sliceKind, {
        metadata: { generateName: `${name}-`, namespace: 'default', labels: { 'kubernetes.io/service-name': name } },
        addressType,
        ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
        endpoints: [{ addresses: [address] }],
      })
    w.slice('db', [{ pod: w.server('node-1', 'a') }])
    expect(w.from.resolve('db.default.svc.cluster.local', 'AAAA')).toEqual(['fd00::2'])
    expect(w.from.resolve('db.default.svc.cluster.local', 'A')).toEqual(['10.244.0.3'])
    expect(w.from.resolve('fd00--2.db.default.svc.cluster.local', 'AAAA')).toEqual(['fd00::2'])
    expect(await w.ask(w.from, spec.clusterIP!, 8080)).toBe('ECONNREFUSED')
  })

  it('of a headless Service and the Pods behind it', () => {
    const w = world()
    w.service('db', { clusterIP: 'None' })
    const [a, b] = [w.server('node-1', 'db-0'), w.server('node-1', 'x')]
    const ask = (name: string) => w.network.resolver(name, 'A', w.from)
    expect(ask('db.default.svc.cluster.local')).toBeUndefined()
    w.slice('db', [{ pod: a, hostname: 'db-0' }, { pod: b }])
    expect(ask('db.default.svc.cluster.local')).toEqual([a.ips[0], b.ips[0]])
    expect(ask('db-0.db.default.svc.cluster.local')).toEqual(a.ips)
    expect(ask(`${b.ips[0]!.replaceAll('.', '-')}.db.default.svc.cluster.local`)).toEqual(b.ips)
    expect(ask('db-7.db.default.svc.cluster.local')).toBeUndefined()
    expect(w.network.resolver('_http._tcp.db.default.svc.cluster.local', 'SRV', w.from)).toEqual([
      '0 50 80 db-0.db.default.svc.cluster.local',
      `0 50 80 ${b.ips[0]!.replaceAll('.', '-')}.db.default.svc.cluster.local`,
    ])
  })

  it('of an address are those that its Pod has in every Service, as long as it is ready', () => {
    const w = world()
    w.service('web')
    w.service('db', { clusterIP: 'None' })
    const [a, b] = [w.server('node-1', 'a'), w.server('node-1', 'b')]
    w.slice('web', [{ pod: a }, { pod: b, ready: false }])
    w.slice('db', [{ pod: a, hostname: 'db-0' }])
    const names = (ip: string) => w.network.resolver(`${ip.split('.').reverse().join('.')}.in-addr.arpa`, 'PTR', w.from)
    expect(names(a.ips[0]!)).toEqual([
      `${a.ips[0]!.replaceAll('.', '-')}.web.default.svc.cluster.local`,
      'db-0.db.default.svc.cluster.local',
    ])
    expect(names(b.ips[0]!)).toBeUndefined()
  })

  it('of Pods by address, and of what is elsewhere', () => {
    const w = world()
    w.service('web')
    w.service('alias', { type: 'ExternalName', externalName: 'web.default.svc.cluster.local', ports: undefined })
    expect(w.network.resolver('10-244-0-9.default.pod.cluster.local', 'A', w.from)).toEqual(['10.244.0.9'])
    expect(w.network.resolver('alias.default.svc.cluster.local', 'CNAME', w.from)).toEqual([
      'web.default.svc.cluster.local',
    ])
    expect(w.network.resolver('alias.default.svc.cluster.local', 'A', w.from)).toHaveLength(1)
  })
})
