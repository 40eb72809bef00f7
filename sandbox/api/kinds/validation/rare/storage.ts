/** Storage drivers, what they say of nodes, and attachments, as they must be. */
import {
  duplicate,
  type FieldError,
  forbiddenField,
  invalid,
  notSupported,
  required,
  tooLong,
} from '../../../fields.ts'
import { deepEqual } from '../../../formats/json.ts'
import { isLonger } from '../../../formats/text-length.ts'
import type { Draft } from '../../../kind.ts'
import { compareQuantities, parseQuantity } from '../../../resources/quantity.ts'
import { alsoEmpty } from '../../../schema/left-empty.ts'
import type { CSIDriver, CSINode, CSIStorageCapacity, VolumeAttachment } from '../../../types.ts'
import { between, check, complaints, dns1123Subdomain, qualifiedName } from '../content.ts'
import { fixed } from '../internal.ts'
import {
  IMMUTABLE,
  immutable,
  labelSelector,
  NEGATIVE,
  nonNegative,
  objectMeta,
  objectMetaUpdate,
} from '../metadata.ts'

const MAX_DRIVER_NAME = 63
const MAX_NODE_ID = 256
const MAX_MESSAGE = 1024
const MODES = ['Persistent', 'Ephemeral']
const GROUP_POLICIES = ['File', 'None', 'ReadWriteOnceWithFSType']
const SHORTEST_TOKEN_S = 600
const LONGEST_TOKEN_S = 2 ** 32

function driverName(name: string | undefined, path: string): FieldError[] {
  if (!name) return [required(path)]
  return [
    ...(isLonger(name, MAX_DRIVER_NAME) ? [tooLong(path, MAX_DRIVER_NAME)] : []),
    ...complaints(path, name, dns1123Subdomain(name.toLowerCase())),
  ]
}

function tokenRequests(list: Draft, path: string): FieldError[] {
  const seen = new Set<string>()
  return (list ?? []).flatMap(({ audience = '', expirationSeconds: seconds }: Draft, i: number) => {
    if (seen.has(audience)) return [duplicate(`${path}[${i}].audience`, audience)]
    seen.add(audience)
    if (seconds == null) return []
    const at = `${path}[${i}].expirationSeconds`
    if (seconds < SHORTEST_TOKEN_S) return [invalid(at, seconds, 'may not specify a duration less than 10 minutes')]
    return seconds > LONGEST_TOKEN_S
      ? [invalid(at, seconds, 'may not specify a duration larger than 2^32 seconds')]
      : []
  })
}

function driverSpec(spec: Draft): FieldError[] {
  const { fsGroupPolicy, volumeLifecycleModes = [], nodeAllocatableUpdatePeriodSeconds: period } = spec
  const inSecrets = spec.serviceAccountTokenInSecrets
  const errors: FieldError[] = []
  if (fsGroupPolicy != null && !GROUP_POLICIES.includes(fsGroupPolicy))
    errors.push(notSupported('spec.fsGroupPolicy', fsGroupPolicy, GROUP_POLICIES))
  errors.push(...tokenRequests(spec.tokenRequests, 'spec.tokenRequests'))
  for (const mode of volumeLifecycleModes)
    if (!MODES.includes(mode)) errors.push(notSupported('spec.volumeLifecycleModes', mode, MODES))
  if (period != null && period < 10) {
    const why = 'must be greater than or equal to 10 seconds'
    errors.push(invalid('spec.nodeAllocatableUpdatePeriodSeconds', period, why))
  }
  if (inSecrets != null && !spec.tokenRequests?.length) {
    const why = 'serviceAccountTokenInSecrets is set but no tokenRequests are specified'
    errors.push(invalid('spec.serviceAccountTokenInSecrets', inSecrets, why))
  }
  return errors
}

export const validateDriver = ({ metadata, spec }: CSIDriver): FieldError[] => [
  ...objectMeta(metadata, false),
  ...driverSpec(spec),
]

export const validateDriverUpdate = (driver: CSIDriver, old: CSIDriver): FieldError[] => [
  ...objectMetaUpdate(driver, old),
  ...driverSpec(driver.spec),
  // The published path of the first is spelt so.
  ...immutable(driver.spec.attachRequired, old.spec.attachRequired, 'spec.attachedRequired'),
  ...immutable(driver.spec.volumeLifecycleModes, old.spec.volumeLifecycleModes, 'spec.volumeLifecycleModes'),
]

export const driverWarnings = ({ spec }: CSIDriver, old: CSIDriver | undefined): string[] =>
  spec.tokenRequests?.length &&
  spec.serviceAccountTokenInSecrets == null &&
  !(old && deepEqual(old.spec.tokenRequests, spec.tokenRequests))
    ? [
        'spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes',
      ]
    : []

