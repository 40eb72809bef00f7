/**
 * Counts of the Pods that each owner controls, by state: kept up to date by every change, where a recount would look at
 * thousands again and again.
 */
import type { Client, WatchEvent } from '../../api/client.ts'
import type { KindDef } from '../../api/kind.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import type { Pod } from '../../api/types.ts'
import type { Watch } from '../controller.ts'
import { controllerRefOf, watchOwned } from '../owners.ts'
import { countsDifferently, isActive, isFinished, isReady, isTerminating } from '../pods.ts'

type Labels = Pod['metadata']['labels']

export interface Tally {
  all: number
  finished: number
  terminating: number
  /** Neither finished nor about to go. */
  active: number
  /** Of the active ones. */
  ready: number
  /** How many have which labels: those of one template share theirs. */
  readonly labels: Map<Labels, number>
}

/** By the client of who watches, and by the owner's uid. */
const tallies = new WeakMap<Client, Map<string, Tally>>()

/** What is known of an owner's Pods to a controller that has `watchCounted`; undefined where it has none. */
export const tallyOf = (client: Client, uid: string): Readonly<Tally> | undefined => tallies.get(client)?.get(uid)

/** As `watchOwned` of Pods, for owners who count them; keeps their tally. */
export function watchCounted(ownerKind: KindDef): Watch {
  const { kind, keys } = watchOwned(podKind, ownerKind, countsDifferently)
  return {
    kind,
    keys(event, client) {
      note(event as WatchEvent<Pod>, client)
      return keys(event, client)
    },
  }
}

function note({ type, object, old }: WatchEvent<Pod>, client: Client): void {
  if (type === 'MODIFIED' && old && !countsDifferently(old, object)) return
  let known = tallies.get(client)
  if (!known) tallies.set(client, (known = new Map()))
  if (type === 'DELETED') count(known, old ?? object, -1)
  else {
    if (old) count(known, old, -1)
    count(known, object, 1)
  }
}

function count(known: Map<string, Tally>, pod: Pod, by: 1 | -1): void {
  const uid = controllerRefOf(pod)?.uid
  if (uid === undefined) return
  let tally = known.get(uid)
  if (!tally) known.set(uid, (tally = { all: 0, finished: 0, terminating: 0, active: 0, ready: 0, labels: new Map() }))
  tally.all += by
  if (isFinished(pod)) tally.finished += by
  if (isTerminating(pod)) tally.terminating += by
  if (isActive(pod)) {
    tally.active += by
    if (isReady(pod)) tally.ready += by
  }
  const { labels } = pod.metadata
  const alike = (tally.labels.get(labels) ?? 0) + by
  if (alike) tally.labels.set(labels, alike)
  else tally.labels.delete(labels)
  if (!tally.all) known.delete(uid)
}
