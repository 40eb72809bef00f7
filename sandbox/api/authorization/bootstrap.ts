/** Puts the bootstrap roles and bindings into an empty store. */
import type { ApiServer } from '../server.ts'
import { BOOTSTRAP_BINDINGS, BOOTSTRAP_ROLES } from './bootstrap-policy.ts'
import type { Role, Rule, Subject } from './rbac.ts'

const GROUP = 'rbac.authorization.k8s.io'
const AGGREGATE = `${GROUP}/aggregate-to-`

const list = (text: string | undefined): string[] =>
  text ? text.split(',').map(word => (word === 'core' ? '' : word)) : []

function parseRule(line: string): Rule {
  const [verbs, apiGroups, resources, resourceNames, nonResourceURLs] = line.split(' ').map(list)
  return {
    ...(apiGroups?.length && { apiGroups }),
    ...(nonResourceURLs?.length && { nonResourceURLs }),
    ...(resourceNames?.length && { resourceNames }),
    ...(resources?.length && { resources }),
    verbs: verbs ?? [],
  }
}

const KIND_OF: Record<string, string> = { U: 'User', G: 'Group', S: 'ServiceAccount' }

function parseSubject(text: string): Subject {
  const kind = KIND_OF[text[0]!]!
  const rest = text.slice(2)
  if (kind !== 'ServiceAccount') return { apiGroup: GROUP, kind, name: rest }
  const [namespace, name] = rest.split('/') as [string, string]
  return { kind, name, namespace }
}

/** Written as they are: policy that comes with the server is not asked for admission. */
export function bootstrapPolicy(server: ApiServer): void {
  const put = (
    resource: string,
    kind: string,
    namespace: string,
    name: string,
    more: object,
    labels: object = {},
  ): void => {
    server.store.put(resource, {
      apiVersion: `${GROUP}/v1`,
      kind,
      metadata: {
        name,
        ...(namespace && { namespace }),
        uid: server.random.uuid(),
        resourceVersion: '',
        creationTimestamp: server.clock.timestamp(),
        labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults', ...labels },
        annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
      },
      ...more,
    })
  }
  const roles: { namespace: string; name: string; to: string[]; from: string[]; rules: Rule[] }[] = []
  for (const line of BOOTSTRAP_ROLES.trim().split('\n')) {
    if (line.startsWith(' ')) roles.at(-1)!.rules.push(parseRule(line.slice(1)))
    else {
      const [namespace, name, to, from] = line.split('|')
      roles.push({ namespace: namespace!, name: name!, to: list(to), from: list(from), rules: [] })
    }
  }
  const aggregated = (into: string): Rule[] =>
    roles.filter(r => r.to.includes(into)).flatMap(r => [...r.rules, ...r.from.flatMap(aggregated)])
  for (const { namespace, name, to, from, rules } of roles) {
    const resource = `${namespace ? 'roles' : 'clusterroles'}.${GROUP}`
    const labels = Object.fromEntries(to.map(into => [AGGREGATE + into, 'true']))
    const selectors = from.map(into => ({ matchLabels: { [AGGREGATE + into]: 'true' } }))
    const all = from.length ? from.flatMap(aggregated) : rules
    const role: Partial<Role> = {
      ...(selectors.length && { aggregationRule: { clusterRoleSelectors: selectors } }),
      rules: all,
    }
    put(resource, namespace ? 'Role' : 'ClusterRole', namespace, name, role, labels)
  }
  for (const line of BOOTSTRAP_BINDINGS.trim().split('\n')) {
    const [namespace, name, kind, role, subjects] = line.split('|') as [string, string, string, string, string]
    const resource = `${namespace ? 'rolebindings' : 'clusterrolebindings'}.${GROUP}`
    put(resource, namespace ? 'RoleBinding' : 'ClusterRoleBinding', namespace, name, {
      roleRef: { apiGroup: GROUP, kind, name: role },
      ...(subjects && { subjects: subjects.split(',').map(parseSubject) }),
    })
  }
}
