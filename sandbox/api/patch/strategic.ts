/**
 * Strategic merge patch: lists merged by the key that their type names, with directives for what a merge cannot say.
 *
 *   $patch: replace | delete              what to do with the object that holds it (or with the list, from one of its items)
 *   $retainKeys: [k]                      keys of the object that stay; all others go
 *   $setElementOrder/LIST: […]            the order in which LIST ends up
 *   $deleteFromPrimitiveList/LIST: […]    values to take out of LIST
 */

import { goMap } from '../formats/go-format.ts'
import { clone, deepEqual, isObject } from '../formats/json.ts'
import type { Field, ObjectType, Type } from '../schema/index.ts'
import { badRequest, StatusError } from '../status.ts'

type Json = Record<string, unknown>

const PATCH = '$patch'
const RETAIN = '$retainKeys'
const ORDER = '$setElementOrder/'
const DELETE_FROM = '$deleteFromPrimitiveList/'

/** May change `target`; the patch is left alone. @throws BadRequest, Invalid, or a fault of the server's for what makes no sense */
export function strategicPatch(type: ObjectType | undefined, target: Json, patch: Json): Json {
  return mergeObject(type && { is: 'object', type }, target, patch)
}

/** What a field's type says of merging. @throws a fault of the server's where what holds it is no struct that has it */
function placeOf(type: Type | undefined, key: string): { type?: Type; field?: Field } {
  if (type?.is === 'object') {
    const field = type.type.fields.get(key)
    if (!field) throw plainError(`unable to find api field in struct ${type.type.name} for the json field "${key}"`)
    return { type: field.type, field }
  }
  if (type?.is === 'map') throw plainError('merging an object in json but data type is not struct, instead is: map')
  if (type?.is === 'any')
    throw plainError(`unable to find api field in struct RawExtension for the json field "${key}"`)
  return {}
}

const unknownPatch = (patch: Json): StatusError =>
  plainError(`unknown patch type: ${goMap(patch[PATCH])} in map: ${goMap(patch)}`)

const plainError = (message: string): StatusError => new StatusError(500, '', message)

