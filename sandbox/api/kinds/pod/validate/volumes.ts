/** A Pod's volumes: one source each, of whatever kind, and names that differ. */
import { duplicate, type FieldError, forbiddenField, invalid, required } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { isQuantity, parseQuantity } from '../../../resources/quantity.ts'
import { check, dns1123Label, dns1123Subdomain } from '../../validation/content.ts'
import { annotations, labels } from '../../validation/metadata.ts'
import { validateClaimSpec } from '../../validation/persistentvolumeclaim.ts'
import { PULL_POLICIES } from './container.ts'
import { CHECKED_AS, DISKS, targetFault } from './disks.ts'
import { configMapVolume, downwardVolume, projectedVolume, secretVolume } from './files.ts'
import type { Volumes } from './mounts.ts'
import { type Check, each, isSet, needs, oneOf } from './rules.ts'

const emptyDir: Check = ({ sizeLimit }, field) =>
  isSet(sizeLimit) && isQuantity(sizeLimit) && parseQuantity(sizeLimit).nano < 0n
    ? [forbiddenField(`${field}.sizeLimit`, 'SizeLimit field must be a valid resource quantity')]
    : []

/** What a template of a claim may say of its metadata. */
const TEMPLATE_META = ['annotations', 'labels', 'creationTimestamp']

const ephemeral: Check = ({ volumeClaimTemplate: template }, field) => {
  const path = `${field}.volumeClaimTemplate`
  if (!template) return [required(path)]
  const meta = template.metadata ?? {}
  const extra = Object.keys(meta).filter(key => !TEMPLATE_META.includes(key) && isSet(meta[key]) && meta[key] !== '')
  return [
    ...annotations(meta.annotations, `${path}.metadata.annotations`),
    ...labels(meta.labels, `${path}.metadata.labels`),
    ...extra.map(key => forbiddenField(`${path}.metadata.${key}`, 'cannot be set')),
    ...validateClaimSpec(template.spec ?? {}, `${path}.spec`),
  ]
}

/** In the order in which Kubernetes asks; the first that is there is the volume. */
const sources = (isPod: boolean): Record<string, Check> => ({
  emptyDir,
  hostPath: DISKS.hostPath,
  gitRepo: DISKS.gitRepo,
  gcePersistentDisk: DISKS.gcePersistentDisk,
  awsElasticBlockStore: DISKS.awsElasticBlockStore,
  secret: secretVolume,
  nfs: DISKS.nfs,
  iscsi: DISKS.iscsi,
  glusterfs: DISKS.glusterfs,
  flocker: DISKS.flocker,
  persistentVolumeClaim: DISKS.persistentVolumeClaim,
  rbd: DISKS.rbd,
  cinder: DISKS.cinder,
  cephfs: DISKS.cephfs,
  quobyte: DISKS.quobyte,
  downwardAPI: downwardVolume,
  fc: DISKS.fc,
  flexVolume: DISKS.flexVolume,
  configMap: configMapVolume,
  azureFile: DISKS.azureFile,
  vsphereVolume: DISKS.vsphereVolume,
  photonPersistentDisk: DISKS.photonPersistentDisk,
  portworxVolume: DISKS.portworxVolume,
  azureDisk: DISKS.azureDisk,
  storageos: DISKS.storageos,
  projected: projectedVolume,
  scaleIO: DISKS.scaleIO,
  csi: DISKS.csi,
  ephemeral,
  image: (source, field) => [
    ...(isPod ? needs(source, field, 'reference') : []),
    ...oneOf(source.pullPolicy, `${field}.pullPolicy`, PULL_POLICIES),
  ],
})
const OF_PODS = sources(true)
const OF_TEMPLATES = sources(false)

/** Kubernetes' own misspellings, where a path differs from the field's name. */
const REFUSED_AS: Record<string, string> = { cephfs: 'cephFS', downwardAPI: 'downwarAPI' }

function source(volume: Draft, field: string, podName: string | undefined, isPod: boolean): FieldError[] {
  const errors: FieldError[] = []
  let found = 0
  for (const [key, rule] of Object.entries(isPod ? OF_PODS : OF_TEMPLATES)) {
    const given = volume[key]
    if (!isSet(given)) continue
    if (found++)
      errors.push(forbiddenField(`${field}.${REFUSED_AS[key] ?? key}`, 'may not specify more than 1 volume type'))
    else {
      errors.push(...rule(given, `${field}.${CHECKED_AS[key] ?? key}`))
      if (key === 'ephemeral' && podName && volume.name) errors.push(...claimName(volume.name, podName, field))
    }
    const long = key === 'iscsi' ? targetFault(volume.name ?? '', given) : undefined
    if (long) errors.push(invalid(`${field}.name`, volume.name ?? '', long))
  }
  return found ? errors : [required(field, 'must specify a volume type')]
}

/** The claim that is made for an ephemeral volume is named after Pod and volume. */
const claimName = (volume: string, pod: string, field: string): FieldError[] =>
  dns1123Subdomain(`${pod}-${volume}`).map(message =>
    invalid(`${field}.name`, volume, `PVC name ${JSON.stringify(`${pod}-${volume}`)}: ${message}`),
  )

/** @param podName undefined in a template, whose Pods are not named yet */
export function volumes(
  list: Draft,
  field: string,
  podName: string | undefined,
  isPod: boolean,
): { errors: FieldError[]; valid: Volumes } {
  const valid = new Map<string, Draft>()
  const made = new Set(
    podName ? (list ?? []).filter((v: Draft) => v?.ephemeral).map((v: Draft) => `${podName}-${v.name}`) : [],
  )
  const errors = each(list, field, (volume, path) => {
    const name: string = volume.name ?? ''
    const found = source(volume, path, podName, isPod)
    found.push(...(name ? check(dns1123Label, `${path}.name`, name) : [required(`${path}.name`)]))
    if (valid.has(name)) found.push(duplicate(`${path}.name`, name))
    if (!found.length) valid.set(name, volume)
    const claim = volume.persistentVolumeClaim?.claimName
    if (claim && made.has(claim)) {
      const why = 'must not reference a PVC that gets created for an ephemeral volume'
      found.push(invalid(`${path}.persistentVolumeClaim.claimName`, claim, why))
    }
    return found
  })
  return { errors, valid }
}
