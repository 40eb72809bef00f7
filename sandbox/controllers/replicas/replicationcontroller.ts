/** ReplicationControllers: ReplicaSets of old, whose selector is a plain map. */
import type { KindDef } from '../../api/kind.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { replicationController } from '../../api/kinds/replicationcontroller.ts'
import type { ReplicaSet } from '../../api/types.ts'
import type { Controller } from '../controller.ts'
import { watchOrphans } from '../owners.ts'
import { watchCounted } from './pod-tally.ts'
import { reconcileReplicas } from './replicas.ts'

const kind = replicationController as unknown as KindDef<ReplicaSet>
const selectorOf = (rc: ReplicaSet) => ({ matchLabels: rc.spec.selector as unknown as Record<string, string> })

export const replicationControllerController: Controller = {
  name: 'replication-controller',
  for: kind,
  ignoresOwnStatus: true,
  watches: [watchCounted(kind), watchOrphans(podKind, kind, selectorOf)],
  reconcile: (key, context) => reconcileReplicas({ kind, selectorOf, countsTerminating: false }, key, context),
}