function nodeDriver(driver: Draft, seen: Set<string>, path: string): FieldError[] {
  const { name = '', nodeID = '', topologyKeys } = driver
  const errors = driverName(name, `${path}.name`)
  if (!nodeID) errors.push(required(`${path}.nodeID`))
  if (isLonger(nodeID, MAX_NODE_ID))
    errors.push(invalid(`${path}.nodeID`, nodeID, `must be ${MAX_NODE_ID} characters or less`))
  errors.push(...nonNegative(driver.allocatable?.count, `${path}.allocatable.count`))
  if (seen.has(name)) errors.push(duplicate(`${path}.name`, name))
  seen.add(name)
  const keys = new Set<string>()
  for (const key of topologyKeys ?? []) {
    if (!key) errors.push(required(path))
    if (keys.has(key)) errors.push(duplicate(path, key))
    keys.add(key)
    errors.push(...check(qualifiedName, path, key))
  }
  return errors
}

export function validateStorageNode({ metadata, spec }: CSINode): FieldError[] {
  const seen = new Set<string>()
  return [
    ...objectMeta(metadata, false),
    ...(spec.drivers ?? []).flatMap((driver, i) => nodeDriver(driver, seen, `spec.drivers[${i}]`)),
  ]
}

/** What a node's driver is called and knows stays; how many volumes it takes may change. */
export function validateStorageNodeUpdate(node: CSINode, old: CSINode): FieldError[] {
  const errors = validateStorageNode(node)
  for (const before of old.spec.drivers ?? []) {
    for (const now of node.spec.drivers ?? []) {
      if (now.name !== before.name) continue
      const uncounted = (driver: Draft): Draft => alsoEmpty({ ...driver, allocatable: undefined }, driver)
      errors.push(...fixed('CSINodeDriver', uncounted(now), uncounted(before), 'spec.drivers'))
    }
  }
  return errors
}

export function validateCapacity(capacity: CSIStorageCapacity): FieldError[] {
  const { capacity: amount } = capacity
  return [
    ...objectMeta(capacity.metadata, true),
    ...labelSelector(capacity.nodeTopology, 'nodeTopology'),
    ...check(dns1123Subdomain, 'storageClassName', capacity.storageClassName),
    ...(amount != null && compareQuantities(amount, 0) < 0
      ? [invalid('capacity', parseQuantity(amount).text, NEGATIVE)]
      : []),
  ]
}

export const validateCapacityUpdate = (capacity: CSIStorageCapacity, old: CSIStorageCapacity): FieldError[] => [
  ...validateCapacity(capacity),
  ...objectMetaUpdate(capacity, old),
  ...(deepEqual(capacity.nodeTopology ?? null, old.nodeTopology ?? null)
    ? []
    : [invalid('nodeTopology', capacity.nodeTopology, IMMUTABLE)]),
  ...immutable(capacity.storageClassName, old.storageClassName, 'storageClassName'),
]

const EXACTLY_ONE = 'must specify exactly one of inlineVolumeSpec and persistentVolumeName'

function attachmentSource({ inlineVolumeSpec: inline, persistentVolumeName: name }: Draft, path: string): FieldError[] {
  if (inline == null && name == null) return [required(path, EXACTLY_ONE)]
  if (inline != null && name != null) return [forbiddenField(path, EXACTLY_ONE)]
  return name === '' ? [required(`${path}.persistentVolumeName`, 'must specify non empty persistentVolumeName')] : []
}

const volumeError = (error: Draft, path: string): FieldError[] => [
  ...(isLonger(error?.message ?? '', MAX_MESSAGE) ? [tooLong(`${path}.message`, MAX_MESSAGE)] : []),
  ...(error?.errorCode < 0 ? [invalid(`${path}.errorCode`, error.errorCode, between(0, 2147483647))] : []),
]

export function validateAttachment({ metadata, spec, status }: VolumeAttachment): FieldError[] {
  const volume = spec.source.persistentVolumeName
  return [
    ...objectMeta(metadata, false),
    ...driverName(spec.attacher, 'spec.attacher'),
    ...attachmentSource(spec.source, 'spec.source'),
    ...check(dns1123Subdomain, 'spec.nodeName', spec.nodeName),
    ...volumeError(status?.attachError, 'status.attachError'),
    ...volumeError(status?.detachError, 'status.detachError'),
    ...(volume == null ? [] : check(dns1123Subdomain, 'spec.source.persistentVolumeName', volume)),
  ]
}

export const validateAttachmentUpdate = (attachment: VolumeAttachment, old: VolumeAttachment): FieldError[] => [
  ...validateAttachment(attachment),
  ...fixed('VolumeAttachmentSpec', attachment.spec, old.spec, 'spec'),
]
