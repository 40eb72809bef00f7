/** Matching requests against the rules of a policy, a binding or a webhook. */
import { type Draft, type KindDef, resourceOf } from '../../kind.ts'
import { isEmptySelector, selectorMatches } from '../../kinds/validation/metadata.ts'
import type { ApiServer } from '../../server.ts'
import type { AdmissionRequest } from '../admission.ts'

export interface Rule {
  operations?: readonly string[]
  apiGroups?: readonly string[]
  apiVersions?: readonly string[]
  resources?: readonly string[]
  resourceNames?: readonly string[]
  scope?: string
}

export interface Match {
  resourceRules?: readonly Rule[]
  excludeResourceRules?: readonly Rule[]
  namespaceSelector?: Draft
  objectSelector?: Draft
  matchPolicy?: string
}

const has = (list: readonly string[] | undefined, value: string): boolean =>
  list?.includes('*') || list?.includes(value) || false

/** A namespace is an object of the cluster, though a request for it carries its name as namespace. */
const inNamespace = ({ kind }: AdmissionRequest): boolean => kind.namespaced

function concerns(rule: Rule, request: AdmissionRequest, kind: KindDef): boolean {
  const { operation, subresource, name } = request
  if (!has(rule.operations, operation)) return false
  if (rule.scope === 'Namespaced' && !inNamespace(request)) return false
  if (rule.scope === 'Cluster' && inNamespace(request)) return false
  if (!has(rule.apiGroups, kind.group) || !has(rule.apiVersions, kind.version)) return false
  if (rule.resourceNames?.length && !rule.resourceNames.includes(name)) return false
  return (rule.resources ?? []).some(text => {
    const [resource, sub = ''] = text.split('/')
    return (resource === '*' || resource === kind.plural) && (sub === '*' || sub === subresource)
  })
}

/** The kind itself, and where other versions count as the same, those too. */
function kindsOf(server: ApiServer, { kind, requestKind }: AdmissionRequest, exact: boolean): KindDef[] {
  if (exact) return [requestKind]
  const versions = server.registry
    .all()
    .filter(k => k !== requestKind && (k === kind || k.stored?.as === kind || resourceOf(k) === resourceOf(kind)))
  return [requestKind, ...versions]
}

const labelsOf = (object: Draft): Draft => object?.metadata?.labels ?? {}

function inSelectedNamespace(server: ApiServer, selector: Draft, request: AdmissionRequest): boolean {
  if (!selector || isEmptySelector(selector)) return true
  const { kind, namespace, object, old } = request
  if (kind.plural === 'namespaces' && !kind.group) return selectorMatches(selector, labelsOf(object ?? old))
  if (!inNamespace(request)) return true
  return selectorMatches(selector, labelsOf(server.context.find('namespaces', '', namespace)))
}

const isSelected = (selector: Draft, { object, old }: AdmissionRequest): boolean =>
  !selector || isEmptySelector(selector) || [object, old].some(o => o && selectorMatches(selector, labelsOf(o)))

/** The kind, in the version that a rule names, as which the request is to be seen; undefined when it is no concern. */
export function matched(server: ApiServer, match: Match, request: AdmissionRequest): KindDef | undefined {
  if (!inSelectedNamespace(server, match.namespaceSelector, request)) return undefined
  if (!isSelected(match.objectSelector, request)) return undefined
  const kinds = kindsOf(server, request, match.matchPolicy === 'Exact')
  const first = (rules: readonly Rule[]): KindDef | undefined =>
    kinds.find(k => rules.some(rule => concerns(rule, request, k)))
  if (first(match.excludeResourceRules ?? [])) return undefined
  return match.resourceRules?.length ? first(match.resourceRules) : request.requestKind
}

/** metav1.GroupVersionKind and GroupVersionResource, as requests carry them. */
export const gvk = ({ group, version, kind }: KindDef): object => ({ group, version, kind })
export const gvr = ({ group, version, plural }: KindDef): { group: string; version: string; resource: string } => ({
  group,
  version,
  resource: plural,
})
