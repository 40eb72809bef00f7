/** What a Pod's volumes hold on the node's disk as its kubelet knows it: measured once a minute or less, never when asked. */
import type { Clock } from '../../clock/clock.ts'
import type { Random } from '../../clock/random.ts'
import { diskUsage } from '../../runtime/files/disk-usage.ts'
import { inodeOf } from '../../runtime/files/volume.ts'
import { TIMINGS } from '../timings.ts'
import type { Mounted } from './volume.ts'

const NOTHING: ReadonlyMap<string, number> = new Map()

export class VolumeUsage {
  readonly #clock: Clock
  readonly #random: Random
  #bytes = NOTHING
  /** Once a minute a kubelet begins to measure the Pods that it has come to know; each then has a rhythm of its own. */
  #due: number

  constructor({ clock, random }: { clock: Clock; random: Random }) {
    this.#clock = clock
    this.#random = random
    this.#due = (Math.floor(clock.now() / TIMINGS.volumeStats) + 1) * TIMINGS.volumeStats
  }

  /**
   * Only who evicts asks, again and again: what was due since it asked last is measured now.
   * @returns bytes by the volumes' names; none of what was not mounted yet
   */
  latest(mounted: ReadonlyMap<string, Mounted>): ReadonlyMap<string, number> {
    const now = this.#clock.now()
    if (this.#due > now) return this.#bytes
    while (this.#due <= now) this.#due += TIMINGS.volumeStats * (1 + this.#random.float())
    this.#bytes = new Map([...mounted].map(([name, { volume }]) => [name, diskUsage(inodeOf(volume))]))
    return this.#bytes
  }
}
