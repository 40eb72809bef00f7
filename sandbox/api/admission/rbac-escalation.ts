/** Nobody grants by a role or a binding what they do not have themselves. */
import { authorize, missingRights, type Rule, roleRules } from '../authorization/rbac.ts'
import { forbidden } from '../status.ts'
import type { AdmissionPlugin } from './admission.ts'

const GROUP = 'rbac.authorization.k8s.io'
const ROLES = new Set(['roles', 'clusterroles'])
const BINDINGS = new Set(['rolebindings', 'clusterrolebindings'])

export const rbacEscalation: AdmissionPlugin = {
  name: 'RBACEscalation',
  validate({ operation, kind, namespace, name, object, old, user, subresource }, server) {
    if (kind.group !== GROUP || !object || subresource || (operation !== 'CREATE' && operation !== 'UPDATE')) return
    let rules: readonly Rule[] = []
    if (ROLES.has(kind.plural)) {
      if (old && JSON.stringify(object.rules) === JSON.stringify((old as unknown as { rules?: Rule[] }).rules)) return
      if (authorize(server, user, { verb: 'escalate', group: GROUP, resource: kind.plural, namespace, name })) return
      rules = object.rules ?? []
    } else if (BINDINGS.has(kind.plural)) {
      const { roleRef } = object
      const resource = roleRef?.kind === 'ClusterRole' ? 'clusterroles' : 'roles'
      if (authorize(server, user, { verb: 'bind', group: GROUP, resource, namespace, name: roleRef?.name ?? '' }))
        return
      const found = roleRules(server, roleRef?.kind ?? '', namespace, roleRef?.name ?? '')
      if (!found) return
      rules = found
    }
    const missing = missingRights(server, user, namespace, rules)
    if (!missing.length) return
    const groups = user.groups.map(g => JSON.stringify(g)).join(' ')
    throw forbidden(
      kind,
      name,
      `user ${JSON.stringify(user.username)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${missing.join('\n')}`,
    )
  },
}
