/**
 * Objects made of nothing but the schema, for every kind that can be created: the server takes them, and then gives back
 * what it took however often it is read, or it refuses them, naming fields that exist. It never breaks.
 * OBJECT_RUNS=… asks for more of them.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeObject, typeOf } from '../decode.ts'
import type { Draft, KindDef } from '../kind.ts'
import { type Field, fieldAt, type ObjectType, type Type } from '../schema/index.ts'
import { StatusError } from '../status.ts'
import { testServer } from '../testing.ts'
import { kinds } from './index.ts'

const RUNS = Number(process.env.OBJECT_RUNS ?? 12)
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
function objectOf(type: ObjectType, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const entries = [...type.fields.values()].filter(
    f => !(depth === 0 && ['apiVersion', 'kind', 'metadata'].includes(f.name)),
  )
  const one = (f: Field): fc.Arbitrary<unknown> =>
    fc.option(valueFor(f.type, depth), { nil: undefined, freq: f.required || f.name === 'spec' ? 12 : 1 })
  return fc.record(Object.fromEntries(entries.map(f => [f.name, one(f)]))) as fc.Arbitrary<Record<string, unknown>>
}

const creatable = kinds.filter(k => !k.verbs && typeOf(k))

/** Paths that Kubernetes writes although no field is called so. */
const FOREIGN = [
  /^<nil>/,
  /^spec\.resources\[storage\]$/,
  // The server keeps what all versions share in fields of its own.
  /^spec\.(?:version|validation|additionalPrinterColumns|selectableFields|conversion\.webhookClientConfig)/,
]

function exists(kind: KindDef, path: string): boolean {
  if (FOREIGN.some(p => p.test(path))) return true
  const type = typeOf(kind)!
  // Keys in brackets may hold dots; a list's index takes no step, a map's key does, and both may be left out at the end.
  const steps: string[] = []
  const held = path.replace(/\[([^\]]*)\]/g, (_all, key: string) =>
    /^\d+$/.test(key) ? '' : `.${key.replaceAll('.', '_')}`,
  )
  for (const step of held.split('.')) steps.push(step)
  return fieldAt(type, steps) !== undefined
}

const { server } = testServer(kinds, [])
let n = 0

describe('objects made of the schema', () => {
  it.each(creatable.map(k => [`${k.group}/${k.version} ${k.kind}`, k] as const))('%s', (_name, kind) => {
    fc.assert(
      fc.property(objectOf(typeOf(kind)!, 0), content => {
        const metadata = { name: `object-${n++}`, ...(kind.namespaced && { namespace: 'default' }) }
        const given = JSON.parse(JSON.stringify({ ...content, metadata })) as unknown
        const { object } = decodeObject(kind, { value: given, keys: new Map() })
        const draft: Draft = kind.stored ? kind.stored.toStored(object) : object
        try {
          const made = server.create(kind.stored?.as ?? kind, kind.namespaced ? 'default' : '', draft)
          const shown = JSON.parse(JSON.stringify(made)) as unknown
          const again = decodeObject(kind.stored?.as ?? kind, { value: shown, keys: new Map() })
          expect(again.faults).toEqual([])
          expect(JSON.parse(JSON.stringify(again.object))).toEqual(shown)
        } catch (error) {
          if (!(error instanceof StatusError)) throw error
          expect([400, 422]).toContain(error.code)
          const wrong = (error.status.details?.causes ?? []).filter(
            c => c.field && !exists(kind.stored?.as ?? kind, c.field),
          )
          expect(wrong).toEqual([])
        }
      }),
      { numRuns: RUNS, seed: 7 },
    )
  })
})
