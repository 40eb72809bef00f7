/** NodeRestriction: a kubelet writes only what concerns its own node. Those of the simulation keep to that by themselves. */
import { part } from '../../parts.ts'
import { nodeOf } from '../authentication/user.ts'
import type { AdmissionPlugin } from './admission.ts'

/** Needed before somebody from outside writes in the name of a node. */
export const nodeRestrictionRules = part('what nodes may write', () => import('./node-restriction-rules.ts'))

export const nodeRestriction: AdmissionPlugin = {
  name: 'NodeRestriction',
  admit(request, server) {
    if (request.fromOutside && nodeOf(request.user) !== undefined) nodeRestrictionRules.now.restrict(request, server)
  },
}
