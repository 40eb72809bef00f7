/** What a webhook's JSON patch, or a policy's mutation, makes of an object that is on its way in. */
import { DecodeError, decodeObject } from '../../decode.ts'
import { clone, deepEqual, isObject } from '../../json.ts'
import type { Draft, KindDef } from '../../kind.ts'
import { applyJsonPatch } from '../../patch/json-patch.ts'
import type { ApiServer } from '../../server.ts'
import { internalError, StatusError } from '../../status.ts'
import type { AdmissionRequest } from '../admission.ts'

/** @throws InternalError in the words of the library that Kubernetes uses */
export function patched(object: Draft, operations: readonly Draft[]): Draft {
  let root: unknown = clone(object)
  for (const operation of operations) {
    try {
      root = applyJsonPatch(root, [operation])
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      throw internalError(misfit(root, operation))
    }
  }
  return root
}

const TEST_FAILED = 'test failed'

export const isTestFailure = ({ status }: StatusError): boolean =>
  status.details?.causes?.[0]?.message?.endsWith(TEST_FAILED) ?? false

function misfit(root: unknown, { op, path = '' }: Draft): string {
  const keys = String(path)
    .split('/')
    .slice(1)
    .map(key => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = keys.pop() ?? ''
  const parent = keys.reduce<unknown>(
    (at, key) => (isObject(at) || Array.isArray(at) ? (at as Draft)[key] : undefined),
    root,
  )
  const missing = `${op} operation does not apply: doc is missing`
  if (op === 'test') return `testing value ${path} failed: ${TEST_FAILED}`
  if (!['add', 'remove', 'replace', 'move', 'copy'].includes(op)) return `Unexpected kind: ${op}`
  if (!isObject(parent) && !Array.isArray(parent)) return `${missing} path: ${JSON.stringify(path)}: missing value`
  if (op === 'replace') return `${missing} key: ${path}: missing value`
  if (op === 'remove' && isObject(parent))
    return `error in remove for path: '${path}': Unable to remove nonexistent key: ${last}: missing value`
  return `error in ${op} for path: '${path}': Unable to access invalid index: ${last}: invalid index referenced`
}

/**
 * Puts a changed object in the place of the one that is on its way in.
 * @param kind in whose version it was changed
 * @returns whether it is another now
 */
export function accept(request: AdmissionRequest, server: ApiServer, kind: KindDef, changed: Draft): boolean {
  const draft = request.object as Draft
  if (request.objectKind) {
    const same = deepEqual(draft, changed)
    replaceContent(draft, changed)
    return !same
  }
  const held = request.kind
  let decoded: Draft
  try {
    decoded = decodeObject(kind, { value: changed, keys: new Map() }).object
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
