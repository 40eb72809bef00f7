/** A parsed document as an object of a kind: types checked as Go would, unknown and duplicate fields told. */

import { prune } from './custom/structural.ts'
import { isObject } from './json.ts'
import type { Draft, KindDef } from './kind.ts'
import { DecodeError, decode } from './schema/decode.ts'
import { type Field, type ObjectType, schemaOf, typeNamed } from './schema/index.ts'

export { DecodeError } from './schema/decode.ts'

export interface Document {
  value: unknown
  /** For objects in which a key came more than once: all keys as they came. */
  keys: ReadonlyMap<object, readonly string[]>
}

/** Custom kinds have a schema of another sort. */
export const typeOf = (kind: KindDef): ObjectType | undefined => (kind.custom ? undefined : schemaOf(kind))

/** @throws DecodeError */
export function decodeObject(kind: KindDef, document: Document): { object: Draft; faults: string[] } {
  if (kind.custom) return decodeCustom(kind, document)
  const type = typeOf(kind)
  if (type) {
    const { object, strict } = decode(type, document.value, document.keys)
    return { object, faults: strict }
  }
  if (!isObject(document.value)) throw new DecodeError('not an object')
  return { object: document.value, faults: [] }
}

const META = { is: 'object', type: typeNamed('meta/v1.ObjectMeta')! } as const

/** Metadata as everywhere; the rest by the structural schema, whose types are a matter of validation. */
function decodeCustom(kind: KindDef, { value }: Document): { object: Draft; faults: string[] } {
  if (!isObject(value)) throw new DecodeError('not an object')
  const unknown: string[] = []
  const object = prune(kind.structural, value, unknown) as Draft
  const { metadata } = value
  const faults: string[] = []
  if (metadata !== undefined) {
    const decoded = decode(
      { id: '', name: kind.kind, goName: kind.kind, fields: new Map([['metadata', META_FIELD]]) },
      { metadata },
    )
    object.metadata = decoded.object.metadata
    faults.push(...decoded.strict)
  }
  return { object, faults: [...faults, ...unknown.map(path => `unknown field ${JSON.stringify(path)}`)] }
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
