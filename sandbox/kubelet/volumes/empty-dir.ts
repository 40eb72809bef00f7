/** emptyDir: a directory that lives and dies with the Pod; in memory when asked. */
import { bytesOf } from '../containers/limits.ts'
import type { Pod } from '../types.ts'
import type { VolumePlugin } from './volume.ts'
import { fsGroupOf, memoryVolumeBytes } from './volume.ts'

const asksForHugePages = ({ spec }: Pod): boolean =>
  [...(spec.initContainers ?? []), ...spec.containers].some(c =>
    Object.keys(c.resources?.requests ?? {}).some(name => name.startsWith('hugepages-')),
  )

export const emptyDirVolume: VolumePlugin = {
  field: 'emptyDir',
  setUp({ pod, spec, disk, downward, present }) {
    if (present) return present
    const { medium, sizeLimit } = spec.emptyDir!
    const most = memoryVolumeBytes(pod, downward)
    if (medium?.startsWith('HugePages')) {
      if (!asksForHugePages(pod))
        throw new Error(
          `medium ${medium}: hugePages storage requested, but there is no resource request for huge pages`,
        )
      throw new Error('emptyDir in huge pages is not simulated')
    }
    // On the disk a limit is no wall: the Pod that passes it is evicted.
    const volume = disk.create(
      medium === 'Memory'
        ? { medium, limitBytes: sizeLimit === undefined ? most : Math.min(bytesOf(sizeLimit), most) }
        : {},
    )
    const gid = fsGroupOf(pod)
    // A file system in memory lets nobody remove what is somebody else's.
    const mode = medium === 'Memory' ? 0o1777 : 0o777
    volume.root.mkdir('', gid === undefined ? { mode } : { mode: mode | 0o2000, gid })
    return { volume, readOnly: false }
  },
}
