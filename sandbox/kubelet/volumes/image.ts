/** image: the files of an image, read-only. An empty directory until the image has been pulled. */
import type { VolumePlugin } from './volume.ts'

export const imageVolume: VolumePlugin = {
  field: 'image',
  setUp: ({ disk, present }) => present ?? { volume: disk.create(), readOnly: true },
}
