/** PATCH bodies: by media type to what makes the new object of the old. */

import { invalid, invalidObject } from '../../api/fields.ts'
import { goMap } from '../../api/formats/go-format.ts'
import { escaped } from '../../api/formats/go-json.ts'
import { clone, isObject } from '../../api/formats/json.ts'
import { apiVersionOf, type Draft, type KindDef } from '../../api/kind.ts'
import { applyJsonPatch } from '../../api/patch/json-patch.ts'
import { mergePatch } from '../../api/patch/merge.ts'
import { strategicPatch } from '../../api/patch/strategic.ts'
import { DecodeError, decodeObject, type Fault, faultText, typeOf } from '../../api/requests/decode.ts'
import { fromUnstructured } from '../../api/schema/unstructured.ts'
import { StatusError, unsupportedMediaType } from '../../api/status.ts'
import type { KubeObject } from '../../api/types.ts'
import { checkSize, type FieldValidation, NO_KIND } from '../body/body.ts'
import { refuseOther, typeFault } from '../body/body-kind.ts'
import { type PatchBody, type PatchForm, readPatch } from '../body/patch.ts'
import type { Context } from '../context.ts'
import { ordered } from '../encoding/wire.ts'

export const APPLY_PATCH = 'application/apply-patch+yaml'
const JSON_PATCH = 'application/json-patch+json'
const MERGE_PATCH = 'application/merge-patch+json'
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json'

/** @throws UnsupportedMediaType; the function returned throws BadRequest, and Invalid when the patch does not fit the object */
export function patchChange(
  { request, warn, server }: Context,
  kind: KindDef,
  validation: FieldValidation,
): (old: KubeObject) => Draft {
  // Routes are told apart by the very letters.
  const media = (request.headers['content-type'] ?? '').split(';', 1)[0]!.trim()
  const offered = kind.custom
    ? [JSON_PATCH, MERGE_PATCH, APPLY_PATCH]
    : [JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH, APPLY_PATCH]
  if (!offered.includes(media) && !kind.custom)
    throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {})
  if (!offered.includes(media)) {
    throw unsupportedMediaType(
      `the body of the request was in an unknown format - accepted media types include: ${offered.join(', ')}`,
    )
  }
  checkSize(request.body)
  /** As the object is sent, which is what is patched; what is kept of it is no more than that: a copy. */
  const sent = (old: KubeObject): Draft => clone(ordered(kind, old))
  /** A merge of maps may also change what the object says that it is. */
  const fitWhole = (patched: unknown, faults: readonly string[]): Draft => {
    const shown = (): string => escaped(JSON.stringify(patched))
    if (!kind.custom) {
      const fault = typeFault(patched)
      if (fault) throw unfit(shown(), `${NO_KIND}json: cannot unmarshal ${fault}`)
      const { apiVersion, kind: name } = patched as Draft
      const given = { apiVersion: apiVersion || apiVersionOf(kind), kind: name || kind.kind }
      refuseOther(kind, given, { registry: server.registry, alsoAs: [] }, why => unfit(shown(), why))
    }
    const decoded = () => decodeObject(kind, { value: patched, keys: new Map() })
    return decodePatched(decoded, faults, shown, { validation, warn })
  }
  // What is wrong with a patch is said only where there is something to patch.
  const read = (form: PatchForm): PatchBody => readPatch(request.body, form, validation)
  switch (media) {
    case JSON_PATCH:
      return old => {
        const { value, faults } = read('json')
        return fitWhole(applyJsonPatch(sent(old), value as unknown[]), faults)
      }
    case MERGE_PATCH:
      return old => {
        const { value, faults } = read('merge')
        return fitWhole(mergePatch(Array.isArray(value) ? null : sent(old), value), faults)
      }
    case STRATEGIC_PATCH:
      return old => {
        const { value, faults } = read('strategic')
        const type = typeOf(kind)
        const patched = strategicPatch(type, clone(old) as Draft, value as Draft)
        const shown = (): string => goMap(leftOver(value))
        const typed = (): { object: Draft; faults: Fault[] } => {
          const { value: converted, faults } = fromUnstructured(type!, patched as Record<string, unknown>)
          return { object: decodeObject(kind, { value: converted, keys: new Map() }).object, faults }
        }
        return decodePatched(typed, faults, shown, { validation, warn })
      }
    default:
      throw new Error('server-side apply is no change of one object alone')
  }
}

/** What Go's merge leaves of a patch, which is what its complaint shows: ordered lists have been taken out. */
function leftOver(patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const ordered = Object.keys(patch).filter(k => k.startsWith('$setElementOrder/'))
  const gone = new Set(ordered.flatMap(k => [k, k.slice(k.indexOf('/') + 1)]))
  return Object.fromEntries(
    Object.entries(patch)
      .filter(([key]) => !gone.has(key))
      .map(([key, value]) => [key, leftOver(value)]),
  )
}

const unfit = (shown: string, why: string): StatusError => invalidObject('', '', '', [invalid('patch', shown, why)])

/**
 * @param read decodes what has been patched
 * @param again what is wrong with the patch itself
 */
function decodePatched(
  read: () => { object: Draft; faults: Fault[] },
  again: readonly string[],
  shown: () => string,
  { validation, warn }: { validation: FieldValidation; warn(text: string): void },
): Draft {
  const refuse = (why: string): never => {
    throw unfit(shown(), why)
  }
  try {
    const { object, faults } = read()
    const all = [...again, ...faults.map(faultText)]
    if (all.length && validation === 'Strict') refuse(`strict decoding error: ${all.join(', ')}`)
    if (validation === 'Warn') for (const fault of all) warn(fault)
    return object
  } catch (error) {
    if (error instanceof DecodeError) return refuse(error.message)
    throw error
  }
}
