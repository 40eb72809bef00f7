/** A container's mounts: its volumeMounts over the Pod's volumes, with subPath, subPathExpr and read-only. */
import type { Mount } from '../runtime/cri.ts'
import { expandStrictly } from './expansion.ts'
import type { ContainerSpec, VolumeMountSpec } from './types.ts'
import type { Mounted } from './volumes/volume.ts'

/** @throws Error with the text of a CreateContainerConfigError */
export function makeMounts(
  container: ContainerSpec,
  volumes: ReadonlyMap<string, Mounted>,
  env: Record<string, string>,
): Mount[] {
  return (container.volumeMounts ?? []).map(mount => {
    const mounted = volumes.get(mount.name)
    if (!mounted) throw new Error(`cannot find volume "${mount.name}" to mount into container "${container.name}"`)
    const path = subPathOf(mount, env)
    if (path && !mounted.readOnly) createSubPath(mounted, path)
    const subPath = [mounted.subPath, path].filter(Boolean).join('/')
    return {
      containerPath: mount.mountPath,
      volume: mounted.volume,
      ...(subPath && { subPath }),
      readOnly: Boolean(mount.readOnly) || mounted.readOnly,
    }
  })
}

function subPathOf(mount: VolumeMountSpec, env: Record<string, string>): string {
  let path = mount.subPath ?? ''
  if (mount.subPathExpr) {
    const { text, missing } = expandStrictly(mount.subPathExpr, env)
    if (missing.length) throw new Error(`missing value for ${[...new Set(missing)].sort().join(', ')}`)
    path = text
  }
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
    if (!root.stat(parent)) root.mkdir(parent, { mode, gid })
  }
}
