/** Volumes of a Pod, and sources of persistent ones. */
import { isRecord, type Obj, sortedKeys } from '../objects.ts'
import { SOURCES } from './volume-sources.ts'
import type { Writer } from './writer.ts'

const MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
}
export const accessModes = (modes: readonly string[] | undefined): string =>
  Object.keys(MODES)
    .filter(mode => modes?.includes(mode))
    .map(mode => MODES[mode])
    .join(',')

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

/** Of a Pod's volume or a persistent one, whose sources tell a little more. */
export function describeSource(w: Writer, volume: Obj, level: number, persistent = false): void {
  const key = Object.keys(volume).find(k => isRecord(volume[k]) && (k in SPECIAL || k in SOURCES))
  if (!key) {
    w.line(persistent ? 1 : level, '<unknown>')
    return
  }
  if (SPECIAL[key]) {
    SPECIAL[key](w, volume[key], level, persistent)
    return
  }
  const { type, lines } = SOURCES[key]!
  w.line(level, `Type:\t${type}`)
  for (const [label, value] of Object.entries(lines(volume[key], persistent)))
    w.line(level, `${label}${label === COLONLESS ? '' : ':'}\t${value}`)
}

/** The real one has forgotten its colon. */
const COLONLESS = 'ISCSIInterface'

/** Sources that are more than a list of fields. */
const SPECIAL: Readonly<Record<string, (w: Writer, source: Obj, level: number, persistent: boolean) => void>> = {
  projected,
  downwardAPI(w, { items = [] }, level) {
    w.line(level, 'Type:\tDownwardAPI (a volume populated by information about the pod)')
    w.line(level, 'Items:')
    for (const { fieldRef, resourceFieldRef, path } of items)
      w.line(level + 1, `${fieldRef?.fieldPath ?? resourceFieldRef?.resource} -> ${path}`)
  },
  ephemeral(w, { volumeClaimTemplate = {} }, level) {
    const { metadata = {}, spec = {} } = volumeClaimTemplate
    w.line(level, `Type:\t${EPHEMERAL}`)
    w.field('StorageClass', spec.storageClassName, level)
    w.field('Volume', spec.volumeName, level)
    indentedPairs(w, 'Labels', metadata.labels, level)
    indentedPairs(w, 'Annotations', metadata.annotations, level, { sign: ': ' })
    // What such a claim has been given is not looked up.
    w.field('Capacity', '', level)
    w.field('Access Modes', '', level)
    if (spec.volumeMode) w.field('VolumeMode', spec.volumeMode, level)
  },
  csi(w, { driver, fsType, volumeHandle, readOnly, volumeAttributes }, level, persistent) {
    w.line(level, 'Type:\tCSI (a Container Storage Interface (CSI) volume source)')
    w.field('Driver', driver, level)
    w.field('FSType', fsType, level)
    if (persistent) w.field('VolumeHandle', volumeHandle, level)
    w.field('ReadOnly', !!readOnly, level)
    indentedPairs(w, 'VolumeAttributes', volumeAttributes, level, { beforeNone: '' })
  },
}
const EPHEMERAL = 'EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)'

/** Here each piece of a line is indented, the values too. */
function indentedPairs(
  w: Writer,
  title: string,
  pairs: Record<string, string> | undefined,
  level: number,
  { sign = '=', beforeNone = '  '.repeat(level) } = {},
): void {
  const indent = '  '.repeat(level)
  const keys = sortedKeys(pairs)
  w.write(level, `${title}:\t`)
  if (!keys.length) w.line(0, `${beforeNone}<none>`)
  for (const [i, key] of keys.entries()) w.line(0, `${i ? `${indent}\t` : ''}${indent}${key}${sign}${pairs![key]}`)
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
