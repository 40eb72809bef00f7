/** Prefers nodes that have the Pod's images already; an image found on few nodes counts less. */
import { MAX_SCORE, type Plugin } from '../framework.ts'

const MB = 1024 * 1024
const LEAST = 23 * MB
const MOST_PER_CONTAINER = 1000 * MB

/** As a node lists it: with a tag. */
const normalized = (image: string): string =>
  image.lastIndexOf(':') <= image.lastIndexOf('/') ? `${image}:latest` : image

export const imageLocality: Plugin = {
  name: 'ImageLocality',
  weight: 1,
  scorer({ spec }, { cluster }) {
    const containers = [...(spec.initContainers ?? []), ...spec.containers]
    const images = containers.map(c => normalized(c.image ?? '')).filter(image => cluster.imageNodes.has(image))
    if (!images.length) return
    const most = MOST_PER_CONTAINER * containers.length
    const nodes = cluster.nodes.length
    return {
      score(node) {
        let sum = 0
        for (const image of images) {
          const bytes = node.images.get(image)
          if (bytes) sum += Math.trunc((bytes * cluster.imageNodes.get(image)!) / nodes)
        }
        return Math.trunc((MAX_SCORE * (Math.min(Math.max(sum, LEAST), most) - LEAST)) / (most - LEAST))
      },
    }
  },
}
