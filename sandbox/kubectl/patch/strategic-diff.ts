/** Strategic merge patches that make one object of another, and the three-way patch of `apply`. */
import { deepEqual } from '../../api/formats/json.ts'
import { isRecord, type Obj, sortedKeys } from '../objects.ts'
import { strategyOf } from './merge-keys.ts'
import { mergePatch } from './merge-patch.ts'

interface Options {
  /** Only what was added or changed. */
  ignoreDeletions?: boolean
  /** Only what was removed. */
  ignoreChanges?: boolean
  /** Say in which order lists should end. */
  order?: boolean
}

class Differ {
  readonly #kind: string
  readonly #options: Options
  constructor(kind: string, options: Options) {
    this.#kind = kind
    this.#options = options
  }

  maps(original: Obj, modified: Obj, path: readonly string[], retainKeys = false): Obj {
    const { ignoreChanges, ignoreDeletions } = this.#options
    const patch: Obj = {}
    for (const key of sortedKeys(modified)) {
      const a = original[key]
      const b = modified[key]
      if (b === undefined) continue
      if (a === undefined) {
        if (!ignoreChanges) patch[key] = b
        continue
      }
      const where = [...path, key]
      if (isRecord(a) && isRecord(b)) this.#map(patch, key, a, b, where)
      else if (Array.isArray(a) && Array.isArray(b)) this.#list(patch, key, a, b, where)
      else if (!ignoreChanges && !deepEqual(a, b)) patch[key] = b
    }
    if (!ignoreDeletions)
      for (const key of sortedKeys(original))
        if (original[key] !== undefined && modified[key] === undefined) patch[key] = null
    if (retainKeys) {
      const kept = sortedKeys(modified).filter(k => modified[k] !== null && modified[k] !== undefined)
      const extra = Object.keys(original).some(k => modified[k] === undefined)
      if (kept.length && (Object.keys(patch).length || extra)) patch.$retainKeys = kept
    }
    return patch
  }

