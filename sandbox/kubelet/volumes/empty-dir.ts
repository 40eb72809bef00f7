/** emptyDir: a directory that lives and dies with the Pod; in memory when asked. */
import { bytesOf } from '../containers/limits.ts'
import { podLevelResources } from '../resources/pod-resources.ts'
import type { Pod } from '../types.ts'
import type { VolumePlugin } from './volume.ts'
import { fsGroupOf } from './volume.ts'

/** A file system in memory is no larger than what the Pod as a whole may use. */
function sizeOf(sizeLimit: string | number | undefined, podMemory: string | undefined): { limitBytes?: number } {
  const limitBytes = sizeLimit === undefined ? undefined : bytesOf(sizeLimit)
  const most = podMemory === undefined ? undefined : bytesOf(podMemory)
  const size = most && (limitBytes === undefined || most < limitBytes) ? most : limitBytes
  return size === undefined ? {} : { limitBytes: size }
}

const asksForHugePages = ({ spec }: Pod): boolean =>
  [...(spec.initContainers ?? []), ...spec.containers].some(c =>
    Object.keys(c.resources?.requests ?? {}).some(name => name.startsWith('hugepages-')),
  )

export const emptyDirVolume: VolumePlugin = {
  field: 'emptyDir',
  setUp({ pod, spec, disk, present }) {
    if (present) return present
    const { medium, sizeLimit } = spec.emptyDir!
    if (medium?.startsWith('HugePages')) {
      if (!asksForHugePages(pod))
        throw new Error(
          `medium ${medium}: hugePages storage requested, but there is no resource request for huge pages`,
        )
      throw new Error('emptyDir in huge pages is not simulated')
    }
    // On the disk a limit is no wall: the Pod that passes it is evicted.
    const volume = disk.create(
      medium === 'Memory' ? { medium, ...sizeOf(sizeLimit, podLevelResources(pod).limits.memory) } : {},
    )
    const gid = fsGroupOf(pod)
    // A file system in memory lets nobody remove what is somebody else's.
    const mode = medium === 'Memory' ? 0o1777 : 0o777
    volume.root.mkdir('', gid === undefined ? { mode } : { mode: mode | 0o2000, gid })
    return { volume, readOnly: false }
  },
}
