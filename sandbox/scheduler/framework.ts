/** The scheduling framework: a plugin's interface, and how the plugins' answers become one. */
import type { Client } from '../api/client.ts'
import type { PersistentVolumeClaim, Pod } from '../api/types.ts'
import type { ClusterState, NodeInfo } from './cluster-state.ts'

export interface Refusal {
  reasons: readonly string[]
  /** Whether evicting other Pods would not help (UnschedulableAndUnresolvable). */
  unresolvable: boolean
}

export const refuse = (...reasons: string[]): Refusal => ({ reasons, unresolvable: false })
export const refuseForGood = (...reasons: string[]): Refusal => ({ reasons, unresolvable: true })

/** Something has happened that may help a Pod that could not be placed. */
export type ClusterEvent =
  | { type: 'NodeAdded'; node: NodeInfo }
  | { type: 'NodeChanged'; node: NodeInfo; what: ReadonlySet<'labels' | 'taints' | 'allocatable'> }
  | { type: 'PodBound'; pod: Pod }
  | { type: 'PodDeleted'; pod: Pod }
  /** The labels or the spec of a Pod on a node, or of the waiting Pod itself. */
  | { type: 'PodChanged'; pod: Pod; old: Pod }
  | { type: 'VolumeChanged' }
  | { type: 'ClaimChanged'; claim: PersistentVolumeClaim }

/** Whether the waiting Pod itself tolerates more than it did. */
export const toleratesMore = (event: ClusterEvent, { metadata: { uid } }: Pod): boolean =>
  event.type === 'PodChanged' &&
  event.pod.metadata.uid === uid &&
  event.pod.spec.tolerations?.length !== event.old.spec.tolerations?.length

/** What a plugin can look things up in. */
export interface Handle {
  client: Client
  cluster: ClusterState
}

export type Filter = (node: NodeInfo) => Refusal | undefined

/** Asked of a Pod once for each attempt. Absent: nothing to check. */
export type Prepared =
  | { refusal: Refusal }
  /** Only these nodes need to be looked at. */
  | { only: ReadonlySet<string>; filter?: Filter }
  | { filter: Filter }
  | undefined

export interface Scorer {
  score(node: NodeInfo): number
  /** Brings the scores of all candidates, in place, to 0 … 100. */
  normalize?(scores: number[], nodes: readonly NodeInfo[]): void
}

export interface Plugin {
  readonly name: string
  readonly weight?: number
  /** A reason to leave the Pod out of the queue. */
  gate?(pod: Pod): string | undefined
  prepare?(pod: Pod, handle: Handle): Prepared
  /** Absent: nothing to score. */
  scorer?(pod: Pod, handle: Handle, candidates: readonly NodeInfo[]): Scorer | undefined
  /** Whether a Pod that this plugin has refused should be tried again after the event. */
  wakes?(event: ClusterEvent, pod: Pod, handle: Handle): boolean
  /** It judges changes of taints itself; other plugins are woken by any. */
  judgesTaints?: boolean
}

export const MAX_SCORE = 100

/** Proportional to the highest; `reverse` turns best into worst. */
export function proportional(scores: number[], reverse: boolean): void {
  const highest = Math.max(0, ...scores)
  for (const [i, score] of scores.entries()) {
    const share = highest ? Math.trunc((MAX_SCORE * score) / highest) : 0
    scores[i] = reverse ? MAX_SCORE - share : share
  }
}

/** Why no node was found; its message is that of the Pod's condition and event. */
export interface Diagnosis {
  total: number
  refusals: ReadonlyMap<NodeInfo, Refusal>
  /** Plugins that refused. */
  plugins: ReadonlySet<string>
  /** What a plugin said of the Pod as a whole, before any node was looked at. */
  ofPod?: string
  /** Of nodes that nobody has looked at. */
  unseen?: Refusal
}

export function describe(diagnosis: Diagnosis, afterwards = ''): string {
  let message = `0/${diagnosis.total} nodes are available:`
  if (diagnosis.ofPod) message += ` ${diagnosis.ofPod}.`
  else {
    const counts = new Map<string, number>()
    const count = (reason: string, n: number): void => void counts.set(reason, (counts.get(reason) ?? 0) + n)
    for (const { reasons } of diagnosis.refusals.values()) for (const reason of reasons) count(reason, 1)
    const unseen = diagnosis.total - diagnosis.refusals.size
    if (unseen > 0) for (const reason of diagnosis.unseen?.reasons ?? []) count(reason, unseen)
    const texts = [...counts].map(([reason, n]) => `${n} ${reason}`).sort((a, b) => (a < b ? -1 : 1))
    if (texts.length) message += ` ${texts.join(', ')}.`
  }
  return afterwards ? `${message} ${afterwards}` : message
}
