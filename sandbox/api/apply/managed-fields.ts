/** managedFields: who set which field last. */

import { typeOfCustom } from '../custom/type.ts'
import type { Draft, KindDef } from '../kind.ts'
import { apiVersionOf } from '../kind.ts'
import { typeOf } from '../requests/decode.ts'
import { emptyAt } from '../schema/left-empty.ts'
import type { KubeObject, ManagedFieldsEntry } from '../types.ts'
import { type Changes, changesOf, SYSTEM_METADATA, unmanaged } from './changes.ts'
import {
  type FieldSet,
  fieldSet,
  fromFieldsV1,
  isUnnamed,
  isWithin,
  joinPath,
  type Shape,
  steps,
  toFieldsV1,
} from './field-set.ts'

export interface Manager {
  entry: Omit<ManagedFieldsEntry, 'fieldsV1'>
  fields: FieldSet
}

export function shapeOf(kind: KindDef): Shape {
  if (kind.structural) return { type: typeOfCustom(kind.structural) }
  const type = typeOf(kind)
  return { type: type && { is: 'object', type } }
}

/** What nobody manages, as paths. */
const SYSTEM: readonly string[] = [
  'f:apiVersion',
  'f:kind',
  ...Array.from(SYSTEM_METADATA, name => joinPath('f:metadata', `f:${name}`)),
]

export function ownable(kind: KindDef, object: object, subresource = ''): FieldSet {
  const set = fieldSet(shapeOf(kind), object)
  const keepsStatus = kind.subresources?.includes('status') ?? false
  const ofStatus = keepsStatus && subresource === 'status'
  const kept = unmanaged(kind, ofStatus)
  const isElsewhere = (path: string): boolean => {
    if (!keepsStatus || isWithin(path, 'f:status')) return keepsStatus && !ofStatus
    if (!ofStatus) return false
    const [first, second = ''] = steps(path)
    return first !== 'f:metadata' || !kept || kept.has(second.slice(2))
  }
  for (const path of set) {
    const system = SYSTEM.some(s => isWithin(path, s)) || path === 'f:metadata'
    const ownerless = kind.ownerless?.some(key => isWithin(path, `f:${key}`))
    if (system || ownerless || isElsewhere(path)) set.delete(path)
  }
  return set
}

export const managersOf = (entries: readonly ManagedFieldsEntry[]): Manager[] =>
  entries.map(({ fieldsV1, ...entry }) => ({ entry, fields: fromFieldsV1(fieldsV1) }))

export const readManagers = (object: KubeObject | undefined): Manager[] =>
  managersOf(object?.metadata.managedFields ?? [])

function entriesOf(managers: readonly Manager[]): ManagedFieldsEntry[] {
  const kept = managers.filter(m => m.fields.size).sort((a, b) => inOrder(a.entry, b.entry))
  return kept.map(({ entry: { subresource, ...entry }, fields }) => ({
    ...entry,
    fieldsV1: toFieldsV1(fields),
    ...(subresource && { subresource }),
  }))
}

const ORDER = ['operation', 'time', 'manager', 'apiVersion', 'subresource'] as const

function inOrder(a: Manager['entry'], b: Manager['entry']): number {
  for (const key of ORDER) {
    const [x, y] = [a[key] ?? '', b[key] ?? '']
    if (x !== y) return x < y ? -1 : 1
  }
  return 0
}

export function writeManagers(draft: Draft, managers: readonly Manager[]): void {
  const list = entriesOf(managers)
  if (list.length) draft.metadata.managedFields = list
  else delete draft.metadata.managedFields
}

export const isSame = (a: Manager['entry'], b: Manager['entry']): boolean =>
  a.manager === b.manager &&
  a.operation === b.operation &&
  (a.subresource ?? '') === (b.subresource ?? '') &&
  a.apiVersion === b.apiVersion

