/** Keeps one Pod of a DaemonSet on every node that it is meant for. */
import type { Client } from '../../api/client.ts'
import { controllerRevision as revisionKind } from '../../api/kinds/controllerrevision.ts'
import { daemonSet as setKind } from '../../api/kinds/daemonset.ts'
import { node as nodeKind } from '../../api/kinds/node.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import type { DaemonSet, Node } from '../../api/types.ts'
import { type Controller, type ControllerContext, type Key, keyOf, type Result, watch } from '../controller.ts'
import { claim, controllerOf, watchOrphans } from '../owners.ts'
import { nextAvailability } from '../pods.ts'
import {
  type History,
  hashOf,
  isSameTemplate,
  OF_DAEMON_SETS,
  REVISION_HASH,
  syncHistory,
  truncateHistory,
} from '../templates/history.ts'
import { placeOn } from './placement.ts'
import { type Failures, Sync } from './sync.ts'

const sameNode = (a: Node, b: Node): boolean =>
  a.metadata.labels === b.metadata.labels && a.spec.taints === b.spec.taints

/**
 * The sets that have something to do on a node that has changed, or a daemon counted as misplaced that may be in its place again.
 * The others are not looked at, so what they count of the node may be old: as in 1.36.
 */
function concernedBy(node: Node, client: Client): DaemonSet[] {
  const pods = client.onNode(podKind, node.metadata.name)
  return client.list(setKind).filter(set => {
    const { run, stay } = placeOn(set, node)
    const isThere = pods.some(pod => controllerOf(pod, setKind)?.uid === set.metadata.uid)
    return isThere ? !stay || set.status.numberMisscheduled > 0 : run
  })
}

/** Makes a controller; it remembers how often a daemon has failed on a node. */
export function daemonSetController(): Controller {
  const failures: Failures = new Map()
  return {
    name: 'daemonset-controller',
    for: setKind,
    owns: [podKind],
    watches: [
      watchOrphans(podKind, setKind, set => set.spec.selector),
      // That a node is gone is seen by its Pods.
      watch(nodeKind, ({ type, object, old }, client) =>
        type === 'DELETED' || (old && sameNode(old, object)) ? [] : concernedBy(object, client).map(keyOf),
      ),
    ],
    reconcile: (key, context) => reconcile(key, context, failures),
  }
}

function reconcile({ namespace, name }: Key, context: ControllerContext, failures: Failures): Result | undefined {
  const { client, clock, events } = context
  const set = client.find(setKind, namespace, name)
  if (!set) return
  const { selector } = set.spec
  if (!Object.keys(selector.matchLabels ?? {}).length && !selector.matchExpressions?.length) {
    events.event(
      set,
      'Warning',
      'SelectingAll',
      'This daemon set is selecting all pods. A non-empty selector is required.',
    )
    return
  }
  // Its history may be gone already, and with it what its Pods are of.
  if (set.metadata.deletionTimestamp) return
  const history = syncHistory(context, setKind, set, set.status.collisionCount, OF_DAEMON_SETS)
  const hash = hashOf(history.present)
  adoptDuplicates(context, set, history, hash)
  const sync = new Sync(context, set, hash, failures)
  let failure: unknown
  try {
    sync.run()
  } catch (error) {
    failure = error
  }
  const pods = sync.pods()
  const live = new Set(pods.map(pod => pod.metadata.labels?.[REVISION_HASH] ?? ''))
  truncateHistory(context, set, history, live, true)
  sync.writeStatus(history.collisions)
  if (failure) throw failure
  const wait = Math.min(
    sync.retryIn ?? Number.POSITIVE_INFINITY,
    nextAvailability(pods, set.spec.minReadySeconds ?? 0, clock.now()) ?? Number.POSITIVE_INFINITY,
  )
  return Number.isFinite(wait) ? { requeueAfter: wait } : undefined
}

/** Revisions that somebody else has made of the same template: their Pods count as the present one's, and they go. */
function adoptDuplicates({ client }: ControllerContext, set: DaemonSet, history: History, hash: string): void {
  const duplicates = history.revisions.filter(r => r !== history.present && isSameTemplate(r, history.present))
  if (!duplicates.length) return
  for (const pod of claim(client, podKind, setKind, set, set.spec.selector)) {
    const { namespace = '', name, labels } = pod.metadata
    if (labels?.[REVISION_HASH] !== hash && duplicates.some(r => hashOf(r) === labels?.[REVISION_HASH]))
      client.patch(podKind, namespace, name, { metadata: { labels: { [REVISION_HASH]: hash } } })
  }
  for (const { metadata } of duplicates) client.delete(revisionKind, metadata.namespace ?? '', metadata.name)
  history.revisions = history.revisions.filter(r => !duplicates.includes(r))
}
