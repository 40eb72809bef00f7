/** ReplicationControllers: ReplicaSets of old, whose selector is a plain map. */
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { replicationController as kind } from '../../api/kinds/replicationcontroller.ts'
import type { ReplicationController } from '../../api/types.ts'
import type { Controller } from '../controller.ts'
import { watchOrphans } from '../owners.ts'
import { watchCounted } from './pod-tally.ts'
import { reconcileReplicas } from './replicas.ts'

const selectorOf = (rc: ReplicationController) => ({ matchLabels: rc.spec.selector })

export const replicationControllerController: Controller = {
  name: 'replication-controller',
  for: kind,
  ignoresOwnStatus: true,
  watches: [watchCounted(kind), watchOrphans(podKind, kind, selectorOf)],
  reconcile: (key, context) => reconcileReplicas({ kind, selectorOf, countsTerminating: false }, key, context),
}
