/** Claims as they must be, alone or as templates. */
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import { compareQuantities, parseQuantity, quantityValue } from '../../resources/quantity.ts'
import { alsoEmpty } from '../../schema/left-empty.ts'
import type { PersistentVolumeClaim } from '../../types.ts'
import { check, dns1123Label, dns1123Subdomain } from './content.ts'
import { internalDiff } from './internal.ts'
import { immutable, labelSelector, objectMeta, objectMetaUpdate } from './metadata.ts'

const MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod']
export const VOLUME_MODES = ['Block', 'Filesystem']

export function accessModes(modes: readonly string[], path: string): FieldError[] {
  const errors = modes.filter(mode => !MODES.includes(mode)).map(mode => notSupported(path, mode, MODES))
  const known = modes.filter(mode => MODES.includes(mode))
  if (known.includes('ReadWriteOncePod') && known.some(mode => mode !== 'ReadWriteOncePod'))
    errors.push(forbiddenField(path, 'may not use ReadWriteOncePod with other access modes'))
  return errors
}

export const positiveQuantity = (quantity: string | number, path: string): FieldError[] =>
  compareQuantities(quantity, 0) > 0 ? [] : [invalid(path, parseQuantity(quantity).text, 'must be greater than zero')]

const className = (name: string | null | undefined, path: string): FieldError[] =>
  name ? check(dns1123Subdomain, path, name) : []

/** @param before who has named a group once may name any */
function source({ name, kind, apiGroup, namespace }: Draft, path: string, before?: Draft): FieldError[] {
  const why = "must be 'PersistentVolumeClaim' when referencing the default apiGroup"
  return [
    ...(name ? [] : [required(`${path}.name`)]),
    ...(kind ? [] : [required(`${path}.kind`)]),
    ...(!apiGroup && kind !== 'PersistentVolumeClaim' ? [invalid(path, kind ?? '', why)] : []),
    ...(apiGroup && before?.apiGroup == null ? check(dns1123Subdomain, `${path}.apiGroup`, apiGroup) : []),
    ...(namespace ? check(dns1123Label, `${path}.namespace`, namespace) : []),
  ]
}

/** The value that the message shows is the field's own path: a slip of Kubernetes that clients see. */
function sourcesAgree({ dataSource, dataSourceRef: ref }: Draft, path: string): FieldError[] {
  if (!dataSource || !ref) return []
  const shown = {}
  if (ref.namespace) return [invalid(path, shown, 'may not be specified when dataSourceRef.namespace is specified')]
  const same = (['apiGroup', 'kind', 'name'] as const).every(key => dataSource[key] === ref[key])
  return same ? [] : [invalid(path, shown, 'must match dataSourceRef')]
}

export function validateClaimSpec(spec: Draft, path: string, old?: Draft): FieldError[] {
  const storage = spec.resources?.requests?.storage
  const named = [old?.dataSource, old?.dataSourceRef].find(ref => ref?.apiGroup != null)
  const size = `${path}.resources[storage]`
  const { volumeMode } = spec
  return [
    ...(spec.accessModes?.length ? [] : [required(`${path}.accessModes`, 'at least 1 access mode is required')]),
    ...labelSelector(spec.selector, `${path}.selector`),
    ...accessModes(spec.accessModes ?? [], `${path}.accessModes`),
    ...(storage == null ? [required(size)] : positiveQuantity(storage, size)),
    ...className(spec.storageClassName, `${path}.storageClassName`),
    ...(volumeMode == null || VOLUME_MODES.includes(volumeMode)
      ? []
      : [notSupported(`${path}.volumeMode`, volumeMode, VOLUME_MODES)]),
    ...(spec.dataSource ? source({ ...spec.dataSource, namespace: undefined }, `${path}.dataSource`, named) : []),
    ...(spec.dataSourceRef ? source(spec.dataSourceRef, `${path}.dataSourceRef`, named) : []),
    ...sourcesAgree(spec, path),
    ...className(spec.volumeAttributesClassName, `${path}.volumeAttributesClassName`),
  ]
}

export const validateClaim = ({ metadata, spec }: PersistentVolumeClaim, old?: Draft): FieldError[] => [
  ...objectMeta(metadata, true),
  ...validateClaimSpec(spec, 'spec', old),
]

