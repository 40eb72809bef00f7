/** A parsed document as an object of a kind: types checked as Go would, unknown and duplicate fields told. */
import { isObject } from './json.ts'
import type { Draft, KindDef } from './kind.ts'
import { DecodeError, decode } from './schema/decode.ts'
import { type ObjectType, schemaOf } from './schema/index.ts'

export { DecodeError } from './schema/decode.ts'

export interface Document {
  value: unknown
  /** For objects in which a key came more than once: all keys as they came. */
  keys: ReadonlyMap<object, readonly string[]>
}

/** Custom kinds bring their own type. */
export const typeOf = (kind: KindDef): ObjectType | undefined => kind.schema ?? schemaOf(kind)

/** @throws DecodeError */
export function decodeObject(kind: KindDef, document: Document): { object: Draft; faults: string[] } {
  const type = typeOf(kind)
  if (type) {
    const { object, strict } = decode(type, document.value, document.keys)
    return { object, faults: strict }
  }
  if (!isObject(document.value)) throw new DecodeError('not an object')
  return { object: document.value, faults: [] }
}
