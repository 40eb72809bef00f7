/** Volumes of a Pod, and sources of persistent ones. */
import { isRecord, type Obj, printLabels } from '../objects.ts'
import type { Writer } from './writer.ts'

type Lines = readonly (readonly [string, unknown])[]

/** Source field → its type as told, and its fields. */
const SOURCES: Readonly<Record<string, (v: Obj) => [type: string, lines: Lines]>> = {
  hostPath: v => [
    'HostPath (bare host directory volume)',
    [
      ['Path', v.path],
      ['HostPathType', v.type ?? ''],
    ],
  ],
  emptyDir: v => [
    "EmptyDir (a temporary directory that shares a pod's lifetime)",
    [
      ['Medium', v.medium ?? ''],
      ['SizeLimit', v.sizeLimit && v.sizeLimit !== '0' ? v.sizeLimit : '<unset>'],
    ],
  ],
  configMap: v => [
    'ConfigMap (a volume populated by a ConfigMap)',
    [
      ['Name', v.name],
      ['Optional', !!v.optional],
    ],
  ],
  secret: v => [
    'Secret (a volume populated by a Secret)',
    [
      ['SecretName', v.secretName],
      ['Optional', !!v.optional],
    ],
  ],
  persistentVolumeClaim: v => [
    'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    [
      ['ClaimName', v.claimName],
      ['ReadOnly', !!v.readOnly],
    ],
  ],
  ephemeral: v => [
    'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
    claimTemplate(v.volumeClaimTemplate),
  ],
  nfs: v => [
    'NFS (an NFS mount that lasts the lifetime of a pod)',
    [
      ['Server', v.server],
      ['Path', v.path],
      ['ReadOnly', !!v.readOnly],
    ],
  ],
  local: v => ['LocalVolume (a persistent volume backed by local storage on a node)', [['Path', v.path]]],
  csi: v => [
    'CSI (a Container Storage Interface (CSI) volume source)',
    [
      ['Driver', v.driver],
      ['FSType', v.fsType ?? ''],
      ['ReadOnly', !!v.readOnly],
    ],
  ],
  image: v => [
    'Image (a container image or OCI artifact)',
    [
      ['Reference', v.reference],
      ['PullPolicy', v.pullPolicy ?? ''],
    ],
  ],
  gitRepo: v => [
    'GitRepo (a volume that is pulled from git when the pod is created)',
    [
      ['Repository', v.repository],
      ['Revision', v.revision ?? ''],
    ],
  ],
}

const claimTemplate = (t: Obj): Lines => [
  ['StorageClass', t?.spec?.storageClassName ?? ''],
  ['Volume', t?.spec?.volumeName ?? ''],
  ['Labels', printLabels(t?.metadata?.labels) || '<none>'],
  ['Annotations', '<none>'],
  ['Capacity', t?.spec?.resources?.requests?.storage ?? ''],
  ['Access Modes', accessModes(t?.spec?.accessModes)],
  ['VolumeMode', t?.spec?.volumeMode ?? 'Filesystem'],
]

const MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}
export const accessModes = (modes: readonly string[] | undefined): string =>
  [...new Set(modes ?? [])].map(m => MODES[m] ?? m).join(',')

export function describeVolumes(w: Writer, volumes: readonly Obj[] | undefined, space: string): void {
  if (!volumes?.length) {
    w.line(0, `${space}Volumes:\t<none>`)
    return
  }
  w.line(0, `${space}Volumes:`)
  for (const volume of volumes) {
    w.line(0, `${space ? '   ' : '  '}${volume.name}:`)
    describeSource(w, volume, 2)
  }
}

export function describeSource(w: Writer, volume: Obj, level: number): void {
  if (volume.projected) {
    projected(w, volume.projected, level)
    return
  }
  const key = Object.keys(volume).find(k => k in SOURCES && isRecord(volume[k]))
  if (!key) {
    w.line(level, '<unknown>')
    return
  }
  const [type, lines] = SOURCES[key]!(volume[key])
  w.line(level, `Type:\t${type}`)
  for (const [name, value] of lines) w.line(level, `${name}:\t${value}`)
}

function projected(w: Writer, p: Obj, level: number): void {
  w.line(level, 'Type:\tProjected (a volume that contains injected data from multiple sources)')
  for (const s of p.sources ?? []) {
    if (s.secret) {
      w.line(level, `SecretName:\t${s.secret.name}`)
      w.line(level, `Optional:\t${!!s.secret.optional}`)
    } else if (s.downwardAPI) w.line(level, 'DownwardAPI:\ttrue')
    else if (s.configMap) {
      w.line(level, `ConfigMapName:\t${s.configMap.name}`)
      w.line(level, `Optional:\t${!!s.configMap.optional}`)
    } else if (s.serviceAccountToken)
      w.line(level, `TokenExpirationSeconds:\t${s.serviceAccountToken.expirationSeconds}`)
  }
}
