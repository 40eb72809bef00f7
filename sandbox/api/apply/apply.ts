/** Server-side apply: what a manager wants, merged into what is there; nobody else's fields are touched without force. */

import { goGroupVersionKind } from '../formats/go-format.ts'
import { clone, deepEqual, isObject } from '../formats/json.ts'
import { apiVersionOf, type Draft, type KindDef } from '../kind.ts'
import { DecodeError, decodeObject, typeOf } from '../requests/decode.ts'
import { fromUnstructured } from '../schema/unstructured.ts'
import { StatusError } from '../status.ts'
import type { KubeObject, ObjectMeta } from '../types.ts'
import {
  childShape,
  isGranular,
  isMember,
  isWithin,
  itemShape,
  itemStep,
  leavesFirst,
  printPath,
  removeAt,
  type Shape,
  steps,
  valueAt,
} from './field-set.ts'
import { appliedByClient, keepLastApplied } from './last-applied.ts'
import {
  isSame,
  type Manager,
  managersOf,
  ownable,
  ownersAfter,
  readManagers,
  shapeOf,
  timeOf,
  writeManagers,
} from './managed-fields.ts'

export interface ApplyOptions {
  manager: string
  force: boolean
  now: string
  subresource?: string
  /** What conflicts are told of where what is applied is a view of the object: its version, and the one field that it has. */
  view?: { apiVersion: string; path: string }
}

/** Changes `live`. Nothing, said of a map or a list that holds something, leaves it. */
export function merge(shape: Shape, live: unknown, wanted: unknown): unknown {
  if (wanted === null && isGranular(shape, live) && Object.keys(live as object).length) return live
  if (isObject(wanted) && isObject(live) && (!shape.type || isGranular(shape, wanted))) {
    for (const [key, value] of Object.entries(wanted)) {
      if (value === undefined) continue
      live[key] = merge(childShape(shape, key), Object.hasOwn(live, key) ? live[key] : undefined, value)
    }
    return live
  }
  if (Array.isArray(wanted) && Array.isArray(live) && (shape.list?.type === 'map' || shape.list?.type === 'set')) {
    return mergeLists(shape, live, wanted)
  }
  return clone(wanted)
}

/** The applied entries come in the order applied. Those that nobody speaks of stay in front of the applied one that they stood in front of. */
function mergeLists(shape: Shape, live: readonly unknown[], wanted: readonly unknown[]): unknown[] {
  const [before, after] = [live, wanted].map(list => list.map(item => itemStep(shape, item)))
  const held = new Map(before!.map((step, i) => [step, live[i]]))
  const asked = new Set(after)
  /** Applied entries that were there, and have not been put yet. */
  const shared = after!.filter(step => held.has(step))
  const put = new Set<string | undefined>()
  const result: unknown[] = []
  const take = (i: number): void => {
    const step = after![i]
    result.push(held.has(step) ? merge(itemShape(shape), held.get(step), wanted[i]) : clone(wanted[i]))
    put.add(step)
    if (shared[0] === step) shared.shift()
  }
  let [old, next] = [0, 0]
  while (old < live.length || next < wanted.length) {
    const step = before![old]
    const isOld = old < live.length
    if (isOld && !asked.has(step)) result.push(live[old++])
    else if (isOld && next < wanted.length && step !== after![next] && shared.length && shared[0] !== step) old++
    else {
      if (isOld && (step === after![next] || put.has(step))) old++
      if (next < wanted.length) take(next++)
    }
  }
  return result
}

/** A field that is owned by another manager than the one that applies. */
interface Conflict {
  manager: Manager
  path: string
}

const describe = ({ entry }: Manager, apiVersion = entry.apiVersion): string => {
  const which = `${JSON.stringify(entry.manager)}${entry.subresource ? ` with subresource ${JSON.stringify(entry.subresource)}` : ''}`
  return entry.operation === 'Update' ? `${which} using ${apiVersion}` : which
}

