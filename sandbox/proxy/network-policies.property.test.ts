/** NetworkPolicies against a slow reference that follows the documentation word by word, over random policies. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { KindDef } from '../api/kind.ts'
import { kinds } from '../api/kinds/index.ts'
import { namespace as namespaceKind } from '../api/kinds/namespace.ts'
import { networkPolicy as policyKind } from '../api/kinds/networkpolicy.ts'
import { node as nodeKind } from '../api/kinds/node.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { testServer } from '../api/testing.ts'
import type { NetworkPolicy } from '../api/types.ts'
import type { NetworkNamespace, Protocol } from '../network/network.ts'
import { Switch } from '../network/switch.ts'
import { startProxy } from './proxy.ts'

type Labels = Readonly<Record<string, string>>
interface Requirement {
  key: string
  operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'
  values?: string[]
}
interface Selector {
  matchLabels?: Labels
  matchExpressions?: Requirement[]
}
interface Peer {
  podSelector?: Selector
  namespaceSelector?: Selector
  ipBlock?: { cidr: string; except?: readonly string[] }
}
interface Port {
  protocol?: Protocol
  port?: number | string
  endPort?: number
}
interface Spec {
  podSelector: Selector
  policyTypes?: ('Ingress' | 'Egress')[]
  ingress?: { from?: Peer[]; ports?: Port[] }[]
  egress?: { to?: Peer[]; ports?: Port[] }[]
}
interface Policy {
  namespace: string
  spec: Spec
}
/** An end of a connection; nodes have no namespace. */
interface Party {
  name: string
  namespace?: string
  labels: Labels
  node: string
  /** Of its ports, by protocol and name. */
  named: Readonly<Record<string, number>>
  ip: string
}

const NAMESPACES: Readonly<Record<string, Labels>> = { red: { team: 'a' }, blue: { team: 'b', env: 'x' }, bare: {} }
const NODES = { 'node-1': '172.18.0.2', 'node-2': '172.18.0.3' }
const PODS: readonly Omit<Party, 'ip'>[] = [
  { name: 'r1', namespace: 'red', labels: { app: 'web' }, node: 'node-1', named: { 'TCP/http': 80 } },
  { name: 'r2', namespace: 'red', labels: { app: 'db', tier: 'x' }, node: 'node-2', named: { 'TCP/http': 81 } },
  { name: 'b1', namespace: 'blue', labels: { app: 'web', tier: 'y' }, node: 'node-1', named: { 'UDP/http': 80 } },
  { name: 'b2', namespace: 'blue', labels: {}, node: 'node-2', named: {} },
  { name: 'n1', namespace: 'bare', labels: { tier: 'x' }, node: 'node-1', named: { 'TCP/http': 80, 'UDP/http': 81 } },
]
const TARGETS: readonly (readonly [Protocol, number])[] = [
  ['TCP', 80],
  ['TCP', 81],
  ['UDP', 80],
  ['TCP', 90],
]

function isSelected(labels: Labels, { matchLabels = {}, matchExpressions = [] }: Selector): boolean {
  for (const key in matchLabels) if (labels[key] !== matchLabels[key]) return false
  for (const { key, operator, values = [] } of matchExpressions) {
    const value = labels[key]
    if (operator === 'In' && !(value !== undefined && values.includes(value))) return false
    if (operator === 'NotIn' && value !== undefined && values.includes(value)) return false
    if (operator === 'Exists' && value === undefined) return false
    if (operator === 'DoesNotExist' && value !== undefined) return false
  }
  return true
}

const bits = (ip: string): string =>
  ip
    .split('.')
    .map(octet => Number(octet).toString(2).padStart(8, '0'))
    .join('')

function isInBlock(ip: string, cidr: string): boolean {
  const [base = '', length] = cidr.split('/')
  return bits(ip).slice(0, Number(length)) === bits(base).slice(0, Number(length))
}

