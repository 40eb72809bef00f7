/** Fields of every kind that an update must repeat and may not change. */
import { invalid, invalidObject } from './fields.ts'
import type { Draft, KindDef } from './kind.ts'
import { badRequest, modifiedSince, StatusError } from './status.ts'
import type { KubeObject } from './types.ts'

/** @throws BadRequest when the object names another namespace */
export function ownNamespace(kind: KindDef, namespace: string, meta: Draft): void {
  const expected = kind.namespaced ? namespace : ''
  if (!meta.namespace) {
    if (expected) meta.namespace = expected
    else delete meta.namespace
  } else if (meta.namespace !== expected) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request')
  }
}

/** @throws BadRequest when the object's name is missing or not that of the URL */
export function refuseOtherName({ metadata }: Draft, name: string): void {
  const own: string | undefined = metadata?.name
  if (!own) throw badRequest(`the name of the object (${name} based on URL) was undeterminable: name must be provided`)
  if (own !== name) throw badRequest(`the name of the object (${own}) does not match the name on the URL (${name})`)
}

/** Kinds whose update must name the revision that it was made from. */
const CONDITIONAL = new Set([
  'APIService',
  'CSIDriver',
  'CSINode',
  'CSIStorageCapacity',
  'CustomResourceDefinition',
  'Lease',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
  'MutatingWebhookConfiguration',
  'PodDisruptionBudget',
  'RuntimeClass',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'VolumeAttachment',
])

/** @throws Conflict, and Invalid where the revision has to be told */
export function checkRevision(kind: KindDef, old: KubeObject, meta: Draft): void {
  const given = meta.resourceVersion
  if (!given || given === '0') {
    if (!kind.custom && !CONDITIONAL.has(kind.kind)) return
    throw invalidObject(kind.plural, kind.group, meta.name, [
      invalid('metadata.resourceVersion', 0, 'must be specified for an update'),
    ])
  }
  if (given === old.metadata.resourceVersion) return
  if (!/^\d+$/.test(given)) {
    const fault = `strconv.ParseUint: parsing ${JSON.stringify(given)}: invalid syntax`
    throw new StatusError(500, '', fault)
  }
  throw modifiedSince(kind, old.metadata.name)
}

/** @throws Invalid when an update brings another uid, or a deletion; each fault is told twice, as in Kubernetes: by the common metadata rules, and by the kind's own */
export function refuseOtherLife(kind: KindDef, old: KubeObject, meta: Draft): void {
  const refuse = (field: 'uid' | 'deletionTimestamp'): never => {
    const fault = invalid(`metadata.${field}`, meta[field], 'field is immutable')
    throw invalidObject(kind.kind, kind.group, meta.name, [fault, fault])
  }
  if (meta.uid && meta.uid !== old.metadata.uid) refuse('uid')
  if (meta.deletionTimestamp && !old.metadata.deletionTimestamp) refuse('deletionTimestamp')
}

/** Metadata as the client sent it, except what only the server may set. */
export function askedMetadata(asked: Draft, old: KubeObject): Draft {
  const meta = { ...asked.metadata }
  keepSystemFields(meta, old)
  if (old.metadata.managedFields) meta.managedFields = old.metadata.managedFields
  return meta
}

const KEPT = ['generation', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const

/** Metadata that no client may change. */
export function keepSystemFields(meta: Draft, old: KubeObject): void {
  const was = old.metadata
  meta.uid = was.uid
  meta.creationTimestamp = was.creationTimestamp
  for (let i = 0; i < KEPT.length; i++) {
    const key = KEPT[i]!
    if (was[key] !== undefined) meta[key] = was[key]
    else if (key in meta) delete meta[key]
  }
}

/** Sets everything but metadata and the named parts back to what it was. */
export function keepAllBut(draft: Draft, old: KubeObject, parts: readonly string[]): void {
  const was: Draft = old
  const kept = (key: string): boolean => key === 'metadata' || parts.includes(key)
  for (const key in draft) if (was[key] === undefined && !kept(key)) delete draft[key]
  for (const key in was) if (draft[key] !== was[key] && was[key] !== undefined && !kept(key)) draft[key] = was[key]
}

/** Sets metadata back to what it was, but for what is asked of the change itself. */
export function keepMetadata({ metadata }: Draft, old: KubeObject): void {
  const { resourceVersion, managedFields } = metadata
  for (const key of Object.keys(metadata)) delete metadata[key]
  Object.assign(metadata, old.metadata, { resourceVersion, managedFields })
}
