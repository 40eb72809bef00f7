/** Decodes the body of a PATCH, with the errors of the Go decoder that each patch type has. */

import { isObject } from '../../api/formats/json.ts'
import { type JsonDocument, JsonError, KEPT_DEPTH, readJson } from '../../api/formats/json-reader.ts'
import { DecodeError, type Fault, faultText, repeatedIn } from '../../api/requests/decode.ts'
import { decode } from '../../api/schema/decode.ts'
import type { Field, ObjectType, Type } from '../../api/schema/index.ts'
import { badRequest } from '../../api/status.ts'
import { type FieldValidation, TOO_DEEP } from './body.ts'
import { goKind } from './body-kind.ts'

export type PatchForm = 'json' | 'merge' | 'strategic'

export interface PatchBody {
  value: unknown
  /** What strict validation finds in the patch itself. */
  faults: readonly string[]
}

/** @throws BadRequest */
export function readPatch(text: string, form: PatchForm, validation: FieldValidation): PatchBody {
  // Without field validation the patch is parsed by the library that applies it, with errors of its own.
  const isPlain = validation === 'Ignore'
  const fault = (why: string): Error => {
    if (form === 'merge' && isPlain) return badRequest('Invalid JSON Patch')
    return badRequest(form === 'strategic' || isPlain ? why : `error decoding patch: ${why}`)
  }
  const document = parse(text, fault)
  const { value } = document
  if (form === 'json') {
    const names = isPlain ? ['jsonpatch.Patch', 'jsonpatch.Operation'] : ['[]handlers.jsonPatchOp', OPERATION.goName]
    const items = listOf(value, names[0]!, fault)
    for (const item of items) if (item !== null && !isObject(item)) throw fault(cannot(item, names[1]!))
    return { value: items, faults: isPlain ? [] : faultsOf(items, document, fault) }
  }
  // Without validation a JSON array passes as a merge patch; it replaces the object.
  const isWhole = form === 'merge' && isPlain && Array.isArray(value)
  if (value !== null && !isObject(value) && !isWhole) throw fault(cannot(value, 'map[string]interface {}'))
  if (value === null && form === 'merge') throw badRequest('Invalid JSON Patch')
  return { value: value ?? {}, faults: [...repeatedIn(value, document.keys, '')].map(faultText) }
}

function parse(text: string, fault: (why: string) => Error): JsonDocument {
  try {
    const document = readJson(text)
    if (document.depth > KEPT_DEPTH) throw badRequest(TOO_DEEP)
    return document
  } catch (error) {
    if (error instanceof JsonError) throw fault(error.message)
    throw error
  }
}

const cannot = (value: unknown, goName: string): string =>
  `json: cannot unmarshal ${goKind(value)} into Go value of type ${goName}`

function listOf(value: unknown, goName: string, fault: (why: string) => Error): unknown[] {
  if (value === null) return []
  if (!Array.isArray(value)) throw fault(cannot(value, goName))
  return value
}

const fieldOf = (name: string, type: Type): [string, Field] => [
  name,
  { name, type, goType: 'string', required: false, pointer: false, always: false, omitEmpty: false, retainKeys: false },
]
/** An operation of a JSON patch, as a validating server reads it. */
const OPERATION: ObjectType = {
  id: '',
  name: 'jsonPatchOp',
  goName: 'handlers.jsonPatchOp',
  fields: new Map([
    ...['op', 'from', 'path'].map(name => fieldOf(name, { is: 'string' })),
    fieldOf('value', { is: 'any' }),
  ]),
}

function faultsOf(items: readonly unknown[], { keys }: JsonDocument, fault: (why: string) => Error): string[] {
  const found: string[] = []
  for (const [i, item] of items.entries()) {
    if (!isObject(item)) continue
    try {
      const own = decode(OPERATION, item, keys).faults.map(
        ({ what, path }): Fault => ({ what, path: `[${i}].${path}` }),
      )
      const within = repeatedIn(item.value, keys, `[${i}].value`)
      found.push(...[...own, ...within].map(one => `json patch ${faultText(one)}`))
    } catch (error) {
      if (error instanceof DecodeError) throw fault(error.message)
      throw error
    }
  }
  return found
}
