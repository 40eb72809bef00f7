/** A daemon as it is made for a node: the scheduler may bind it to that one only. */
import { daemonSet as setKind } from '../../api/kinds/daemonset.ts'
import type { DaemonSet, Pod, Unsaved } from '../../api/types.ts'
import { podFromTemplate } from '../podcontrol.ts'
import { REVISION_HASH } from '../templates/history.ts'
import { tolerationsOf } from './placement.ts'

const GENERATION = 'deprecated.daemonset.template.generation'
const POD_GENERATION = 'pod-template-generation'

export function daemonPod(set: DaemonSet, node: string, hash: string): Unsaved<Pod> {
  const draft = podFromTemplate(set.spec.template, set, setKind)
  const { affinity } = draft.spec
  const field = { key: 'metadata.name', operator: 'In', values: [node] }
  const required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const terms = required?.nodeSelectorTerms?.length ? required.nodeSelectorTerms : [{}]
  const generation = set.metadata.annotations?.[GENERATION]
  return {
    ...draft,
    metadata: {
      ...draft.metadata,
      labels: { ...draft.metadata.labels, [REVISION_HASH]: hash, ...(generation && { [POD_GENERATION]: generation }) },
    },
    spec: {
      ...draft.spec,
      tolerations: tolerationsOf(set),
      affinity: {
        ...affinity,
        nodeAffinity: {
          ...affinity?.nodeAffinity,
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: terms.map(t => ({ ...t, matchFields: [field] })),
          },
        },
      },
    } as Pod['spec'],
  }
}
