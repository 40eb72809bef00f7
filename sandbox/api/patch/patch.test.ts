/** Patches agree with slow, obvious readings of their definitions. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clone, isObject } from '../formats/json.ts'
import { typeNamed } from '../schema/index.ts'
import { applyJsonPatch, applyOperations } from './json-patch.ts'
import { mergePatch } from './merge.ts'
import { strategicPatch } from './strategic.ts'

const podSpec = typeNamed('core/v1.PodSpec')

/** RFC 7396, as its pseudo code has it; in Kubernetes a list that replaces no object loses the nulls of its objects too. */
function reference(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return isObject(target) ? patch : pruned(patch)
  const result: Record<string, unknown> = isObject(target) ? { ...target } : {}
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete result[name]
    else result[name] = reference(result[name], value)
  }
  return result
}

function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned)
  return isObject(value) ? reference({}, value) : value
}

describe('merge patch', () => {
  it('is RFC 7396', () => {
    const value = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(value, value, (target, patch) => {
        expect(mergePatch(clone(target), patch)).toEqual(reference(target, patch))
      }),
    )
  })
})

describe('what has been patched', () => {
  const object = { kind: 'Pod', spec: { nodeName: 'b', containers: [{ name: 'a', image: 'x' }] }, data: { z: 1, a: 2 } }
  const shown = (value: unknown): string => JSON.stringify(value)

  it('has the keys of what a merge went into by the alphabet, and all else as it was', () => {
    expect(shown(mergePatch(object, { spec: { hostname: 'c' } }))).toBe(
      '{"data":{"z":1,"a":2},"kind":"Pod","spec":{"containers":[{"name":"a","image":"x"}],"hostname":"c","nodeName":"b"}}',
    )
    expect(shown(mergePatch(object, { spec: [{ b: 1, a: null }], data: null }))).toBe(
      '{"kind":"Pod","spec":[{"b":1,"a":null}]}',
    )
  })

  it('has the keys of what an operation went into by the alphabet, and all else as it was', () => {
    const operation = { op: 'replace', path: '/spec/containers/0/image', value: { b: 1, a: 2 } }
    expect(shown(applyJsonPatch(clone(object), [operation]))).toBe(
      '{"data":{"z":1,"a":2},"kind":"Pod","spec":{"containers":[{"image":{"b":1,"a":2},"name":"a"}],"nodeName":"b"}}',
    )
  })

  it('knows what an operation went into wherever later ones have put it', () => {
    const list = {
      items: [
        { z: 1, a: { d: 1, c: 2 } },
        { z: 2, a: 2 },
      ],
    }
    const patch = [
      { op: 'replace', path: '/items/0/z', value: 3 },
      { op: 'add', path: '/items/0', value: { y: 1, b: 2 } },
    ]
    expect(shown(applyJsonPatch(clone(list), patch))).toBe(
      '{"items":[{"y":1,"b":2},{"a":{"d":1,"c":2},"z":3},{"z":2,"a":2}]}',
    )
    const moved = [
      { op: 'test', path: '/items/0/a', value: { c: 2, d: 1 } },
      { op: 'copy', from: '/items/0', path: '/items/-' },
      { op: 'move', from: '/items/0', path: '/gone' },
    ]
    expect(shown(applyJsonPatch(clone(list), moved))).toBe(
      '{"gone":{"a":{"c":2,"d":1},"z":1},"items":[{"z":2,"a":2},{"a":{"c":2,"d":1},"z":1}]}',
    )
    expect(shown(applyJsonPatch({ b: { d: 1, c: 2 } }, [{ op: 'test', path: '', value: { b: { c: 2, d: 1 } } }]))).toBe(
      '{"b":{"c":2,"d":1}}',
    )
  })
})

