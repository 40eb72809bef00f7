/** Taints that a Pod must tolerate (NoSchedule, NoExecute), and those it had better (PreferNoSchedule). */

import { tolerates } from '../../api/scheduling/taints.ts'
import { type Plugin, proportional, refuseForGood, toleratesMore } from '../framework.ts'

const REFUSAL = refuseForGood('node(s) had untolerated taint(s)')

export const taintToleration: Plugin = {
  name: 'TaintToleration',
  weight: 3,
  prepare({ spec: { tolerations } }) {
    return {
      filter({ taints }) {
        for (let i = 0; i < taints.length; i++) {
          const taint = taints[i]!
          if (taint.effect !== 'PreferNoSchedule' && !tolerates(tolerations, taint)) return REFUSAL
        }
        return undefined
      },
    }
  },
  scorer({ spec: { tolerations } }, _handle, candidates) {
    const dislikes = candidates.some(({ taints }) => taints.length && taints.some(t => t.effect === 'PreferNoSchedule'))
    if (!dislikes) return
    const relevant = tolerations?.filter(t => !t.effect || t.effect === 'PreferNoSchedule')
    return {
      score: ({ taints }) => taints.filter(t => t.effect === 'PreferNoSchedule' && !tolerates(relevant, t)).length,
      normalize: scores => proportional(scores, true),
    }
  },
  judgesTaints: true,
  wakes: (event, pod) =>
    event.type === 'NodeAdded' ||
    (event.type === 'NodeChanged' && event.what.has('taints')) ||
    toleratesMore(event, pod),
}