function mergeObject(type: Type | undefined, target: Json, patch: Json): Json {
  const directive = patch[PATCH]
  if (directive !== undefined) {
    if (directive === 'replace') return without(patch, PATCH)
    if (directive === 'delete') return {}
    throw unknownPatch(patch)
  }
  const result: Json = target
  retainKeys(result, patch)
  const ordered = new Set<string>()
  for (const key of Object.keys(patch)) {
    if (key.startsWith(ORDER)) {
      const list = key.slice(ORDER.length)
      checkOrder(placeOf(type, list).field?.merge?.key, patch[list], patch[key])
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
    const merged = goTypeOf(was) === goTypeOf(value) ? merge(type, key, was, value, patch[ORDER + key]) : taken(value)
    if (merged === undefined) delete result[key]
    else set(result, key, merged)
  }
  for (const list of ordered) {
    const { field } = placeOf(type, list)
    if (Array.isArray(result[list]))
      result[list] = reorder(field?.merge?.key, result[list] as unknown[], asList(patch[ORDER + list]), [])
  }
  return result
}

/** Two values of the same sort. */
function merge(type: Type | undefined, key: string, was: unknown, value: unknown, order: unknown): unknown {
  if (isObject(value)) {
    const { type: inner, field } = placeOf(type, key)
    return field?.replaced ? value : mergeObject(inner, was as Json, value)
  }
  if (!Array.isArray(value)) return value
  const { type: inner, field } = placeOf(type, key)
  if (!field?.merge) return value
  const old = was as unknown[]
  if (new Set([...old, ...value].map(goTypeOf)).size > 1)
    throw plainError(`list element types are not identical: ${goMap([old, value])}`)
  const patched = mergeList(inner?.is === 'list' ? inner.of : undefined, field, old, value)
  // The order asked for; else that of the patch itself.
  return reorder(field.merge.key, patched, order === undefined ? value : asList(order), old)
}

function retainKeys(target: Json, patch: Json): void {
  const keep = patch[RETAIN]
  if (keep === undefined) return
  const fits = (key: string): boolean => key.startsWith('$') || patch[key] === null || (keep as unknown[]).includes(key)
  if (!Array.isArray(keep) || !Object.keys(patch).every(fits)) throw badRequest('invalid patch format of retainKeys')
  for (const key of Object.keys(target)) if (!keep.includes(key)) delete target[key]
}

/** What a list is patched with has to stand in the order that is asked for. */
function checkOrder(key: string | undefined, patched: unknown, order: unknown): void {
  if (!Array.isArray(order)) throw plainError(`expected a []interface {}, but received a ${typeof order}`)
  if (!Array.isArray(patched) || !order.length) return
  const id = (item: unknown): unknown => (key && isObject(item) ? item[key] : item)
  const left = patched.filter(item => !(isObject(item) && Object.hasOwn(item, PATCH))).map(id)
  for (const item of order) if (left.length && deepEqual(left[0], id(item))) left.shift()
  if (!left.length) return
  const [given, wanted] = [goMap(patched), goMap(order)]
  throw plainError(`The order in patch list:\n${given}\n doesn't match $setElementOrder list:\n${wanted}\n`)
}

function mergeList(item: Type | undefined, field: Field, was: unknown[], patch: unknown[]): unknown[] {
  const key = field.merge!.key
  if (!key) return [...new Map([...was, ...patch].map(v => [JSON.stringify(v), v])).values()]
  const same =
    (entry: Json) =>
    (other: unknown): boolean =>
      isObject(other) && deepEqual(other[key], entry[key])
  const { kept, plain } = withDirectives(key, was, patch as Json[], same)
  if (!kept) return plain
  for (const entry of plain) {
    if (!Object.hasOwn(entry, key)) throw noKey(entry, key)
    const at = kept.findIndex(same(entry))
    if (at < 0) kept.push(clone(entry))
    else kept[at] = mergeObject(item, kept[at] as Json, entry)
  }
  return kept
}

const noKey = (entry: Json, key: string): StatusError =>
  plainError(`map: ${goMap(entry)} does not contain declared merge key: ${key}`)

/** Entries with a directive come before all others: what is left of the list (nothing where it is replaced), and what else there is to merge. */
function withDirectives(
  key: string,
  was: readonly unknown[],
  patch: readonly Json[],
  same: (entry: Json) => (other: unknown) => boolean,
): { kept: unknown[] | undefined; plain: Json[] } {
  let kept: unknown[] = [...was]
  let isReplaced = false
  for (const entry of patch) {
    const directive = entry[PATCH]
    if (directive === undefined) continue
    if (directive === 'replace') isReplaced = true
    else if (directive === 'merge') throw plainError('merging lists cannot yet be specified in the patch')
    else if (directive !== 'delete') throw unknownPatch(entry)
    else if (!Object.hasOwn(entry, key)) throw noKey(entry, key)
    else kept = kept.filter(other => !same(entry)(other))
  }
  const plain = patch.filter(entry => entry[PATCH] === undefined)
  return { kept: isReplaced ? undefined : kept, plain }
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
  const place = places(wanted)
  const named = items.filter(item => place.has(id(item))).sort((a, b) => place.get(id(a))! - place.get(id(b))!)
  const others = items.filter(item => !place.has(id(item)))
  if (!others.length) return named
  const before = places((was.length ? was : items).map(id))
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

/** Where each comes first. */
const places = (texts: readonly string[]): ReadonlyMap<string, number> =>
  new Map(texts.map((text, i) => [text, i] as const).reverse())

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const subtract = (list: unknown[], gone: readonly unknown[]): unknown[] =>
  list.filter(v => !gone.some(g => deepEqual(g, v)))

/** Go tells whole numbers from others. */
const goTypeOf = (value: unknown): string => {
  if (value === null) return 'nil'
  if (Array.isArray(value)) return 'slice'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return typeof value
}

/** What comes where there was nothing, or something else: whatever has a directive or no value is nothing to take. */
function taken(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(taken).filter(item => item !== undefined)
  if (!isObject(value)) return value
  if (Object.hasOwn(value, PATCH)) return undefined
  const copy: Json = {}
  for (const key of Object.keys(value)) {
    const child = value[key] === null ? undefined : taken(value[key])
    if (child !== undefined) set(copy, key, child)
  }
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
