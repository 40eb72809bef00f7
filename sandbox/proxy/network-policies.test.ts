/** NetworkPolicies as rules of the network. */
import { describe, expect, it } from 'vitest'
import type { KindDef } from '../api/kind.ts'
import { kinds } from '../api/kinds/index.ts'
import { namespace as namespaceKind } from '../api/kinds/namespace.ts'
import { networkPolicy as policyKind } from '../api/kinds/networkpolicy.ts'
import { node as nodeKind } from '../api/kinds/node.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { testServer } from '../api/testing.ts'
import type { NetworkNamespace } from '../network/network.ts'
import { Switch } from '../network/switch.ts'
import { startProxy } from './proxy.ts'

const DNS = '10.96.0.10'

/** Three Pods in two namespaces: web and client in default, client in other. All listen on ports 80 and 81. */
function world() {
  const { clock, client, random } = testServer(kinds as readonly KindDef[])
  const network = new Switch(clock)
  for (const [name, ip, podCIDR] of [
    ['node-1', '172.18.0.2', '10.244.0.0/24'],
    ['node-2', '172.18.0.3', '10.244.1.0/24'],
  ] as const) {
    network.addNode(name, { ip, podCIDR })
    client.create(nodeKind, { metadata: { name }, spec: {} })
    const node = client.get(nodeKind, '', name)
    client.updateStatus(nodeKind, { ...node, status: { addresses: [{ type: 'InternalIP', address: ip }] } })
  }
  startProxy({ client, network, clock, random, clusterDNS: DNS, outsideDNS: ['192.168.49.1'] })
  client.create(namespaceKind, { metadata: { name: 'other', labels: { team: 'blue' } }, spec: {} })
  const pod = (namespace: string, name: string, nodeName: string): NetworkNamespace => {
    const net = network.createNamespace({ nodeName, hostname: name, hostNetwork: false })
    for (const port of [80, 81]) net.listen('TCP', port, c => c.send('hello'))
    const made = client.create(podKind, {
      metadata: { name, namespace, labels: { app: name } },
      spec: {
        nodeName,
        containers: [{ name: 'main', image: 'nginx', ports: [{ name: 'http', containerPort: 80 }] }],
      },
    })
    client.updateStatus(podKind, { ...made, status: { ...made.status, phase: 'Running', podIP: net.ips[0]! } })
    return net
  }
  const pods = {
    web: pod('default', 'web', 'node-1'),
    near: pod('default', 'client', 'node-1'),
    far: pod('other', 'client', 'node-2'),
  }
  const policy = (spec: object): void =>
    void client.create(policyKind, { metadata: { name: 'policy', namespace: 'default' }, spec })
  const reaches = async (from: NetworkNamespace, to: NetworkNamespace, port = 80): Promise<boolean> => {
    let reached = false
    const giveUp = from.connect('TCP', to.ips[0]!, port, result => (reached = 'connection' in result))
    await clock.advance(5)
    giveUp()
    return reached
  }
  /** Who reaches web: a Pod beside it, one of another namespace, its node, another node. */
  const whoReachesWeb = async (port = 80): Promise<string[]> => {
    const host = (nodeName: string) => network.createNamespace({ nodeName, hostname: nodeName, hostNetwork: true })
    const all = { near: pods.near, far: pods.far, node: host('node-1'), 'other node': host('node-2') }
    const found: string[] = []
    for (const [name, from] of Object.entries(all)) if (await reaches(from, pods.web, port)) found.push(name)
    return found
  }
  return { ...pods, client, network, policy, reaches, whoReachesWeb }
}

const EVERYBODY = ['near', 'far', 'node', 'other node']
const web = { matchLabels: { app: 'web' } }

