/** Deletion of an object: it is marked, its grace period is shortened, finalizers are waited for, or it is removed. */
import type { DeleteOptions } from './client.ts'
import { invalid, invalidObject } from './fields.ts'
import type { Draft, KindDef } from './kind.ts'
import { conflict, type StatusError } from './status.ts'
import type { KubeObject } from './types.ts'

const FOREGROUND = 'foregroundDeletion'
const ORPHAN = 'orphan'
const POLICIES = ['Background', 'Foreground', 'Orphan', '']

export type Deletion =
  /** Already on its way; the request changes nothing. */
  | { action: 'pending' }
  | { action: 'remove' }
  /** To be written; grace or finalizers keep it for now, unless `thenRemove`. */
  | { action: 'update'; object: Draft; thenRemove: boolean }

/** @throws Invalid for options that make no sense, Conflict when a precondition does not hold */
export function planDeletion(
  kind: KindDef,
  object: KubeObject,
  options: DeleteOptions,
  now: number,
  timestamp: (ms: number) => string,
): Deletion {
  checkOptions(kind, object, options)
  const meta = object.metadata
  if (kind.markForDeletion && !meta.deletionTimestamp)
    return { action: 'update', object: kind.markForDeletion(object, timestamp(now)), thenRemove: false }
  const draft: Draft = { ...object, metadata: { ...meta } }
  const graceful = markGraceful(kind, draft, options, now, timestamp)
  if (graceful === 'pending') return { action: 'pending' }

  const finalizers = collectorFinalizers(kind, meta.finalizers ?? [], options)
  if (finalizers.length) draft.metadata.finalizers = finalizers
  else delete draft.metadata.finalizers
  const waiting = finalizers.length > 0 || inSpec(object).length > 0
  if (graceful === undefined) {
    if (!waiting) return { action: 'remove' }
    if (!meta.deletionTimestamp) {
      if (meta.generation) draft.metadata.generation = meta.generation + 1
      draft.metadata.deletionTimestamp = timestamp(now)
    } else if (Date.parse(meta.deletionTimestamp) > now) draft.metadata.deletionTimestamp = timestamp(now)
    if (object.kind === 'Namespace') draft.status = { ...(object.status as object), phase: 'Terminating' }
    // A namespace waits for its content, and is given no period.
    else draft.metadata.deletionGracePeriodSeconds = 0
    return { action: 'update', object: draft, thenRemove: false }
  }
  return { action: 'update', object: draft, thenRemove: !waiting && graceful === 0 }
}

/** Whether a marked object has nothing left to wait for. */
export function isFinished(old: KubeObject, object: KubeObject): boolean {
  if (!old.metadata.deletionTimestamp || object.metadata.finalizers?.length) return false
  return !inSpec(object).length && !old.metadata.deletionGracePeriodSeconds
}

/** A namespace has finalizers in its spec too. */
const inSpec = (object: KubeObject): readonly string[] =>
  (object.kind === 'Namespace' && (object.spec as { finalizers?: string[] } | undefined)?.finalizers) || []

function checkOptions(kind: KindDef, object: KubeObject, options: DeleteOptions): void {
  const { preconditions, propagationPolicy } = options
  if (propagationPolicy !== undefined && !POLICIES.includes(propagationPolicy)) {
    throw invalidObject('DeleteOptions', 'meta.k8s.io', '', [
      invalid('propagationPolicy', propagationPolicy, `must be one of ["Background" "Foreground" "Orphan" nil]`),
    ])
  }
  // The real server names the kind where a resource belongs.
  const about = { plural: kind.kind, group: kind.group }
  const { uid, resourceVersion, name } = object.metadata
  if (preconditions?.uid !== undefined && preconditions.uid !== uid) {
    throw conflict(
      about,
      name,
      `the UID in the precondition (${preconditions.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    )
  }
  if (preconditions?.resourceVersion !== undefined && preconditions.resourceVersion !== resourceVersion) {
    throw conflict(
      about,
      name,
      `the ResourceVersion in the precondition (${preconditions.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    )
  }
}

/** The grace given in seconds; undefined where the kind knows none or it is over. Changes the draft. */
function markGraceful(
  kind: KindDef,
  draft: Draft,
  options: DeleteOptions,
  now: number,
  timestamp: (ms: number) => string,
): number | undefined | 'pending' {
  const meta = draft.metadata
  const asked =
    options.gracePeriodSeconds === undefined
      ? undefined
      : options.gracePeriodSeconds < 0
        ? 1
        : options.gracePeriodSeconds
  if (!kind.defaultGracePeriod) return undefined
  if (meta.deletionTimestamp) {
    const given: number = meta.deletionGracePeriodSeconds ?? 0
    if (given === 0) return undefined
    if (asked === undefined || asked >= given) return 'pending'
    let grace = asked
    let at = Date.parse(meta.deletionTimestamp) + (asked - given) * 1000
    if (at < now) {
      at = now
      if (grace !== 0) grace = 1
    }
    meta.deletionTimestamp = timestamp(at)
    meta.deletionGracePeriodSeconds = grace
    return grace
  }
  const own = kind.defaultGracePeriod(draft)
  if (own === undefined) return undefined
  const grace = asked ?? (own < 0 ? 1 : own)
  meta.deletionTimestamp = timestamp(now + grace * 1000)
  meta.deletionGracePeriodSeconds = grace
  if (meta.generation) meta.generation++
  return grace
}

/** Finalizers by which the garbage collector is asked to orphan dependents or to delete them first. */
function collectorFinalizers(kind: KindDef, present: readonly string[], options: DeleteOptions): string[] {
  const policy =
    options.propagationPolicy ??
    (present.includes(ORPHAN)
      ? 'Orphan'
      : present.includes(FOREGROUND)
        ? 'Foreground'
        : (kind.defaultPropagation ?? 'Background'))
  const kept = present.filter(f => f !== ORPHAN && f !== FOREGROUND)
  if (policy === 'Orphan') kept.push(ORPHAN)
  if (policy === 'Foreground') kept.push(FOREGROUND)
  return kept
}

/** An update that names another uid than the object's; the words are those of the storage layer. */
export function preconditionFailed(
  kind: KindDef,
  old: KubeObject,
  given: string,
  of: 'UID' | 'ResourceVersion' = 'UID',
): StatusError {
  const { namespace, name } = old.metadata
  const key = ['/registry', kind.plural, ...(kind.namespaced ? [namespace] : []), name].join('/')
  return conflict(
    kind,
    name,
    `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: ${of} in precondition: ${given}, ${of} in object meta: ${of === 'UID' ? old.metadata.uid : old.metadata.resourceVersion}`,
  )
}
