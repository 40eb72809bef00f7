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

  /** The container of the worst process goes as a whole, as with memory.oom.group. */
  #relieve(): void {
    let victim: Proc | undefined
    let most = Number.NEGATIVE_INFINITY
    for (const process of this.#kernel.pids.all()) {
      const { oomScoreAdj = 0 } = process.world
      if (process.status || oomScoreAdj <= NEVER) continue
      const badness = process.memory + (oomScoreAdj / 1000) * this.#bytes
      if (badness <= most) continue
      victim = process
      most = badness
    }
    if (!victim) return
    this.tell(victim)
    victim.world.cgroup.onOutOfMemory()
  }

  tell(victim: Proc): void {
    this.#kernel.onSystemOom?.(commandName(victim), this.#kernel.pids.idOf(victim))
  }
}
