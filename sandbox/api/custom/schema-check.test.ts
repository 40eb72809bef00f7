/** Types and formats of values, in the words of the OpenAPI validator. */
import { expect, test } from 'vitest'
import { check } from './schema-check.ts'
import type { StructuralSchema } from './structural.ts'

const said = (schema: object, value: unknown) => check(schema as StructuralSchema, value, 'spec.a').map(e => e.body)

test('a value of another type is told of by the format that was wanted, where there is one', () => {
  const wrong = (given: string, wanted: string) => [
    `Invalid value: "${given}": spec.a in body must be of type ${wanted}: "${given}"`,
  ]
  expect(said({ type: 'string' }, 5)).toEqual(wrong('integer', 'string'))
  expect(said({ type: 'string', format: 'date-time' }, 5)).toEqual(wrong('int64', 'date-time'))
  expect(said({ type: 'string', format: 'date-time' }, 1.5)).toEqual(wrong('float64', 'date-time'))
  expect(said({ type: 'string', format: 'date-time' }, true)).toEqual(wrong('', 'date-time'))
  expect(said({ type: 'integer', format: 'int32' }, true)).toEqual(wrong('', 'int32'))
  expect(said({ type: 'integer', format: 'int32' }, 'x')).toEqual(wrong('string', 'integer'))
})

test('a format that the validator does not know, or that is of another type, changes nothing', () => {
  const wrong = 'Invalid value: "integer": spec.a in body must be of type string: "integer"'
  expect(said({ type: 'string', format: 'my-own' }, 5)).toEqual([wrong])
  expect(said({ type: 'string', format: 'int32' }, 5)).toEqual([wrong])
})

test('a list passes for a text that has a format', () => {
  expect(said({ type: 'string', format: 'date-time' }, [])).toEqual([])
  expect(said({ type: 'string' }, [])).toHaveLength(1)
})
