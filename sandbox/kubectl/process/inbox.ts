/** Data from outside, buffered while a process reads it bit by bit. */
import { isErrno } from '../../runtime/errno.ts'
import type { Process } from '../../runtime/processes/process.ts'

export class Inbox<T> {
  readonly #process: Process
  readonly #abandon: () => void
  readonly #items: T[] = []
  #ended = false
  #wake: (() => void) | undefined

  /** @param abandon gives up the source, when the process has been killed while it waited */
  constructor(process: Process, abandon: () => void) {
    this.#process = process
    this.#abandon = abandon
  }

  push(item: T): void {
    this.#items.push(item)
    this.#notify()
  }

  end(): void {
    this.#ended = true
    this.#notify()
  }

  /** The next item, or undefined at the end. Blocks. */
  async next(): Promise<T | undefined> {
    while (!this.#items.length && !this.#ended) {
      let back = false
      try {
        await this.#process.block<void>(wake => {
          this.#wake = wake
          return () => {
            this.#wake = undefined
            const { clock } = this.#process
            // Whoever was only interrupted is back within this instant.
            clock.soon(() =>
              clock.soon(() => {
                if (!back) this.#abandon()
              }),
            )
          }
        })
      } catch (error) {
        if (!isErrno(error, 'EINTR')) throw error
      } finally {
        back = true
      }
    }
    return this.#items.shift()
  }

  #notify(): void {
    const wake = this.#wake
    this.#wake = undefined
    wake?.()
  }
}
