/** A resource on its way through kustomizations. */
import { KubectlError } from '../errors.ts'
import { groupOf, type Obj, versionOf } from '../objects.ts'

/** By what others may know a resource. */
export interface Id {
  kind: string
  name: string
  namespace: string
}

export interface Item {
  object: Obj
  /** What it was called before, the first name first; others still use these. */
  before: Id[]
  /** Prefixes and suffixes that it was given: they tell alike resources of several bases apart. */
  affixes: string
  /** Whether its name is to end in the hash of its contents. */
  hashed: boolean
}

export const item = (object: Obj, hashed = false): Item => ({ object, before: [], affixes: '', hashed })

export const idOf = ({ kind, metadata }: Obj): Id => ({
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

/** As kustomize names one: Deployment.v1.apps/web.[noNs] */
export function idText({ apiVersion, kind, metadata }: Obj): string {
  const version = `${versionOf(apiVersion ?? '') || '[noVer]'}.${groupOf(apiVersion ?? '') || '[noGrp]'}`
  return `${kind}.${version}/${metadata?.name ?? '[noName]'}.${metadata?.namespace ?? '[noNs]'}`
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

/** @throws KubectlError for a second resource of the same kind, name and namespace */
export function add(items: Item[], fresh: readonly Item[]): void {
  for (const one of fresh) {
    const id = idText(one.object)
    if (items.some(i => idText(i.object) === id))
      throw new KubectlError(`may not add resource with an already registered id: ${id}`)
    items.push(one)
  }
}
