/** ReplicaSets. */
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { replicaSet as kind } from '../../api/kinds/replicaset.ts'
import type { ReplicaSet } from '../../api/types.ts'
import type { Controller } from '../controller.ts'
import { watchOrphans } from '../owners.ts'
import { watchCounted } from './pod-tally.ts'
import { reconcileReplicas } from './replicas.ts'

const selectorOf = (rs: ReplicaSet) => rs.spec.selector

export const replicaSetController: Controller = {
  name: 'replicaset-controller',
  for: kind,
  ignoresOwnStatus: true,
  watches: [watchCounted(kind), watchOrphans(podKind, kind, selectorOf)],
  reconcile: (key, context) => reconcileReplicas({ kind, selectorOf, countsTerminating: true }, key, context),
}
