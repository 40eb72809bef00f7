/** Applying a webhook's JSON patch, or a policy's mutation, to an object in admission. */

import { clone, deepEqual } from '../../formats/json.ts'
import type { Draft, KindDef } from '../../kind.ts'
import { applyOperations, Misfit } from '../../patch/json-patch.ts'
import { DecodeError, decodeObject, faultText } from '../../requests/decode.ts'
import type { ApiServer } from '../../server.ts'
import { internalError, type StatusError } from '../../status.ts'
import type { AdmissionRequest } from '../admission.ts'

/** @throws InternalError in the words of the library that Kubernetes uses */
export function patched(object: Draft, operations: readonly Draft[]): Draft {
  try {
    return applyOperations(clone(object), operations) as Draft
  } catch (error) {
    if (!(error instanceof Misfit)) throw error
    throw internalError(error.message)
  }
}

export const isTestFailure = ({ status }: StatusError): boolean =>
  status.details?.causes?.[0]?.message?.endsWith('test failed') ?? false

/**
 * Puts a changed object in the place of the one that is on its way in.
 * @param kind in whose version it was changed
 * @param strictly no field may be there that nobody knows
 * @returns whether it is another now
 */
export function accept(
  request: AdmissionRequest,
  server: ApiServer,
  kind: KindDef,
  changed: Draft,
  strictly = false,
): boolean {
  const draft = request.object as Draft
  if (request.objectKind) {
    const same = deepEqual(draft, changed)
    replaceContent(draft, changed)
    return !same
  }
  const held = request.kind
  let decoded: Draft
  try {
    const { object, faults } = decodeObject(kind, { value: changed, keys: new Map() })
    if (strictly && faults.length) throw internalError(`strict decoding error: ${faults.map(faultText).join(', ')}`)
    decoded = object
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    throw internalError(error.message)
  }
  const made: Draft = kind.stored ? kind.stored.toStored(decoded) : decoded
  held.setDefaults?.(made, server.context)
  const meta: Draft = { ...made.metadata }
  if (request.operation === 'CREATE') {
    const { uid, creationTimestamp } = draft.metadata
    Object.assign(meta, { uid, creationTimestamp })
  }
  const before = { ...draft, metadata: { ...draft.metadata } }
  // Others hold on to the draft and to its metadata.
  replaceContent(draft.metadata, meta)
  replaceContent(draft, { ...made, apiVersion: draft.apiVersion, kind: draft.kind, metadata: draft.metadata })
  return !deepEqual(before, { ...draft, metadata: { ...draft.metadata } })
}

function replaceContent(target: Draft, content: Draft): void {
  for (const key of Object.keys(target)) if (content[key] === undefined) delete target[key]
  Object.assign(target, content)
}
