/** Volumes of the node, of networks and of clouds. */
import { type FieldError, invalid, notSupported, required, tooLong } from '../../../fields.ts'
import { isLonger } from '../../../formats/text-length.ts'
import type { Draft } from '../../../kind.ts'
import { between, check, complaints, dns1123Label, dns1123Subdomain } from '../../validation/content.ts'
import { type Check, descendingPath, isSet, needs, noBacksteps, oneOfIfSet } from './rules.ts'

const HOST_PATHS = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket']

const IQN = /iqn\.\d{4}-\d{2}\.([A-Za-z0-9-.]+)(:[^,;*&$|\s]+)$/
const EUI = /^eui.[A-Za-z0-9]{16}$/
const NAA = /^naa.[A-Za-z0-9]{32}$/
const INITIATORS: Record<string, RegExp> = { iqn: IQN, eui: EUI, naa: NAA }

/** @param hint what else a Pod is told where not even the beginning is right */
function initiator(name: string, field: string, hint: string): FieldError[] {
  const pattern = INITIATORS[name.slice(0, 3)]
  if (!pattern) return [invalid(field, name, `must be valid format${hint}`)]
  return pattern.test(name) ? [] : [invalid(field, name, 'must be valid format')]
}

const lun = (value: number, field: string): FieldError[] =>
  value < 0 || value > 255 ? [invalid(field, value, between(0, 255))] : []

const partition = (disk: Draft, field: string): FieldError[] => {
  const value = disk.partition ?? 0
  return value < 0 || value > 255 ? [invalid(`${field}.partition`, value, between(1, 255))] : []
}

const secretRef = (source: Draft, field: string): FieldError[] =>
  source.secretRef && !source.secretRef.name ? [required(`${field}.secretRef.name`)] : []

/** Kinds of volume of which nothing is asked but that these fields are there. */
const demand =
  (...keys: string[]): Check =>
  (source, field) =>
    needs(source, field, ...keys)

const hostPath: Check = (source, field) =>
  source.path
    ? [...noBacksteps(source.path, `${field}.path`), ...oneOfIfSet(source.type, `${field}.type`, HOST_PATHS)]
    : [required(`${field}.path`)]

/** Kubernetes' own names for a field, where it says what is wrong in it. */
export const CHECKED_AS: Readonly<Record<string, string>> = { gcePersistentDisk: 'persistentDisk' }

const MAX_TARGET = 64
const TOO_LONG =
  'Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.'

/** An initiator's session is named after the volume and where it leads. */
export const targetFault = (volume: string, { targetPortal, initiatorName }: Draft): string | undefined =>
  isSet(initiatorName) && `${volume}:${targetPortal ?? ''}`.length > MAX_TARGET ? TOO_LONG : undefined

/** @param volume the name of a volume by itself, of which more is asked, in fewer words */
export function iscsi(source: Draft, field: string, volume?: string): FieldError[] {
  const hint = volume === undefined ? ' starting with iqn, eui, or naa' : ''
  const { targetPortal = '', initiatorName } = source
  const long = volume === undefined ? undefined : targetFault(volume, source)
  return [
    ...needs(source, field, 'targetPortal'),
    ...(long ? [invalid(`${field}.targetportal`, targetPortal, long)] : []),
    ...(source.iqn ? initiator(source.iqn, `${field}.iqn`, hint) : [required(`${field}.iqn`)]),
    ...lun(source.lun ?? 0, `${field}.lun`),
    ...((source.chapAuthDiscovery || source.chapAuthSession) && !source.secretRef
      ? [required(`${field}.secretRef`)]
      : []),
    ...(volume === undefined ? [] : secretRef(source, field)),
    ...(isSet(initiatorName) ? initiator(initiatorName, `${field}.initiatorname`, hint) : []),
  ]
}

const fc: Check = (source, field) => {
  const path = `${field}.targetWWNs`
  const names = source.targetWWNs?.length
  const errors: FieldError[] = []
  if (!names && !source.wwids?.length)
    errors.push(required(path, 'must specify either targetWWNs or wwids, but not both'))
  if (names && source.wwids?.length)
    errors.push(invalid(path, source.targetWWNs, 'targetWWNs and wwids can not be specified simultaneously'))
  if (!names) return errors
  if (!isSet(source.lun)) return [...errors, required(`${field}.lun`, 'lun is required if targetWWNs is specified')]
  return [...errors, ...lun(source.lun, `${field}.lun`)]
}

const HOST_PORTS = 'must be a host:port pair or multiple pairs separated by commas'

