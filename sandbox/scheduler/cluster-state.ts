/**
 * The scheduler's cache of nodes and the Pods on them, kept up to date change by change, so that no decision needs to
 * go through all Pods.
 */
import { matches, type Requirement } from '../api/requests/selectors.ts'
import type { Node, Pod } from '../api/types.ts'
import { type Amounts, addTo, amountsOf, requestsOf } from './requests.ts'

/** Pods of one namespace with the same labels, and how many of them each node holds; those being deleted do not count. */
interface Kindred {
  namespace: string
  labels: Record<string, string>
  onNode: Map<NodeInfo, number>
}

const labelsOf = ({ namespace, labels }: Kindred): string[] =>
  Object.entries(labels).map(([key, value]) => `${namespace}/${key}=${value}`)

type Taint = NonNullable<Node['spec']['taints']>[number]
const NO_TAINTS: readonly Taint[] = []

/** What every Pod's filters ask of every node stands here itself, so that they need not go through the node's object. */
export class NodeInfo {
  readonly name: string
  node: Node | undefined
  unschedulable = false
  taints: readonly Taint[] = NO_TAINTS
  podCount = 0
  mostPods = 0
  allocatable: Amounts = {}
  readonly requested: Amounts = {}
  readonly nonzero = { cpu: 0, memory: 0 }
  readonly pods = new Map<string, Pod>()
  /** By `protocol/port`, the addresses taken. */
  readonly hostPorts = new Map<string, string[]>()
  /** Bytes of each image, by name. */
  images = new Map<string, number>()

  constructor(name: string) {
    this.name = name
  }

  get labels(): Record<string, string> {
    return this.node?.metadata.labels ?? {}
  }
}

export const priorityOf = (pod: Pod): number => pod.spec.priority ?? 0

export class ClusterState {
  readonly #byName = new Map<string, NodeInfo>()
  /** Nodes that exist, in the order of their names' arrival. */
  nodes: NodeInfo[] = []
  readonly #kindred = new Map<string, Kindred>()
  /** By `namespace/key=value`, those who carry the label: most selectors name one. */
  readonly #labelled = new Map<string, Set<Kindred>>()
  readonly #labelKeys = new WeakMap<object, string>()
  readonly #nodeOf = new Map<string, NodeInfo>()
  /** On how many nodes an image is. */
  readonly imageNodes = new Map<string, number>()
  /** Uids of claims that have been bound just now: a real scheduler does not know yet. */
  readonly beingBound = new Set<string>()
  /** Pods with terms about other Pods, by node. */
  readonly withAffinity = new Map<string, Pod>()
  readonly withRequiredAntiAffinity = new Map<string, Pod>()

  get(name: string): NodeInfo | undefined {
    const info = this.#byName.get(name)
    return info?.node ? info : undefined
  }

  setNode(node: Node): void {
    const info = this.#info(node.metadata.name)
    if (!info.node) this.nodes.push(info)
    if (info.node?.status.allocatable !== node.status.allocatable || !info.node) {
      info.allocatable = amountsOf(node.status.allocatable as Record<string, string>)
      info.mostPods = info.allocatable.pods ?? 0
    }
    info.unschedulable = node.spec.unschedulable ?? false
    info.taints = node.spec.taints ?? NO_TAINTS
    if (!info.node || info.node.status.images !== node.status.images) this.#setImages(info, node)
    info.node = node
  }

  removeNode(name: string): void {
    const info = this.#byName.get(name)
    if (!info?.node) return
    this.#setImages(info, undefined)
    info.node = undefined
    this.nodes = this.nodes.filter(n => n !== info)
    if (!info.pods.size) this.#byName.delete(name)
  }

  /** A Pod that is bound and not finished. */
  setPod(pod: Pod): void {
    const { uid } = pod.metadata
    const before = this.#nodeOf.get(uid)
    const present = before?.pods.get(uid)
    if (present && before!.name === pod.spec.nodeName && sameForScheduling(present, pod)) {
      before!.pods.set(uid, pod)
      return
    }
    if (present) this.removePod(uid)
    const info = this.#info(pod.spec.nodeName!)
    this.#nodeOf.set(uid, info)
    info.pods.set(uid, pod)
    info.podCount++
    this.#count(info, pod, 1)
  }

  removePod(uid: string): void {
    const info = this.#nodeOf.get(uid)
    const pod = info?.pods.get(uid)
    if (!info || !pod) return
    this.#nodeOf.delete(uid)
    info.pods.delete(uid)
    info.podCount--
    this.#count(info, pod, -1)
    if (!info.node && !info.pods.size) this.#byName.delete(info.name)
  }

