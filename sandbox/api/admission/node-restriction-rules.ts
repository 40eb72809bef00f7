/**
 * The NodeRestriction rules: a kubelet may write its own node (but for taints and others' labels), mirrors of its
 * static Pods, and what concerns the Pods on it.
 */
import { readRequest } from '../../crypto/certificate.ts'
import { fieldsOf } from '../../crypto/issue.ts'
import { nodeOf } from '../authentication/user.ts'
import { deepEqual } from '../formats/json.ts'
import type { Draft } from '../kind.ts'
import { referencesOf } from '../scheduling/pod-references.ts'
import type { ApiServer } from '../server.ts'
import { forbidden, notFound } from '../status.ts'
import type { AdmissionRequest } from './admission.ts'

/** @returns why not */
type Rule = (node: string, request: AdmissionRequest, server: ApiServer) => string | undefined

const quote = (text: string): string => JSON.stringify(text)
const MIRROR = 'kubernetes.io/config.mirror'

/** A Pod that must be there. @throws NotFound */
function podAt(server: ApiServer, namespace: string, name: string): Draft {
  const pod = server.context.find('pods', namespace, name)
  if (!pod) throw notFound(server.registry.resource('pods')!, name)
  return pod
}

/** What of the API a Pod needs that is made by a node. */
function needs(pod: Draft): string | undefined {
  const { spec } = pod
  if (spec.serviceAccountName) return 'serviceaccounts'
  const { secrets, configmaps } = referencesOf(pod)
  if (secrets.size) return 'secrets'
  if (configmaps.size) return 'configmaps'
  if (spec.resourceClaims?.length) return 'resourceclaims'
  for (const volume of spec.volumes ?? []) {
    if (volume.csi) return 'csidrivers (via CSI volumes)'
    if (volume.glusterfs) return 'endpoints (via glusterFS volumes)'
    if (volume.persistentVolumeClaim) return 'persistentvolumeclaims'
    if (volume.ephemeral) return 'persistentvolumeclaims (via ephemeral volumes)'
    for (const source of volume.projected?.sources ?? []) {
      if (source.serviceAccountToken) return 'serviceaccounts (via projected volumes)'
      if (source.clusterTrustBundle) return 'clustertrustbundles'
      if (source.podCertificate) return 'podcertificates'
    }
  }
  return undefined
}

function createPod(node: string, pod: Draft, server: ApiServer): string | undefined {
  const only = `node ${quote(node)} can only create pods`
  if (pod.metadata.annotations?.[MIRROR] === undefined)
    return `pod does not have ${quote(MIRROR)} annotation, node ${quote(node)} can only create mirror pods`
  if (pod.spec.nodeName !== node) return `${only} with spec.nodeName set to itself`
  const owners: Draft[] = pod.metadata.ownerReferences ?? []
  if (owners.length > 1) return `${only} with a single owner reference set to itself`
  const [owner] = owners
  if (owner?.apiVersion !== 'v1' || owner.kind !== 'Node' || owner.name !== node)
    return `${only} with an owner reference set to itself`
  if (!owner.controller) return `${only} with a controller owner reference set to itself`
  if (owner.blockOwnerDeletion) return `node ${quote(node)} must not set blockOwnerDeletion on an owner reference`
  const known = server.context.find('nodes', '', node)
  if (!known) throw notFound(server.registry.resource('nodes')!, node)
  if (owner.uid !== known.metadata.uid)
    return `node ${node} UID mismatch: expected ${owner.uid} got ${known.metadata.uid}`
  const resource = needs(pod)
  return resource && `node ${quote(node)} can not create pods that reference ${resource}`
}

const pods: Rule = (node, { operation, subresource, namespace, name, object, old }, server) => {
  const only = `node ${quote(node)} can only`
  switch (subresource) {
    case '':
      if (operation === 'CREATE') return createPod(node, object, server)
      if (operation !== 'DELETE')
        return `unexpected operation ${quote(operation)}, ${only} create and delete mirror pods`
      return podAt(server, namespace, name).spec.nodeName === node
        ? undefined
        : `${only} delete pods with spec.nodeName set to itself`
    case 'status':
      if ((old as Draft).spec.nodeName !== node)
        return `${only} update pod status for pods with spec.nodeName set to itself`
      return deepEqual(object.metadata.labels ?? {}, (old as Draft).metadata.labels ?? {})
        ? undefined
        : `node ${quote(node)} cannot update labels through pod status`
    case 'eviction':
      return podAt(server, namespace, name).spec.nodeName === node
        ? undefined
        : `node ${node} can only evict pods with spec.nodeName set to itself`
    default:
      return `unexpected pod subresource ${quote(subresource)}, only 'status' and 'eviction' are allowed`
  }
}

const OWN_LABELS = new Set([
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'beta.kubernetes.io/instance-type',
  'node.kubernetes.io/instance-type',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
])
const OWN_DOMAINS = ['kubelet.kubernetes.io', 'node.kubernetes.io']
const RESTRICTED = 'node-restriction.kubernetes.io'

const isWithin = (domain: string, parent: string): boolean => domain === parent || domain.endsWith(`.${parent}`)

