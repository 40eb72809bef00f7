/** Metadata, the same for every kind; labels and selectors. */
import { type FieldError, forbiddenField, invalid, joined, required, tooLong } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import type { KubeObject, ObjectMeta } from '../../types.ts'
import {
  check,
  complaints,
  dns1123Subdomain,
  labelValue,
  masked,
  pathSegment,
  qualifiedName,
  type Rule,
} from './content.ts'

export const IMMUTABLE = 'field is immutable'
export const NEGATIVE = 'must be greater than or equal to 0'

/** What is stored never changes: a part that was found good once need not be looked at in every update. */
function lasting<T extends object | undefined>(rule: (part: T, path: string) => FieldError[]): typeof rule {
  const good = new WeakSet<object>()
  return (part, path) => {
    if (!part || good.has(part)) return []
    const errors = rule(part, path)
    if (!errors.length && Object.isFrozen(part)) good.add(part)
    return errors
  }
}

export const labels = lasting((map: Draft, path) =>
  Object.entries(map).flatMap(([key, value]) => [
    ...check(qualifiedName, path, key),
    ...check(labelValue, path, value as string),
  ]),
)

const MAX_ANNOTATIONS = 256 * 1024
const bytes = (text: string): number => new TextEncoder().encode(text).length

export const annotations = lasting((map: Draft, path) => {
  const entries = Object.entries(map) as [string, string][]
  const errors = entries.flatMap(([key]) => complaints(path, key, qualifiedName(key.toLowerCase())))
  const size = entries.reduce((sum, [key, value]) => sum + bytes(key) + bytes(value), 0)
  return size > MAX_ANNOTATIONS ? [...errors, tooLong(path, MAX_ANNOTATIONS)] : errors
})

/** An owner's fields in the order in which an error shows them. */
const OWNER = ['apiVersion', 'kind', 'name', 'uid', 'controller', 'blockOwnerDeletion'] as const
type Owner = NonNullable<ObjectMeta['ownerReferences']>[number]
const shownOwner = (owner: Owner): Draft =>
  Object.fromEntries(OWNER.flatMap(key => (owner[key] === undefined ? [] : [[key, owner[key]]])))

