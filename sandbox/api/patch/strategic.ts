/**
 * Strategic merge patch: lists merged by the key that their type names, with directives for what a merge cannot say.
 *
 *   $patch: replace | delete | merge      what to do with the object that holds it (or with the list, from one of its items)
 *   $retainKeys: [k]                      keys of the object that stay; all others go
 *   $setElementOrder/LIST: […]            the order in which LIST ends up
 *   $deleteFromPrimitiveList/LIST: […]    values to take out of LIST
 */

import { goMap } from '../go-format.ts'
import { deepEqual, isObject } from '../json.ts'
import type { Field, ObjectType, Type } from '../schema/index.ts'
import { badRequest, internalError, StatusError } from '../status.ts'

type Json = Record<string, unknown>

const PATCH = '$patch'
const RETAIN = '$retainKeys'
const ORDER = '$setElementOrder/'
const DELETE_FROM = '$deleteFromPrimitiveList/'

/** May change `target`; the patch is left alone. @throws BadRequest, Invalid, InternalError for directives that make no sense */
export function strategicPatch(type: ObjectType | undefined, target: Json, patch: Json): Json {
  return mergeObject(type && { is: 'object', type }, target, patch, true)
}

const fieldOf = (type: Type | undefined, key: string): { type?: Type; field?: Field } => {
  if (type?.is === 'map') return { type: type.of }
  if (type?.is !== 'object') return {}
  const field = type.type.fields.get(key)
  return field ? { type: field.type, field } : {}
}

/** @param merging false while a new value is only cleaned of its directives */
function mergeObject(type: Type | undefined, target: Json, patch: Json, merging: boolean): Json {
  const directive = patch[PATCH]
  if (directive !== undefined) {
    if (directive === 'replace') return cleaned({ ...without(patch, PATCH) }) as Json
    if (directive === 'delete') return {}
    if (directive !== 'merge') throw internalError(`unknown patch type found: ${String(directive)}`)
  }
  const result: Json = merging ? target : {}
  retainKeys(result, patch)
  const ordered = new Set<string>()
  for (const key of Object.keys(patch)) {
    if (key.startsWith(ORDER)) {
      const list = key.slice(ORDER.length)
      // Where the list itself is patched too, the order is set with it below.
      if (!Object.hasOwn(patch, list)) ordered.add(list)
      continue
    }
    if (key === PATCH || key === RETAIN) continue
    if (key.startsWith(DELETE_FROM)) {
      const list = key.slice(DELETE_FROM.length)
      if (Array.isArray(result[list])) result[list] = subtract(result[list], asList(patch[key]))
      continue
    }
    const value = patch[key]
    if (value === null) {
      delete result[key]
      continue
    }
    if (value === undefined) continue
    const was = Object.hasOwn(result, key) ? result[key] : undefined
    const { type: inner, field } = fieldOf(type, key)
    const merged = mergeValue(inner, field, was, value, patch[ORDER + key])
    set(result, key, merged)
  }
  for (const list of ordered) {
    const { field } = fieldOf(type, list)
    if (Array.isArray(result[list]))
      result[list] = reorder(field?.merge?.key, result[list] as unknown[], asList(patch[ORDER + list]), [])
  }
  return result
}

function mergeValue(
  type: Type | undefined,
  field: Field | undefined,
  was: unknown,
  value: unknown,
  order: unknown,
): unknown {
  if (isObject(value)) {
    if (isObject(was)) return mergeObject(type, was, value, true)
    return mergeObject(type, {}, value, false)
  }
  if (Array.isArray(value)) {
    if (!field?.merge) return withoutListDirective(value)
    // Where nothing is there yet, the list is taken as it comes, without what is to be deleted.
    if (was === undefined) return taken(value)
    const old = Array.isArray(was) ? [...was] : []
    if (new Set([...old, ...value].map(goTypeOf)).size > 1)
      throw new StatusError(500, '', `list element types are not identical: ${goMap([old, value])}`)
    const patched = mergeList(type?.is === 'list' ? type.of : undefined, field, old, value)
    // The order asked for; else that of the patch itself.
    return reorder(field.merge.key, patched, order === undefined ? value : asList(order), old)
  }
  return value
}