  /** The Pods that a selector means, counted by node: one map for each set of labels that it selects. */
  counts(namespace: string, requirements: readonly Requirement[]): ReadonlyMap<NodeInfo, number>[] {
    const found: ReadonlyMap<NodeInfo, number>[] = []
    const exact = requirements.find(r => r.values.length === 1 && (r.operator === '=' || r.operator === 'in'))
    const candidates = exact
      ? this.#labelled.get(`${namespace}/${exact.key}=${exact.values[0]}`)
      : this.#kindred.values()
    for (const kin of candidates ?? []) {
      if (kin.namespace === namespace && matches(requirements, kin.labels)) found.push(kin.onNode)
    }
    return found
  }

  #enterKindred(key: string, kin: Kindred): void {
    this.#kindred.set(key, kin)
    for (const label of labelsOf(kin)) {
      const carriers = this.#labelled.get(label)
      if (carriers) carriers.add(kin)
      else this.#labelled.set(label, new Set([kin]))
    }
  }

  #leaveKindred(key: string, kin: Kindred): void {
    this.#kindred.delete(key)
    for (const label of labelsOf(kin)) {
      const carriers = this.#labelled.get(label)!
      carriers.delete(kin)
      if (!carriers.size) this.#labelled.delete(label)
    }
  }

  /** Sets of labels that exist in a namespace, for terms that look at several namespaces. */
  *kindred(): Iterable<{ namespace: string; labels: Record<string, string>; onNode: ReadonlyMap<NodeInfo, number> }> {
    yield* this.#kindred.values()
  }

  #info(name: string): NodeInfo {
    let info = this.#byName.get(name)
    if (!info) this.#byName.set(name, (info = new NodeInfo(name)))
    return info
  }

  #count(info: NodeInfo, pod: Pod, sign: 1 | -1): void {
    const { requests, nonzero, hostPorts } = requestsOf(pod)
    addTo(info.requested, requests, sign)
    info.nonzero.cpu += sign * nonzero.cpu
    info.nonzero.memory += sign * nonzero.memory
    for (const { protocol, port, ip } of hostPorts) {
      const key = `${protocol}/${port}`
      const taken = info.hostPorts.get(key) ?? []
      if (sign > 0) info.hostPorts.set(key, [...taken, ip])
      else {
        const at = taken.indexOf(ip)
        const rest = taken.filter((_, i) => i !== at)
        if (rest.length) info.hostPorts.set(key, rest)
        else info.hostPorts.delete(key)
      }
    }
    if (!pod.metadata.deletionTimestamp) this.#countKindred(info, pod, sign)
    const { podAffinity, podAntiAffinity } = pod.spec.affinity ?? {}
    if (podAffinity || podAntiAffinity) {
      const { uid } = pod.metadata
      const required = Boolean(podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.length)
      if (sign > 0) this.withAffinity.set(uid, pod)
      else this.withAffinity.delete(uid)
      if (sign > 0 && required) this.withRequiredAntiAffinity.set(uid, pod)
      else this.withRequiredAntiAffinity.delete(uid)
    }
  }

  #countKindred(info: NodeInfo, pod: Pod, sign: 1 | -1): void {
    const key = this.#kindredKey(pod)
    let kin = this.#kindred.get(key)
    if (!kin) {
      kin = { namespace: pod.metadata.namespace ?? '', labels: pod.metadata.labels ?? {}, onNode: new Map() }
      this.#enterKindred(key, kin)
    }
    const n = (kin.onNode.get(info) ?? 0) + sign
    if (n) kin.onNode.set(info, n)
    else kin.onNode.delete(info)
    if (!kin.onNode.size) this.#leaveKindred(key, kin)
  }

  #kindredKey({ metadata: { namespace = '', labels } }: Pod): string {
    if (!labels) return `${namespace}/`
    let key = this.#labelKeys.get(labels)
    if (key === undefined) {
      key = `${namespace}/${JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))}`
      this.#labelKeys.set(labels, key)
    }
    return key
  }

  #setImages(info: NodeInfo, node: Node | undefined): void {
    for (const name of info.images.keys()) {
      const left = this.imageNodes.get(name)! - 1
      if (left) this.imageNodes.set(name, left)
      else this.imageNodes.delete(name)
    }
    info.images = new Map()
    for (const image of node?.status.images ?? []) {
      for (const name of image.names ?? []) {
        if (!info.images.has(name)) this.imageNodes.set(name, (this.imageNodes.get(name) ?? 0) + 1)
        info.images.set(name, image.sizeBytes ?? 0)
      }
    }
  }
}

/** Status updates, by far the most common change, mean nothing for placing others. */
const sameForScheduling = (a: Pod, b: Pod): boolean =>
  a.spec === b.spec &&
  a.metadata.labels === b.metadata.labels &&
  a.metadata.deletionTimestamp === b.metadata.deletionTimestamp
