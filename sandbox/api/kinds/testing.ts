/** Objects made of nothing but the schema, for tests: most have what is required, and now and then something else. */
import fc from 'fast-check'
import type { Field, ObjectType, Type } from '../schema/index.ts'

const MAX_DEPTH = 7

const words = fc.constantFrom(
  '',
  'a',
  'web-1',
  'Not Valid!',
  'app.example.com/name',
  '10.0.0.1',
  'Always',
  'x'.repeat(70),
)
const numbers = fc.constantFrom(-1, 0, 1, 80, 70_000, 2 ** 31 - 1)

function valueFor(type: Type, depth: number): fc.Arbitrary<unknown> {
  switch (type.is) {
    case 'object':
      return depth > MAX_DEPTH ? fc.constant({}) : objectOf(type.type, depth + 1)
    case 'list':
      return fc.array(valueFor(type.of, depth + 1), { maxLength: 2 })
    case 'map':
      return fc.dictionary(
        fc.constantFrom('a', 'cpu', 'app.example.com/x', 'Not Valid!'),
        valueFor(type.of, depth + 1),
        {
          maxKeys: 2,
        },
      )
    case 'int32':
    case 'int64':
      return numbers
    case 'double':
      return fc.double({ noNaN: true, noDefaultInfinity: true })
    case 'boolean':
      return fc.boolean()
    case 'bytes':
      return fc.constantFrom('', 'aGVsbG8=')
    case 'quantity':
      return fc.constantFrom('1', '500m', '-1', '64Mi', '0')
    case 'intOrString':
      return fc.oneof(numbers, fc.constantFrom('http', '50%', 'x y'))
    case 'time':
      return fc.constant('2026-01-05T09:00:00Z')
    case 'microTime':
      return fc.constant('2026-01-05T09:00:00.000000Z')
    case 'any':
      return fc.constantFrom({}, { a: 1 })
    default:
      return words
  }
}

/** A required field is there most of the time, others now and then. */
export function objectOf(type: ObjectType, depth = 0): fc.Arbitrary<Record<string, unknown>> {
  const entries = [...type.fields.values()].filter(
    f => !(depth === 0 && ['apiVersion', 'kind', 'metadata'].includes(f.name)),
  )
  const one = (f: Field): fc.Arbitrary<unknown> =>
    fc.option(valueFor(f.type, depth), { nil: undefined, freq: f.required || f.name === 'spec' ? 12 : 1 })
  return fc.record(Object.fromEntries(entries.map(f => [f.name, one(f)]))) as fc.Arbitrary<Record<string, unknown>>
}
