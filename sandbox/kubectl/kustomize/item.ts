/** A resource on its way through kustomizations. */
import { KubectlError } from '../errors.ts'
import { groupOf, isRecord, type Obj, versionOf } from '../objects.ts'
import { goValue } from '../print/go.ts'

/** By what others may know a resource. */
export interface Id {
  apiVersion: string
  kind: string
  name: string
  namespace: string
}

export interface Item {
  object: Obj
  /** What it was called before, the first name first; others still use these. */
  before: Id[]
  /** Prefixes and suffixes that it was given, the first one first: they tell alike resources of several bases apart. */
  prefixes: string[]
  suffixes: string[]
  /** Whether its name is to end in the hash of its contents. */
  hashed: boolean
}

export const item = (object: Obj, hashed = false): Item => ({
  object,
  before: [],
  prefixes: [],
  suffixes: [],
  hashed,
})

export const idOf = ({ apiVersion = '', kind = '', metadata }: Obj): Id => ({
  apiVersion,
  kind,
  name: metadata?.name ?? '',
  namespace: metadata?.namespace ?? '',
})
export const idsOf = (i: Item): Id[] => [...i.before, idOf(i.object)]

/** To be called before the name, kind or namespace changes. */
export function remember(i: Item): void {
  const now = idOf(i.object)
  const last = i.before.at(-1)
  if (last?.kind !== now.kind || last.name !== now.name || last.namespace !== now.namespace) i.before.push(now)
}

/** What kustomize says of an object that is no resource. */
export function resourceProblem(object: Obj): string | undefined {
  if (!isRecord(object)) return 'missing Resource metadata'
  const { apiVersion = '', kind = '', metadata } = object
  if (!apiVersion && !kind && !metadata) return 'missing Resource metadata'
  const { name = '', namespace = '', labels, annotations } = metadata ?? {}
  const shown = `{{${apiVersion} ${kind}} {{${name} ${namespace}} ${goValue(labels ?? {})} ${goValue(annotations ?? {})}}}`
  if (!kind) return `missing kind in object ${shown}`
  return name ? undefined : `missing metadata.name in object ${shown}`
}

/** As kustomize names one: Deployment.v1.apps/web.[noNs] */
export function idText({ apiVersion, kind, metadata }: Obj): string {
  const version = `${versionOf(apiVersion ?? '') || '[noVer]'}.${groupOf(apiVersion ?? '') || '[noGrp]'}`
  return `${kind || '[noKind]'}.${version}/${metadata?.name || '[noName]'}.${metadata?.namespace || '[noNs]'}`
}

const CLUSTER_KINDS = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CertificateSigningRequest',
  'ClusterRole',
  'ClusterRoleBinding',
  'ComponentStatus',
  'CustomResourceDefinition',
  'FlowSchema',
  'IngressClass',
  'MutatingWebhookConfiguration',
  'Namespace',
  'Node',
  'PersistentVolume',
  'PriorityClass',
  'PriorityLevelConfiguration',
  'RuntimeClass',
  'SelfSubjectAccessReview',
  'SelfSubjectReview',
  'SelfSubjectRulesReview',
  'StorageClass',
  'SubjectAccessReview',
  'TokenReview',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
])
export const isClusterScoped = (o: Obj): boolean => CLUSTER_KINDS.has(o.kind)

/** Where a resource is, when it says nothing of it. */
export const namespaceOf = (object: Obj): string =>
  isClusterScoped(object) ? '' : object.metadata?.namespace || 'default'

/** @throws KubectlError for a second resource of the same kind, name and namespace */
export function add(items: Item[], fresh: readonly Item[]): void {
  for (const one of fresh) {
    const id = idText(one.object)
    if (items.some(i => idText(i.object) === id))
      throw new KubectlError(`may not add resource with an already registered id: ${id}`)
    items.push(one)
  }
}
