/**
 * From an untyped object to a typed one as Go's converter goes, which strategic merges and server-side applies use instead of a decoder of JSON: field
 * by field in the order of the struct, until the first that does not fit. Numbers that are too big lose what is too much.
 */
import { encodeBytes } from '../kinds/base64.ts'
import { DecodeError, decodeAlone, type Fault, itemType } from './decode.ts'
import { isUnion, type ObjectType, type Scalar, type Type } from './index.ts'

type Record_ = Record<string, unknown>

export interface Typed {
  value: Record_
  /** Fields that nobody knows, by the alphabet. The keys of maps are not part of their paths. */
  faults: Fault[]
}

/** @throws DecodeError */
export function fromUnstructured(type: ObjectType, value: Record_): Typed {
  const unknown: string[] = []
  const typed = struct(type, value, { path: '', goType: type.goName, unknown })
  return { value: typed, faults: unknown.sort().map(path => ({ what: 'unknown', path })) }
}

interface Place {
  path: string
  /** As messages call the type here. */
  goType: string
  unknown: string[]
}

/** What Go's reflection calls what has been read. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'slice'
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? 'int64' : 'float64'
  return typeof value === 'object' ? 'map' : typeof value === 'boolean' ? 'bool' : typeof value
}

const cannotRestore = (what: string, value: unknown): DecodeError =>
  new DecodeError(`cannot restore ${what} ${kindOf(value)}`)
const unrecognized = (goKind: string): DecodeError => new DecodeError(`unrecognized type: ${goKind}`)

function convert(type: Type, value: unknown, place: Place): unknown {
  if (value === null || value === undefined) return value
  switch (type.is) {
    case 'list':
      if (!Array.isArray(value)) throw cannotRestore('slice from', value)
      return value.map((item, i) =>
        convert(type.of, item, {
          ...place,
          path: `${place.path}[${i}]`,
          goType: itemType('[]', place.goType, type.of),
        }),
      )
    case 'map': {
      if (kindOf(value) !== 'map') throw cannotRestore('map from', value)
      const goType = itemType('map[string]', place.goType, type.of)
      const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
      return Object.fromEntries(entries.map(([key, item]) => [key, convert(type.of, item, { ...place, goType })]))
    }
    case 'object':
      if (isUnion(type.type)) return decodeAlone(type, value)
      if (kindOf(value) !== 'map') throw cannotRestore('struct from:', value)
      return struct(type.type, value as Record_, place)
    default:
      return SCALARS[type.is](value, place.goType)
  }
}

function struct(type: ObjectType, value: Record_, place: Place): Record_ {
  const at = (key: string): string => (place.path ? `${place.path}.${key}` : key)
  const converted = new Map<string, unknown>()
  for (const { name, type: own, goType } of type.fields.values()) {
    if (Object.hasOwn(value, name)) converted.set(name, convert(own, value[name], { ...place, path: at(name), goType }))
  }
  // In the order of the document, which is that in which what is decoded next complains.
  const kept: [string, unknown][] = []
  for (const key of Object.keys(value)) {
    if (converted.has(key)) kept.push([key, converted.get(key)])
    else place.unknown.push(at(key))
  }
  return Object.fromEntries(kept)
}

/** Numbers are turned into each other, and into nothing else. */
const integer =
  (goKind: 'int32' | 'int64' | 'uint8'): Convert =>
  (value, goType) => {
    if (typeof value !== 'number') throw unrecognized(goKind)
    if (!Number.isInteger(value)) throw new DecodeError(`cannot convert float64 to ${goType}`)
    return goKind === 'int32' ? value | 0 : value
  }

/** Types with a decoder of their own read the value alone, as JSON. */
const alone =
  (is: Scalar): Convert =>
  value =>
    decodeAlone({ is }, value)

type Convert = (value: unknown, goType: string) => unknown
const SCALARS: Record<Scalar, Convert> = {
  string(value, goType) {
    if (typeof value === 'string') return value
    // Go can make a text of a whole number, though JSON cannot.
    throw kindOf(value) === 'int64' ? new DecodeError(`cannot convert int64 to ${goType}`) : unrecognized('string')
  },
  boolean(value) {
    if (typeof value === 'boolean') return value
    throw unrecognized('bool')
  },
  int32: integer('int32'),
  int64: integer('int64'),
  double(value) {
    if (typeof value === 'number') return value
    throw unrecognized('float64')
  },
  bytes(value) {
    if (Array.isArray(value)) return encodeBytes(value.map(item => (integer('uint8')(item, 'uint8') as number) & 255))
    if (typeof value !== 'string') throw cannotRestore('slice from', value)
    try {
      return decodeAlone({ is: 'bytes' }, value)
    } catch (error) {
      throw error instanceof DecodeError ? new DecodeError(`error decoding from json: ${error.message}`) : error
    }
  },
  quantity: alone('quantity'),
  intOrString: alone('intOrString'),
  time: alone('time'),
  microTime: alone('microTime'),
  any: value => value,
}
