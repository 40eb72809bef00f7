/**
 * From a client's JSON to an object as Kubernetes holds it: unknown fields reported and dropped, wrong types refused in
 * Go's words, amounts and empty fields written the one way there is.
 */
import { base64Fault, readBase64 } from '../formats/go-base64.ts'
import { encodeBytes } from '../kinds/base64.ts'
import { parseQuantity, QuantityError } from '../resources/quantity.ts'
import { embeddedIn } from './embedded.ts'
import { readMicroTime, readTime } from './go-time.ts'
import { type Field, goTypeOf, heldBy, isUnion, type ObjectType, type Scalar, type Type } from './index.ts'
import { noteEmpty } from './left-empty.ts'

export interface Decoded {
  object: Record<string, unknown>
  /** In the order of the document. */
  faults: Fault[]
}

/** What strict validation refuses: a field that nobody knows, or one that comes more than once. */
export interface Fault {
  what: 'unknown' | 'duplicate'
  path: string
}

export const faultText = ({ what, path }: Fault): string => `${what} field ${JSON.stringify(path)}`

/** What Go's decoder says first of a value that can't be held; the caller knows what was to be decoded. */
export class DecodeError extends Error {}

/** Objects of the document in which a key came more than once, with all keys as they came. */
export type Repeated = ReadonlyMap<object, readonly string[]>

/** Numbers as they were written, by the object or list that holds them and their place there. */
export type Literals = ReadonlyMap<object, ReadonlyMap<string, string>>

interface Walk {
  faults: Fault[]
  repeated: Repeated | undefined
  literals: Literals | undefined
  failure?: string
}

/** @throws DecodeError */
export function decode(type: ObjectType, value: unknown, repeated?: Repeated, literals?: Literals): Decoded {
  const walk: Walk = {
    faults: [],
    repeated: repeated?.size ? repeated : undefined,
    literals: literals?.size ? literals : undefined,
  }
  if (!isRecord(value)) throw new DecodeError(mismatch(value, `Go value of type ${type.goName}`))
  const object = decodeObject(type, value, walk, '', '') ?? {}
  if (walk.failure !== undefined) throw new DecodeError(walk.failure)
  return { object, faults: walk.faults }
}

type Record_ = Record<string, unknown>
const isRecord = (value: unknown): value is Record_ =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const MAX_FAULTS = 100

function report(walk: Walk, what: Fault['what'], path: string): void {
  if (walk.faults.length < MAX_FAULTS) walk.faults.push({ what, path })
}

/** The keys of an object in the order of the document; one that comes again is reported there. */
function keysOf(value: Record_, walk: Walk, path: string): Iterable<string> {
  const all = walk.repeated?.get(value)
  return all ? firstOf(all, walk, path) : Object.keys(value)
}

function* firstOf(keys: readonly string[], walk: Walk, path: string): Iterable<string> {
  const seen = new Set<string>()
  for (const key of keys) {
    if (seen.has(key)) report(walk, 'duplicate', join(path, key))
    else yield key
    seen.add(key)
  }
}

/** @param path with indexes, for strict errors; goPath: names alone, for type errors */
function decodeObject(type: ObjectType, value: Record_, walk: Walk, path: string, goPath: string): Record_ {
  const object: Record_ = {}
  const inGo = embeddedIn(type.id)
  for (const key of keysOf(value, walk, path)) {
    const field = type.fields.get(key)
    if (!field) {
      if (type.preserveUnknown) object[key] = value[key]
      else report(walk, 'unknown', join(path, key))
      continue
    }
    const where: Where = {
      owner: type,
      path: join(path, key),
      goPath: join(goPath, inGo?.(key) ?? key),
      goType: field.goType,
      literal: walk.literals?.get(value)?.get(key),
    }
    const decoded = decodeValue(field.type, value[key], walk, where)
    if (decoded === undefined) continue
    const isEmpty = isZero(decoded)
    if (isEmpty && typeof decoded === 'object' && !STRUCTS.has(field.type.is)) {
      noteEmpty(object, key, decoded)
      // Protobuf, in which such objects are kept, knows no empty lists and maps.
      if (!isKeptAsJson(type) && !field.pointer) continue
    }
    if (!isEmpty || !omitsZero(field)) object[key] = decoded
  }
  addAlways(type, object)
  return object
}

const isKeptAsJson = ({ id }: ObjectType): boolean => /^api(?:extensions|registration)\//.test(id)