function mayLabel(key: string): boolean {
  const domain = key.includes('/') ? key.slice(0, key.indexOf('/')) : ''
  if (isWithin(domain, RESTRICTED)) return false
  if (!isWithin(domain, 'kubernetes.io') && !isWithin(domain, 'k8s.io')) return true
  return OWN_LABELS.has(key) || OWN_DOMAINS.some(own => isWithin(domain, own))
}

/** Labels that have changed and must not have. */
function badLabels(now: Draft, old: Draft | undefined): string[] {
  const [a, b] = [now.metadata.labels ?? {}, old?.metadata.labels ?? {}]
  const changed = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter(key => a[key] !== b[key])
  return changed.filter(key => !mayLabel(key)).sort()
}

const nodes: Rule = (node, { operation, name, object, old }) => {
  if (name !== node) return `node ${quote(node)} is not allowed to modify node ${quote(name)}`
  const may = `node ${quote(node)} is not allowed to`
  if (operation === 'CREATE') {
    const bad = badLabels(object, undefined)
    return bad.length ? `${may} set the following labels: ${bad.join(', ')}` : undefined
  }
  if (operation !== 'UPDATE') return undefined
  const was = old as Draft
  if (!deepEqual(object.spec?.taints ?? [], was.spec?.taints ?? [])) return `${may} modify taints`
  if (!deepEqual(object.metadata.ownerReferences ?? [], was.metadata.ownerReferences ?? []))
    return `${may} modify ownerReferences`
  const bad = badLabels(object, was)
  return bad.length ? `is not allowed to modify labels: ${bad.join(', ')}` : undefined
}

/** What of a claim is not the kubelet's to say. */
function ofOthers({ metadata, spec, status = {} }: Draft): Draft {
  const { resourceVersion: _version, managedFields: _fields, ...rest } = metadata
  const {
    capacity: _c,
    conditions: _conditions,
    allocatedResources: _a,
    allocatedResourceStatuses: _s,
    ...more
  } = status
  return { metadata: rest, spec, status: more }
}

const claims: Rule = (node, { operation, subresource, object, old }) => {
  if (subresource !== 'status') return 'may only update PVC status'
  if (operation !== 'UPDATE') return `unexpected operation ${quote(operation)}`
  // What the real one adds, which fields those are, is in no form that anybody could rely on.
  return deepEqual(ofOthers(object), ofOthers(old as Draft))
    ? undefined
    : `node ${quote(node)} is not allowed to update fields other than status.quantity and status.conditions`
}

const slices: Rule = (node, { operation, object, old }) => {
  const slice: Draft = operation === 'CREATE' ? object : operation === 'DELETE' ? old : undefined
  if (!slice || slice.spec.nodeName === node) return undefined
  return `can only ${operation.toLowerCase()} ResourceSlice with the same NodeName as the requesting node`
}

const accounts: Rule = (node, { operation, subresource, namespace, object }, server) => {
  if (operation !== 'CREATE' || subresource !== 'token') return undefined
  const { apiVersion, kind, name, uid } = object.spec?.boundObjectRef ?? {}
  if (apiVersion !== 'v1' || kind !== 'Pod' || !name) return 'node requested token not bound to a pod'
  if (!uid) return 'node requested token with a pod binding without a uid'
  const pod = podAt(server, namespace, name)
  if (pod.metadata.uid !== uid)
    return `the UID in the bound object reference (${uid}) does not match the UID in record. The object might have been deleted and then recreated`
  return pod.spec.nodeName === node ? undefined : 'node requested token bound to a pod scheduled on a different node'
}

const LEASES = 'kube-node-lease'

const leases: Rule = (node, { namespace, name }) => {
  if (namespace !== LEASES) return `can only access leases in the ${quote(LEASES)} system namespace`
  return name === node ? undefined : 'can only access node lease with the same name as the requesting node'
}

const NODE_SIGNERS = ['kubernetes.io/kubelet-serving', 'kubernetes.io/kube-apiserver-client-kubelet']

const requests: Rule = (node, { operation, object }) => {
  if (operation !== 'CREATE' || !NODE_SIGNERS.includes(object.spec.signerName)) return undefined
  const request = readRequest(atob(object.spec.request))
  return request && fieldsOf(request.subject).get('CN')?.at(-1) === `system:node:${node}`
    ? undefined
    : `can only create a node CSR with CN=system:node:${node}`
}

const RULES: Readonly<Record<string, Rule>> = {
  '/pods': pods,
  '/nodes': nodes,
  '/persistentvolumeclaims': claims,
  '/serviceaccounts': accounts,
  'coordination.k8s.io/leases': leases,
  'certificates.k8s.io/certificatesigningrequests': requests,
  'resource.k8s.io/resourceslices': slices,
  'storage.k8s.io/csinodes': (node, { name }) =>
    name === node ? undefined : 'can only access CSINode with the same name as the requesting node',
}

/** @throws Forbidden, NotFound */
export function restrict(request: AdmissionRequest, server: ApiServer): void {
  const node = nodeOf(request.user)
  if (node === undefined) return
  const { kind, name } = request
  const why = node
    ? RULES[`${kind.group}/${kind.plural}`]?.(node, request, server)
    : `could not determine node from user ${quote(request.user.username)}`
  if (why) throw forbidden(kind, name, why)
}
