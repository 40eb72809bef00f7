/** A request's body: its media type, size and depth; JSON or YAML into a value; a value into an object of a kind. */
import { DecodeError, decodeObject, type Fault, faultText, typeOf } from '../api/decode.ts'
import { isObject } from '../api/json.ts'
import type { Draft, KindDef } from '../api/kind.ts'
import { apiVersionOf } from '../api/kind.ts'
import type { Registry } from '../api/registry.ts'
import { badRequest, StatusError, tooLarge, unsupportedMediaType } from '../api/status.ts'
import { refuseOther, typeFault } from './body-kind.ts'
import { isTooDeep, type JsonDocument, JsonError, KEPT_DEPTH, readJson } from './json-reader.ts'
import { readYaml } from './yaml.ts'

export const MAX_BODY = 3 * 1024 * 1024

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore'

const JSON_TYPE = 'application/json'
const NO_KIND = "couldn't get version/kind; json parse error: "
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
  /** Whether it is an applied configuration, which says only what it says. */
  applied?: boolean
  /** Other versions that count as the same: options are registered in every one. */
  alsoAs?: readonly string[] | 'any'
  /** What else there is that the body might be. */
  registry: Registry
}

/** The body of a create or update. @throws BadRequest in the server's words */
export function decodeBody(
  kind: KindDef,
  text: string,
  contentType: string | undefined,
  { validation, warn, applied, registry, alsoAs = [] }: Decoding,
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
  refuseOther(kind, given, { registry, alsoAs }, cannot)
  const deep = document.depth > KEPT_DEPTH
  try {
    const { object, faults } = decodeObject(kind, document)
    // Mostly what goes so deep is what nobody knows, and it has been dropped.
    if (deep && isTooDeep(object)) throw cannot(TOO_DEEP)
    object.apiVersion = expected
    object.kind = kind.kind
    const again = document.repeated?.length ? [`${ALREADY_SET}${document.repeated.join('\n  ')}`] : []
    if (applied) {
      refuseUnowned(kind, value, faults)
      const twice = again[0] ?? (document.keys.size ? `${ALREADY_SET}${repeatedInJson(document)}` : undefined)
      if (twice && validation === 'Strict') throw badRequest(`error strict decoding YAML: ${CONVERTING}${twice}`)
      if (twice && validation === 'Warn') warn(`${CONVERTING}${twice}`)
      return onlyGiven(object, value)
    }
    const strict = [...again, ...faults.map(faultText)]
    if (strict.length && validation === 'Strict') throw cannot(`strict decoding error: ${strict.join(', ')}`)
    if (validation === 'Warn') for (const fault of strict) warn(fault)
    return object
  } catch (error) {
    if (error instanceof DecodeError) throw cannot(error.message)
    if (deep && error instanceof RangeError) throw cannot(TOO_DEEP)
    throw error
  }
}

/** Nothing counts as an empty text. */
const isText = (value: unknown): boolean => typeof value === 'string' || value === null
const GO_WORDS: Readonly<Record<string, string>> = { boolean: 'bool', number: 'number', object: 'object' }

const ALREADY_SET = 'yaml: unmarshal errors:\n  '
const CONVERTING = 'error converting YAML to JSON: '

/** JSON that is read as YAML is one line. */
function repeatedInJson({ keys }: JsonDocument): string {
  const again = [...keys.values()].flatMap(all => all.filter((key, i) => all.indexOf(key) < i))
  return again.map(key => `line 1: key ${JSON.stringify(key)} already set in map`).join('\n  ')
}

/** What nobody knows has no owner, so it cannot be applied. @throws InternalError, though it is the client's mistake */
function refuseUnowned(kind: KindDef, value: Record<string, unknown>, faults: readonly Fault[]): void {
  const paths = faults
    .filter(({ what }) => what === 'unknown')
    .map(({ path }) => `${ownedPath(kind, value, path)}: field not declared in schema`)
  if (!paths.length) return
  const { namespace = '', name = '' } = (value.metadata ?? {}) as { namespace?: string; name?: string }
  const what = `${namespace}/${name}; ${kind.group}/${kind.version}, Kind=${kind.kind}`
  const why = paths.length > 1 ? `errors:\n  ${paths.join('\n  ')}` : paths[0]!
  throw new StatusError(500, '', `failed to create typed patch object (${what}): ${why}`)
}

/** Items of lists that have keys are called by these. */
function ownedPath(kind: KindDef, value: unknown, path: string): string {
  let at: unknown = value
  let type = typeOf(kind)
  return path.split('.').reduce((text, step) => {
    const [, name = step, index] = /^(.*?)(?:\[(\d+)\])?$/.exec(step) ?? []
    const field = type?.fields.get(name)
    at = isObject(at) ? at[name] : undefined
    const of = field?.type.is === 'list' ? field.type.of : field?.type
    type = of?.is === 'object' ? of.type : undefined
    if (index === undefined) return `${text}.${name}`
    at = Array.isArray(at) ? at[Number(index)] : undefined
    const key = field?.merge?.key
    const called = key && isObject(at) ? at[key] : undefined
    return `${text}.${name}[${called === undefined ? index : `${key}=${JSON.stringify(called)}`}]`
  }, '')
}

export const TOO_DEEP = `not simulated: values of more than ${KEPT_DEPTH} levels`

/** Without what decoding adds to every object: an applied configuration says only what it says. */
function onlyGiven(decoded: unknown, given: unknown): Draft {
  if (Array.isArray(decoded) && Array.isArray(given)) return decoded.map((item, i) => onlyGiven(item, given[i]))
  if (!isObject(decoded) || !isObject(given)) return decoded
  return Object.fromEntries(
    Object.entries(decoded).flatMap(([key, value]) =>
      Object.hasOwn(given, key) ? [[key, onlyGiven(value, given[key])]] : [],
    ),
  )
}

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
