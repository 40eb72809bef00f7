/** image: the files of an image, read-only. */
import type { VolumePlugin } from './volume.ts'

export const imageVolume: VolumePlugin = {
  field: 'image',
  setUp({ spec, sources, present }) {
    if (present) return present
    const reference = spec.image?.reference ?? ''
    const volume = sources.image(reference)
    if (!volume) throw new Error(`image volumes are not simulated: ${reference}`)
    return { volume, readOnly: true }
  },
}