/** What is a struct in Go is never empty: `maxUnavailable: 0` says something. */
const STRUCTS = new Set<Type['is']>(['object', 'any', 'intOrString'])

/** A zero that says nothing is not kept: `hostNetwork: false`, `nodeName: ""`, `labels: {}`. */
const omitsZero = ({ required, pointer, always, omitEmpty, type }: Field): boolean =>
  !STRUCTS.has(type.is) && (omitEmpty || !(required || pointer || always))

function isZero(value: unknown): boolean {
  if (value === '' || value === 0 || value === false) return true
  if (Array.isArray(value)) return value.length === 0
  return isRecord(value) && Object.keys(value).length === 0
}

const ZERO: Partial<Record<Type['is'], unknown>> = {
  string: '',
  int32: 0,
  int64: 0,
  double: 0,
  boolean: false,
  intOrString: 0,
  quantity: '0',
  bytes: '',
}

/** Fields that are always written, with the zero of their type. */
function addAlways(type: ObjectType, object: Record_): void {
  for (const field of alwaysOf(type)) {
    if (field.name in object) continue
    if (field.pointer) object[field.name] = null
    else if (field.type.is === 'object') {
      // A type that holds itself (a JSON schema) has no zero of its own.
      object[field.name] = zeroObject(field.type.type)
    } else object[field.name] = ZERO[field.type.is] ?? null
  }
}

const isAlways = (f: Field): boolean => f.always || (f.required && !f.omitEmpty && !f.pointer)

const always = new WeakMap<ObjectType, Field[]>()
function alwaysOf(type: ObjectType): Field[] {
  let list = always.get(type)
  if (!list) {
    list = [...type.fields.values()].filter(f => isAlways(f) && f.name !== 'apiVersion' && f.name !== 'kind')
    always.set(type, list)
  }
  return list
}

function zeroObject(type: ObjectType): Record_ {
  const object: Record_ = {}
  addAlways(type, object)
  return object
}

interface Where {
  /** The struct that holds it; undefined for a value of its own. */
  owner: ObjectType | undefined
  path: string
  goPath: string
  goType: string
  /** How a number was written, where that is not how it is written here. */
  literal?: string | undefined
}

const join = (path: string, key: string): string => (path ? `${path}.${key}` : key)

const KIND_OF: Record<string, string> = { string: 'string', number: 'number', boolean: 'bool' }
const jsonKind = (value: unknown): string => (Array.isArray(value) ? 'array' : (KIND_OF[typeof value] ?? 'object'))

const mismatch = (value: unknown, into: string, exact?: 'number'): string =>
  `json: cannot unmarshal ${exact ? `${exact} ${value}` : jsonKind(value)} into ${into}`

/** Go reports the first mistake and goes on. */
function refuse(walk: Walk, value: unknown, { owner, goPath }: Where, goType: string, exact?: 'number'): undefined {
  const into = owner ? `Go struct field ${owner.name}.${goPath} of type ${goType}` : `Go value of type ${goType}`
  walk.failure ??= mismatch(value, into, exact)
  return undefined
}

/** A value by itself, as a type of Go with a decoder of its own reads it. @throws DecodeError */
export function decodeAlone(type: Type, value: unknown): unknown {
  const walk: Walk = { faults: [], repeated: undefined, literals: undefined }
  const decoded = decodeValue(type, value, walk, { owner: undefined, path: '', goPath: '', goType: goTypeOf(type) })
  if (walk.failure !== undefined) throw new DecodeError(walk.failure)
  return decoded
}

/** How Go calls the type of what a list or map holds, whose own name may hide it. */
export const itemType = (holder: '[]' | 'map[string]', goType: string, of: Type): string =>
  goType.startsWith(holder) ? goType.slice(holder.length) : goTypeOf(of)

