/** Volumes as they must be. */
import { type FieldError, forbiddenField, invalid, notSupported, required, tooLong } from '../../fields.ts'
import { isLonger } from '../../formats/text-length.ts'
import type { Draft } from '../../kind.ts'
import { quantityValue } from '../../resources/quantity.ts'
import { emptyAt } from '../../schema/left-empty.ts'
import type { PersistentVolume } from '../../types.ts'
import { CHECKED_AS, DISKS, iscsi } from '../pod/validate/disks.ts'
import { noBacksteps } from '../pod/validate/rules.ts'
import { check, complaints, dns1123Label, dns1123Subdomain } from './content.ts'
import { fixed, internalDiff, same } from './internal.ts'
import { immutable, objectMeta } from './metadata.ts'
import { nodeSelector } from './nodeselector.ts'
import { accessModes, positiveQuantity, VOLUME_MODES } from './persistentvolumeclaim.ts'
import { sorted } from './selector.ts'

const POLICIES = ['Delete', 'Recycle', 'Retain']

const secret = (ref: Draft, path: string): FieldError[] =>
  ref
    ? [
        ...(ref.name ? check(dns1123Subdomain, `${path}.name`, ref.name) : [required(`${path}.name`)]),
        ...(ref.namespace ? check(dns1123Label, `${path}.namespace`, ref.namespace) : [required(`${path}.namespace`)]),
      ]
    : []

const SECRETS = [
  'controllerPublishSecretRef',
  'controllerExpandSecretRef',
  'nodePublishSecretRef',
  'nodeExpandSecretRef',
]

function driver(name: string | undefined, path: string): FieldError[] {
  if (!name) return [required(path)]
  return [
    ...(isLonger(name, 63) ? [tooLong(path, 63)] : []),
    ...complaints(path, name, dns1123Subdomain(name.toLowerCase())),
  ]
}

/** A Pod's secrets are in its namespace, a volume's in one that it names. */
const secretNamespace = ({ secretRef }: Draft, path: string): FieldError[] =>
  secretRef && !secretRef.namespace ? [required(`${path}.secretRef.namespace`)] : []

function endpointsNamespace(namespace: string | null | undefined, path: string): FieldError[] {
  if (namespace == null) return []
  if (namespace) return check(dns1123Label, path, namespace)
  return [invalid(path, namespace, 'if the endpointnamespace is set, it must be a valid namespace name')]
}

/** Kinds of storage in the order in which they are looked at: what a Pod's volume of the kind must be, and what is said of a volume alone. */
const SOURCES: Record<string, (source: Draft, path: string, name: string) => FieldError[]> = {
  hostPath: DISKS.hostPath,
  gcePersistentDisk: DISKS.gcePersistentDisk,
  awsElasticBlockStore: DISKS.awsElasticBlockStore,
  glusterfs: (source, field) => [
    ...DISKS.glusterfs(source, field),
    ...endpointsNamespace(source.endpointsNamespace, `${field}.endpointsNamespace`),
  ],
  flocker: DISKS.flocker,
  nfs: DISKS.nfs,
  rbd: DISKS.rbd,
  quobyte: DISKS.quobyte,
  cephfs: DISKS.cephfs,
  iscsi,
  cinder: (source, field) => [...DISKS.cinder(source, field), ...secretNamespace(source, field)],
  fc: DISKS.fc,
  flexVolume: DISKS.flexVolume,
  azureFile: (source, field) => [
    ...DISKS.azureFile(source, field),
    ...(source.secretNamespace === '' ? [required(`${field}.secretNamespace`)] : []),
  ],
  vsphereVolume: DISKS.vsphereVolume,
  photonPersistentDisk: DISKS.photonPersistentDisk,
  portworxVolume: DISKS.portworxVolume,
  azureDisk: DISKS.azureDisk,
  scaleIO: DISKS.scaleIO,
  local: ({ path }, field) => (path ? noBacksteps(path, `${field}.path`) : [required(`${field}.path`)]),
  storageos: (source, field) => [...DISKS.storageos(source, field), ...secretNamespace(source, field)],
  csi: (source, field) => [
    ...driver(source.driver, `${field}.driver`),
    ...(source.volumeHandle ? [] : [required(`${field}.volumeHandle`)]),
    ...SECRETS.flatMap(key => secret(source[key], `${field}.${key}`)),
  ],
}

function sources(spec: Draft, name: string): FieldError[] {
  const errors: FieldError[] = []
  let found = false
  for (const [key, rules] of Object.entries(SOURCES)) {
    if (!spec[key]) continue
    if (found) errors.push(forbiddenField(`spec.${key}`, 'may not specify more than 1 volume type'))
    else {
      errors.push(...rules(spec[key], `spec.${CHECKED_AS[key] ?? key}`, name))
      if (key === 'local' && !spec.nodeAffinity)
        errors.push(required('spec.nodeAffinity', 'Local volume requires node affinity'))
    }
    found = true
  }
  return found ? errors : [required('spec', 'must specify a volume type')]
}

function capacity(list: Draft, none: Draft, path: string): FieldError[] {
  const entries = Object.entries(list ?? {}) as [string, string][]
  return [
    ...(entries.length ? [] : [required(path)]),
    ...(entries.length === 1 && entries[0]![0] === 'storage'
      ? []
      : [notSupported(path, sorted(list ?? none), ['storage'])]),
    ...entries.flatMap(([key, amount]) => {
      const value = quantityValue(amount)
      const wrong = value < 0 ? [invalid(`${path}[${key}]`, value, 'must be a valid resource quantity')] : []
      return [...wrong, ...positiveQuantity(amount, `${path}[${key}]`)]
    }),
  ]
}

