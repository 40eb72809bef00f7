/** nodeSelector and node affinity. */

import { namedNodes, requiredNodes, termMatcher } from '../../api/scheduling/node-selection.ts'
import { type Plugin, proportional, refuseForGood } from '../framework.ts'

const REFUSAL = refuseForGood("node(s) didn't match Pod's node affinity/selector")

export const nodeAffinity: Plugin = {
  name: 'NodeAffinity',
  weight: 2,
  prepare(pod) {
    const wanted = requiredNodes(pod)
    if (!wanted) return
    const only = namedNodes(pod)
    if (only && !only.size) return { refusal: refuseForGood('pod affinity terms conflict') }
    const filter = ({ node }: { node: Parameters<typeof wanted>[0] | undefined }) =>
      wanted(node!) ? undefined : REFUSAL
    return only ? { only, filter } : { filter }
  },
  scorer(pod) {
    const preferred = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution
    if (!preferred?.length) return
    const terms = preferred.map(({ weight, preference }) => ({ weight, matches: termMatcher(preference) }))
    return {
      score: ({ node }) => terms.reduce((sum, t) => sum + (t.weight && t.matches(node!) ? t.weight : 0), 0),
      normalize: scores => proportional(scores, false),
    }
  },
  wakes: event => event.type === 'NodeAdded' || (event.type === 'NodeChanged' && event.what.has('labels')),
}