function retainKeys(target: Json, patch: Json): void {
  const keep = patch[RETAIN]
  if (keep === undefined) return
  if (!Array.isArray(keep)) throw badRequest('invalid patch format of retainKeys directive')
  for (const key of Object.keys(patch)) {
    if (key.startsWith('$') || patch[key] === null) continue
    if (!keep.includes(key)) {
      throw new StatusError(422, 'Invalid', 'the server rejected our request due to an error in our request', {})
    }
  }
  for (const key of Object.keys(target)) if (!keep.includes(key)) delete target[key]
}

function mergeList(item: Type | undefined, field: Field, was: unknown[], patch: unknown[]): unknown[] {
  const key = field.merge!.key
  if (!key) return [...new Map([...was, ...patch].map(v => [JSON.stringify(v), v])).values()]
  let result: unknown[] = [...was]
  const replaceWhole = patch.some(p => isObject(p) && p[PATCH] === 'replace')
  if (replaceWhole) return patch.filter(p => !(isObject(p) && p[PATCH] === 'replace')).map(cleaned)
  for (const entry of patch as Json[]) {
    if (!Object.hasOwn(entry, key)) {
      throw new StatusError(500, '', `map: ${goMap(entry)} does not contain declared merge key: ${key}`)
    }
    const same = (other: unknown): boolean => isObject(other) && deepEqual(other[key], entry[key])
    if (entry[PATCH] === 'delete') {
      result = result.filter(other => !same(other))
      continue
    }
    const at = result.findIndex(same)
    const old = at < 0 ? undefined : result[at]
    const merged = isObject(old) ? mergeObject(item, old, entry, true) : mergeObject(item, {}, entry, false)
    if (at < 0) result.push(merged)
    else result[at] = merged
  }
  return result
}

/**
 * Items named by the order stand in that order; what the server alone has keeps its place relative to the named item that
 * it stood before.
 */
function reorder(
  key: string | undefined,
  items: unknown[],
  order: readonly unknown[],
  was: readonly unknown[],
): unknown[] {
  const id = (item: unknown): string => JSON.stringify(key && isObject(item) ? (item[key] ?? null) : item)
  const wanted = order.map(id)
  const place = new Map(wanted.map((text, i) => [text, i]))
  const named = items.filter(item => place.has(id(item))).sort((a, b) => place.get(id(a))! - place.get(id(b))!)
  const others = items.filter(item => !place.has(id(item)))
  if (!others.length) return named
  const before = new Map((was.length ? was : items).map((item, i) => [id(item), i]))
  const rank = (item: unknown): number => before.get(id(item)) ?? -1
  const result: unknown[] = []
  let n = 0
  let o = 0
  while (n < named.length && o < others.length) {
    const a = rank(named[n])
    // A new item of the patch comes before what the server had.
    if (a < 0 || a < rank(others[o])) result.push(named[n++])
    else result.push(others[o++])
  }
  return [...result, ...named.slice(n), ...others.slice(o)]
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const subtract = (list: unknown[], gone: readonly unknown[]): unknown[] =>
  list.filter(v => !gone.some(g => deepEqual(g, v)))

/** A list that is replaced may still say so by an item `$patch: replace`. */
const withoutListDirective = (list: unknown[]): unknown[] =>
  list.filter(v => !(isObject(v) && v[PATCH] === 'replace' && Object.keys(v).length === 1)).map(cleaned)

const goTypeOf = (value: unknown): string =>
  value === null ? 'nil' : Array.isArray(value) ? 'slice' : typeof value === 'object' ? 'map' : typeof value

const isDirective = (key: string): boolean =>
  key === PATCH || key === RETAIN || key.startsWith(ORDER) || key.startsWith(DELETE_FROM)

/** A copy without directives, for values that nothing is merged into. */
function cleaned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(cleaned)
  if (!isObject(value)) return value
  const copy: Json = {}
  for (const key of Object.keys(value)) if (!isDirective(key)) set(copy, key, cleaned(value[key]))
  return copy
}

/** The same for what comes where there was nothing: entries with a directive and fields without a value are nothing to take. */
function taken(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(entry => !isObject(entry) || !Object.hasOwn(entry, PATCH)).map(taken)
  if (!isObject(value)) return value
  const copy: Json = {}
  for (const key of Object.keys(value)) if (!isDirective(key) && value[key] !== null) set(copy, key, taken(value[key]))
  return copy
}

function without(object: Json, key: string): Json {
  const { [key]: _gone, ...rest } = object
  return rest
}

function set(object: Json, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true })
  else object[key] = value
}
