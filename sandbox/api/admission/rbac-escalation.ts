/** Nobody grants by a role or a binding what they do not have themselves. */
import { authorize, missingRights, type Rule, roleRules } from '../authorization/rbac.ts'
import { deepEqual } from '../formats/json.ts'
import type { Draft } from '../kind.ts'
import type { ApiServer } from '../server.ts'
import { forbidden, notFound, StatusError } from '../status.ts'
import type { AdmissionPlugin, AdmissionRequest } from './admission.ts'

const GROUP = 'rbac.authorization.k8s.io'
const ROLES = new Set(['roles', 'clusterroles'])
const RESOURCES: Readonly<Record<string, string>> = { Role: 'roles', ClusterRole: 'clusterroles' }

/** Whoever may do everything, and what cleans up after owners, is not asked. */
function isExempt({ user, object, old }: AdmissionRequest): boolean {
  if (user.groups.includes('system:masters')) return true
  if (!old || !object) return false
  const { ownerReferences, finalizers, managedFields } = old.metadata
  return deepEqual({ ...object, metadata: { ...object.metadata, ownerReferences, finalizers, managedFields } }, old)
}

/** A role that gathers the rules of others may come to hold any. */
const EVERYTHING: readonly Rule[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
  { verbs: ['*'], nonResourceURLs: ['*'] },
]
const gathers = (role: Draft | undefined): boolean => Boolean(role?.aggregationRule?.clusterRoleSelectors?.length)

/** The rules that a role or the role of a binding would grant; undefined for whom it may be without having them. */
function granted(
  { kind, namespace, name, object, user }: AdmissionRequest,
  server: ApiServer,
): readonly Rule[] | undefined {
  if (ROLES.has(kind.plural)) {
    const mayEscalate = authorize(server, user, {
      verb: 'escalate',
      group: GROUP,
      resource: kind.plural,
      namespace,
      name,
    })
    return mayEscalate ? undefined : (object.rules ?? [])
  }
  const { kind: of = '', name: role = '' } = object.roleRef ?? {}
  const resource = RESOURCES[of]
  if (!resource) throw new StatusError(500, '', `unsupported role reference kind: ${JSON.stringify(of)}`)
  if (authorize(server, user, { verb: 'bind', group: GROUP, resource, namespace, name: role })) return undefined
  const rules = roleRules(server, of, namespace, role)
  if (!rules) throw notFound(kind, role)
  return rules
}

export const rbacEscalation: AdmissionPlugin = {
  of: [`*.${GROUP}`],
  admit(request, server) {
    const { operation, kind, namespace, name, object, old, user, subresource } = request
    if (!object || subresource || (operation !== 'CREATE' && operation !== 'UPDATE')) return
    if (isExempt(request)) return
    const rules = granted(request, server)
    if (!rules) return
    const missing = missingRights(server, user, namespace, rules)
    if (!missing.length) {
      if (!gathers(object) && !gathers(old)) return
      if (!missingRights(server, user, '', EVERYTHING).length) return
      throw forbidden(kind, name, 'must have cluster-admin privileges to use the aggregationRule')
    }
    const groups = user.groups.map(g => JSON.stringify(g)).join(' ')
    throw forbidden(
      kind,
      name,
      `user ${JSON.stringify(user.username)} (groups=[${groups}]) is attempting to grant RBAC permissions not currently held:\n${missing.join('\n')}`,
    )
  },
}