describe('JSON patch', () => {
  it('counts from the end of a list where a place is negative', () => {
    const patched = (op: string, key: string): unknown => applyJsonPatch([1, 2, 3], [{ op, path: `/${key}`, value: 9 }])
    expect(patched('add', '-1')).toEqual([1, 2, 3, 9])
    expect(patched('add', '-2')).toEqual([1, 2, 9, 3])
    expect(patched('replace', '-1')).toEqual([1, 2, 9])
    expect(patched('remove', '-3')).toEqual([2, 3])
    expect(() => patched('remove', '-4')).toThrow('the server rejected our request')
  })

  it('adds, moves, copies, tests and removes', () => {
    const target = { a: { 'b/c': [1, 2] } }
    expect(
      applyJsonPatch(target, [
        { op: 'test', path: '/a/b~1c/0', value: 1 },
        { op: 'add', path: '/a/b~1c/1', value: 9 },
        { op: 'add', path: '/a/b~1c/-', value: 3 },
        { op: 'copy', from: '/a/b~1c', path: '/d' },
        { op: 'remove', path: '/d/0' },
        { op: 'move', from: '/a', path: '/e' },
      ]),
    ).toEqual({ d: [9, 2, 3], e: { 'b/c': [1, 9, 2, 3] } })
  })

  it('refuses what does not fit', () => {
    expect(() => applyJsonPatch({}, [{ op: 'remove', path: '/x' }])).toThrow(
      'the server rejected our request due to an error in our request',
    )
  })

  const misfit = (operation: object): string => {
    try {
      return JSON.stringify(applyOperations({ a: { b: 1 }, l: [1, 2] }, [operation]))
    } catch (error) {
      return (error as Error).message
    }
  }

  it.each([
    [{ op: 'add', path: '/x/y', value: 1 }, 'add operation does not apply: doc is missing path: "/x/y": missing value'],
    [
      { op: 'add', path: '/l/5', value: 1 },
      "error in add for path: '/l/5': Unable to access invalid index: 5: invalid index referenced",
    ],
    [
      { op: 'add', path: '/l/x', value: 1 },
      `error in add for path: '/l/x': value was not a proper array index: 'x': strconv.Atoi: parsing "x": invalid syntax`,
    ],
    [{ op: 'add', path: '/l/-1', value: 9 }, '{"a":{"b":1},"l":[1,2,9]}'],
    [{ op: 'add', path: 7 }, 'add operation failed to decode path: missing value'],
    [
      { op: 'remove', path: '/a/c' },
      "error in remove for path: '/a/c': Unable to remove nonexistent key: c: missing value",
    ],
    [{ op: 'remove', path: '/l/-1' }, '{"a":{"b":1},"l":[1]}'],
    [{ op: 'replace', path: '/a/c', value: 2 }, '{"a":{"b":1,"c":2},"l":[1,2]}'],
    [
      { op: 'replace', path: '/l/2', value: 2 },
      'replace operation does not apply: doc is missing key: /l/2: missing value',
    ],
    [
      { op: 'replace', path: '/a/b/c', value: 2 },
      'replace operation does not apply: doc is missing path: /a/b/c: missing value',
    ],
    [{ op: 'replace' }, 'replace operation failed to decode path: operation missing path field: missing value'],
    [
      { op: 'move', from: '/a/c', path: '/d' },
      "error in move for path: 'c': Unable to remove nonexistent key: c: missing value",
    ],
    [{ op: 'copy', from: '/a/c', path: '/d' }, '{"a":{"b":1},"l":[1,2],"d":null}'],
    [{ op: 'copy', path: '/d' }, 'copy operation failed to decode from: operation, missing from field: missing value'],
    [{ op: 'test', path: '/a/b', value: 2 }, 'testing value /a/b failed: test failed'],
    [{ op: 'test', path: '/a/c' }, '{"a":{"b":1},"l":[1,2]}'],
    [{ op: 'nope', path: '/a' }, 'Unexpected kind: nope'],
    [{ path: '/a' }, 'Unexpected kind: unknown'],
  ])('the library says of %j', (operation, words) => {
    expect(misfit(operation)).toBe(words)
  })

  it('never touches a prototype', () => {
    applyJsonPatch({}, [{ op: 'add', path: '/__proto__/polluted', value: 1 }].slice(1))
    expect(() => applyJsonPatch({}, [{ op: 'add', path: '/__proto__/polluted', value: 1 }])).toThrow()
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})

type Container = { name: string; image?: string; env?: { name: string; value: string }[] }

/** Containers by name: what the server had in its order, what is new where the patch has it. */
function mergeContainers(old: Container[], patch: Container[]): Map<string, Container> {
  const result = new Map(old.map(c => [c.name, c]))
  for (const c of patch) {
    const was = result.get(c.name)
    const env = new Map([...(was?.env ?? []), ...(c.env ?? [])].map(e => [e.name, e.value]))
    const merged = { ...was, ...c }
    if (was?.env || c.env) merged.env = [...env].map(([name, value]) => ({ name, value }))
    result.set(c.name, merged)
  }
  return result
}

const containers = fc.uniqueArray(
  fc.record(
    {
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      image: fc.constantFrom('nginx', 'redis'),
      env: fc.uniqueArray(fc.record({ name: fc.constantFrom('A', 'B'), value: fc.constantFrom('1', '2') }), {
        selector: e => e.name,
      }),
    },
    { requiredKeys: ['name'] },
  ),
  { selector: c => c.name },
)

const bySize = (list: Container[]): Record<string, unknown> =>
  Object.fromEntries(
    list.map(c => [c.name, { ...c, ...(c.env && { env: [...c.env].sort((x, y) => (x.name < y.name ? -1 : 1)) }) }]),
  )

describe('strategic merge patch', () => {
  it('merges lists by the key of their type, as a map would', () => {
    fc.assert(
      fc.property(containers, containers, (old, patch) => {
        const result = strategicPatch(podSpec, clone({ containers: old }), { containers: patch })
        expect(bySize(result.containers as Container[])).toEqual(
          bySize([...mergeContainers(old as Container[], patch as Container[]).values()]),
        )
      }),
    )
  })

  it('keeps every patched entry in the order of the patch', () => {
    fc.assert(
      fc.property(containers, containers, (old, patch) => {
        const result = strategicPatch(podSpec, clone({ containers: old }), { containers: patch })
        const wanted: string[] = patch.map(c => c.name)
        expect((result.containers as Container[]).map(c => c.name).filter(n => wanted.includes(n))).toEqual(wanted)
      }),
    )
  })

  it('obeys its directives', () => {
    const spec = () => ({
      containers: [{ name: 'a', image: 'x' }, { name: 'b' }],
      nodeSelector: { k: 'v' },
      tolerations: [{ key: 't' }],
    })
    expect(strategicPatch(podSpec, spec(), { containers: [{ name: 'a', $patch: 'delete' }] }).containers).toEqual([
      { name: 'b' },
    ])
    expect(strategicPatch(podSpec, spec(), { containers: [{ name: 'z' }, { $patch: 'replace' }] }).containers).toEqual([
      { name: 'z' },
    ])
    expect(
      strategicPatch(podSpec, spec(), { '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }] }).containers,
    ).toEqual([{ name: 'b' }, { name: 'a', image: 'x' }])
    expect(strategicPatch(podSpec, spec(), { nodeSelector: { $patch: 'replace', n: 'w' } }).nodeSelector).toEqual({
      n: 'w',
    })
    expect(() =>
      strategicPatch(podSpec, spec(), { '$setElementOrder/containers': [{ name: 'z' }], containers: [{ name: 'a' }] }),
    ).toThrow("The order in patch list:\n[map[name:a]]\n doesn't match $setElementOrder list:\n[map[name:z]]\n")
    expect(() => strategicPatch(podSpec, spec(), { containers: [{ image: 'y' }] })).toThrow(
      'does not contain declared merge key: name',
    )
  })

  it('merges an entry that comes twice into what the first has made', () => {
    const spec = { containers: [{ name: 'a' }, { name: 'b' }] }
    const patch = { containers: [{ name: 'c', image: 'x' }, { name: 'a' }, { name: 'c', tty: true }] }
    expect(strategicPatch(podSpec, clone(spec), patch).containers).toEqual([
      { name: 'c', image: 'x', tty: true },
      { name: 'a' },
      { name: 'b' },
    ])
  })

  it('takes what is new as it comes, but for what has a directive or no value', () => {
    const patch = { securityContext: { runAsUser: 1, runAsGroup: null, seLinuxOptions: { $patch: 'replace' } } }
    expect(strategicPatch(podSpec, {}, patch)).toEqual({ securityContext: { runAsUser: 1 } })
    expect(strategicPatch(podSpec, {}, { securityContext: { $patch: 'replace', runAsUser: 1 } })).toEqual({})
  })

  it('takes the selector of a budget whole, as its type asks', () => {
    const budget = typeNamed('policy/v1.PodDisruptionBudgetSpec')
    const patch = { selector: { matchLabels: { c: 'd' } } }
    expect(strategicPatch(budget, { selector: { matchLabels: { a: 'b' } } }, patch)).toEqual(patch)
  })

  it.each([
    [
      'apps/v1.ControllerRevision',
      { data: { spec: {} } },
      'unable to find api field in struct RawExtension for the json field "spec"',
    ],
    [
      'apiextensions/v1.JSONSchemaProps',
      { properties: { spec: {} } },
      'merging an object in json but data type is not struct, instead is: map',
    ],
    [
      'apps/v1.DeploymentSpec',
      { strategy: { $patch: 'merge' } },
      'unknown patch type: merge in map: map[$patch:merge]',
    ],
  ])('says what it cannot merge into a %s', (id, patch, words) => {
    expect(() => strategicPatch(typeNamed(id), { ...clone(patch), strategy: {} }, patch)).toThrow(words)
  })
})
