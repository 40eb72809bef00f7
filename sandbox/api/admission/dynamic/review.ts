/** admission.k8s.io AdmissionReview: what a webhook is asked, and what its answer says. */

import { base64Fault, decodeBase64 } from '../../formats/go-base64.ts'
import { isObject } from '../../formats/json.ts'
import { apiVersionOf, type Draft, type KindDef } from '../../kind.ts'
import { internalError, StatusError } from '../../status.ts'
import type { AdmissionRequest } from '../admission.ts'
import { gvk, gvr } from './matching.ts'
import { OPTIONS, seenAs } from './variables.ts'

const GROUP = 'admission.k8s.io'

/** Of the versions that a webhook knows, the first that the server knows too. */
export const reviewVersion = (hook: Draft): string | undefined =>
  (hook.admissionReviewVersions as string[] | undefined)?.find(v => v === 'v1' || v === 'v1beta1')

/** The object in a version, with what it is called. */
export function typed(kind: KindDef, object: Draft): Draft {
  if (!object) return null
  const seen = seenAs(kind, object)
  return { kind: kind.kind, apiVersion: apiVersionOf(kind), ...seen }
}

/** What a new object has that is given to it only after everybody has changed it. */
export function withoutNews(object: Draft): Draft {
  const { uid: _uid, creationTimestamp: _at, ...rest } = object.metadata
  return { ...object, metadata: { ...rest, creationTimestamp: null } }
}

/** @param object as the webhook is to see it */
export function reviewRequest(request: AdmissionRequest, kind: KindDef, object: Draft): Record<string, unknown> {
  const { operation, subresource, user, dryRun, requestKind, objectKind, fieldManager, isNameMade } = request
  const name = isNameMade ? '' : request.name
  const ofNamespaces = requestKind.plural === 'namespaces' && !requestKind.group
  const namespace = ofNamespaces ? name : request.namespace
  const options = OPTIONS[operation]
  return {
    kind: objectKind ?? gvk(kind),
    resource: gvr(kind),
    ...(subresource && { subResource: subresource }),
    requestKind: objectKind ?? gvk(requestKind),
    requestResource: gvr(requestKind),
    ...(subresource && { requestSubResource: subresource }),
    ...(name && { name }),
    ...(namespace && { namespace }),
    operation,
    userInfo: user,
    object: object ?? null,
    oldObject: objectKind ? (request.old ?? null) : typed(kind, request.old),
    dryRun,
    options: options
      ? { kind: options, apiVersion: 'meta.k8s.io/v1', ...(operation !== 'DELETE' && fieldManager && { fieldManager }) }
      : null,
  }
}

export const reviewBody = (version: string, request: object, uid: string): string =>
  JSON.stringify({ kind: 'AdmissionReview', apiVersion: `${GROUP}/${version}`, request: { uid, ...request } })

export interface Verdict {
  allowed: boolean
  result?: Draft
  warnings: readonly string[]
  /** A JSON patch, decoded from base64. */
  patch?: string
}

/** @throws an Error that says what is wrong with the answer */
export function readVerdict(value: Record<string, unknown>, uid: string, version: string, mutating: boolean): Verdict {
  const { response } = value
  if (!isObject(response)) throw new Error('webhook response was absent')
  const { uid: theirs = '', patch, patchType, allowed, status, warnings } = response as Draft
  if (version === 'v1') {
    if (theirs !== uid) throw new Error(`expected response.uid=${JSON.stringify(uid)}, got ${JSON.stringify(theirs)}`)
    const [group, given] = String(value.apiVersion ?? '').split('/')
    if (value.apiVersion !== `${GROUP}/v1` || value.kind !== 'AdmissionReview')
      throw new Error(
        `expected webhook response of ${GROUP}/v1, Kind=AdmissionReview, got ${given ? `${group}/${given}` : '/'}, Kind=${value.kind ?? ''}`,
      )
    if (!mutating) {
      if (patch) throw new Error('validating webhook may not return response.patch')
      if (patchType !== undefined) throw new Error('validating webhook may not return response.patchType')
    }
    if (patch && patchType === undefined) throw new Error('webhook returned response.patch but not response.patchType')
    if (!patch && patchType !== undefined) throw new Error('webhook returned response.patchType but not response.patch')
    if (patchType === '') throw new Error('webhook returned invalid response.patchType of ""')
    if (patchType !== undefined && patchType !== 'JSONPatch')
      throw new Error(`unsupported patch type ${JSON.stringify(patchType)}`)
  }
  return {
    allowed: allowed === true,
    warnings: Array.isArray(warnings) ? warnings.map(String) : [],
    ...(status && { result: status }),
    ...(mutating && patch && { patch: fromBase64(String(patch)) }),
  }
}

function fromBase64(text: string): string {
  const bytes = decodeBase64(text)
  if (!bytes) throw new Error(base64Fault(text))
  return new TextDecoder().decode(bytes)
}

/** The Status of a request that a webhook has denied. */
export function denial(hookName: string, result: Draft = {}): StatusError {
  const denied = `admission webhook ${JSON.stringify(hookName)} denied the request`
  const why = result.message || result.reason
  const code = Math.max(400, Number(result.code) || 0)
  return new StatusError(
    code,
    result.reason ?? '',
    why ? `${denied}: ${why}` : `${denied} without explanation`,
    result.details,
  )
}

export const notOnDryRun = (hookName: string): StatusError =>
  new StatusError(400, 'BadRequest', `admission webhook ${JSON.stringify(hookName)} does not support dry run`)

export const callFailed = (hookName: string, why: string): StatusError =>
  internalError(`failed calling webhook ${JSON.stringify(hookName)}: ${why}`)