function refuse(conflicts: readonly Conflict[], view: ApplyOptions['view']): StatusError {
  const byManager = new Map<string, string[]>()
  for (const { manager, path } of conflicts) {
    const who = describe(manager, view?.apiVersion)
    byManager.set(who, [...(byManager.get(who) ?? []), view?.path ?? printPath(path)])
  }
  const all = [...byManager].sort(([a], [b]) => (a < b ? -1 : 1))
  const head = `Apply failed with ${conflicts.length} conflict${conflicts.length > 1 ? 's' : ''}: `
  const text =
    conflicts.length === 1
      ? `conflict with ${all[0]![0]}: ${all[0]![1][0]}`
      : all.map(([who, paths]) => `conflicts with ${who}:\n${paths.map(p => `- ${p}`).join('\n')}`).join('\n')
  return new StatusError(409, 'Conflict', head + text, {
    causes: conflicts.map(({ manager, path }) => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${describe(manager, view?.apiVersion)}`,
      field: view?.path ?? printPath(path),
    })),
  })
}

const hasWithin = (paths: Iterable<string>, path: string): boolean => {
  for (const other of paths) if (other !== path && isWithin(other, path)) return true
  return false
}

/** Whether a path is of a map or list that is owned only for what is in it. */
const holds = (paths: readonly string[], path: string): boolean => !isMember(path) && hasWithin(paths, path)

/** Fields of other managers that this apply would change, leaves first. @param set the fields that the applied configuration sets */
function conflictsOf(
  shape: Shape,
  live: KubeObject | undefined,
  merged: Draft,
  set: ReadonlySet<string>,
  others: readonly Manager[],
): Conflict[] {
  const applied = [...set]
  // A manager may own an absent map as an empty one.
  const isNew = (path: string): boolean => valueAt(shape, live, path) === undefined && holds(applied, path)
  return others.flatMap(manager => {
    const taken = [...manager.fields].filter(
      path =>
        (set.has(path) || isNew(path)) &&
        !(isMember(path) && hasWithin(set, path)) &&
        !deepEqual(valueAt(shape, live, path), valueAt(shape, merged, path)),
    )
    return leavesFirst(taken).map(path => ({ manager, path }))
  })
}

/** The outermost paths that a manager owned, no longer sets, and no other manager owns: they are removed from the object. */
function abandoned(before: ReadonlySet<string>, set: ReadonlySet<string>, others: readonly Manager[]): string[] {
  const owned = [...before]
  const applied = [...set]
  const isOwnedBy = ({ fields }: Manager, path: string): boolean =>
    fields.has(path) || (!isMember(path) && hasWithin(fields, path))
  const dropped = owned.filter(
    path => !set.has(path) && !holds(applied, path) && !others.some(m => isOwnedBy(m, path)) && !holds(owned, path),
  )
  // A removed list entry takes its fields with it, its key among them.
  const members = dropped.filter(isMember)
  return dropped.filter(path => !members.some(m => m !== path && isWithin(path, m)))
}

/**
 * The object as it becomes; a new one where there was none.
 * @throws Conflict when another manager holds a field that would change, unless forced
 */
export function applyConfiguration(
  kind: KindDef,
  live: KubeObject | undefined,
  wanted: Draft,
  options: ApplyOptions,
): Draft {
  const shape = shapeOf(kind)
  const { subresource = '' } = options
  const set = ownable(kind, wanted, subresource)
  const entry: Manager['entry'] = {
    manager: options.manager,
    operation: 'Apply',
    apiVersion: apiVersionOf(kind),
    ...timeOf(subresource, options.now),
    fieldsType: 'FieldsV1',
    ...(subresource && { subresource }),
  }
  const managers = live ? managersBefore(kind, live, options.now) : []
  const own = managers.find(m => isSame(m.entry, entry))
  const others = managers.filter(m => m !== own)
  const { resourceVersion, uid } = wanted.metadata ?? {}
  const merged = (live ? merge(shape, clone(live), wanted) : clone(wanted)) as Draft

  const conflicts = conflictsOf(shape, live, merged, set, others)
  const mayTake = options.force || !conflicts.length ? undefined : appliedByClient(kind, shape, live, options.manager)
  const refused = mayTake ? conflicts.filter(({ path }) => !mayTake.has(path)) : []
  if (refused.length) throw refuse(refused, options.view)
  for (const { manager, path } of conflicts) manager.fields.delete(path)

  for (const path of abandoned(own?.fields ?? new Set(), set, others)) removeAt(shape, merged, steps(path))

  // An apply that changes nothing leaves the manager's time as it was; a new manager gets none.
  const { time: _, ...timeless } = entry
  const kept = live && isUnchanged(live, merged) ? (own?.entry ?? timeless) : entry
  const result = withTypes(kind, merged, wanted.metadata)
  writeManagers(result, [...others, { entry: kept, fields: set }])
  keepLastApplied(result, wanted, options.manager)
  if (live) result.metadata.resourceVersion = resourceVersion ?? live.metadata.resourceVersion
  else delete result.metadata.resourceVersion
  if (uid) result.metadata.uid = uid
  return result
}

/** What nobody has managed so far was there before the first apply, which is a manager, too. */
function managersBefore(kind: KindDef, live: KubeObject, now: string): Manager[] {
  const managers = readManagers(live)
  if (managers.length) return managers
  const writer = { manager: 'before-first-apply', subresource: '', now }
  return managersOf(ownersAfter(kind, [], undefined, live as Draft, writer))
}

/** As the kind has it, now that everything is together. @throws InternalError, though it is the client's mistake */
function withTypes(kind: KindDef, merged: Draft, { namespace = '', name = '' }: Partial<ObjectMeta> = {}): Draft {
  const type = typeOf(kind)
  try {
    const { value } = type ? fromUnstructured(type, merged) : { value: merged }
    return decodeObject(kind, { value, keys: new Map() }).object
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    const is = goGroupVersionKind(apiVersionOf(kind), kind.kind)
    const why = `unable to convert unstructured object to ${is}: ${error.message}`
    throw new StatusError(
      500,
      '',
      `failed to convert new object (${namespace}/${name}; ${is}) to proper version: ${why}`,
    )
  }
}

function isUnchanged(live: KubeObject, merged: Draft): boolean {
  const { managedFields: _, ...before } = live.metadata
  const { managedFields: __, ...after } = merged.metadata
  return deepEqual({ ...live, metadata: before }, { ...merged, metadata: after })
}
