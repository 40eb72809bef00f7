/** NetworkPolicies as a network plugin enforces them: who may talk to whom, decided when a connection is opened. */
import type { Client } from '../api/client.ts'
import { namespace as namespaceKind } from '../api/kinds/namespace.ts'
import { networkPolicy as policyKind } from '../api/kinds/networkpolicy.ts'
import { pod as podKind } from '../api/kinds/pod/index.ts'
import { selects } from '../api/requests/selectors.ts'
import type { NetworkPolicy, Pod } from '../api/types.ts'
import { contains, parseCIDR, parseIPv4 } from '../network/addresses.ts'
import type { Filter, NetworkNamespace, Protocol } from '../network/network.ts'

type Spec = NetworkPolicy['spec']
type Peer = NonNullable<NonNullable<NonNullable<Spec['ingress']>[number]['from']>[number]>
type Port = NonNullable<NonNullable<NonNullable<Spec['ingress']>[number]['ports']>[number]>
type Direction = 'Ingress' | 'Egress'

/** What a policy can say about one end of a connection. */
interface Party {
  namespace: string | undefined
  labels: Record<string, string>
  ip: string
  /** To find ports by name. */
  containers: Pod['spec']['containers']
}

/** Cluster DNS has no Pods here; policies see it as if it had. */
const DNS: Party = {
  namespace: 'kube-system',
  labels: { 'k8s-app': 'kube-dns' },
  ip: '',
  containers: [
    {
      name: 'coredns',
      ports: [
        { name: 'dns', containerPort: 53, protocol: 'UDP' },
        { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
      ],
    },
  ],
}

const isGone = ({ status: { phase } }: Pod): boolean => phase === 'Succeeded' || phase === 'Failed'

export class NetworkPolicies {
  readonly #policies = new Map<string, Map<string, NetworkPolicy>>()
  readonly #pods = new Map<string, Pod>()
  readonly #nodeAt: (ip: string) => string | undefined
  #client: Client | undefined

  /** @param nodeAt the name of the node that has an address */
  constructor(nodeAt: (ip: string) => string | undefined) {
    this.#nodeAt = nodeAt
  }

  /** @returns how to stop */
  watch(client: Client): () => void {
    this.#client = client
    const stops = [
      client.watch(policyKind, {}, ({ type, object }) => {
        const { namespace = '', name } = object.metadata
        const here = this.#policies.get(namespace) ?? new Map<string, NetworkPolicy>()
        if (type === 'DELETED') here.delete(name)
        else here.set(name, object)
        if (here.size) this.#policies.set(namespace, here)
        else this.#policies.delete(namespace)
      }),
      client.watch(podKind, {}, ({ type, object }) => {
        const { podIP } = object.status
        if (!podIP || object.spec.hostNetwork) return
        if (type !== 'DELETED' && !isGone(object)) this.#pods.set(podIP, object)
        else if (this.#pods.get(podIP)?.metadata.uid === object.metadata.uid) this.#pods.delete(podIP)
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  readonly filter: Filter = ({ from, to, protocol, port }) => {
    if (!this.#policies.size) return true
    // A node reaches its own Pods whatever policies say: the kubelet probes them.
    if (this.#nodeAt(from.ips[0] ?? '') === to.nodeName) return true
    const [source, target] = [this.#party(from), this.#party(to)]
    return (
      this.#allows('Egress', source, target, protocol, port, target) &&
      this.#allows('Ingress', target, source, protocol, port, target)
    )
  }

  /** Whether cluster DNS can be asked from here. */
  allowsDns(from: NetworkNamespace): boolean {
    return !this.#policies.size || this.#allows('Egress', this.#party(from), DNS, 'UDP', 53, DNS)
  }

  #party({ ips: [ip = ''] }: NetworkNamespace): Party {
    const pod = this.#pods.get(ip)
    if (!pod) return { namespace: undefined, labels: {}, ip, containers: [] }
    const { namespace, labels = {} } = pod.metadata
    return { namespace, labels, ip, containers: pod.spec.containers }
  }

  /** A Pod that no policy of this direction selects is open; a selected one is closed but for what some policy allows. */
  #allows(direction: Direction, subject: Party, peer: Party, protocol: Protocol, port: number, target: Party): boolean {
    let isolated = false
    for (const { spec } of this.#policies.get(subject.namespace ?? '')?.values() ?? []) {
      if (!spec.policyTypes?.includes(direction) || !selects(spec.podSelector, subject.labels)) continue
      isolated = true
      for (const { ports, peers } of rulesOf(spec, direction)) {
        if (!portMatches(ports, protocol, port, target)) continue
        if (!peers?.length || peers.some(p => this.#peerMatches(p, subject.namespace!, peer))) return true
      }
    }
    return !isolated
  }

  #peerMatches({ ipBlock, namespaceSelector, podSelector }: Peer, own: string, peer: Party): boolean {
    if (ipBlock) {
      const ip = parseIPv4(peer.ip)
      const inRange = (cidr: string): boolean =>
        ip !== undefined && !cidr.includes(':') && contains(parseCIDR(cidr), ip)
      return inRange(ipBlock.cidr) && !ipBlock.except?.some(inRange)
    }
    if (peer.namespace === undefined) return false
    if (namespaceSelector) {
      const labels = this.#client?.find(namespaceKind, '', peer.namespace)?.metadata.labels ?? {}
      if (!selects(namespaceSelector, labels)) return false
    } else if (peer.namespace !== own) return false
    return !podSelector || selects(podSelector, peer.labels)
  }
}

function rulesOf(
  { ingress, egress }: Spec,
  direction: Direction,
): { ports: readonly Port[] | undefined; peers: readonly Peer[] | undefined }[] {
  return direction === 'Ingress'
    ? (ingress ?? []).map(({ ports, from }) => ({ ports, peers: from }))
    : (egress ?? []).map(({ ports, to }) => ({ ports, peers: to }))
}

/** A port by name is looked up in the Pod that is connected to. */
function portMatches(ports: readonly Port[] | undefined, protocol: Protocol, port: number, target: Party): boolean {
  if (!ports?.length) return true
  return ports.some(({ protocol: wanted = 'TCP', port: given, endPort }) => {
    if (wanted !== protocol) return false
    if (given === undefined) return true
    if (typeof given === 'string') {
      return target.containers.some(c =>
        c.ports?.some(p => p.name === given && (p.protocol ?? 'TCP') === protocol && p.containerPort === port),
      )
    }
    return endPort === undefined ? given === port : port >= given && port <= endPort
  })
}
