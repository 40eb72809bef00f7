/** A container's mounts: its volumeMounts over the Pod's volumes, with subPath, subPathExpr and read-only. */
import type { Mount } from '../../runtime/cri.ts'
import type { ContainerSpec, Pod, VolumeMountSpec } from '../types.ts'
import { podDirectory, volumeDirectory } from '../volumes/pod-directory.ts'
import type { Mounted } from '../volumes/volume.ts'
import { expandStrictly } from './expansion.ts'

/** @throws Error with the text of a CreateContainerConfigError */
export function makeMounts(
  pod: Pod,
  container: ContainerSpec,
  volumes: ReadonlyMap<string, Mounted>,
  env: Record<string, string>,
): Mount[] {
  return (container.volumeMounts ?? []).map((mount, i) => {
    const mounted = volumes.get(mount.name)
    if (!mounted) throw new Error(`cannot find volume "${mount.name}" to mount into container "${container.name}"`)
    const path = subPathOf(mount, env)
    // What the kubelet itself has written is read-only for containers alone.
    if (path && (!mounted.readOnly || mounted.payload)) createSubPath(mounted, path)
    // What lies outside the volume is the node's own business: no more than this is said.
    if (path && !isWithin(mounted, path))
      throw new Error(`failed to prepare subPath for volumeMount "${mount.name}" of container "${container.name}"`)
    const subPath = mounted.subPath && path ? `${mounted.subPath}/${path}` : mounted.subPath || path
    const made: Mount = {
      containerPath: mount.mountPath,
      hostPath: path
        ? `${podDirectory(pod)}/volume-subpaths/${mount.name}/${container.name}/${i}`
        : (mounted.nodePath ?? volumeDirectory(pod, mount.name)),
      volume: mounted.volume,
      readOnly: Boolean(mount.readOnly) || mounted.readOnly,
    }
    if (subPath) made.subPath = subPath
    if (mounted.filled) made.ofImage = true
    return made
  })
}

/** Whether a path stays in its volume: a link may lead out of it, and a file has nothing below it. */
function isWithin({ volume, subPath }: Mounted, path: string): boolean {
  if (subPath) return false
  const { root } = volume
  const left = path.split('/').filter(Boolean)
  const at: string[] = []
  for (let links = 0; left.length; ) {
    const name = left.shift()!
    if (name === '..') {
      if (!at.length) return false
      at.pop()
      continue
    }
    const target = root.readlink([...at, name].join('/'))
    if (target === undefined) {
      at.push(name)
      if (left.length && root.stat(at.join('/'))?.type === 'file') return false
    } else if (target.startsWith('/') || ++links > 40) return false
    else left.unshift(...target.split('/').filter(part => part && part !== '.'))
  }
  return true
}

function subPathOf(mount: VolumeMountSpec, env: Record<string, string>): string {
  let path = mount.subPath ?? ''
  if (mount.subPathExpr) {
    const { text, missing } = expandStrictly(mount.subPathExpr, env)
    if (missing.length) throw new Error(`missing value for ${[...new Set(missing)].sort().join(', ')}`)
    path = text
  }
  if (!path) return path
  if (path.startsWith('/')) throw new Error(`error SubPath \`${path}\` must not be an absolute path`)
  if (path.split('/').includes('..')) throw new Error(`unable to provision SubPath \`${path}\`: must not contain '..'`)
  return path
}

/** A subPath that is missing is made as a directory with the volume's own permissions. */
function createSubPath({ volume, subPath }: Mounted, path: string): void {
  if (subPath) return
  const { root } = volume
  if (root.stat(path)) return
  const { mode = 0o755, gid = 0 } = root.stat('') ?? {}
  const parts = path.split('/').filter(Boolean)
  for (let i = 1; i <= parts.length; i++) {
    const parent = parts.slice(0, i).join('/')
    const there = root.stat(parent)
    if (there && there.type !== 'directory') return
    if (!there) root.mkdir(parent, { mode, gid })
  }
}
