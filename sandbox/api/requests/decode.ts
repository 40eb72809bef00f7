/** A parsed document as an object of a kind: types checked as Go would, unknown and duplicate fields told. */

import { prune } from '../custom/structural.ts'
import { isObject } from '../formats/json.ts'
import type { Draft, KindDef } from '../kind.ts'
import { DecodeError, decode, type Fault, type Literals } from '../schema/decode.ts'
import { type Field, type ObjectType, schemaOf, typeNamed } from '../schema/index.ts'

export { DecodeError, type Fault, faultText } from '../schema/decode.ts'

export interface Document {
  value: unknown
  /** For objects in which a key came more than once: all keys as they came. */
  keys: ReadonlyMap<object, readonly string[]>
  /** Numbers that were written in a way of their own, by what holds them. */
  literals?: Literals
}

/** Custom kinds have a schema of another sort. */
export const typeOf = (kind: KindDef): ObjectType | undefined => (kind.custom ? undefined : schemaOf(kind))

/** @throws DecodeError */
export function decodeObject(kind: KindDef, document: Document): { object: Draft; faults: Fault[] } {
  if (kind.custom) return decodeCustom(kind, document)
  const type = typeOf(kind)
  if (type) {
    return decode(type, document.value, document.keys, document.literals)
  }
  if (!isObject(document.value)) throw new DecodeError('not an object')
  return { object: document.value, faults: [] }
}

const META = { is: 'object', type: typeNamed('meta/v1.ObjectMeta')! } as const

/** Metadata as everywhere; the rest by the structural schema, whose types are a matter of validation. */
function decodeCustom(kind: KindDef, { value, keys }: Document): { object: Draft; faults: Fault[] } {
  if (!isObject(value)) throw new DecodeError('not an object')
  const unknown: string[] = []
  const object = prune(kind.structural, value, unknown) as Draft
  const { metadata } = value
  const faults: Fault[] = keys.size ? [...repeatedIn(value, keys, '')] : []
  if (metadata !== undefined) {
    const decoded = decode(
      { id: '', name: kind.kind, goName: kind.kind, fields: new Map([['metadata', META_FIELD]]) },
      { metadata },
    )
    object.metadata = decoded.object.metadata
    faults.push(...decoded.faults)
  }
  return { object, faults: [...faults, ...unknown.sort().map(path => ({ what: 'unknown' as const, path }))] }
}

/** Keys that came again, wherever they are. */
export function* repeatedIn(value: unknown, keys: Document['keys'], path: string): Iterable<Fault> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) yield* repeatedIn(item, keys, `${path}[${i}]`)
  } else if (isObject(value)) {
    const at = (key: string): string => (path ? `${path}.${key}` : key)
    const all = keys.get(value) ?? []
    for (const [i, key] of all.entries()) if (all.indexOf(key) < i) yield { what: 'duplicate', path: at(key) }
    for (const key of Object.keys(value)) yield* repeatedIn(value[key], keys, at(key))
  }
}

const META_FIELD: Field = {
  name: 'metadata',
  type: META,
  required: false,
  pointer: false,
  always: true,
  omitEmpty: false,
  goType: 'v1.ObjectMeta',
  retainKeys: false,
}
