/** Roles and bindings as they must be. */
import { type FieldError, invalid, notSupported, required } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import { check, dns1123Subdomain, pathSegment } from './content.ts'
import { labelSelector, objectMeta, objectMetaUpdate } from './metadata.ts'

const GROUP = 'rbac.authorization.k8s.io'

function rule(rule: Draft, namespaced: boolean, path: string): FieldError[] {
  const { verbs, nonResourceURLs: urls, apiGroups, resources, resourceNames } = rule
  const errors = verbs?.length ? [] : [required(`${path}.verbs`, 'verbs must contain at least one value')]
  if (urls?.length) {
    const wrong = (why: string): void => void errors.push(invalid(`${path}.nonResourceURLs`, urls, why))
    if (namespaced) wrong('namespaced rules cannot apply to non-resource URLs')
    if (apiGroups?.length || resources?.length || resourceNames?.length)
      wrong('rules cannot apply to both regular resources and non-resource URLs')
    return errors
  }
  if (!apiGroups?.length)
    errors.push(required(`${path}.apiGroups`, 'resource rules must supply at least one api group'))
  if (!resources?.length) errors.push(required(`${path}.resources`, 'resource rules must supply at least one resource'))
  return errors
}

function aggregation({ aggregationRule }: Draft): FieldError[] {
  if (!aggregationRule) return []
  const path = 'aggregationRule.clusterRoleSelectors'
  const selectors: Draft[] = aggregationRule.clusterRoleSelectors ?? []
  const none = 'at least one clusterRoleSelector required if aggregationRule is non-nil'
  return [
    ...(selectors.length ? [] : [required(path, none)]),
    ...selectors.flatMap((selector, i) => {
      const errors = labelSelector(selector, `${path}[${i}]`)
      return errors.length ? [...errors, invalid(`${path}[${i}]`, null, 'invalid label selector.')] : []
    }),
  ]
}

const role =
  (namespaced: boolean) =>
  (role: Draft): FieldError[] => [
    ...objectMeta(role.metadata, namespaced, pathSegment),
    ...(role.rules ?? []).flatMap((r: Draft, i: number) => rule(r, namespaced, `rules[${i}]`)),
    ...(namespaced ? [] : aggregation(role)),
  ]

function subject({ kind, name, apiGroup = '', namespace }: Draft, namespaced: boolean, path: string): FieldError[] {
  const errors = name ? [] : [required(`${path}.name`)]
  if (kind === 'ServiceAccount') {
    if (name) errors.push(...check(dns1123Subdomain, `${path}.name`, name))
    if (apiGroup) errors.push(notSupported(`${path}.apiGroup`, apiGroup, ['']))
    if (!namespaced && !namespace) errors.push(required(`${path}.namespace`))
  } else if (kind === 'User' || kind === 'Group') {
    if (apiGroup !== GROUP) errors.push(notSupported(`${path}.apiGroup`, apiGroup, [GROUP]))
  } else errors.push(notSupported(`${path}.kind`, kind ?? '', ['ServiceAccount', 'User', 'Group']))
  return errors
}

const binding =
  (namespaced: boolean) =>
  ({ metadata, roleRef, subjects }: Draft): FieldError[] => {
    const kinds = namespaced ? ['Role', 'ClusterRole'] : ['ClusterRole']
    const { apiGroup = '', kind = '', name } = roleRef ?? {}
    return [
      ...objectMeta(metadata, namespaced, pathSegment),
      ...(apiGroup === GROUP ? [] : [notSupported('roleRef.apiGroup', apiGroup, [GROUP])]),
      ...(kinds.includes(kind) ? [] : [notSupported('roleRef.kind', kind, kinds)]),
      ...(name ? check(pathSegment, 'roleRef.name', name) : [required('roleRef.name')]),
      ...(subjects ?? []).flatMap((s: Draft, i: number) => subject(s, namespaced, `subjects[${i}]`)),
    ]
  }

const withMeta =
  (validate: (object: Draft) => FieldError[]) =>
  (object: Draft, old: Draft): FieldError[] => [...validate(object), ...objectMetaUpdate(object, old)]

/** With Go's names, as messages show it. The table of internal.ts is too big for the few words of what every cluster begins with. */
const shownRef = ({ apiGroup = '', kind = '', name = '' }: Draft): Draft => ({
  APIGroup: apiGroup,
  Kind: kind,
  Name: name,
})

const withRef =
  (validate: (object: Draft) => FieldError[]) =>
  (object: Draft, old: Draft): FieldError[] => [
    ...withMeta(validate)(object, old),
    ...(deepEqual(object.roleRef, old.roleRef)
      ? []
      : [invalid('roleRef', shownRef(object.roleRef), 'cannot change roleRef')]),
  ]

export const validateRole = role(true)
export const validateRoleUpdate = withMeta(validateRole)
export const validateClusterRole = role(false)
export const validateClusterRoleUpdate = withMeta(validateClusterRole)
export const validateRoleBinding = binding(true)
export const validateRoleBindingUpdate = withRef(validateRoleBinding)
export const validateClusterRoleBinding = binding(false)
export const validateClusterRoleBindingUpdate = withRef(validateClusterRoleBinding)
