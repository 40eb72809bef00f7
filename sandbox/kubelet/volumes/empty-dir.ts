/** emptyDir: a directory that lives and dies with the Pod; in memory when asked. */
import { parseQuantity } from '../../api/quantity.ts'
import type { VolumePlugin } from './volume.ts'
import { fsGroupOf } from './volume.ts'

export const emptyDirVolume: VolumePlugin = {
  field: 'emptyDir',
  setUp({ pod, spec, disk, present }) {
    if (present) return present
    const { medium, sizeLimit } = spec.emptyDir!
    if (medium?.startsWith('HugePages')) throw new Error('emptyDir in huge pages is not simulated')
    const limitBytes = sizeLimit === undefined ? undefined : Number(parseQuantity(sizeLimit).nano / 1_000_000_000n)
    const volume = disk.create({
      ...(medium === 'Memory' && { medium: 'Memory' as const }),
      ...(limitBytes !== undefined && { limitBytes }),
    })
    const gid = fsGroupOf(pod)
    volume.root.mkdir('', gid === undefined ? { mode: 0o777 } : { mode: 0o2777, gid })
    return { volume, readOnly: false, ...(limitBytes !== undefined && { limitBytes }) }
  },
}
