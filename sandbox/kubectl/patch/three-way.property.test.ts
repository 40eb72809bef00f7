/**
 * The three-way patch of `kubectl apply`, applied by the server's strategic merge, against a slow and obvious reference:
 * what the manifest says holds; what it said last time and no longer says goes; all else stays. PATCH_RUNS=… asks for more.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clone } from '../../api/formats/json.ts'
import { deployment } from '../../api/kinds/deployment.ts'
import { pod } from '../../api/kinds/pod/index.ts'
import { mergePatch } from '../../api/patch/merge.ts'
import { strategicPatch } from '../../api/patch/strategic.ts'
import { typeOf } from '../../api/requests/decode.ts'
import { fromUnstructured } from '../../api/schema/unstructured.ts'
import { isRecord, type Obj } from '../objects.ts'
import { threeWayMergePatch, threeWayPatch } from './strategic-diff.ts'

const RUNS = Number(process.env.PATCH_RUNS ?? 150)
const TIMEOUT = 600_000

/** Which lists merge, and by what; '' is a list of words as a set. */
const KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  env: 'name',
  ports: 'containerPort',
  volumeMounts: 'mountPath',
  finalizers: '',
}

/** @param list the field that holds the lists, where they are some */
function reference(last: Obj, wanted: Obj, now: Obj, list?: string): Obj {
  const lists = [last, wanted, now].some(Array.isArray)
  const key = list === undefined ? undefined : KEYS[list]
  if (lists && key !== undefined) return merged(last ?? [], wanted, now ?? [], key, last !== undefined)
  if (isRecord(wanted) && isRecord(now)) {
    const result: Obj = {}
    const old = isRecord(last) ? last : {}
    for (const name of new Set([...Object.keys(now), ...Object.keys(wanted)])) {
      const value = reference(old[name], wanted[name], now[name], name)
      if (value !== undefined) result[name] = value
    }
    return result
  }
  if (wanted !== undefined) return wanted
  return last === undefined ? now : undefined
}

function merged(last: Obj[], wanted: Obj[] | undefined, now: Obj[], key: string, had: boolean): Obj[] | undefined {
  if (wanted === undefined) return had ? undefined : now.length ? now : undefined
  if (key === '') return [...new Set([...now.filter(x => wanted.includes(x) || !last.includes(x)), ...wanted])]
  const by = (items: Obj[], id: Obj): Obj => items.find(item => item[key] === id)
  const ids = new Set<Obj>([...now, ...wanted].map(item => item[key]))
  return [...ids].flatMap(id => {
    const [a, b, c] = [by(last, id), by(wanted, id), by(now, id)]
    if (b === undefined) return a === undefined ? [c] : []
    if (c !== undefined) return [reference(a, b, c)]
    return [now.length ? asPatched(a, b) : b]
  })
}

/** An entry that the server has lost is taken as it stands in the patch: what was to be deleted from its lists comes back by its key, on a real server too. */
function asPatched(last: Obj, wanted: Obj): Obj {
  const lists = Object.keys(wanted).filter(name => KEYS[name] && Array.isArray(last?.[name]))
  const deleted = (name: string): Obj[] =>
    last[name]
      .map((item: Obj) => item[KEYS[name]!])
      .filter((id: Obj) => wanted[name].every((item: Obj) => item[KEYS[name]!] !== id))
      .map((id: Obj) => ({ [KEYS[name]!]: id }))
  return { ...wanted, ...Object.fromEntries(lists.map(name => [name, [...wanted[name], ...deleted(name)]])) }
}

