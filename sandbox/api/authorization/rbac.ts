/** RBAC: what a user may do, by the roles and bindings in the store. */

import type { UserInfo } from '../authentication/user.ts'
import type { ApiServer } from '../server.ts'
import type { KubeObject } from '../types.ts'

export interface Rule {
  verbs: string[]
  apiGroups?: string[]
  resources?: string[]
  resourceNames?: string[]
  nonResourceURLs?: string[]
}

export interface Subject {
  kind: string
  name: string
  namespace?: string
  apiGroup?: string
}

export interface Role extends KubeObject {
  rules?: Rule[]
}

interface Binding extends KubeObject {
  roleRef: { kind: string; name: string }
  subjects?: Subject[]
}

export type Attributes =
  | {
      verb: string
      group: string
      resource: string
      subresource?: string
      namespace?: string
      name?: string
      fieldSelector?: string
    }
  | { verb: string; path: string }

export const GROUP = 'rbac.authorization.k8s.io'
/** Whoever is in it may do anything, whatever the roles say. */
const MASTERS = 'system:masters'

function concerns(subject: Subject, user: UserInfo, namespace: string | undefined): boolean {
  switch (subject.kind) {
    case 'User':
      return subject.name === user.username
    case 'Group':
      return user.groups.includes(subject.name)
    case 'ServiceAccount':
      return user.username === `system:serviceaccount:${subject.namespace ?? namespace}:${subject.name}`
    default:
      return false
  }
}

/** The rules of a role; those of one that aggregates others have been gathered by its controller. */
export function roleRules(server: ApiServer, kind: string, namespace: string, name: string): Rule[] | undefined {
  const cluster = kind === 'ClusterRole'
  const role = server.context.find(
    cluster ? `clusterroles.${GROUP}` : `roles.${GROUP}`,
    cluster ? '' : namespace,
    name,
  ) as Role | undefined
  return role && (role.rules ?? [])
}

/** A binding by which a rule holds for a user, and as whom. */
interface Source {
  binding: Binding
  subject: Subject
}

/** Calls back with every rule that holds for a user in a namespace ('' for the cluster), until told to stop by `true`. */
export function visitRules(
  server: ApiServer,
  user: UserInfo,
  namespace: string,
  visit: (rule: Rule, source: Source) => boolean,
  missing?: (role: Binding['roleRef']) => void,
): void {
  const look = (bindings: readonly Binding[], own: string): boolean =>
    bindings.some(binding => {
      const subject = binding.subjects?.find(s => concerns(s, user, own))
      if (!subject) return false
      const { kind, name } = binding.roleRef
      const rules = roleRules(server, kind, own, name)
      if (!rules) missing?.(binding.roleRef)
      return rules?.some(rule => visit(rule, { binding, subject })) ?? false
    })
  if (look(server.context.list(`clusterrolebindings.${GROUP}`) as readonly Binding[], '')) return
  if (namespace) look(server.context.list(`rolebindings.${GROUP}`, namespace) as readonly Binding[], namespace)
}

