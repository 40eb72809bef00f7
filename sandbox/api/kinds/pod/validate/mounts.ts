/** Validation of volumeMounts and volumeDevices. */
import { type FieldError, forbiddenField, invalid, notFoundValue, notSupported, required } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { descendingPath, each, isSet, noBacksteps, oneOfIfSet } from './rules.ts'

/** The Pod's volumes by name, without those that are wrong. */
export type Volumes = ReadonlyMap<string, Draft>

const PROPAGATIONS = ['Bidirectional', 'HostToContainer', 'None']

function propagation(mode: Draft, container: Draft, field: string): FieldError[] {
  const errors = oneOfIfSet(mode, field, PROPAGATIONS)
  if (mode === 'Bidirectional' && !container.securityContext?.privileged)
    errors.push(forbiddenField(field, 'Bidirectional mount propagation is available only to privileged containers'))
  return errors
}

function recursiveReadOnly(mount: Draft, field: string): FieldError[] {
  const mode = mount.recursiveReadOnly
  if (!isSet(mode) || mode === 'Disabled') return []
  if (mode !== 'Enabled' && mode !== 'IfPossible')
    return [notSupported(field, mode, ['Disabled', 'Enabled', 'IfPossible'])]
  const errors: FieldError[] = []
  if (!mount.readOnly) errors.push(forbiddenField(field, 'may only be specified when readOnly is true'))
  if (isSet(mount.mountPropagation) && mount.mountPropagation !== 'None')
    errors.push(forbiddenField(field, 'may only be specified when mountPropagation is None or not specified'))
  return errors
}

/** Paths that the other list is held against: of each name's the last, as the server keeps one by name. */
const lastPathsOf = (list: readonly Draft[], key: 'mountPath' | 'devicePath'): ReadonlySet<string> =>
  new Set(new Map<string, string>(list.map(entry => [entry.name ?? '', entry[key] ?? ''])).values())

export function volumeMounts(container: Draft, volumes: Volumes, field: string): FieldError[] {
  const devices: Draft[] = container.volumeDevices ?? []
  const lastPaths = lastPathsOf(devices, 'devicePath')
  const paths = new Set<string>()
  return each(container.volumeMounts, field, (mount, path) => {
    const errors: FieldError[] = []
    const name: string = mount.name ?? ''
    const mountPath: string = mount.mountPath ?? ''
    if (!name) errors.push(required(`${path}.name`))
    if (!volumes.has(name)) errors.push(notFoundValue(`${path}.name`, name))
    if (!mountPath) errors.push(required(`${path}.mountPath`))
    if (paths.has(mountPath)) errors.push(invalid(`${path}.mountPath`, mountPath, 'must be unique'))
    paths.add(mountPath)
    if (devices.some(d => d.name === name))
      errors.push(invalid(`${path}.name`, name, 'must not already exist in volumeDevices'))
    if (lastPaths.has(mountPath))
      errors.push(invalid(`${path}.mountPath`, mountPath, 'must not already exist as a path in volumeDevices'))
    // The last four name the list where one expects its item.
    if (mount.subPath) errors.push(...descendingPath(mount.subPath, `${field}.subPath`))
    if (mount.subPathExpr) {
      if (mount.subPath) {
        const why = 'subPathExpr and subPath are mutually exclusive'
        errors.push(invalid(`${path}.subPathExpr`, mount.subPathExpr, why))
      }
      errors.push(...descendingPath(mount.subPathExpr, `${field}.subPathExpr`))
    }
    if (isSet(mount.mountPropagation))
      errors.push(...propagation(mount.mountPropagation, container, `${field}.mountPropagation`))
    return [...errors, ...recursiveReadOnly(mount, `${field}.recursiveReadOnly`)]
  })
}

export function volumeDevices(container: Draft, volumes: Volumes, field: string): FieldError[] {
  const mounts: Draft[] = container.volumeMounts ?? []
  const lastPaths = lastPathsOf(mounts, 'mountPath')
  const names = new Set<string>()
  const paths = new Set<string>()
  return each(container.volumeDevices, field, (device, path) => {
    const errors: FieldError[] = []
    const name: string = device.name ?? ''
    const devicePath: string = device.devicePath ?? ''
    const volume = volumes.get(name)
    const wrongName = (why: string): void => void errors.push(invalid(`${path}.name`, name, why))
    const wrongPath = (why: string): void => void errors.push(invalid(`${path}.devicePath`, devicePath, why))
    if (!name) errors.push(required(`${path}.name`))
    if (names.has(name)) wrongName('must be unique')
    if (volume && !volume.persistentVolumeClaim && !volume.ephemeral)
      wrongName('can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode')
    if (!volume) errors.push(notFoundValue(`${path}.name`, name))
    if (!devicePath) errors.push(required(`${path}.devicePath`))
    if (paths.has(devicePath)) wrongPath('must be unique')
    if (devicePath && noBacksteps(devicePath, '').length) wrongPath("can not contain backsteps ('..')")
    else paths.add(devicePath)
    if (mounts.some(m => m.name === name)) wrongName('must not already exist in volumeMounts')
    if (lastPaths.has(devicePath)) wrongPath('must not already exist as a path in volumeMounts')
    if (name) names.add(name)
    return errors
  })
}
