/** Sources of volumes: what each is called, and the fields that are told of it. */
import type { Obj } from '../objects.ts'

interface SourceText {
  type: string
  /** @param persistent of a PersistentVolume, whose secrets have namespaces */
  lines(v: Obj, persistent: boolean): Record<string, unknown>
}

const words = (list: readonly string[] | undefined): string => `[${(list ?? []).join(' ')}]`
/** A reference as Go prints its pointer. */
const secretRef = (ref: Obj, persistent: boolean): string =>
  !ref
    ? 'nil'
    : persistent
      ? `&SecretReference{Name:${ref.name ?? ''},Namespace:${ref.namespace ?? ''},}`
      : `&LocalObjectReference{Name:${ref.name ?? ''},}`
const named = (v: Obj, ...fields: readonly (readonly [label: string, field: string])[]): Record<string, unknown> =>
  Object.fromEntries(fields.map(([label, field]) => [label, v[field] ?? '']))
const readOnly = (v: Obj): { ReadOnly: boolean } => ({ ReadOnly: !!v.readOnly })

export const SOURCES: Readonly<Record<string, SourceText>> = {
  hostPath: {
    type: 'HostPath (bare host directory volume)',
    lines: v => named(v, ['Path', 'path'], ['HostPathType', 'type']),
  },
  emptyDir: {
    type: "EmptyDir (a temporary directory that shares a pod's lifetime)",
    lines: v => ({ Medium: v.medium ?? '', SizeLimit: v.sizeLimit && v.sizeLimit !== '0' ? v.sizeLimit : '<unset>' }),
  },
  configMap: {
    type: 'ConfigMap (a volume populated by a ConfigMap)',
    lines: v => ({ Name: v.name, Optional: !!v.optional }),
  },
  secret: {
    type: 'Secret (a volume populated by a Secret)',
    lines: v => ({ SecretName: v.secretName, Optional: !!v.optional }),
  },
  persistentVolumeClaim: {
    type: 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    lines: v => ({ ClaimName: v.claimName, ...readOnly(v) }),
  },
  nfs: {
    type: 'NFS (an NFS mount that lasts the lifetime of a pod)',
    lines: v => ({ ...named(v, ['Server', 'server'], ['Path', 'path']), ...readOnly(v) }),
  },
  local: {
    type: 'LocalVolume (a persistent volume backed by local storage on a node)',
    lines: v => named(v, ['Path', 'path']),
  },
  image: {
    type: 'Image (a container image or OCI artifact)',
    lines: v => named(v, ['Reference', 'reference'], ['PullPolicy', 'pullPolicy']),
  },
  gitRepo: {
    type: 'GitRepo (a volume that is pulled from git when the pod is created)',
    lines: v => named(v, ['Repository', 'repository'], ['Revision', 'revision']),
  },
  iscsi: {
    type: "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
    lines: (v, persistent) => ({
      ...named(v, ['TargetPortal', 'targetPortal'], ['IQN', 'iqn']),
      Lun: v.lun ?? 0,
      ...named(v, ['ISCSIInterface', 'iscsiInterface'], ['FSType', 'fsType']),
      ...readOnly(v),
      Portals: words(v.portals),
      DiscoveryCHAPAuth: !!v.chapAuthDiscovery,
      SessionCHAPAuth: !!v.chapAuthSession,
      SecretRef: secretRef(v.secretRef, persistent),
      InitiatorName: v.initiatorName ?? '<none>',
    }),
  },
  fc: {
    type: 'FC (a Fibre Channel disk)',
    lines: v => ({
      TargetWWNs: (v.targetWWNs ?? []).join(', '),
      LUN: v.lun ?? '<none>',
      FSType: v.fsType ?? '',
      ...readOnly(v),
    }),
  },
  rbd: {
    type: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    lines: (v, persistent) => ({
      CephMonitors: words(v.monitors),
      ...named(v, ['RBDImage', 'image'], ['FSType', 'fsType'], ['RBDPool', 'pool']),
      ...named(v, ['RadosUser', 'user'], ['Keyring', 'keyring']),
      SecretRef: secretRef(v.secretRef, persistent),
      ...readOnly(v),
    }),
  },
  cephfs: {
    type: "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
    lines: (v, persistent) => ({
      Monitors: words(v.monitors),
      ...named(v, ['Path', 'path'], ['User', 'user'], ['SecretFile', 'secretFile']),
      SecretRef: secretRef(v.secretRef, persistent),
      ...readOnly(v),
    }),
  },
  glusterfs: {
    type: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
    lines: (v, persistent) => ({
      EndpointsName: v.endpoints,
      ...(persistent && { EndpointsNamespace: v.endpointsNamespace ?? '<unset>' }),
      Path: v.path,
      ...readOnly(v),
    }),
  },
  azureFile: {
    type: 'AzureFile (an Azure File Service mount on the host and bind mount to the pod)',
    lines: (v, persistent) => ({
      SecretName: v.secretName,
      ...(persistent && { SecretNamespace: v.secretNamespace ?? '' }),
      ShareName: v.shareName,
      ...readOnly(v),
    }),
  },
  azureDisk: {
    type: 'AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)',
    lines: v => ({
      ...named(v, ['DiskName', 'diskName'], ['DiskURI', 'diskURI'], ['Kind', 'kind'], ['FSType', 'fsType']),
      CachingMode: v.cachingMode ?? '',
      ...readOnly(v),
    }),
  },
  awsElasticBlockStore: {
    type: 'AWSElasticBlockStore (a Persistent Disk resource in AWS)',
    lines: v => ({
      ...named(v, ['VolumeID', 'volumeID'], ['FSType', 'fsType']),
      Partition: v.partition ?? 0,
      ...readOnly(v),
    }),
  },
  gcePersistentDisk: {
    type: 'GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)',
    lines: v => ({
      ...named(v, ['PDName', 'pdName'], ['FSType', 'fsType']),
      Partition: v.partition ?? 0,
      ...readOnly(v),
    }),
  },
  vsphereVolume: {
    type: 'vSphereVolume (a Persistent Disk resource in vSphere)',
    lines: v =>
      named(v, ['VolumePath', 'volumePath'], ['FSType', 'fsType'], ['StoragePolicyName', 'storagePolicyName']),
  },
  cinder: {
    type: 'Cinder (a Persistent Disk resource in OpenStack)',
    lines: (v, persistent) => ({
      ...named(v, ['VolumeID', 'volumeID'], ['FSType', 'fsType']),
      ...readOnly(v),
      SecretRef: secretRef(v.secretRef, persistent),
    }),
  },
}
