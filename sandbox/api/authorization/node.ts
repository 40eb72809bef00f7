/** The Node authorizer: what a kubelet may, which is little but what concerns its own node and the Pods on it. */
import type { Draft } from '../kind.ts'
import { parseFieldSelector } from '../requests/selectors.ts'
import { referencesOf } from '../scheduling/pod-references.ts'
import type { ApiServer } from '../server.ts'
import type { Pod } from '../types.ts'
import { type Attributes, allows, roleRules } from './rbac.ts'

/** Nobody may it, and why; without a reason nothing is said. */
type Answer = { allowed: boolean; reason: string }
const YES: Answer = { allowed: true, reason: '' }
const no = (reason = ''): Answer => ({ allowed: false, reason })

type ResourceAttributes = Extract<Attributes, { resource: string }>
type Rule = (node: string, asked: ResourceAttributes, server: ApiServer) => Answer

/** It says what its node wants it to say, and opens nothing but itself. */
const isMirror = ({ metadata }: Pod): boolean => metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined

function isRelated(
  server: ApiServer,
  node: string,
  { resource, namespace = '', name = '' }: ResourceAttributes,
): boolean {
  const found = (kind: string, namespace = ''): Draft => server.context.find(kind, namespace, name)
  const pods = server.store.byIndex<Pod>('pods', 'node', node).filter(pod => !isMirror(pod))
  const inNamespace = pods.filter(pod => pod.metadata.namespace === namespace)
  switch (resource) {
    case 'pods':
      return found('pods', namespace)?.spec.nodeName === node
    case 'serviceaccounts':
      return inNamespace.some(pod => pod.spec.serviceAccountName === name)
    case 'secrets':
    case 'configmaps':
    case 'persistentvolumeclaims':
      return inNamespace.some(pod => referencesOf(pod)[resource].has(name))
    case 'persistentvolumes': {
      const { claimRef } = found('persistentvolumes')?.spec ?? {}
      return pods.some(
        pod =>
          pod.metadata.namespace === claimRef?.namespace && referencesOf(pod).persistentvolumeclaims.has(claimRef.name),
      )
    }
    case 'volumeattachments':
      return found('volumeattachments.storage.k8s.io')?.spec.nodeName === node
    case 'resourceslices':
      return found('resourceslices.resource.k8s.io')?.spec.nodeName === node
    default:
      return false
  }
}

const related: Rule = (node, asked, server) => {
  if (!asked.name) return no('No Object name found')
  return isRelated(server, node, asked) ? YES : no(`no relationship found between node '${node}' and this object`)
}

const READ = ['get', 'list', 'watch']

const readNamespaced: Rule = (node, asked, server) => {
  if (!READ.includes(asked.verb)) return no('can only read resources of this type')
  if (asked.subresource) return no('cannot read subresource')
  if (!asked.namespace) return no('can only read namespaced object of this type')
  return related(node, asked, server)
}

const getOne: Rule = (node, asked, server) => {
  if (asked.verb !== 'get') return no('can only get individual resources of this type')
  return asked.subresource ? no('cannot get subresource') : related(node, asked, server)
}

const claims: Rule = (node, asked, server) => {
  if (asked.subresource !== 'status') return getOne(node, asked, server)
  if (asked.verb !== 'update' && asked.verb !== 'patch') return no('can only get/update/patch this type')
  return related(node, asked, server)
}

const accounts: Rule = (node, asked, server) => {
  if (asked.verb === 'get' && !asked.subresource) return readNamespaced(node, asked, server)
  if (asked.verb !== 'create' || !asked.name) return no('can only create tokens for individual service accounts')
  if (asked.subresource !== 'token') return no('can only create token subresource of serviceaccount')
  return related(node, asked, server)
}

const OWN_VERBS = ['get', 'create', 'update', 'patch', 'delete']
const LEASES = 'kube-node-lease'

const leases: Rule = (node, { verb, namespace, name }) => {
  if (!OWN_VERBS.includes(verb)) return no('can only get, create, update, patch, or delete a node lease')
  if (namespace !== LEASES) return no(`can only access leases in the "${LEASES}" system namespace`)
  if (verb !== 'create' && name !== node)
    return no('can only access node lease with the same name as the requesting node')
  return YES
}

const csiNodes: Rule = (node, { verb, subresource, name }) => {
  if (!OWN_VERBS.includes(verb)) return no('can only get, create, update, patch, or delete a CSINode')
  if (subresource) return no('cannot authorize CSINode subresources')
  return verb === 'create' || name === node
    ? YES
    : no('can only access CSINode with the same name as the requesting node')
}

const isOf = (node: string, selector: string | undefined): boolean => {
  if (!selector?.includes('spec.nodeName')) return false
  try {
    return parseFieldSelector(selector).some(
      ({ field, negated, value }) => field === 'spec.nodeName' && !negated && value === node,
    )
  } catch {
    return false
  }
}

const slices: Rule = (node, asked, server) => {
  const { verb, subresource, fieldSelector } = asked
  if (subresource) return no('cannot authorize ResourceSlice subresources')
  if (verb === 'create') return YES
  if (OWN_VERBS.includes(verb)) return related(node, asked, server)
  if (!['watch', 'list', 'deletecollection'].includes(verb))
    return no(
      'only the following verbs are allowed for a ResourceSlice: get, watch, list, create, update, patch, delete, deletecollection',
    )
  return isOf(node, fieldSelector)
    ? YES
    : no('can only list/watch/deletecollection resourceslices with nodeName field selector')
}

const nodes: Rule = (node, { verb, subresource, name }) => {
  const writes = verb === 'update' || verb === 'patch'
  if (subresource) return subresource === 'status' && writes ? YES : no()
  if (writes || verb === 'create') return YES
  if (!READ.includes(verb)) return no()
  if (name === node) return YES
  return no(`node '${node}' cannot read ${name ? `'${name}'` : 'all nodes'}, only its own Node object`)
}

const pods: Rule = (node, asked, server) => {
  const { verb, subresource, name, fieldSelector } = asked
  if (subresource === 'status') return verb === 'update' || verb === 'patch' ? YES : no()
  if (subresource) return subresource === 'eviction' && verb === 'create' ? YES : no()
  if (verb === 'create' || verb === 'delete') return YES
  if (verb === 'get') return getOne(node, asked, server)
  if (!READ.includes(verb)) return no()
  if (isOf(node, fieldSelector)) return YES
  return name ? related(node, asked, server) : no('can only list/watch pods with spec.nodeName field selector')
}

const RULES: Readonly<Record<string, Rule>> = {
  '/secrets': readNamespaced,
  '/configmaps': readNamespaced,
  '/persistentvolumeclaims': claims,
  '/persistentvolumes': getOne,
  'resource.k8s.io/resourceclaims': getOne,
  'resource.k8s.io/resourceslices': slices,
  'storage.k8s.io/volumeattachments': getOne,
  '/serviceaccounts': accounts,
  'coordination.k8s.io/leases': leases,
  'storage.k8s.io/csinodes': csiNodes,
  '/nodes': nodes,
  '/pods': pods,
}

/** What it may besides stands in the role of nodes, which is bound to nobody. */
export function authorizeNode(server: ApiServer, node: string, asked: Attributes): Answer {
  const rule = 'resource' in asked ? RULES[`${asked.group}/${asked.resource}`] : undefined
  if (rule) return rule(node, asked as ResourceAttributes, server)
  return roleRules(server, 'ClusterRole', '', 'system:node')?.some(one => allows(one, asked)) ? YES : no()
}
