/** Finding a node for one Pod: ask the filters, then let the scores decide. */
import type { Pod } from '../api/types.ts'
import type { Random } from '../clock/random.ts'
import { type NodeInfo, priorityOf } from './cluster-state.ts'
import type { Diagnosis, Filter, Handle, Plugin, Refusal } from './framework.ts'

/** With more nodes than this, not all of them are looked at. */
const LOOK_AT_ALL_BELOW = 100
const LEAST_PERCENTAGE = 5

/** How many fitting nodes are enough. */
function enoughNodes(total: number): number {
  if (total < LOOK_AT_ALL_BELOW) return total
  const percentage = Math.max(LEAST_PERCENTAGE, 50 - Math.trunc(total / 125))
  return Math.max(LOOK_AT_ALL_BELOW, Math.trunc((total * percentage) / 100))
}

/** Filters of all plugins that have something to check, ready to be asked about nodes. */
export interface Checks {
  filters: readonly { plugin: string; filter: Filter }[]
  only: ReadonlySet<string> | undefined
  refusal: { plugin: string; refusal: Refusal } | undefined
}

export function prepareChecks(plugins: readonly Plugin[], pod: Pod, handle: Handle): Checks {
  const filters: { plugin: string; filter: Filter }[] = []
  let only: ReadonlySet<string> | undefined
  for (const plugin of plugins) {
    const prepared = plugin.prepare?.(pod, handle)
    if (!prepared) continue
    if ('refusal' in prepared) return { filters, only, refusal: { plugin: plugin.name, refusal: prepared.refusal } }
    if ('only' in prepared) only = prepared.only
    if (prepared.filter) filters.push({ plugin: plugin.name, filter: prepared.filter })
  }
  return { filters, only, refusal: undefined }
}

/** The first refusal of a node, and whose it is. */
export function check(checks: Checks, node: NodeInfo): { plugin: string; refusal: Refusal } | undefined {
  const { filters } = checks
  for (let i = 0; i < filters.length; i++) {
    const refusal = filters[i]!.filter(node)
    if (refusal) return { plugin: filters[i]!.plugin, refusal }
  }
  return undefined
}

/** Pods that have been promised a node for which others are making room. */
class Nominations {
  readonly #byNode = new Map<string, Map<string, Pod>>()
  readonly #nodeOf = new Map<string, string>()

  set(pod: Pod, node: string): void {
    this.remove(pod.metadata.uid)
    this.#nodeOf.set(pod.metadata.uid, node)
    const pods = this.#byNode.get(node) ?? new Map<string, Pod>()
    this.#byNode.set(node, pods.set(pod.metadata.uid, pod))
  }

  remove(uid: string): void {
    const node = this.#nodeOf.get(uid)
    if (node === undefined) return
    this.#nodeOf.delete(uid)
    const pods = this.#byNode.get(node)!
    pods.delete(uid)
    if (!pods.size) this.#byNode.delete(node)
  }

  concerns(node: string): boolean {
    return this.#byNode.size > 0 && this.#byNode.has(node)
  }

  on(node: string): readonly Pod[] {
    return [...(this.#byNode.get(node)?.values() ?? [])]
  }

  nodeOf(uid: string): string | undefined {
    return this.#nodeOf.get(uid)
  }
}

export type Placement = { node: NodeInfo } | { diagnosis: Diagnosis }

export class Placer {
  readonly handle: Handle
  readonly plugins: readonly Plugin[]
  readonly nominations = new Nominations()
  readonly #random: Random
  #start = 0

  constructor(handle: Handle, plugins: readonly Plugin[], random: Random) {
    this.handle = handle
    this.plugins = plugins
    this.#random = random
  }

  place(pod: Pod): Placement {
    const { nodes } = this.handle.cluster
    const checks = prepareChecks(this.plugins, pod, this.handle)
    if (checks.refusal) {
      const { plugin, refusal } = checks.refusal
      return {
        diagnosis: {
          total: nodes.length,
          refusals: new Map(),
          plugins: new Set([plugin]),
          ofPod: refusal.reasons.join(', '),
          unseen: refusal,
        },
      }
    }
    const promised = this.handle.cluster.get(this.nominations.nodeOf(pod.metadata.uid) ?? '')
    if (promised && !this.refusal(pod, checks, promised)) return { node: promised }

    const { fitting, refusals, plugins } = this.#filter(pod, checks)
    if (!fitting.length) {
      const unseen: Refusal = {
        reasons: checks.only ? ["node(s) didn't satisfy plugin(s) [NodeAffinity]"] : [],
        unresolvable: true,
      }
      return { diagnosis: { total: nodes.length, refusals, plugins, unseen } }
    }
    return { node: fitting.length === 1 ? fitting[0]! : this.#best(pod, fitting) }
  }

  #filter(pod: Pod, checks: Checks): { fitting: NodeInfo[]; refusals: Map<NodeInfo, Refusal>; plugins: Set<string> } {
    const all = this.handle.cluster.nodes
    const nodes = checks.only ? all.filter(node => checks.only!.has(node.name)) : all
    const enough = enoughNodes(nodes.length)
    const fitting: NodeInfo[] = []
    const refusals = new Map<NodeInfo, Refusal>()
    const plugins = new Set<string>(checks.only ? ['NodeAffinity'] : [])
    let seen = 0
    for (; seen < nodes.length && fitting.length < enough; seen++) {
      const node = nodes[(this.#start + seen) % nodes.length]!
      const refused = this.refusal(pod, checks, node)
      if (!refused) fitting.push(node)
      else {
        refusals.set(node, refused.refusal)
        plugins.add(refused.plugin)
      }
    }
    // The next Pod begins with the node after the last one examined, so that all nodes get the same chance.
    this.#start = nodes.length ? (this.#start + seen) % nodes.length : 0
    return { fitting, refusals, plugins }
  }

  /** A node must do both with and without the more important Pods that it has been promised to. */
  refusal(pod: Pod, checks: Checks, node: NodeInfo): ReturnType<typeof check> {
    if (!this.nominations.concerns(node.name)) return check(checks, node)
    const { uid } = pod.metadata
    const others = this.nominations
      .on(node.name)
      .filter(p => p.metadata.uid !== uid && priorityOf(p) >= priorityOf(pod))
    if (others.length) {
      const { cluster } = this.handle
      for (const other of others) cluster.setPod({ ...other, spec: { ...other.spec, nodeName: node.name } })
      const crowded = prepareChecks(this.plugins, pod, this.handle)
      const refused = crowded.refusal ?? check(crowded, node)
      for (const other of others) cluster.removePod(other.metadata.uid)
      if (refused) return refused
    }
    return check(checks, node)
  }

  #best(pod: Pod, candidates: readonly NodeInfo[]): NodeInfo {
    const totals = new Float64Array(candidates.length)
    for (const plugin of this.plugins) {
      const scorer = plugin.scorer?.(pod, this.handle, candidates)
      if (!scorer) continue
      const scores = new Array<number>(candidates.length)
      for (let i = 0; i < scores.length; i++) scores[i] = scorer.score(candidates[i]!)
      scorer.normalize?.(scores, candidates)
      for (let i = 0; i < scores.length; i++) totals[i]! += scores[i]! * (plugin.weight ?? 1)
    }
    let best = 0
    let ties = 0
    for (let i = 0; i < totals.length; i++) {
      if (totals[i]! > totals[best]! || ties === 0) {
        best = i
        ties = 1
      } else if (totals[i] === totals[best]) {
        ties++
        // Each of the equals is chosen with the same chance.
        if (this.#random.int(ties) === 0) best = i
      }
    }
    return candidates[best]!
  }
}
