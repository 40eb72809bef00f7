/** emptyDir: a directory that lives and dies with the Pod; in memory when asked. */
import { parseQuantity } from '../../api/resources/quantity.ts'
import { podLevelResources } from '../resources/pod-resources.ts'
import type { Pod } from '../types.ts'
import type { VolumePlugin } from './volume.ts'
import { fsGroupOf } from './volume.ts'

/** A file system in memory is no larger than what the Pod as a whole may use. */
function sizeOf(limitBytes: number | undefined, podMemory: string | undefined): { limitBytes?: number } {
  const most = podMemory === undefined ? undefined : bytesOf(podMemory)
  const size = most && (limitBytes === undefined || most < limitBytes) ? most : limitBytes
  return size === undefined ? {} : { limitBytes: size }
}

const bytesOf = (amount: string | number): number => Number(parseQuantity(amount).nano / 1_000_000_000n)

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
    const limitBytes = sizeLimit === undefined ? undefined : bytesOf(sizeLimit)
    const volume = disk.create(
      medium === 'Memory'
        ? { medium, ...sizeOf(limitBytes, podLevelResources(pod).limits.memory) }
        : { ...(limitBytes !== undefined && { limitBytes }) },
    )
    const gid = fsGroupOf(pod)
    // A file system in memory lets nobody remove what is somebody else's.
    const mode = medium === 'Memory' ? 0o1777 : 0o777
    volume.root.mkdir('', gid === undefined ? { mode } : { mode: mode | 0o2000, gid })
    return { volume, readOnly: false, ...(limitBytes !== undefined && { limitBytes }) }
  },
}
