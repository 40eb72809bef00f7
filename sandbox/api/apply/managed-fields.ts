/** managedFields: who set which field last. */

import { typeOf } from '../decode.ts'
import { deepEqual } from '../json.ts'
import type { Draft, KindDef } from '../kind.ts'
import { apiVersionOf } from '../kind.ts'
import type { KubeObject } from '../types.ts'
import {
  type FieldSet,
  fieldSet,
  fromFieldsV1,
  isMember,
  isWithin,
  type Shape,
  toFieldsV1,
  valueAt,
} from './field-set.ts'

export interface Entry {
  manager: string
  operation: 'Apply' | 'Update'
  apiVersion: string
  time?: string
  fieldsType: 'FieldsV1'
  fieldsV1: object
  subresource?: string
}

export interface Manager {
  entry: Omit<Entry, 'fieldsV1'>
  fields: FieldSet
}

export function shapeOf(kind: KindDef): Shape {
  const type = typeOf(kind)
  return { type: type && { is: 'object', type } }
}

/** What the system owns, and nobody manages. */
const SYSTEM = new Set(
  [
    'apiVersion',
    'kind',
    'metadata\u0000f:name',
    'metadata\u0000f:namespace',
    'metadata\u0000f:creationTimestamp',
    'metadata\u0000f:selfLink',
    'metadata\u0000f:uid',
    'metadata\u0000f:resourceVersion',
    'metadata\u0000f:generation',
    'metadata\u0000f:managedFields',
    'metadata\u0000f:deletionTimestamp',
    'metadata\u0000f:deletionGracePeriodSeconds',
  ].map(p => `f:${p}`),
)

export function ownable(kind: KindDef, object: object, subresource = ''): FieldSet {
  const set = fieldSet(shapeOf(kind), object)
  const keepsStatus = kind.subresources?.includes('status')
  for (const path of set) {
    const system = [...SYSTEM].some(s => isWithin(path, s)) || path === 'f:metadata'
    const elsewhere =
      keepsStatus &&
      (subresource === 'status') !== isWithin(path, 'f:status') &&
      (subresource === 'status' || isWithin(path, 'f:status'))
    if (system || elsewhere) set.delete(path)
  }
  return set
}

export const readManagers = (object: KubeObject | undefined): Manager[] =>
  ((object?.metadata.managedFields ?? []) as unknown as Entry[]).map(({ fieldsV1, ...entry }) => ({
    entry,
    fields: fromFieldsV1(fieldsV1 as never),
  }))

export function writeManagers(draft: Draft, managers: readonly Manager[]): void {
  const kept = managers.filter(m => m.fields.size)
  const applies = kept.filter(m => m.entry.operation === 'Apply')
  const updates = kept.filter(m => m.entry.operation === 'Update')
  const list = [...applies, ...updates].map(({ entry, fields }) => ({ ...entry, fieldsV1: toFieldsV1(fields) }))
  if (list.length) draft.metadata.managedFields = list
  else delete draft.metadata.managedFields
}

export const isSame = (a: Manager['entry'], b: Manager['entry']): boolean =>
  a.manager === b.manager &&
  a.operation === b.operation &&
  (a.subresource ?? '') === (b.subresource ?? '') &&
  a.apiVersion === b.apiVersion

/** Records what an ordinary write has changed: the writer owns it, nobody else does. */
export function recordUpdate(
  kind: KindDef,
  old: KubeObject | undefined,
  draft: Draft,
  manager: string,
  now: string,
  subresource = '',
): void {
  const shape = shapeOf(kind)
  const after = ownable(kind, draft, subresource)
  const before: FieldSet = old ? ownable(kind, old, subresource) : new Set()
  const gone = new Set([...before].filter(path => !after.has(path)))
  const differs = (path: string): boolean =>
    !isMember(path) && !deepEqual(valueAt(shape, draft, path), valueAt(shape, old, path))
  const changed = new Set([...after].filter(path => !before.has(path) || differs(path)))
  const managers = readManagers(old)
  if (!gone.size && !changed.size) {
    writeManagers(draft, managers)
    return
  }
  const entry: Manager['entry'] = {
    manager,
    operation: 'Update',
    apiVersion: apiVersionOf(kind),
    time: now,
    fieldsType: 'FieldsV1',
    ...(subresource && { subresource }),
  }
  let own = managers.find(m => isSame(m.entry, entry))
  for (const m of managers) {
    for (const path of gone) m.fields.delete(path)
    if (m !== own) for (const path of changed) m.fields.delete(path)
  }
  if (!own && changed.size) {
    own = { entry, fields: new Set() }
    managers.push(own)
  }
  if (own && changed.size) {
    own.entry = { ...own.entry, time: now }
    for (const path of changed) own.fields.add(path)
  }
  writeManagers(draft, managers)
}
