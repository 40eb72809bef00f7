/** DefaultTolerationSeconds: a Pod stays five minutes on a node that is not ready or not reachable. */
import type { Draft } from '../kind.ts'
import type { AdmissionPlugin } from './admission.ts'

const SECONDS = 300
const TAINTS = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']

const tolerates = (t: Draft, key: string): boolean =>
  (t.key === key || !t.key) && (t.effect === 'NoExecute' || !t.effect)

export const defaultTolerations: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  of: ['pods'],
  admit(request) {
    if (!request.object || request.operation === 'DELETE') return
    const { spec } = request.object
    const present: Draft[] = spec.tolerations ?? []
    const missing = TAINTS.filter(key => !present.some(t => tolerates(t, key)))
    if (!missing.length) return
    spec.tolerations = [
      ...present,
      ...missing.map(key => ({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: SECONDS })),
    ]
  },
}