function decodeValue(type: Type, value: unknown, walk: Walk, where: Where): unknown {
  // In Go, null leaves a field as it is: empty.
  if (value === null || value === undefined) return type.is === 'any' ? (value ?? undefined) : undefined
  switch (type.is) {
    case 'list': {
      if (!Array.isArray(value)) return refuse(walk, value, where, where.goType)
      const item = { ...where, goType: itemType('[]', where.goType, type.of) }
      return value.map((entry, i) => {
        const literal = walk.literals?.get(value)?.get(String(i))
        const decoded = decodeValue(type.of, entry, walk, { ...item, path: `${where.path}[${i}]`, literal })
        return decoded === undefined ? zeroOf(type.of) : decoded
      })
    }
    case 'map': {
      if (!isRecord(value)) return refuse(walk, value, where, where.goType)
      const map: Record_ = {}
      const goType = itemType('map[string]', where.goType, type.of)
      for (const key of keysOf(value, walk, where.path)) {
        const decoded = decodeValue(type.of, value[key], walk, { ...where, path: `${where.path}.${key}`, goType })
        set(map, key, decoded === undefined ? zeroOf(type.of) : decoded)
      }
      return map
    }
    case 'object':
      if (isUnion(type.type)) return decodeUnion(type.type, value, walk, where)
      if (!isRecord(value)) return refuse(walk, value, where, type.type.goName)
      return decodeObject(type.type, value, walk, where.path, where.goPath)
    default:
      return SCALARS[type.is](value, walk, where)
  }
}

/** A union's own decoder is not strict, and only the one with a truth minds what it cannot be. */
function decodeUnion(union: ObjectType, value: unknown, walk: Walk, where: Where): unknown {
  const schema = heldBy(union)
  const within: Walk = { ...walk, faults: [] }
  const hold = (): unknown => {
    if (isRecord(value)) return decodeObject(schema, value, within, where.path, where.goPath)
    if (union.name.endsWith('OrBool')) {
      if (typeof value === 'boolean') return value
      within.failure ??= 'boolean or JSON schema expected'
    } else if (Array.isArray(value)) {
      const of: Type = union.name.endsWith('StringArray') ? { is: 'string' } : { is: 'object', type: schema }
      return value.map(item => decodeValue(of, item, within, where))
    }
    return undefined
  }
  const held = hold()
  if (within.failure !== undefined) walk.failure ??= within.failure
  return held
}

function set(map: Record_, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true })
  else map[key] = value
}

const zeroOf = (type: Type): unknown => (type.is === 'object' ? zeroObject(type.type) : (ZERO[type.is] ?? null))

type ScalarDecoder = (value: unknown, walk: Walk, where: Where) => unknown

const integer =
  (min: number, max: number): ScalarDecoder =>
  (value, walk, where) => {
    if (typeof value !== 'number') return refuse(walk, value, where, where.goType)
    const { literal } = where
    // Go takes no other number than one that is written as whole.
    const isWhole = Number.isInteger(value) && (literal === undefined || /^-?\d+$/.test(literal))
    if (isWhole && value >= min && value <= max) return value
    return refuse(walk, literal ?? value, where, where.goType, 'number')
  }

const text: ScalarDecoder = (value, walk, where) =>
  typeof value === 'string' ? value : refuse(walk, value, where, where.goType)

const time =
  (read: typeof readTime): ScalarDecoder =>
  (value, walk, where) => {
    if (typeof value !== 'string') return refuse(walk, value, where, 'string')
    const { time, fault } = read(value)
    walk.failure ??= fault
    return time
  }

const SCALARS: Record<Scalar, ScalarDecoder> = {
  string: text,
  int32: integer(-2147483648, 2147483647),
  int64: integer(-Number.MAX_SAFE_INTEGER - 1, 2 ** 63),
  double: (value, walk, where) => (typeof value === 'number' ? value : refuse(walk, value, where, where.goType)),
  boolean: (value, walk, where) => (typeof value === 'boolean' ? value : refuse(walk, value, where, where.goType)),
  bytes(value, walk, where) {
    // Bytes may also come as numbers.
    if (Array.isArray(value))
      return encodeBytes(value.map(item => (integer(0, 255)(item, walk, { ...where, goType: 'uint8' }) ?? 0) as number))
    if (typeof value !== 'string') return refuse(walk, value, where, '[]uint8')
    const bytes = readBase64(value)
    if (bytes === undefined) walk.failure ??= base64Fault(value)
    return bytes
  },
  quantity(value, walk) {
    try {
      if (typeof value !== 'string' && typeof value !== 'number') return parseQuantity(JSON.stringify(value)).text
      return parseQuantity(value).text
    } catch (error) {
      if (!(error instanceof QuantityError)) throw error
      walk.failure ??= error.message
      return undefined
    }
  },
  intOrString(value, walk, where) {
    if (typeof value === 'string') return value
    return SCALARS.int32(value, walk, { ...where, goType: 'int32' })
  },
  time: time(readTime),
  microTime: time(readMicroTime),
  any: value => value,
}