export function rulesFor(server: ApiServer, user: UserInfo, namespace: string): Rule[] {
  const rules: Rule[] = server.alwaysAllow
    ? [
        { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
        { verbs: ['*'], nonResourceURLs: ['*'] },
      ]
    : []
  visitRules(server, user, namespace, rule => {
    rules.push(rule)
    return false
  })
  return rules
}

const has = (list: readonly string[] | undefined, wanted: string): boolean =>
  list?.some(v => v === '*' || v === wanted) ?? false

/** Whether a rule is about what is asked. */
export function allows(rule: Rule, a: Attributes): boolean {
  if (!has(rule.verbs, a.verb)) return false
  if ('path' in a) {
    return (
      rule.nonResourceURLs?.some(
        url => url === '*' || url === a.path || (url.endsWith('*') && a.path.startsWith(url.slice(0, -1))),
      ) ?? false
    )
  }
  const combined = a.subresource ? `${a.resource}/${a.subresource}` : a.resource
  const resource = rule.resources?.some(
    r => r === '*' || r === combined || (a.subresource !== undefined && r === `*/${a.subresource}`),
  )
  if (!resource || !has(rule.apiGroups, a.group)) return false
  return !rule.resourceNames?.length || (a.name !== undefined && rule.resourceNames.includes(a.name))
}

/** Whether a user may. */
export const authorize = (server: ApiServer, user: UserInfo, attributes: Attributes): boolean =>
  server.alwaysAllow || user.groups.includes(MASTERS) || granted(server, user, attributes) !== undefined

/** Why a user may, in words for reviews; undefined for who may not, or needs no role. */
export function reasonFor(server: ApiServer, user: UserInfo, attributes: Attributes): string | undefined {
  const source = user.groups.includes(MASTERS) ? undefined : granted(server, user, attributes)
  return source && `RBAC: allowed by ${described(source)}`
}

function granted(server: ApiServer, user: UserInfo, attributes: Attributes): Source | undefined {
  let found: Source | undefined
  visitRules(server, user, 'path' in attributes ? '' : (attributes.namespace ?? ''), (rule, source) => {
    if (!allows(rule, attributes)) return false
    found = source
    return true
  })
  return found
}

function described({ binding, subject }: Source): string {
  const { kind, metadata, roleRef } = binding
  const place = metadata.namespace ? `/${metadata.namespace}` : ''
  const of =
    subject.kind === 'ServiceAccount' ? `${subject.name}/${subject.namespace ?? metadata.namespace}` : subject.name
  const quote = JSON.stringify
  return `${kind} ${quote(metadata.name + place)} of ${roleRef.kind} ${quote(roleRef.name)} to ${subject.kind} ${quote(of)}`
}

/** A rule as single grants, so that one can be looked for in another. */
function breakDown(rule: Rule): Rule[] {
  const parts: Rule[] = []
  for (const verb of rule.verbs) {
    for (const url of rule.nonResourceURLs ?? []) parts.push({ nonResourceURLs: [url], verbs: [verb] })
    for (const group of rule.apiGroups ?? []) {
      for (const resource of rule.resources ?? []) {
        const one = { apiGroups: [group], resources: [resource], verbs: [verb] }
        if (rule.resourceNames?.length)
          parts.push(...rule.resourceNames.map(name => ({ ...one, resourceNames: [name] })))
        else parts.push(one)
      }
    }
  }
  return parts
}

function covers(owner: Rule, part: Rule): boolean {
  const all = (
    have: string[] | undefined,
    want: string[] | undefined,
    same: (h: string, w: string) => boolean,
  ): boolean => (want ?? []).every(w => have?.some(h => h === '*' || same(h, w)))
  const equal = (h: string, w: string): boolean => h === w
  const names =
    !owner.resourceNames?.length ||
    (Boolean(part.resourceNames?.length) && all(owner.resourceNames, part.resourceNames, equal))
  return (
    all(owner.verbs, part.verbs, equal) &&
    all(owner.apiGroups, part.apiGroups, equal) &&
    all(owner.resources, part.resources, (h, w) => h === w || (h.startsWith('*/') && w.endsWith(h.slice(1)))) &&
    all(
      owner.nonResourceURLs,
      part.nonResourceURLs,
      (h, w) => h === w || (h.endsWith('*') && w.startsWith(h.slice(0, -1))),
    ) &&
    names
  )
}

const quoted = (list: readonly string[]): string => `[${list.map(v => JSON.stringify(v)).join(' ')}]`

const compact = (rule: Rule): string => {
  const parts = [
    rule.apiGroups && `APIGroups:${quoted(rule.apiGroups)}`,
    rule.resources && `Resources:${quoted(rule.resources)}`,
    rule.nonResourceURLs && `NonResourceURLs:${quoted(rule.nonResourceURLs)}`,
    rule.resourceNames && `ResourceNames:${quoted(rule.resourceNames)}`,
    `Verbs:${quoted(rule.verbs)}`,
  ]
  return `{${parts.filter(Boolean).join(', ')}}`
}

/** The grants among `rules` that the user does not have, a line each, those of one resource together. */
export function missingRights(server: ApiServer, user: UserInfo, namespace: string, rules: readonly Rule[]): string[] {
  if (user.groups.includes(MASTERS)) return []
  const own = rulesFor(server, user, namespace)
  const missing = rules.flatMap(breakDown).filter(part => !own.some(rule => covers(rule, part)))
  const merged = new Map<string, Rule>()
  for (const part of missing) {
    const key = JSON.stringify([part.apiGroups, part.resources, part.resourceNames, part.nonResourceURLs])
    const same = part.resourceNames || part.nonResourceURLs ? undefined : merged.get(key)
    if (same) same.verbs.push(part.verbs[0]!)
    else merged.set(merged.has(key) ? `${key}${merged.size}` : key, { ...part, verbs: [...part.verbs] })
  }
  return [...merged.values()].map(compact).sort()
}
