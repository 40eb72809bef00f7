/** The field paths that a write has added, changed or removed. */
import { readPath } from '../custom/path.ts'
import { deepEqual, isObject } from '../formats/json.ts'
import type { KindDef } from '../kind.ts'
import type { Field, Type } from '../schema/index.ts'
import { childShape, type FieldSet, isGranular, itemShape, itemStep, joinPath, type Shape } from './field-set.ts'

export interface Changes {
  /** Fields, members of lists, and maps and lists themselves where they are new. */
  changed: FieldSet
  gone: FieldSet
}

/** Of the metadata, what the system owns, and nobody manages. */
export const SYSTEM_METADATA: ReadonlySet<string> = new Set([
  'name',
  'namespace',
  'creationTimestamp',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'managedFields',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
])

/** @param root the kind's type */
export function changesOf(
  kind: KindDef,
  root: Shape,
  before: object | undefined,
  after: object,
  subresource: string,
): Changes {
  const changes: Changes = { changed: new Set(), gone: new Set() }
  const old = (before ?? {}) as Record<string, unknown>
  const now = after as Record<string, unknown>
  const keepsStatus = kind.subresources?.includes('status') ?? false
  const ofStatus = subresource === 'status'
  for (const key of keysOf(old, now)) {
    if (key === 'apiVersion' || key === 'kind' || kind.ownerless?.includes(key)) continue
    if (key === 'metadata') metadata(root, old.metadata, now.metadata, unmanaged(kind, ofStatus), changes)
    else if (!keepsStatus || (key === 'status') === ofStatus) compareField(root, key, old, now, '', changes)
  }
  return subresource === 'scale' ? throughScale(kind, after, changes) : changes
}

/** A Scale does not write a size of none: whoever asks for it takes the field from others, and does not get it. */
function throughScale({ scalePaths }: KindDef, after: object, { changed, gone }: Changes): Changes {
  const [size] = readPath(after, scalePaths?.spec ?? '.spec.replicas')
  return size === 0 ? { changed: new Set(), gone: new Set([...gone, ...changed]) } : { changed, gone }
}

const NOTHING: ReadonlySet<string> = new Set()

/** Metadata that a write leaves as it was, whatever it says; undefined where that is all. */
export function unmanaged(kind: KindDef, ofStatus: boolean): ReadonlySet<string> | undefined {
  if (!ofStatus) return NOTHING
  return kind.statusAlone ? undefined : (kind.keptInStatus ?? NOTHING)
}

function metadata(
  root: Shape,
  old: unknown,
  now: unknown,
  kept: ReadonlySet<string> | undefined,
  changes: Changes,
): void {
  const shape = childShape(root, 'metadata')
  const [a, b] = [isObject(old) ? old : {}, isObject(now) ? now : {}]
  for (const key of keysOf(a, b))
    if (kept && !kept.has(key) && !SYSTEM_METADATA.has(key)) compareField(shape, key, a, b, 'f:metadata', changes)
}

type Values = Record<string, unknown>

const keysOf = (a: Values, b: Values): string[] => [
  ...Object.keys(b).filter(key => b[key] !== undefined),
  ...Object.keys(a).filter(key => a[key] !== undefined && b[key] === undefined),
]

/** What a type is where nobody has put anything. */
const ZERO: Readonly<Partial<Record<Type['is'], unknown>>> = {
  list: null,
  object: {},
  map: null,
  string: '',
  int32: 0,
  int64: 0,
  boolean: false,
  time: null,
  microTime: null,
}

/** What stands in an object where nobody has put anything, as Go writes it. */
function implied(field: Field | undefined): unknown {
  if (field?.pointer && field.always) return null
  if (!field || field.pointer || !(field.always || (field.required && !field.omitEmpty))) return undefined
  return ZERO[field.type.is]
}

function compareField(shape: Shape, key: string, old: Values, now: Values, path: string, changes: Changes): void {
  const { type } = shape
  const field = type?.is === 'object' ? type.type.fields.get(key) : undefined
  const before = Object.hasOwn(old, key) && old[key] !== undefined ? old[key] : implied(field)
  compare(childShape(shape, key), before, now[key], joinPath(path, `f:${key}`), changes)
}

function compare(shape: Shape, before: unknown, after: unknown, path: string, changes: Changes): void {
  if (before === after) return
  if (after === undefined) {
    collect(shape, before, path, changes.gone)
    return
  }
  if (before === undefined) {
    collect(shape, after, path, changes.changed)
    return
  }
  if (isHeld(shape, before) || isHeld(shape, after)) {
    // Nothing is an empty one of what is there on the other side.
    before ??= Array.isArray(after) ? [] : {}
    after ??= Array.isArray(before) ? [] : {}
  }
  const [wasGranular, granular] = [isGranular(shape, before), isGranular(shape, after)]
  if (!wasGranular || !granular || Array.isArray(before) !== Array.isArray(after)) {
    if (deepEqual(before, after)) return
    collect(shape, before, path, changes.gone)
    collect(shape, after, path, changes.changed)
    for (const p of changes.changed) changes.gone.delete(p)
    return
  }
  if (Array.isArray(after)) compareLists(shape, before as unknown[], after, path, changes)
  else
    for (const key of keysOf(before as Values, after as Values))
      compareField(shape, key, before as Values, after as Values, path, changes)
}

/** A map or list that is owned for what is in it, and holds something. */
const isHeld = (shape: Shape, value: unknown): boolean =>
  isGranular(shape, value) && Object.keys(value as object).length > 0

function compareLists(
  shape: Shape,
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  changes: Changes,
): void {
  const old = new Map(before.map(item => [itemStep(shape, item)!, item]))
  const item = itemShape(shape)
  const twice = repeated(shape, after)
  for (const one of after) {
    const step = itemStep(shape, one)!
    if (twice?.has(step)) changes.changed.add(joinPath(path, step))
    else if (!old.has(step)) collectItem(item, one, joinPath(path, step), changes.changed)
    else if (isObject(one)) compare(item, old.get(step), one, joinPath(path, step), changes)
    old.delete(step)
  }
  for (const [step, one] of old) collectItem(item, one, joinPath(path, step), changes.gone)
}

/** Entries that come more than once are owned together, as wholes. */
function repeated(shape: Shape, list: readonly unknown[]): ReadonlySet<string> | undefined {
  const seen = new Set<string>()
  let twice: Set<string> | undefined
  for (const one of list) {
    const step = itemStep(shape, one)!
    if (seen.has(step)) (twice ??= new Set()).add(step)
    seen.add(step)
  }
  return twice
}

/** Everything below, and what holds it. */
function collect(shape: Shape, value: unknown, path: string, into: FieldSet): void {
  into.add(path)
  if (!isGranular(shape, value)) return
  if (Array.isArray(value)) {
    const twice = repeated(shape, value)
    for (const one of value) {
      const step = itemStep(shape, one)!
      if (twice?.has(step)) into.add(joinPath(path, step))
      else collectItem(itemShape(shape), one, joinPath(path, step), into)
    }
    return
  }
  for (const [key, child] of Object.entries(value as object))
    if (child !== undefined) collect(childShape(shape, key), child, joinPath(path, `f:${key}`), into)
}

function collectItem(shape: Shape, item: unknown, path: string, into: FieldSet): void {
  if (isObject(item)) collect(shape, item, path, into)
  else into.add(path)
}
