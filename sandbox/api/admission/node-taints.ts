/** TaintNodesByCondition: a new node takes no Pods until it has said that it is ready. */
import type { Draft } from '../kind.ts'
import type { AdmissionPlugin } from './admission.ts'

const NOT_READY = 'node.kubernetes.io/not-ready'

export const nodeTaints: AdmissionPlugin = {
  name: 'TaintNodesByCondition',
  of: ['nodes'],
  admit({ operation, subresource, object }) {
    if (operation !== 'CREATE' || subresource) return
    const present: Draft[] = object.spec.taints ?? []
    if (!present.some(t => t.key === NOT_READY && t.effect === 'NoSchedule'))
      object.spec.taints = [...present, { key: NOT_READY, effect: 'NoSchedule' }]
  },
}
