/** Images that nobody uses: removed when the node's disk fills, those that have not been used for longest first. */
import type { NodeContext } from '../node-context.ts'
import { clearDead } from '../pods/kill.ts'
import type { PodWorker } from '../pods/worker.ts'
import type { EventType } from '../types.ts'

/** From so many percent of the disk in use on, images are removed until no more than the lower number are. */
const HIGH_PERCENT = 85
const LOW_PERCENT = 80
/** An image that was first seen more recently stays: somebody may be about to use it. */
const MIN_AGE_MS = 120_000

/** Bytes of the disk that images lie on. */
export interface DiskSpace {
  capacity: number
  available: number
}

interface Known {
  bytes: number
  detectedAt: number
  usedAt: number
}

/** Ids, with what is known of them. */
type Unused = readonly (readonly [string, Known])[]

export interface ImageGarbageOptions {
  node: NodeContext
  workers(): readonly PodWorker[]
  /** Tells of the node. */
  event(type: EventType, reason: string, message: string): void
}

export class ImageGarbage {
  readonly #options: ImageGarbageOptions
  /** By id: an image may have several names, and a name may pass to another image. */
  readonly #known = new Map<string, Known>()
  /** The first collection of a kubelet comes before its first measure of the disk, and fails. */
  #hasFailed = true

  constructor(options: ImageGarbageOptions) {
    this.#options = options
  }

  /** The regular look at the disk. */
  collect({ capacity, available }: DiskSpace): void {
    const unused = this.#unused()
    const used = 100 - Math.trunc((available * 100) / capacity)
    const problem = used < HIGH_PERCENT ? undefined : this.#makeRoom(unused, { capacity, available }, used)
    // A failure that may pass is only logged.
    if (problem && this.#hasFailed) this.#options.event('Warning', 'ImageGCFailed', problem)
    this.#hasFailed = problem !== undefined
  }

  #makeRoom(unused: Unused, { capacity, available }: DiskSpace, used: number): string | undefined {
    const wanted = Math.trunc((capacity * (100 - LOW_PERCENT)) / 100) - available
    const freed = this.#remove(unused, wanted)
    if (freed >= wanted) return undefined
    const problem =
      `Insufficient free disk space on the node's image filesystem (${used}% of ${formatSize(capacity)} used). ` +
      `Failed to free sufficient space by deleting unused images (freed ${freed} bytes). ` +
      'Investigate disk usage, as it could be used by active images, logs, volumes, or other data.'
    this.#options.event('Warning', 'FreeDiskSpaceFailed', problem)
    return problem
  }

  /** All that can go at once, for a node that is short of disk: what is kept of finished Pods, and all unused images. */
  removeAll(): void {
    const { node, workers } = this.#options
    for (const { stage, runtime } of workers()) clearDead(node, runtime, stage !== 'terminated')
    this.#remove(this.#unused(), Number.POSITIVE_INFINITY)
  }

  /** @returns bytes */
  #remove(unused: Unused, wanted: number): number {
    const { node } = this.#options
    let freed = 0
    for (const [id, { bytes, detectedAt }] of unused) {
      if (freed >= wanted) break
      if (node.clock.now() - detectedAt < MIN_AGE_MS) continue
      node.runtime.removeImage?.(id)
      this.#known.delete(id)
      freed += bytes
    }
    return freed
  }

  /** Notes which images there are, and which of them are used. @returns the others, in the order in which they would go */
  #unused(): Unused {
    const { node, workers } = this.#options
    const now = node.clock.now()
    const images = node.runtime.images()
    const used = new Set(workers().flatMap(worker => usedBy(worker, node)))
    const present = new Set(images.map(({ id }) => id))
    for (const id of this.#known.keys()) if (!present.has(id)) this.#known.delete(id)
    for (const { id, bytes } of images) {
      const known = this.#known.get(id) ?? { bytes, detectedAt: now, usedAt: 0 }
      if (used.has(id)) known.usedAt = now
      this.#known.set(id, known)
    }
    return [...this.#known]
      .filter(([id]) => !used.has(id))
      .sort(([, a], [, b]) => a.usedAt - b.usedAt || a.detectedAt - b.detectedAt)
  }
}

/** The ids of images of a Pod's containers, those that have ended too, and of its volumes. */
function usedBy({ pod, runtime }: PodWorker, node: NodeContext): (string | undefined)[] {
  const ids = runtime.instances.map(({ container }): string | undefined => container.image.id)
  for (const { name, image } of pod.spec.volumes ?? [])
    if (image && runtime.volumes.has(name)) ids.push(node.runtime.image(image.reference ?? '')?.id)
  return ids
}

const UNITS = ['KiB', 'MiB', 'GiB'] as const

function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  let size = bytes / 1024
  for (const unit of UNITS) {
    if (size < 1024) return `${size.toFixed(1)} ${unit}`
    size /= 1024
  }
  return `${size.toFixed(1)} TiB`
}