describe('ingress to a Pod that a policy selects', () => {
  const cases: [string, object, string[], string[]?][] = [
    ['nothing but its own node, without rules', { podSelector: {} }, ['node'], ['node']],
    ['everybody, by an empty rule', { podSelector: web, ingress: [{}] }, EVERYBODY, EVERYBODY],
    ['everybody, when another Pod is selected', { podSelector: { matchLabels: { app: 'db' } } }, EVERYBODY],
    ['Pods of the same namespace', { podSelector: web, ingress: [{ from: [{ podSelector: {} }] }] }, ['near', 'node']],
    [
      'Pods of namespaces with a label',
      { podSelector: web, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'blue' } } }] }] },
      ['far', 'node'],
    ],
    [
      'Pods that both selectors choose',
      {
        podSelector: web,
        ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels: { app: 'nobody' } } }] }],
      },
      ['node'],
    ],
    [
      'either, where the selectors are two peers',
      {
        podSelector: web,
        ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'blue' } } }, { podSelector: {} }] }],
      },
      ['near', 'far', 'node'],
    ],
    [
      'a range of addresses but for a part of it',
      { podSelector: web, ingress: [{ from: [{ ipBlock: { cidr: '10.244.0.0/16', except: ['10.244.1.0/24'] } }] }] },
      ['near', 'node'],
    ],
    [
      'nodes, by their addresses',
      { podSelector: web, ingress: [{ from: [{ ipBlock: { cidr: '172.18.0.0/16' } }] }] },
      ['node', 'other node'],
    ],
    ['one port', { podSelector: web, ingress: [{ ports: [{ port: 80 }] }] }, EVERYBODY, ['node']],
    ['a port by its name', { podSelector: web, ingress: [{ ports: [{ port: 'http' }] }] }, EVERYBODY, ['node']],
    ['a range of ports', { podSelector: web, ingress: [{ ports: [{ port: 81, endPort: 90 }] }] }, ['node'], EVERYBODY],
    ['another protocol', { podSelector: web, ingress: [{ ports: [{ protocol: 'UDP', port: 80 }] }] }, ['node']],
    ['everybody, when only egress is the policy’s', { podSelector: web, policyTypes: ['Egress'] }, EVERYBODY],
  ]
  for (const [what, spec, on80, on81] of cases) {
    it(`lets in ${what}`, async () => {
      const w = world()
      w.policy(spec)
      expect(await w.whoReachesWeb(80)).toEqual(on80)
      if (on81) expect(await w.whoReachesWeb(81)).toEqual(on81)
    })
  }

  it('follows labels and the end of the policy', async () => {
    const w = world()
    w.policy({ podSelector: web, ingress: [{ from: [{ podSelector: { matchLabels: { role: 'friend' } } }] }] })
    expect(await w.reaches(w.near, w.web)).toBe(false)
    w.client.patch(podKind, 'default', 'client', { metadata: { labels: { role: 'friend' } } })
    expect(await w.reaches(w.near, w.web)).toBe(true)
    expect(await w.reaches(w.far, w.web)).toBe(false)
    w.client.delete(policyKind, 'default', 'policy')
    expect(await w.reaches(w.far, w.web)).toBe(true)
  })
})

describe('egress from a Pod that a policy selects', () => {
  it('goes nowhere, not even to DNS, until a rule allows it', async () => {
    const w = world()
    expect(w.near.resolve('kubernetes.default.svc.cluster.local', 'A')).toBeUndefined()
    w.policy({ podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'] })
    expect(await w.reaches(w.near, w.web)).toBe(false)
    expect(w.near.resolve('kubernetes.default.svc.cluster.local', 'A')).toBe('silence')
    expect(await w.reaches(w.far, w.web)).toBe(true)
    expect(w.far.resolve('kubernetes.default.svc.cluster.local', 'A')).toBeUndefined()
  })

  it('reaches what rules allow: the Pod, its port, cluster DNS', async () => {
    const w = world()
    w.policy({
      podSelector: { matchLabels: { app: 'client' } },
      policyTypes: ['Egress'],
      egress: [
        { to: [{ podSelector: web }], ports: [{ port: 'http' }] },
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
          ],
          ports: [{ port: 53, protocol: 'UDP' }],
        },
      ],
    })
    w.client.create(namespaceKind, {
      metadata: { name: 'kube-system', labels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      spec: {},
    })
    expect(await w.reaches(w.near, w.web, 80)).toBe(true)
    expect(await w.reaches(w.near, w.web, 81)).toBe(false)
    expect(await w.reaches(w.near, w.far)).toBe(false)
    expect(w.near.resolve('web.default.svc.cluster.local', 'A')).not.toBe('silence')
  })
})

describe('name servers', () => {
  it('outside know nothing of the cluster, and others do not answer', () => {
    const { near } = world()
    expect(near.resolve('10-244-0-9.default.pod.cluster.local', 'A', DNS)).toEqual(['10.244.0.9'])
    expect(near.resolve('10-244-0-9.default.pod.cluster.local', 'A', '192.168.49.1')).toBeUndefined()
    expect(near.resolve('10-244-0-9.default.pod.cluster.local', 'A', '1.2.3.4')).toBe('silence')
  })
})