function isPeer(peer: Peer, of: Policy, other: Party): boolean {
  if (peer.ipBlock)
    return (
      isInBlock(other.ip, peer.ipBlock.cidr) && !(peer.ipBlock.except ?? []).some(cidr => isInBlock(other.ip, cidr))
    )
  if (other.namespace === undefined) return false
  const namespaceFits = peer.namespaceSelector
    ? isSelected(NAMESPACES[other.namespace]!, peer.namespaceSelector)
    : other.namespace === of.namespace
  return namespaceFits && isSelected(other.labels, peer.podSelector ?? {})
}

function isPort({ protocol = 'TCP', port, endPort }: Port, asked: Protocol, number: number, server: Party): boolean {
  if (protocol !== asked) return false
  if (port === undefined) return true
  if (typeof port === 'string') return server.named[`${protocol}/${port}`] === number
  return endPort === undefined ? number === port : number >= port && number <= endPort
}

/** Whether a connection is allowed, by the documentation. */
function isAllowed(
  policies: readonly Policy[],
  client: Party,
  server: Party,
  protocol: Protocol,
  port: number,
): boolean {
  if (client.namespace === undefined && client.node === server.node) return true
  for (const direction of ['Egress', 'Ingress'] as const) {
    const [subject, other] = direction === 'Egress' ? [client, server] : [server, client]
    const isolating = policies.filter(({ namespace, spec }) => {
      const types = spec.policyTypes ?? (spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress'])
      return (
        namespace === subject.namespace && types.includes(direction) && isSelected(subject.labels, spec.podSelector)
      )
    })
    if (!isolating.length) continue
    const allowed = isolating.some(policy => {
      const rules: { peers: Peer[]; ports: Port[] }[] =
        direction === 'Egress'
          ? (policy.spec.egress ?? []).map(({ to = [], ports = [] }) => ({ peers: to, ports }))
          : (policy.spec.ingress ?? []).map(({ from = [], ports = [] }) => ({ peers: from, ports }))
      return rules.some(
        ({ peers, ports }) =>
          (!peers.length || peers.some(peer => isPeer(peer, policy, other))) &&
          (!ports.length || ports.some(one => isPort(one, protocol, port, server))),
      )
    })
    if (!allowed) return false
  }
  return true
}

const selector = (labels: Readonly<Record<string, readonly string[]>>): fc.Arbitrary<Selector> => {
  const pairs = Object.entries(labels).flatMap(([key, values]) => values.map(value => [key, value] as const))
  const requirement = fc.constantFrom(...Object.keys(labels)).chain(key =>
    fc.oneof(
      fc.record({
        key: fc.constant(key),
        operator: fc.constantFrom('In', 'NotIn'),
        values: fc.uniqueArray(fc.constantFrom(...labels[key]!), { minLength: 1 }),
      }),
      fc.record({ key: fc.constant(key), operator: fc.constantFrom('Exists', 'DoesNotExist') }),
    ),
  ) as fc.Arbitrary<Requirement>
  return fc.oneof(
    fc.constant({}),
    fc.constantFrom(...pairs).map(([key, value]) => ({ matchLabels: { [key]: value } })),
    fc.array(requirement, { minLength: 1, maxLength: 2 }).map(matchExpressions => ({ matchExpressions })),
  )
}
const podSelector = selector({ app: ['web', 'db'], tier: ['x', 'y'] })
const namespaceSelector = selector({ team: ['a', 'b'], env: ['x'] })

const peer: fc.Arbitrary<Peer> = fc.oneof(
  fc.record({ podSelector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector, namespaceSelector }),
  fc.constantFrom(
    { ipBlock: { cidr: '0.0.0.0/0' } },
    { ipBlock: { cidr: '10.244.0.0/16', except: ['10.244.1.0/24'] } },
    { ipBlock: { cidr: '10.244.0.0/31' } },
    { ipBlock: { cidr: '10.244.0.0/29', except: ['10.244.0.2/32', '10.244.0.4/31'] } },
    { ipBlock: { cidr: '172.18.0.2/32' } },
  ),
)
const protocol = fc.option(fc.constantFrom<Protocol>('TCP', 'UDP'), { nil: undefined })
const port: fc.Arbitrary<Port> = fc
  .tuple(
    protocol,
    fc.constantFrom<Port>(
      {},
      { port: 80 },
      { port: 81 },
      { port: 'http' },
      { port: 80, endPort: 85 },
      { port: 82, endPort: 99 },
    ),
  )
  .map(([named, rest]) => ({ ...(named && { protocol: named }), ...rest }))

const some = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[] | undefined> =>
  fc.option(fc.array(one, { maxLength: 2 }), { nil: undefined, freq: 4 })
const without = <T extends object>(record: T): T =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T

const policy = fc.record({
  namespace: fc.constantFrom('red', 'red', 'blue'),
  spec: fc
    .record({
      podSelector,
      policyTypes: fc.constantFrom(undefined, ['Ingress'], ['Egress'], ['Ingress', 'Egress']),
      ingress: some(fc.record({ from: some(peer), ports: some(port) }).map(without)),
      egress: some(fc.record({ to: some(peer), ports: some(port) }).map(without)),
    })
    .map(without),
}) as fc.Arbitrary<Policy>

function world() {
  const { clock, client, random } = testServer(kinds as readonly KindDef[])
  const network = new Switch(clock)
  const nets = new Map<string, NetworkNamespace>()
  const parties: Party[] = []
  for (const [i, [name, ip]] of Object.entries(NODES).entries()) {
    network.addNode(name, { ip, podCIDR: `10.244.${i}.0/24` })
    client.create(nodeKind, { metadata: { name }, spec: {} })
    const node = client.get(nodeKind, '', name)
    client.updateStatus(nodeKind, { ...node, status: { addresses: [{ type: 'InternalIP', address: ip }] } })
    nets.set(name, network.createNamespace({ nodeName: name, hostname: name, hostNetwork: true }))
    parties.push({ name, labels: {}, node: name, named: {}, ip })
  }
  startProxy({ client, network, clock, random })
  for (const [name, labels] of Object.entries(NAMESPACES))
    client.create(namespaceKind, { metadata: { name, labels }, spec: {} })
  for (const one of PODS) {
    const net = network.createNamespace({ nodeName: one.node, hostname: one.name, hostNetwork: false })
    const ports = Object.entries(one.named).map(([key, containerPort]) => {
      const [protocol, name] = key.split('/')
      return { protocol: protocol as Protocol, name, containerPort }
    })
    // Two ports of one name have to be those of two containers.
    const containers = [...ports.map(port => [port]), []].map((own, i) => ({
      name: `c${i}`,
      image: 'nginx',
      ports: own,
    }))
    const made = client.create(podKind, {
      metadata: { name: one.name, namespace: one.namespace!, labels: { ...one.labels } },
      spec: { nodeName: one.node, containers },
    })
    client.updateStatus(podKind, { ...made, status: { ...made.status, phase: 'Running', podIP: net.ips[0]! } })
    nets.set(one.name, net)
    parties.push({ ...one, ip: net.ips[0]! })
  }
  return { client, network, nets, parties }
}

it('policies let through what their documentation says, and nothing else', () => {
  const { client, network, nets, parties } = world()
  fc.assert(
    fc.property(fc.array(policy, { minLength: 1, maxLength: 3 }), policies => {
      for (const [i, { namespace, spec }] of policies.entries())
        client.create(policyKind, { metadata: { name: `p${i}`, namespace }, spec: spec as NetworkPolicy['spec'] })
      try {
        for (const from of parties)
          for (const to of parties)
            for (const [protocol, port] of TARGETS) {
              if (from === to) continue
              const passed = network.filter({ from: nets.get(from.name)!, to: nets.get(to.name)!, protocol, port })
              const expected = isAllowed(policies, from, to, protocol, port)
              if (passed !== expected) expect(`${from.name} → ${to.name} ${protocol} ${port}: ${passed}`).toBe(expected)
            }
      } finally {
        for (const [i, { namespace }] of policies.entries()) client.delete(policyKind, namespace, `p${i}`)
      }
    }),
    { numRuns: 300 },
  )
})
