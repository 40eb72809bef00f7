/** The children of a process: it waits for them, and when it ends they become those of the first one. */
import { errno } from '../errno.ts'
import type { Proc } from './proc.ts'
import { type ExitStatus, SIGNAL_NUMBER } from './process.ts'

export class Children {
  readonly #parent: Proc
  readonly #all = new Set<Proc>()
  #waiter: (() => void) | undefined
  /** Those whose own parent has ended; few processes have any. */
  #inherited: Set<Proc> | undefined

  constructor(parent: Proc) {
    this.#parent = parent
  }

  add(child: Proc): void {
    this.#all.add(child)
  }

  /**
   * A child that has ended, or is stopped; of those that have ended nothing is left then. Orphans that a process has inherited
   * go as it waits for any child of its own, as with the shells, which take whatever `waitpid(-1)` gives them.
   * @throws ECHILD
   */
  async wait(pid?: number): Promise<{ pid: number; status: ExitStatus }> {
    for (;;) {
      if (pid !== undefined && this.#inherited) this.#reapInherited()
      let any = false
      for (const child of this.#all) {
        if (pid !== undefined && child.pid !== pid) continue
        any = true
        if (!child.status) {
          if (pid !== undefined && child.stopped && child.group !== this.#parent.group)
            return { pid, status: { code: 128 + SIGNAL_NUMBER.TSTP, signal: 'TSTP' } }
          continue
        }
        this.reap(child)
        return { pid: child.pid, status: child.status }
      }
      if (!any) throw errno('ECHILD')
      await this.#parent.block<void>(wake => {
        this.#waiter = wake
        return () => {
          this.#waiter = undefined
        }
      })
    }
  }

  poll(pid: number): ExitStatus | 'stopped' | undefined {
    const child = this.#parent.world.pids.processes.get(pid)
    if (!child || child.parent !== this.#parent) throw errno('ECHILD')
    if (!child.status) return child.stopped ? 'stopped' : undefined
    this.reap(child)
    return child.status
  }

  /** One of them has ended, stopped or gone on. */
  changed(): void {
    const wake = this.#waiter
    this.#waiter = undefined
    wake?.()
  }

  reap(child: Proc): void {
    this.#all.delete(child)
    this.#inherited?.delete(child)
    child.world.pids.remove(child)
  }

  #reapInherited(): void {
    for (const orphan of this.#inherited!) if (orphan.status) this.reap(orphan)
  }

  /** A process whose parent has ended. */
  inherit(orphan: Proc): void {
    this.add(orphan)
    ;(this.#inherited ??= new Set()).add(orphan)
  }

  /** Their parent has ended. */
  handOver(): void {
    const { pids } = this.#parent.world
    const { init } = pids
    for (const child of this.#all) {
      child.parent = init && !init.status && init !== this.#parent ? init : undefined
      child.parent?.children.inherit(child)
      if (!child.status) continue
      if (!child.parent) child.world.pids.remove(child)
      else if (child.parent.ignores('CHLD')) child.parent.children.reap(child)
      else child.parent.children.changed()
    }
    this.#all.clear()
    this.#inherited = undefined
  }
}