  #map(patch: Obj, key: string, a: Obj, b: Obj, where: readonly string[]): void {
    const strategy = strategyOf(this.#kind, where)
    if (strategy.replace) {
      if (!this.#options.ignoreChanges) patch[key] = b
      return
    }
    const inner = this.maps(a, b, where, strategy.retainKeys)
    if (Object.keys(inner).length) patch[key] = inner
  }

  #list(patch: Obj, key: string, a: Obj[], b: Obj[], where: readonly string[]): void {
    const { mergeKey, retainKeys } = strategyOf(this.#kind, where)
    if (mergeKey === undefined) {
      if (!this.#options.ignoreChanges && !deepEqual(a, b)) patch[key] = b
      return
    }
    if (!a.length) {
      if (b.length && !this.#options.ignoreChanges) patch[key] = b
      return
    }
    if (mergeKey === '') this.#words(patch, key, a, b)
    else this.#objects(patch, key, a, b, mergeKey, where, retainKeys ?? false)
  }

  #words(patch: Obj, key: string, a: Obj[], b: Obj[]): void {
    const { ignoreChanges, ignoreDeletions, order } = this.#options
    const added = ignoreChanges ? [] : b.filter(x => !a.includes(x))
    const gone = ignoreDeletions ? [] : [...new Set(a.filter(x => !b.includes(x)))]
    if (added.length) patch[key] = added
    if (gone.length) patch[`$deleteFromPrimitiveList/${key}`] = gone
    if (order && ((!ignoreDeletions && gone.length) || (!ignoreChanges && !deepEqual(a, b))))
      patch[`$setElementOrder/${key}`] = b
  }

  #objects(
    patch: Obj,
    key: string,
    a: Obj[],
    b: Obj[],
    mergeKey: string,
    where: readonly string[],
    retainKeys: boolean,
  ): void {
    const { ignoreChanges, ignoreDeletions, order } = this.#options
    const changed: Obj[] = []
    for (const item of b) {
      const old = a.find(o => o[mergeKey] === item[mergeKey])
      if (!old) {
        if (!ignoreChanges) changed.push(item)
        continue
      }
      const inner = this.maps(old, item, where, retainKeys)
      if (Object.keys(inner).length) changed.push({ ...inner, [mergeKey]: item[mergeKey] })
    }
    if (!ignoreDeletions)
      for (const old of a)
        if (!b.some(item => item[mergeKey] === old[mergeKey]))
          changed.push({ $patch: 'delete', [mergeKey]: old[mergeKey] })
    if (changed.length) patch[key] = changed
    const sameOrder = a.length === b.length && b.every((item, i) => item[mergeKey] === a[i][mergeKey])
    if (order && ((!ignoreChanges && (changed.length || !sameOrder)) || (!ignoreDeletions && changed.length)))
      patch[`$setElementOrder/${key}`] = b.map(item => ({ [mergeKey]: item[mergeKey] }))
  }
}

/** Lays the additions over the deletions: both are patches of the same object. */
function join(kind: string, deletions: Obj, additions: Obj, path: readonly string[]): Obj {
  const out: Obj = { ...deletions }
  for (const [key, value] of Object.entries(additions)) {
    const old = out[key]
    const where = [...path, key]
    if (isRecord(old) && isRecord(value)) out[key] = join(kind, old, value, where)
    else if (Array.isArray(old) && Array.isArray(value) && !key.startsWith('$')) {
      const { mergeKey } = strategyOf(kind, where)
      const order = additions[`$setElementOrder/${key}`] ?? value
      out[key] = mergeKey ? inOrder(joinLists(kind, old, value, mergeKey, where), old, order, mergeKey) : value
    } else out[key] = value
  }
  return out
}

function joinLists(kind: string, deletions: Obj[], additions: Obj[], mergeKey: string, path: readonly string[]): Obj[] {
  const joined = deletions.map(old => {
    const added = additions.find(item => item[mergeKey] === old[mergeKey])
    return added ? join(kind, old, added, path) : old
  })
  return [...joined, ...additions.filter(item => !deletions.some(old => old[mergeKey] === item[mergeKey]))]
}

/** As the server wants them: entries stand as in the order that goes with them, and what is deleted stays before what it stood before. */
function inOrder(items: Obj[], deletions: readonly Obj[], order: readonly Obj[], mergeKey: string): Obj[] {
  const placeIn = (list: readonly Obj[], item: Obj): number => list.findIndex(o => o[mergeKey] === item[mergeKey])
  const named = items.filter(item => placeIn(order, item) >= 0)
  named.sort((a, b) => placeIn(order, a) - placeIn(order, b))
  const out: Obj[] = []
  for (const gone of items.filter(item => placeIn(order, item) < 0)) {
    const at = placeIn(deletions, gone)
    while (named.length && !(placeIn(deletions, named[0]) > at)) out.push(named.shift())
    out.push(gone)
  }
  return [...out, ...named]
}

/** @param current what the server has; `original` is what was applied last, undefined for nothing */
export function threeWayPatch(kind: string, original: Obj | undefined, modified: Obj, current: Obj): Obj {
  const delta = new Differ(kind, { ignoreDeletions: true, order: true }).maps(current, modified, [])
  const deletions = new Differ(kind, { ignoreChanges: true, order: true }).maps(original ?? {}, modified, [])
  return join(kind, deletions, delta, [])
}

/** The patch of two versions of one object. */
export const twoWayPatch = (kind: string, from: Obj, to: Obj): Obj =>
  new Differ(kind, { order: true }).maps(from, to, [])

/** The three-way patch of kinds whose lists have no keys: a merge patch. */
export function threeWayMergePatch(original: Obj | undefined, modified: Obj, current: Obj): Obj {
  const additions = withoutNulls(mergePatch(current, modified))
  const deletions = onlyNulls(mergePatch(original ?? {}, modified))
  return overlay(deletions, additions)
}

function withoutNulls(patch: Obj): Obj {
  if (!isRecord(patch)) return patch
  const out: Obj = {}
  for (const [k, v] of Object.entries(patch)) {
    if (v === null) continue
    const inner = withoutNulls(v)
    if (isRecord(inner) && isRecord(v) && !Object.keys(inner).length && Object.keys(v).length) continue
    out[k] = inner
  }
  return out
}
function onlyNulls(patch: Obj): Obj {
  const out: Obj = {}
  for (const [k, v] of Object.entries(patch)) {
    if (v === null) out[k] = null
    else if (isRecord(v)) {
      const inner = onlyNulls(v)
      if (Object.keys(inner).length) out[k] = inner
    }
  }
  return out
}
function overlay(a: Obj, b: Obj): Obj {
  const out: Obj = { ...a }
  for (const [k, v] of Object.entries(b)) out[k] = isRecord(out[k]) && isRecord(v) ? overlay(out[k], v) : v
  return out
}

/** Groups that the server brings with it; others are defined by somebody else and have no merge keys. */
export const isBuiltIn = (group: string): boolean => !group.includes('.') || group.endsWith('.k8s.io')
