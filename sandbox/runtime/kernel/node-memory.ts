/** The memory of a node as a whole: what its containers hold together, and whom the kernel kills when no more is left. */
import type { Proc } from '../processes/proc.ts'
import { commandName } from '../pseudofs/procfs.ts'
import type { MemoryPool } from './cpu.ts'
import type { Kernel } from './kernel.ts'

/** Processes with this adjustment are never killed. */
const NEVER = -1000

export class NodeMemory implements MemoryPool {
  readonly #kernel: Kernel
  readonly #bytes: number
  #used = 0

  /** @param bytes all that the node has */
  constructor(kernel: Kernel, bytes: number) {
    this.#kernel = kernel
    this.#bytes = bytes
  }

  /** Bytes that are held. */
  get used(): number {
    return this.#used
  }

  add(bytes: number): void {
    this.#used += bytes
    if (bytes > 0 && this.#used > this.#bytes) this.#relieve()
  }

  /** The container of the worst process goes as a whole, as with memory.oom.group; then that of the next, until it is enough. */
  #relieve(): void {
    for (let victim = this.#worst(); victim; victim = this.#worst()) {
      this.tell(victim)
      victim.world.cgroup.onOutOfMemory()
      // Whoever runs at this moment gives back what it holds as soon as it has ended.
      if (!victim.status || this.#used <= this.#bytes) return
    }
  }

  /** Of those that are counted here, which the node's own processes are not, and are not being killed already. */
  #worst(): Proc | undefined {
    let worst: Proc | undefined
    let most = Number.NEGATIVE_INFINITY
    for (const process of this.#kernel.pids.all()) {
      const { cgroup, oomScoreAdj = 0 } = process.world
      if (process.status || cgroup.node !== this || cgroup.oomKilled || oomScoreAdj <= NEVER) continue
      const badness = process.memory + (oomScoreAdj / 1000) * this.#bytes
      if (badness <= most) continue
      worst = process
      most = badness
    }
    return worst
  }

  tell(victim: Proc): void {
    this.#kernel.onSystemOom?.(commandName(victim), this.#kernel.pids.idOf(victim))
  }
}