const ownerReferences = lasting((list: ObjectMeta['ownerReferences'], path) => {
  const errors: FieldError[] = []
  let controller = ''
  for (const owner of list ?? []) {
    const parts = owner.apiVersion?.split('/') ?? []
    if (parts.length > 2 || !parts.at(-1)) {
      errors.push(invalid(`${path}.apiVersion`, owner.apiVersion ?? '', 'version must not be empty'))
    }
    for (const key of ['kind', 'name', 'uid'] as const) {
      if (!owner[key]) errors.push(invalid(`${path}.${key}`, owner[key] ?? '', 'must not be empty'))
    }
    if (owner.apiVersion === 'v1' && owner.kind === 'Event') {
      errors.push(invalid(path, shownOwner(owner), '/v1, Kind=Event is disallowed from being an owner'))
    }
    if (!owner.controller) continue
    const name = `${owner.kind}/${owner.name}`
    if (controller) {
      const why = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${name}`
      errors.push(invalid(path, list?.map(shownOwner), why))
    } else controller = name
  }
  return errors
})

const STANDARD_FINALIZERS = ['orphan', 'foregroundDeletion', 'kubernetes']

function finalizers(list: readonly string[] = [], path: string): FieldError[] {
  const errors = list.flatMap(finalizer => check(qualifiedName, path, finalizer))
  if (list.includes('orphan') && list.includes('foregroundDeletion')) {
    errors.push(invalid(path, list, 'finalizer orphan and foregroundDeletion cannot be both set'))
  }
  return errors
}

/** Kubernetes' own kinds take a name without a domain only if it is one of theirs. */
const knownFinalizers = (list: readonly string[] = [], path: string): FieldError[] =>
  list.flatMap((finalizer, i) =>
    finalizer.includes('/') || STANDARD_FINALIZERS.includes(finalizer)
      ? []
      : [invalid(`${path}[${i}]`, finalizer, 'name is neither a standard finalizer name nor is it fully qualified')],
  )

/** @param nameRule what the kind's names must look like */
export const objectMeta = (meta: ObjectMeta, namespaced: boolean, nameRule: Rule = dns1123Subdomain): FieldError[] =>
  joined(genericMeta(meta, namespaced, nameRule), knownFinalizers(meta.finalizers, 'metadata.finalizers'))

/** Of kinds that servers beside Kubernetes' own serve (definitions, APIServices): finalizers may be called as one likes. */
export function genericMeta(meta: ObjectMeta, namespaced: boolean, nameRule: Rule = dns1123Subdomain): FieldError[] {
  let errors: FieldError[] = []
  if (meta.generateName)
    errors.push(...complaints('metadata.generateName', meta.generateName, nameRule(masked(meta.generateName))))
  if (!meta.name) errors.push(required('metadata.name', 'name or generateName is required'))
  else errors.push(...check(nameRule, 'metadata.name', meta.name))
  if (namespaced && !meta.namespace) errors.push(required('metadata.namespace'))
  if (!namespaced && meta.namespace) errors.push(forbiddenField('metadata.namespace', 'not allowed on this type'))
  if (meta.generation && meta.generation < 0) errors.push(invalid('metadata.generation', meta.generation, NEGATIVE))
  if (meta.labels) errors = joined(errors, labels(meta.labels, 'metadata.labels'))
  if (meta.annotations) errors = joined(errors, annotations(meta.annotations, 'metadata.annotations'))
  if (meta.ownerReferences) errors = joined(errors, ownerReferences(meta.ownerReferences, 'metadata.ownerReferences'))
  return meta.finalizers ? joined(errors, finalizers(meta.finalizers, 'metadata.finalizers')) : errors
}

export const immutable = (value: unknown, old: unknown, path: string): FieldError[] =>
  deepEqual(value, old) ? [] : [invalid(path, value, IMMUTABLE)]

/** What the server itself keeps as it was (name, uid, timestamps) can't differ here and isn't asked about. */
export const objectMetaUpdate = (object: KubeObject, old: KubeObject): FieldError[] =>
  joined(genericMetaUpdate(object, old), knownFinalizers(object.metadata.finalizers, 'metadata.finalizers'))

/** What holds of the metadata of any object that is changed, before its kind is asked; what is wrong is told twice. */
export function commonMetaUpdate(namespaced: boolean, object: KubeObject, old: KubeObject): FieldError[] {
  const { metadata: meta } = object
  const isKnown = isStillStored(meta, old.metadata) && meta.name === old.metadata.name && !(meta.generation! < 0)
  // What could be stored is not judged again: most changes are of a status.
  if (isKnown && meta.namespace === old.metadata.namespace && meta.generateName === old.metadata.generateName) return []
  return joined(genericMeta(meta, namespaced, pathSegment), genericMetaUpdate(object, old))
}

/** Frozen objects share what has not changed. */
const isStillStored = (meta: ObjectMeta, old: ObjectMeta): boolean =>
  Object.isFrozen(old) &&
  meta.labels === old.labels &&
  meta.annotations === old.annotations &&
  meta.ownerReferences === old.ownerReferences &&
  meta.finalizers === old.finalizers

export function genericMetaUpdate({ metadata: meta }: KubeObject, { metadata: old }: KubeObject): FieldError[] {
  if (isStillStored(meta, old)) return []
  let errors: FieldError[] = []
  if (old.deletionTimestamp) {
    const added = (meta.finalizers ?? []).filter(f => !old.finalizers?.includes(f)).sort()
    if (added.length) {
      const list = added.map(f => JSON.stringify(f)).join(', ')
      errors.push(
        forbiddenField(
          'metadata.finalizers',
          `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`,
        ),
      )
    }
  }
  errors = joined(errors, labels(meta.labels, 'metadata.labels'))
  errors = joined(errors, annotations(meta.annotations, 'metadata.annotations'))
  return joined(errors, ownerReferences(meta.ownerReferences, 'metadata.ownerReferences'))
}

export function labelSelector(selector: Draft, path: string): FieldError[] {
  if (!selector) return []
  return [
    ...labels(selector.matchLabels, `${path}.matchLabels`),
    ...(selector.matchExpressions ?? []).flatMap((e: Draft, i: number) =>
      selectorRequirement(e, `${path}.matchExpressions[${i}]`),
    ),
  ]
}

/** @param anyOperator whoever asks may know more operators */
export function selectorRequirement({ key, operator, values }: Draft, path: string, anyOperator = false): FieldError[] {
  const errors: FieldError[] = []
  if (operator === 'In' || operator === 'NotIn') {
    if (!values?.length) errors.push(required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'"))
  } else if (operator === 'Exists' || operator === 'DoesNotExist') {
    if (values?.length) {
      errors.push(
        forbiddenField(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"),
      )
    }
  } else if (!anyOperator) errors.push(invalid(`${path}.operator`, operator ?? '', 'not a valid selector operator'))
  return [
    ...errors,
    ...check(qualifiedName, `${path}.key`, key),
    ...(values ?? []).flatMap((v: string, i: number) => check(labelValue, `${path}.values[${i}]`, v)),
  ]
}

/** Whether a well-formed selector matches labels; one that is malformed matches nothing. */
export function selectorMatches(selector: Draft, map: Draft): boolean {
  const has = (key: string): boolean => Object.hasOwn(map ?? {}, key)
  return (
    Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => has(key) && map[key] === value) &&
    (selector?.matchExpressions ?? []).every(({ key, operator, values }: Draft) => {
      if (operator === 'In') return has(key) && values?.includes(map[key])
      if (operator === 'NotIn') return !has(key) || !values?.includes(map[key])
      return operator === 'Exists' ? has(key) : operator === 'DoesNotExist' && !has(key)
    })
  )
}

export const isEmptySelector = (selector: Draft): boolean =>
  !Object.keys(selector?.matchLabels ?? {}).length && !selector?.matchExpressions?.length

export const nonNegative = (value: number | null | undefined, path: string): FieldError[] =>
  value != null && value < 0 ? [invalid(path, value, NEGATIVE)] : []

export const positive = (value: number | null | undefined, path: string): FieldError[] =>
  (value ?? 0) > 0 ? [] : [invalid(path, value ?? 0, 'must be greater than zero')]
