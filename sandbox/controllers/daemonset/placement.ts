/** Placement of daemons: the nodes that a DaemonSet is meant for, and the node that a Pod of it is on. */
import { requiredNodes } from '../../api/scheduling/node-selection.ts'
import { type Taint, type Toleration, tolerates } from '../../api/scheduling/taints.ts'
import type { DaemonSet, Node, Pod } from '../../api/types.ts'

/** Taints that every daemon tolerates. */
const TOLERATIONS: readonly Toleration[] = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
  { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule' },
  { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
]
const HOST_TOLERATION: Toleration = {
  key: 'node.kubernetes.io/network-unavailable',
  operator: 'Exists',
  effect: 'NoSchedule',
}

/** The tolerations of its daemons: those of their template, and those that every daemon has. */
export const tolerationsOf = (set: DaemonSet): Toleration[] => {
  const { spec } = set.spec.template
  const own = (spec?.tolerations ?? []) as Toleration[]
  const standard = spec?.hostNetwork ? [...TOLERATIONS, HOST_TOLERATION] : TOLERATIONS
  return [
    ...own,
    ...standard.filter(s => !own.some(o => o.key === s.key && o.effect === s.effect && o.operator === s.operator)),
  ]
}

/** Whether a daemon should be started on a node, and whether one that is there may stay. */
export function placeOn(set: DaemonSet, node: Node): { run: boolean; stay: boolean } {
  const spec = set.spec.template.spec!
  const wanted = requiredNodes({ spec } as Pod)
  if ((spec.nodeName && spec.nodeName !== node.metadata.name) || (wanted && !wanted(node)))
    return { run: false, stay: false }
  const tolerations = tolerationsOf(set)
  const untolerated = ((node.spec.taints ?? []) as Taint[]).filter(
    t => t.effect !== 'PreferNoSchedule' && !tolerates(tolerations, t),
  )
  return { run: !untolerated.length, stay: !untolerated.some(t => t.effect === 'NoExecute') }
}

/** The node that a daemon is on, or was made for. */
export function nodeOf({ spec }: Pod): string | undefined {
  if (spec.nodeName) return spec.nodeName
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  for (const term of terms ?? []) {
    const field = term.matchFields?.find(f => f.key === 'metadata.name' && f.operator === 'In')
    if (field?.values?.length === 1) return field.values[0]
  }
  return undefined
}