const quobyte: Check = (source, field) => {
  const errors: FieldError[] = []
  if (!source.registry) errors.push(required(`${field}.registry`, HOST_PORTS))
  else if (source.tenant?.length >= 65)
    errors.push(required(`${field}.tenant`, 'must be a UUID and may not exceed a length of 64 characters'))
  else {
    const wrong = source.registry.split(',').filter((pair: string) => !/^([^:]*|\[[^\]]*\]):[^:]*$/.test(pair))
    for (const _ of wrong) errors.push(invalid(`${field}.registry`, source.registry, HOST_PORTS))
  }
  return [...errors, ...needs(source, field, 'volume')]
}

const flocker: Check = ({ datasetName: name = '', datasetUUID: uuid }, field) => [
  ...(name || uuid ? [] : [required(field, 'one of datasetName and datasetUUID is required')]),
  ...(name && uuid
    ? [invalid(field, 'resource', 'datasetName and datasetUUID can not be specified simultaneously')]
    : []),
  ...(name.includes('/') ? [invalid(`${field}.datasetName`, name, "must not contain '/'")] : []),
]

const flexVolume: Check = (source, field) => [
  ...needs(source, field, 'driver'),
  ...Object.keys(source.options ?? {}).flatMap(key =>
    /\.(kubernetes|k8s)\.io$/.test(`.${key.split('/')[0]!.toLowerCase()}`)
      ? [invalid(`${field}.options[${key}]`, key, 'kubernetes.io and k8s.io namespaces are reserved')]
      : [],
  ),
]

const MANAGED_URI = '/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}'
const BLOB_URI = 'https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd'

const azureDisk: Check = (source, field) => {
  const errors = needs(source, field, 'diskName', 'diskURI')
  errors.push(...oneOfIfSet(source.cachingMode, `${field}.cachingMode`, ['None', 'ReadOnly', 'ReadWrite']))
  errors.push(...oneOfIfSet(source.kind, `${field}.kind`, ['Dedicated', 'Managed', 'Shared']))
  if (!isSet(source.kind)) return errors
  const [prefix, example] = source.kind === 'Managed' ? ['/subscriptions/', MANAGED_URI] : ['https://', BLOB_URI]
  const uri: string = source.diskURI ?? ''
  return uri.startsWith(prefix) ? errors : [...errors, notSupported(`${field}.diskURI`, uri, [example])]
}

const storageos: Check = (source, field) => [
  ...(source.volumeName
    ? check(dns1123Label, `${field}.volumeName`, source.volumeName)
    : [required(`${field}.volumeName`)]),
  ...(source.volumeNamespace ? check(dns1123Label, `${field}.volumeNamespace`, source.volumeNamespace) : []),
  ...secretRef(source, field),
]

function driverName(name: string, field: string): FieldError[] {
  if (!name) return [required(field)]
  const long = isLonger(name, 63) ? [tooLong(field, 63)] : []
  return [...long, ...complaints(field, name, dns1123Subdomain(name.toLowerCase()))]
}

const csi: Check = (source, field) => {
  const errors = driverName(source.driver, `${field}.driver`)
  const ref = source.nodePublishSecretRef
  if (!ref) return errors
  if (!ref.name) return [...errors, required(`${field}.nodePublishSecretRef.name`)]
  return [...errors, ...check(dns1123Subdomain, `${field}.name`, ref.name)]
}

const nfs: Check = (source, field) => [
  ...needs(source, field, 'server', 'path'),
  ...(source.path?.startsWith('/') ? [] : [invalid(`${field}.path`, source.path ?? '', 'must be an absolute path')]),
]

const gitRepo: Check = (source, field) => [
  ...needs(source, field, 'repository'),
  ...descendingPath(source.directory ?? '', `${field}.directory`),
]

const disk =
  (nameKey: string): Check =>
  (source, field) => [...needs(source, field, nameKey), ...partition(source, field)]

export const DISKS = {
  hostPath,
  gitRepo,
  gcePersistentDisk: disk('pdName'),
  awsElasticBlockStore: disk('volumeID'),
  nfs,
  iscsi: (source, field) => iscsi(source, field),
  glusterfs: demand('endpoints', 'path'),
  flocker,
  persistentVolumeClaim: demand('claimName'),
  rbd: demand('monitors', 'image'),
  cinder: (source, field) => [...needs(source, field, 'volumeID'), ...secretRef(source, field)],
  cephfs: demand('monitors'),
  quobyte,
  fc,
  flexVolume,
  azureFile: demand('secretName', 'shareName'),
  vsphereVolume: demand('volumePath'),
  photonPersistentDisk: demand('pdID'),
  portworxVolume: demand('volumeID'),
  azureDisk,
  storageos,
  scaleIO: demand('gateway', 'system', 'volumeName'),
  csi,
} satisfies Record<string, Check>
