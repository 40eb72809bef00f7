/** A request's body: its media type, size and depth; JSON or YAML into a value; a value into an object of a kind. */

import { invalid, invalidObject } from '../../api/fields.ts'
import { isTooDeep, type JsonDocument, JsonError, KEPT_DEPTH, readJson } from '../../api/formats/json-reader.ts'
import type { Draft, KindDef } from '../../api/kind.ts'
import { apiVersionOf } from '../../api/kind.ts'
import type { Registry } from '../../api/registry.ts'
import { DecodeError, decodeObject, faultText } from '../../api/requests/decode.ts'
import { badRequest, type StatusError, tooLarge, unsupportedMediaType } from '../../api/status.ts'
import { readYaml } from '../yaml/yaml.ts'
import { refuseOther, typeFault } from './body-kind.ts'

export const MAX_BODY = 3 * 1024 * 1024

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore'

const JSON_TYPE = 'application/json'
export const NO_KIND = "couldn't get version/kind; json parse error: "
const YAML_TYPE = 'application/yaml'

/** UTF-8 bytes of a string, without making them. */
function byteLength(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c < 0x80) continue
    bytes += c < 0x800 ? 1 : c >= 0xd800 && c < 0xe000 ? 1 : 2
  }
  return bytes
}

/** @throws RequestEntityTooLarge */
export function checkSize(text: string): void {
  if (text.length > MAX_BODY / 3 && byteLength(text) > MAX_BODY) {
    throw tooLarge(`Request entity too large: limit is ${MAX_BODY}`)
  }
}

export const mediaType = (header: string | undefined): string => (header ?? '').split(';')[0]!.trim().toLowerCase()

/** @throws UnsupportedMediaType, RequestEntityTooLarge, JsonError */
export function readDocument(text: string, contentType: string | undefined): JsonDocument {
  const type = mediaType(contentType) || JSON_TYPE
  checkSize(text)
  if (type === JSON_TYPE) return readJson(text)
  if (type === YAML_TYPE) return readYaml(text)
  throw unsupportedMediaType(
    'the body of the request was in an unknown format - accepted media types include: application/json, application/yaml, application/vnd.kubernetes.protobuf',
  )
}

export interface Decoding {
  validation: FieldValidation
  warn(text: string): void
  /** Other versions that count as the same. */
  alsoAs?: readonly string[]
  /** The registry of kinds, to recognize a body of another kind. */
  registry: Registry
}

/** Of a custom resource that is called something else than its kind. */
function otherKind({ kind, group }: KindDef, value: Record<string, unknown>, given: string): StatusError {
  const { name } = (value.metadata ?? {}) as { name?: unknown }
  const why = `must be ${kind}`
  return invalidObject(given, group, typeof name === 'string' ? name : '', [invalid('kind', given, why)])
}

/** The body of a create or update. @throws BadRequest in the server's words */
export function decodeBody(
  kind: KindDef,
  text: string,
  contentType: string | undefined,
  { validation, warn, registry, alsoAs = [] }: Decoding,
): Draft {
  let document: JsonDocument
  try {
    document = readDocument(text, contentType)
  } catch (error) {
    if (error instanceof JsonError) {
      const asJson = (mediaType(contentType) || JSON_TYPE) === JSON_TYPE
      throw unrecognized(kind, asJson ? `${NO_KIND}${error.message}` : error.message, text)
    }
    throw error
  }
  document = { ...document, value: document.value ?? {} }
  const value = document.value as Record<string, unknown>
  const fault = typeFault(value)
  if (fault) throw unrecognized(kind, `${NO_KIND}json: cannot unmarshal ${fault}`, text)
  const expected = apiVersionOf(kind)
  const given = { apiVersion: value.apiVersion || expected, kind: value.kind || kind.kind } as {
    apiVersion: string
    kind: string
  }
  if (given.apiVersion.split('/').length > 2)
    throw unrecognized(kind, `unexpected GroupVersion string: ${given.apiVersion}`, text)
  const version = given.apiVersion.split('/').at(-1)!
  const cannot = (why: string): StatusError =>
    badRequest(`${given.kind} in version "${version}" cannot be handled as a ${kind.kind}: ${why}`)
  // Any kind is read by what is made for all of them, and told apart when it is checked.
  if (kind.custom && given.apiVersion === expected && given.kind !== kind.kind) throw otherKind(kind, value, given.kind)
  refuseOther(kind, given, { registry, alsoAs }, cannot)
  const deep = document.depth > KEPT_DEPTH
  try {
    const { object, faults } = decodeObject(kind, document)
    // What is nested so deeply is nearly always an unknown field, and those have been dropped.
    if (deep && isTooDeep(object)) throw cannot(TOO_DEEP)
    object.apiVersion = expected
    object.kind = kind.kind
    const repeated = document.repeated ?? []
    const again = repeated.length ? [`${ALREADY_SET}${repeated.join('\n  ')}`] : []
    const strict = [...again, ...faults.map(faultText)]
    if (strict.length && validation === 'Strict') throw cannot(`strict decoding error: ${strict.join(', ')}`)
    if (validation === 'Warn') for (const fault of [...repeated, ...faults.map(faultText)]) warn(fault)
    return object
  } catch (error) {
    if (error instanceof DecodeError) throw cannot(error.message)
    if (deep && error instanceof RangeError) throw cannot(TOO_DEEP)
    throw error
  }
}

/** What a parser of YAML says before the lines. */
export const ALREADY_SET = 'yaml: unmarshal errors:\n  '

export const TOO_DEEP = `not simulated: values of more than ${KEPT_DEPTH} levels`

const unrecognized = (kind: KindDef, why: string, text: string): StatusError =>
  badRequest(`the object provided is unrecognized (must be of type ${kind.kind}): ${why} (${summary(text)})`)

/** The first bytes of a body: as they are when it may be JSON, else as numbers. */
function summary(text: string): string {
  if (!text) return '<empty>'
  const bytes = new TextEncoder().encode(text.slice(0, 31))
  const first = bytes.subarray(0, 30)
  const shown =
    text[0] === '{' ? new TextDecoder().decode(first) : [...first].map(b => b.toString(16).padStart(2, '0')).join('')
  return bytes.length > 30 ? `${shown} ...` : shown
}
