/**
 * Objects made of nothing but the schema, for every kind that can be created: the server takes them, and then gives back
 * what it took however often it is read, or it refuses them, naming fields that exist. It never breaks.
 * OBJECT_RUNS=… asks for more of them.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Draft, KindDef } from '../kind.ts'
import { decodeObject, typeOf } from '../requests/decode.ts'
import { fieldAt } from '../schema/testing.ts'
import { StatusError } from '../status.ts'
import { testServer } from '../testing.ts'
import { kinds } from './index.ts'
import { objectOf } from './testing.ts'

const RUNS = Number(process.env.OBJECT_RUNS ?? 12)
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
      fc.property(objectOf(typeOf(kind)!), content => {
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
