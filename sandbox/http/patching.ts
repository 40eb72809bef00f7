/** PATCH bodies: by media type to what makes the new object of the old. */

import { DecodeError, type Document, decodeObject, type Fault, faultText, repeatedIn, typeOf } from '../api/decode.ts'
import { invalid, invalidObject } from '../api/fields.ts'
import { goMap, restoreWords } from '../api/go-format.ts'
import { escaped } from '../api/go-json.ts'
import { clone, isObject } from '../api/json.ts'
import { apiVersionOf, type Draft, type KindDef } from '../api/kind.ts'
import { applyJsonPatch } from '../api/patch/json-patch.ts'
import { mergePatch } from '../api/patch/merge.ts'
import { strategicPatch } from '../api/patch/strategic.ts'
import { typeIds } from '../api/schema/index.ts'
import { badRequest, StatusError, unsupportedMediaType } from '../api/status.ts'
import type { KubeObject } from '../api/types.ts'
import { checkSize, type FieldValidation, mediaType, TOO_DEEP } from './body.ts'
import { refuseOther } from './body-kind.ts'
import type { Context } from './context.ts'
import { JsonError, KEPT_DEPTH, readJson } from './json-reader.ts'
import { ordered } from './wire.ts'

export const APPLY_PATCH = 'application/apply-patch+yaml'
const JSON_PATCH = 'application/json-patch+json'
const MERGE_PATCH = 'application/merge-patch+json'
const STRATEGIC_PATCH = 'application/strategic-merge-patch+json'

/** @throws UnsupportedMediaType, BadRequest; the function returned throws Invalid when the patch does not fit the object */
export function patchChange(
  { request, warn, server }: Context,
  kind: KindDef | undefined,
  validation: FieldValidation,
): (old: KubeObject) => Draft {
  const media = mediaType(request.headers['content-type'])
  const offered = kind?.custom
    ? [JSON_PATCH, MERGE_PATCH, APPLY_PATCH]
    : [JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH, APPLY_PATCH]
  if (!offered.includes(media) && !kind?.custom)
    throw new StatusError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {})
  if (!offered.includes(media)) {
    throw unsupportedMediaType(
      `the body of the request was in an unknown format - accepted media types include: ${offered.join(', ')}`,
    )
  }
  checkSize(request.body)
  const type = kind && typeOf(kind)
  const document = parse(request.body, media === STRATEGIC_PATCH)
  const again = document.keys.size ? [...repeatedIn(document.value, document.keys, '')] : []
  const words = media === STRATEGIC_PATCH ? STRATEGIC_WORDS : PLAIN_WORDS
  const fit = (patched: Draft, shown: (patched: Draft) => string): Draft => {
    if (!kind) return patched
    return decodePatched(kind, patched, again, () => shown(patched), { validation, warn, words })
  }
  /** A merge of maps may also change what the object says that it is. */
  const fitWhole = (patched: Draft, shown: (patched: Draft) => string): Draft => {
    if (kind && !kind.custom && isObject(patched)) {
      const said = (word: unknown, otherwise: string): string => (typeof word === 'string' && word) || otherwise
      const given = { apiVersion: said(patched.apiVersion, apiVersionOf(kind)), kind: said(patched.kind, kind.kind) }
      refuseOther(kind, given, { registry: server.registry, alsoAs: [] }, why => unfit(shown(patched), why))
    }
    return fit(patched, shown)
  }
  switch (media) {
    case JSON_PATCH:
      return old => fitWhole(applyJsonPatch(clone(old), document.value), shownPatched)
    case MERGE_PATCH:
      if (!isObject(document.value))
        throw badRequest(
          `json: cannot unmarshal ${goKind(document.value)} into Go value of type map[string]interface {}`,
        )
      return old => fitWhole(mergePatch(clone(old), document.value), patched => shownMerged(patched, document.value))
    case STRATEGIC_PATCH:
      if (!isObject(document.value))
        throw badRequest(
          `json: cannot unmarshal ${goKind(document.value)} into Go value of type map[string]interface {}`,
        )
      return old =>
        fit(strategicPatch(type, clone(old) as never, document.value as Draft), () => goMap(leftOver(document.value)))
    default:
      throw new Error('server-side apply is no change of one object alone')
  }
}

function parse(text: string, strategic: boolean): Document {
  try {
    const document = readJson(text)
    if (document.depth > KEPT_DEPTH) throw badRequest(TOO_DEEP)
    return document
  } catch (error) {
    if (error instanceof JsonError)
      throw badRequest(strategic ? error.message : `error decoding patch: ${error.message}`)
    throw error
  }
}

/** The object as a complaint shows it: its fields in the order of a map, the metadata in that of its type. */
const shownPatched = (patched: Draft): string => {
  const whole = isObject(patched.metadata) ? ordered(patched as KubeObject) : patched
  return escaped(JSON.stringify(Object.fromEntries(Object.entries(whole).sort(([a], [b]) => (a < b ? -1 : 1)))))
}

/** Where a patch has merged something, the object is a map, whose fields come sorted; the rest stays in the order of its type. */
function sortedWhere(patch: unknown, value: unknown): unknown {
  if (Array.isArray(value)) return Array.isArray(patch) ? value.map((item, i) => sortedWhere(patch[i], item)) : value
  if (!isObject(value) || !isObject(patch)) return value
  const entries = Object.entries(value).map(([key, child]) => [key, sortedWhere(patch[key], child)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

const shownMerged = (patched: Draft, patch: unknown): string => {
  const whole = isObject(patched.metadata) ? ordered(patched as KubeObject) : patched
  return escaped(JSON.stringify(sortedWhere({ metadata: undefined, ...(patch as object) }, whole)))
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

const goKind = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

/** A strategic merge is decoded by another decoder than the rest, with words and an order of its own. */
interface Words {
  mismatch(message: string): string
  order(faults: Fault[]): Fault[]
}
const PLAIN_WORDS: Words = { mismatch: m => m, order: f => f }
/** `v1.PodSpec`, in whatever group. */
const isStruct = (goName: string): boolean => typeIds().some(id => id.slice(id.indexOf('/') + 1) === goName)

const STRATEGIC_WORDS: Words = {
  mismatch: message => restoreWords(message, isStruct),
  order: faults => [...faults].sort((a, b) => (faultText(a) < faultText(b) ? -1 : 1)),
}

const unfit = (shown: string, why: string): StatusError => invalidObject('', '', '', [invalid('patch', shown, why)])

/** @param again keys that come twice in the patch */
function decodePatched(
  kind: KindDef,
  patched: Draft,
  again: readonly Fault[],
  shown: () => string,
  { validation, warn, words }: { validation: FieldValidation; warn(text: string): void; words: Words },
): Draft {
  const refuse = (why: string): never => {
    throw unfit(shown(), why)
  }
  try {
    const { object, faults } = decodeObject(kind, { value: patched, keys: new Map() })
    const all = [...again, ...words.order(faults)].map(faultText)
    if (all.length && validation === 'Strict') refuse(`strict decoding error: ${all.join(', ')}`)
    if (validation === 'Warn') for (const fault of all) warn(fault)
    return object
  } catch (error) {
    if (error instanceof DecodeError) return refuse(words.mismatch(error.message))
    throw error
  }
}
