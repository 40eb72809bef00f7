/** Paths to fields of a schema, as rules and selectable fields name them: .spec.size, .spec['a.b'], .labels['x']. */
import { GO_ESCAPES } from '../formats/go-escapes.ts'
import { isObject } from '../formats/json.ts'
import type { StructuralSchema } from './structural.ts'

export type FieldPath = { path: string; schema: StructuralSchema } | { fault: string }

const NOT_VALID = 'does not refer to a valid field'
const ENDS = 'unexpected end of JSON path'
const ESCAPES: Readonly<Record<string, string>> = { ...GO_ESCAPES, "'": "'" }

const tokensOf = (text: string): string[] => text.match(/'(?:[^'\\]|\\.)*'?|[.[\]]|[^.[\]]+/gs) ?? []

/** @returns the path as errors show it, and the schema that it leads to */
export function fieldPath(text: string, root: StructuralSchema, arrays = true): FieldPath {
  const tokens = tokensOf(text)
  let path = ''
  let schema: StructuralSchema = root
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i++]!
    let name: string
    if (token === '.') {
      if (i >= tokens.length) return { fault: ENDS }
      name = tokens[i++]!
    } else if (token === '[') {
      if (!arrays) return { fault: 'array notation is not allowed' }
      if (i >= tokens.length) return { fault: ENDS }
      const quoted = tokens[i++]!
      if (!/^'.*'$/s.test(quoted)) return { fault: `expected single quoted string but got ${quoted}` }
      const odd = /\\([^abfnrtv'\\])/.exec(quoted)
      if (odd) return { fault: `invalid string literal: invalid escape char ${odd[0]}` }
      name = quoted.slice(1, -1).replace(/\\(.)/g, (_, c: string) => ESCAPES[c]!)
      if (i >= tokens.length) return { fault: ENDS }
      const close = tokens[i++]!
      if (close !== ']') return { fault: `expected ] but got ${close}` }
    } else return { fault: `expected [ or . but got: ${token}` }
    const { properties, additionalProperties } = schema
    if (properties) {
      const found = Object.hasOwn(properties, name) ? properties[name] : undefined
      if (!found) return { fault: NOT_VALID }
      path += path ? `.${name}` : name
      schema = found
    } else if (isObject(additionalProperties)) {
      path += `[${name}]`
      schema = additionalProperties as StructuralSchema
    } else return { fault: NOT_VALID }
  }
  return { path, schema }
}
