/** Literals of Kubernetes' objects in CEL: `Object{spec: Object.spec{replicas: 1}}`, `JSONPatch{op: "add", …}`. */

import { of } from './library/implementing.ts'
import type { MakeObject } from './runtime/evaluate.ts'
import { CelError, isList, isMap, type MapValue, type Value } from './runtime/values.ts'
import type { Functions, ObjectTypes } from './types/declarations.ts'
import { readDeclarations } from './types/declarations.ts'
import { DYN, objectType, opaque, STRING, type Type } from './types/types.ts'

const OBJECT = 'Object'
const PATCH = 'JSONPatch'
export const OBJECT_TYPE = objectType(OBJECT)
export const PATCH_TYPE = objectType(PATCH)

const PATCH_FIELDS: ReadonlyMap<string, Type> = new Map([
  ['op', STRING],
  ['path', STRING],
  ['from', STRING],
  ['value', DYN],
])

/** Fields that a patch does not have are of a type that nothing is of. */
const NO_TYPE = opaque('')

/** `Object` and what is named after its fields may have any field. */
export const literalTypes: ObjectTypes = {
  fieldsOf(name) {
    if (name === PATCH) return { get: field => PATCH_FIELDS.get(field) ?? NO_TYPE }
    return name === OBJECT || name.startsWith(`${OBJECT}.`) ? { get: () => DYN } : undefined
  },
}

/** `jsonpatch.escapeKey(name)`: a name as a step of a JSON pointer. */
export const patchFunctions: Functions = readDeclarations(
  'jsonpatch.escapeKey jsonpatch_escapeKey_string (string) -> string',
  { jsonpatch_escapeKey_string: of((key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')) },
)

class Literal implements MapValue {
  readonly isMap = true
  readonly objectType: Type
  readonly fields: ReadonlyMap<string, Value>
  constructor(type: string, fields: ReadonlyMap<string, Value>) {
    this.objectType = objectType(type)
    this.fields = fields
  }
  get size(): number {
    return this.fields.size
  }
  get(key: Value): Value | undefined {
    return typeof key === 'string' ? this.fields.get(key) : undefined
  }
  keys(): Value[] {
    return [...this.fields.keys()]
  }
}

export const makeLiteral: MakeObject = (type, fields) => {
  if (type === PATCH) {
    const wrong = fields.find(([name, value]) => name !== 'value' && typeof value !== 'string')
    if (wrong) throw new CelError(`unexpected type ${goType(wrong[1])} for JSONPatchType '${wrong[0]}' field`)
  }
  return new Literal(type, new Map(fields))
}

function goType(value: Value): string {
  if (typeof value === 'bigint') return 'int64'
  if (typeof value === 'boolean') return 'bool'
  return typeof value === 'number' ? 'float64' : 'structpb.NullValue'
}

/** The type of a value that such a literal made. */
export const typeOfLiteral = (value: Value): string | undefined =>
  value instanceof Literal ? value.objectType.name : undefined

/** What is wrong with the types of literals within a literal: each is called as the field that it stands in. */
export function typeFaults(value: Value, path = typeOfLiteral(value) ?? ''): string[] {
  if (isList(value)) return value.flatMap(item => typeFaults(item, path))
  if (typeof value !== 'object' || value === null || !isMap(value)) return []
  const type = typeOfLiteral(value)
  const wanted = `expected ${JSON.stringify(path)}, which matches field name path from root Object type`
  const wrong = type !== undefined && type !== path ? [`unexpected type name ${JSON.stringify(type)}, ${wanted}`] : []
  const below = value.keys().flatMap(key => typeFaults(value.get(key)!, type === undefined ? path : `${path}.${key}`))
  return [...wrong, ...below]
}