/** Lists that merge are compared by what is in them: their order is another matter. */
function inOrder(value: Obj, name = ''): Obj {
  if (Array.isArray(value)) {
    const items = value.map(item => inOrder(item))
    if (!value.length && KEYS[name] !== undefined) return undefined
    return KEYS[name] === undefined ? items : items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  }
  if (!isRecord(value)) return value
  const entries = Object.entries<Obj>(value).map(([key, child]) => [key, inOrder(child, key)] as const)
  return Object.fromEntries(entries.filter(([, child]) => child !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const labels = fc.dictionary(fc.constantFrom('app', 'tier'), fc.constantFrom('a', 'b'), { maxKeys: 2 })
const some = <T>(value: fc.Arbitrary<T>) => fc.array(value, { maxLength: 2 })
const unique = (item: fc.Arbitrary<Obj>, key: string) =>
  fc.uniqueArray(item, { maxLength: 3, minLength: 1, selector: (x: Obj) => x[key] })
const container = fc.record(
  {
    name: fc.constantFrom('a', 'b', 'c'),
    image: fc.constantFrom('nginx', 'redis'),
    command: some(fc.constantFrom('x', 'y')),
    env: unique(
      fc.record({ name: fc.constantFrom('A', 'B'), value: fc.constantFrom('1', '2') }, { requiredKeys: ['name'] }),
      'name',
    ),
    ports: unique(
      fc.record(
        { containerPort: fc.constantFrom(80, 81), name: fc.constantFrom('web', 'api') },
        { requiredKeys: ['containerPort'] },
      ),
      'containerPort',
    ),
    resources: fc.record({ limits: fc.dictionary(fc.constantFrom('cpu', 'memory'), fc.constantFrom('1', '2')) }),
  },
  { requiredKeys: ['name'] },
)
const podSpec = fc.record(
  {
    containers: unique(container, 'name'),
    nodeSelector: labels,
    hostNetwork: fc.boolean(),
    tolerations: some(fc.record({ key: fc.constantFrom('k', 'l') })),
  },
  { requiredKeys: ['containers'] },
)
const metadata = fc.record(
  {
    name: fc.constant('x'),
    labels,
    finalizers: fc.uniqueArray(fc.constantFrom('a/x', 'a/y', 'a/z'), { minLength: 1 }),
  },
  { requiredKeys: ['name'] },
)
const pods = fc.record({ metadata, spec: podSpec })
const deployments = fc.record({
  metadata,
  spec: fc.record({ replicas: fc.constantFrom(1, 2), template: pods }, { requiredKeys: ['template'] }),
})

describe.each([
  ['Pod', pod, pods],
  ['Deployment', deployment, deployments],
] as const)('the three-way patch of a %s', (name, kind, objects) => {
  const type = typeOf(kind)
  /** As the server does it: what has been merged is read as the kind, to which a null is nothing. */
  const apply = (last: Obj, wanted: Obj, now: Obj): Obj => {
    const merged = strategicPatch(type, clone(now), threeWayPatch(name, last, wanted, now))
    return JSON.parse(JSON.stringify(fromUnstructured(type!, merged).value, (_, value) => value ?? undefined))
  }

  it('comes to what the reference says', { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(objects, objects, objects, (last, wanted, now) => {
        expect(inOrder(apply(last, wanted, now))).toEqual(inOrder(reference(last, wanted, now)))
      }),
      { numRuns: RUNS, seed: 11 },
    )
  })

  it('changes nothing the second time', { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(objects, objects, objects, (last, wanted, now) => {
        const once = apply(last, wanted, now)
        expect(apply(wanted, wanted, once)).toEqual(once)
      }),
      { numRuns: RUNS, seed: 12 },
    )
  })
})

it('the three-way merge patch of a custom resource comes to what the reference says, lists being whole', {
  timeout: TIMEOUT,
}, () => {
  const value: fc.Arbitrary<Obj> = fc.letrec<{ any: Obj }>(tie => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(1, 'a', true),
      some(fc.constantFrom(1, 2)),
      fc.dictionary(fc.constantFrom('p', 'q', 'r'), tie('any'), { maxKeys: 3 }),
    ),
  })).any
  const objects = fc.record({ spec: fc.dictionary(fc.constantFrom('p', 'q', 'r'), value) })
  fc.assert(
    fc.property(objects, objects, objects, (last, wanted, now) => {
      const result = mergePatch(clone(now), threeWayMergePatch(last, wanted, now))
      expect(result).toEqual(reference(last, wanted, now))
    }),
    { numRuns: RUNS, seed: 13 },
  )
})
