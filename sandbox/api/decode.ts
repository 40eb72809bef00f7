/** A parsed document as an object of a kind: types checked as Go would, unknown and duplicate fields told. */
import { isObject } from './json.ts'
import type { Draft, KindDef } from './kind.ts'
import { DecodeError, decode } from './schema/decode.ts'
import { schemaOf } from './schema/index.ts'

export { DecodeError } from './schema/decode.ts'

export interface Document {
  value: unknown
  /** For objects in which a key came more than once: all keys as they came. */
  keys: ReadonlyMap<object, readonly string[]>
}

/** @throws DecodeError */
export function decodeObject(kind: KindDef, document: Document, strict: boolean): { object: Draft; faults: string[] } {
  const type = schemaOf(kind)
  if (type) {
    const { object, strict: faults } = decode(type, document.value, strict ? document.keys : undefined)
    return { object, faults: strict ? faults : [] }
  }
  if (!isObject(document.value)) throw new DecodeError('not an object')
  return { object: document.value, faults: [] }
}