const CLASS = 'volume.beta.kubernetes.io/storage-class'

/** The spec as it would be if what may change had not: a volume for an unbound claim, a bound claim's size, a first class. */
function withoutAllowed({ metadata, spec, status }: Draft, old: Draft): Draft {
  const kept = alsoEmpty(structuredClone(spec) as Draft, spec)
  if (spec.resources) alsoEmpty(kept.resources, spec.resources)
  if (!old.spec.volumeName) {
    if (spec.volumeName) delete kept.volumeName
  }
  const annotated = old.metadata.annotations?.[CLASS]
  const named = spec.storageClassName
  if (named != null && old.spec.storageClassName == null && (annotated === undefined || annotated === named)) {
    const now = metadata.annotations?.[CLASS]
    if (annotated === undefined || now === undefined || now === annotated) delete kept.storageClassName
  }
  if (status?.phase === 'Bound') {
    if (kept.resources?.requests) kept.resources.requests.storage = old.spec.resources?.requests?.storage
    kept.volumeAttributesClassName = old.spec.volumeAttributesClassName
  }
  return kept
}

const RESIZES = [
  'ControllerResizeInProgress',
  'ControllerResizeInfeasible',
  'NodeResizeInProgress',
  'NodeResizeInfeasible',
  'NodeResizePending',
]

const notNegative = (amount: string | number, path: string): FieldError[] => {
  const value = quantityValue(amount)
  return value < 0 ? [invalid(path, value, 'must be a valid resource quantity')] : []
}

/** What of a claim is resized: its storage, or what has a domain of its own. */
const resizedName = (name: string, path: string): FieldError[] =>
  name === 'storage' || (name.includes('/') && !name.includes('kubernetes.io/'))
    ? []
    : [notSupported(path, name, ['storage'])]

export function validateClaimStatus(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const { capacity, allocatedResourceStatuses, allocatedResources } = (claim.status ?? {}) as Draft
  const entries = (map: Draft): [string, string][] => Object.entries(map ?? {})
  const statuses = 'status.allocatedResourceStatuses'
  const amounts = 'status.allocatedResources'
  return [
    ...objectMetaUpdate(claim, old),
    ...entries(capacity).flatMap(([name, amount]) => notNegative(amount, `status.capacity[${name}]`)),
    ...entries(allocatedResourceStatuses).flatMap(([name, state]) => [
      ...resizedName(name, statuses),
      ...(RESIZES.includes(state) ? [] : [notSupported(statuses, name, RESIZES)]),
    ]),
    ...entries(allocatedResources).flatMap(([name, amount]) => {
      const unknown = resizedName(name, amounts)
      return unknown.length ? unknown : notNegative(amount, `${amounts}[${name}]`)
    }),
  ]
}

export function validateClaimUpdate(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const errors = [...objectMetaUpdate(claim, old), ...validateClaim(claim, old.spec)]
  const before = old.metadata.annotations?.[CLASS]
  const now = claim.metadata.annotations?.[CLASS]
  const upgraded = now === undefined && before !== undefined && claim.spec.storageClassName === before
  if (before !== now && !upgraded)
    errors.push(invalid(`metadata.annotations[${CLASS}]`, now ?? '', 'field is immutable'))
  const kept = withoutAllowed(claim, old)
  const fixed = structuredClone(old.spec) as Draft
  if (!fixed.volumeName) delete fixed.volumeName
  if (!deepEqual(kept, fixed)) {
    const why =
      'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims'
    errors.push(forbiddenField('spec', `${why}\n${internalDiff('PersistentVolumeClaimSpec', fixed, kept)}`))
  }
  const size = (c: Draft): string => c.spec.resources?.requests?.storage ?? '0'
  const actual = (old.status as Draft)?.capacity?.storage ?? '0'
  if (compareQuantities(size(claim), size(old)) < 0 && compareQuantities(size(claim), actual) <= 0)
    errors.push(forbiddenField('spec.resources.requests.storage', 'field can not be less than status.capacity'))
  return [...errors, ...immutable(claim.spec.volumeMode, old.spec.volumeMode, 'volumeMode')]
}