function affinity(affinity: Draft, path: string): FieldError[] {
  if (!affinity) return []
  if (!affinity.required) return [required(`${path}.required`, 'must specify required node constraints')]
  return nodeSelector(affinity.required, `${path}.required`)
}

const isRoot = (path: string): boolean => path.startsWith('/') && /^[/.]*$/.test(path)

const MOUNT_OPTIONS = 'volume.beta.kubernetes.io/mount-options'
/** These can be mounted in more than one way. */
const WITH_MOUNT_OPTIONS = [
  'gcePersistentDisk',
  'awsElasticBlockStore',
  'glusterfs',
  'nfs',
  'rbd',
  'quobyte',
  'iscsi',
  'cinder',
  'cephfs',
  'azureFile',
  'vsphereVolume',
  'azureDisk',
  'photonPersistentDisk',
]

function mountOptions({ metadata, spec }: Draft): FieldError[] {
  if (metadata.annotations?.[MOUNT_OPTIONS] === undefined || WITH_MOUNT_OPTIONS.some(key => spec[key])) return []
  const path = `metadata.annotations.${MOUNT_OPTIONS}`
  return [forbiddenField(path, 'may not specify mount options for this volume type')]
}

function wholeVolume({ metadata, spec }: PersistentVolume): FieldError[] {
  const { persistentVolumeReclaimPolicy: policy, storageClassName, volumeMode } = spec
  const attributes = spec.volumeAttributesClassName
  const recycledRoot = policy === 'Recycle' && spec.hostPath && isRoot(spec.hostPath.path ?? '')
  return [
    ...objectMeta(metadata, false),
    ...(spec.accessModes?.length ? [] : [required('spec.accessModes')]),
    ...accessModes(spec.accessModes ?? [], 'spec.accessModes'),
    ...capacity(spec.capacity, emptyAt(spec, 'capacity'), 'spec.capacity'),
    ...(!policy || POLICIES.includes(policy)
      ? []
      : [notSupported('spec.persistentVolumeReclaimPolicy', policy, POLICIES)]),
    ...affinity(spec.nodeAffinity, 'spec.nodeAffinity'),
    ...sources(spec, metadata.name ?? ''),
    ...(recycledRoot
      ? [forbiddenField('spec.persistentVolumeReclaimPolicy', "may not be 'recycle' for a hostPath mount of '/'")]
      : []),
    ...(storageClassName ? check(dns1123Subdomain, 'spec.storageClassName', storageClassName) : []),
    ...(volumeMode == null || VOLUME_MODES.includes(volumeMode)
      ? []
      : [notSupported('spec.volumeMode', volumeMode, VOLUME_MODES)]),
    ...(attributes == null
      ? []
      : [
          ...(attributes
            ? check(dns1123Subdomain, 'spec.volumeAttributesClassName', attributes)
            : [required('spec.volumeAttributesClassName', 'an empty string is disallowed')]),
          ...(spec.csi ? [] : [required('spec.csi', 'has to be specified when using volumeAttributesClassName')]),
        ]),
  ]
}

const sourceOf = (spec: Draft): Draft =>
  Object.fromEntries(Object.keys(SOURCES).flatMap(key => (spec[key] ? [[key, spec[key]]] : [])))

/** Zones and regions may be called by their newer names. */
const RENAMED: Readonly<Record<string, string>> = {
  'failure-domain.beta.kubernetes.io/zone': 'topology.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region': 'topology.kubernetes.io/region',
  'beta.kubernetes.io/instance-type': 'node.kubernetes.io/instance-type',
  'beta.kubernetes.io/os': 'kubernetes.io/os',
  'beta.kubernetes.io/arch': 'kubernetes.io/arch',
}

function affinityUpdate(now: Draft, old: Draft): FieldError[] {
  const before = structuredClone(old)
  for (const [i, term] of (before.required?.nodeSelectorTerms ?? []).entries()) {
    for (const [j, one] of (term.matchExpressions ?? []).entries()) {
      const other = now?.required?.nodeSelectorTerms?.[i]?.matchExpressions?.[j]
      // What has no newer name may lose the one it has: a slip of Kubernetes that clients see.
      if (other && (RENAMED[one.key] ?? '') === (other.key ?? '')) one.key = other.key
    }
  }
  const why = 'field is immutable, except for updating from beta label to GA'
  return fixed('VolumeNodeAffinity', now, before, 'nodeAffinity', why)
}

export const validateVolume = (volume: PersistentVolume): FieldError[] => [
  ...wholeVolume(volume),
  ...mountOptions(volume),
]

export function validateVolumeUpdate(volume: PersistentVolume, old: PersistentVolume): FieldError[] {
  // What is wrong is found as for any volume, and once more as in a change of one.
  const wrong = wholeVolume(volume)
  const errors = [...wrong, ...mountOptions(volume), ...wrong]
  const now = sourceOf(volume.spec)
  const before = sourceOf(old.spec)
  if (before.csi && !before.csi.controllerExpandSecretRef && now.csi) {
    const { controllerExpandSecretRef: _, ...csi } = now.csi
    now.csi = csi
  }
  if (!same('PersistentVolumeSource', now, before)) {
    const diff = internalDiff('PersistentVolumeSource', before, now)
    errors.push(
      forbiddenField('spec.persistentvolumesource', `spec.persistentvolumesource is immutable after creation\n${diff}`),
    )
  }
  errors.push(...immutable(volume.spec.volumeMode, old.spec.volumeMode, 'volumeMode'))
  if (old.spec.nodeAffinity) errors.push(...affinityUpdate(volume.spec.nodeAffinity, old.spec.nodeAffinity))
  if (old.spec.volumeAttributesClassName != null && volume.spec.volumeAttributesClassName == null)
    errors.push(forbiddenField('spec.volumeAttributesClassName', 'update from non-nil value to nil is forbidden'))
  return errors
}