/** What is set through a Scale has no time: the server loses it when it brings the Scale's managers back to the object. */
export const timeOf = (subresource: string, now: string): { time?: string } =>
  subresource === 'scale' ? {} : { time: now }

/** Whose write it is. */
export interface Writer {
  readonly manager: string
  readonly subresource: string
  readonly now: string
  /** How a part of the system writes that applies what it has to say. */
  readonly operation?: 'Apply'
  /** The version that was written, where it is not the one that is kept. */
  readonly as?: KindDef | undefined
  /** All versions but the one that is kept. */
  readonly versions?: readonly KindDef[]
}

/** Records what a client's write has changed: the writer owns it, nobody else does. */
export function recordUpdate(kind: KindDef, old: KubeObject | undefined, draft: Draft, writer: Writer): void {
  const known = given(draft, old, writer.subresource)
  // Of what nobody has managed so far, nobody begins to but by server-side apply.
  const list = old && !known.length ? [] : ownersAfter(kind, known, old, draft, writer)
  if (list.length) draft.metadata.managedFields = list
  else delete draft.metadata.managedFields
}

/** A client may put the list in order, but by no subresource; one that says nothing of it leaves it, and one with nothing in it clears it. */
function given({ metadata }: Draft, old: KubeObject | undefined, subresource: string): readonly ManagedFieldsEntry[] {
  if (!old) return []
  const list = metadata.managedFields as readonly ManagedFieldsEntry[] | undefined
  if (!subresource && (list || emptyAt(metadata, 'managedFields')))
    return list?.length === 1 && !Object.keys(list[0]!).length ? [] : (list ?? [])
  return old.metadata.managedFields ?? []
}

/** What has changed, in the words of each version in which somebody owns something. */
function changesByVersion(
  kind: KindDef,
  before: KubeObject | undefined,
  after: Draft,
  { subresource, versions = [] }: Writer,
): (apiVersion: string) => Changes {
  const found = new Map<KindDef, Changes>()
  return apiVersion => {
    const version = versions.find(v => apiVersionOf(v) === apiVersion) ?? kind
    const seen = (object: Draft): Draft => (object && version.stored ? version.stored.fromStored(object) : object)
    const changes = found.get(version) ?? changesOf(version, shapeOf(version), seen(before), seen(after), subresource)
    found.set(version, changes)
    return changes
  }
}

/** managedFields after a write by which `before` became `after`. */
export function ownersAfter(
  kind: KindDef,
  known: readonly ManagedFieldsEntry[],
  before: KubeObject | undefined,
  after: Draft,
  writer: Writer,
): ManagedFieldsEntry[] {
  const { manager, subresource, now, operation = 'Update', as = kind } = writer
  const changesIn = changesByVersion(kind, before, after, writer)
  const { changed, gone } = changesIn(apiVersionOf(as))
  if (!gone.size && !changed.size) return [...known]
  // What cannot be told apart cannot be owned, and then nothing is.
  if ([...changed].some(isUnnamed)) return []
  const managers = managersOf(known)
  const entry: Manager['entry'] = {
    manager,
    operation,
    apiVersion: apiVersionOf(as),
    ...timeOf(subresource, now),
    fieldsType: 'FieldsV1',
    ...(subresource && { subresource }),
  }
  let own = managers.find(m => isSame(m.entry, entry))
  for (const m of managers) {
    const { changed, gone } = changesIn(m.entry.apiVersion)
    for (const path of gone) m.fields.delete(path)
    if (m !== own) for (const path of changed) m.fields.delete(path)
  }
  if (!own && changed.size) {
    own = { entry, fields: new Set() }
    managers.push(own)
  }
  if (own && changed.size) {
    own.entry = { ...own.entry, ...timeOf(subresource, now) }
    // Who applies names what it holds, and nothing around it.
    const said = operation === 'Apply' ? ownable(as, after, subresource) : changed
    for (const path of changed) if (said.has(path)) own.fields.add(path)
  }
  return entriesOf(managers)
}
