/** Named pipes: whoever opens one end waits, at the first read or write, until somebody has opened the other. */
import type { Process, Stream } from '../processes/process.ts'
import { Buffer, brokenPipe, PIPE_CAPACITY, Queue } from '../processes/streams.ts'

export class Fifo {
  readonly #buffer = new Buffer()
  readonly #changed = new Queue()
  #readers = 0
  #writers = 0
  /** How many have ever come, to tell "nobody yet" from "gone again". */
  #readersEver = 0
  #writersEver = 0

  open(how: 'r' | 'w' | 'a' | 'rw'): Stream {
    const [reads, writes] = [how === 'r' || how === 'rw', how !== 'r']
    const before = { readers: this.#readersEver - this.#readers, writers: this.#writersEver - this.#writers }
    if (reads) {
      this.#readers++
      this.#readersEver++
    }
    if (writes) {
      this.#writers++
      this.#writersEver++
    }
    this.#changed.wake()
    return {
      isTerminal: false,
      read: async (process, max) => {
        for (;;) {
          if (this.#buffer.length) {
            const data = this.#buffer.take(max)
            this.#changed.wake()
            return data
          }
          if (!this.#writers && this.#writersEver > before.writers) return ''
          await this.#change(process)
        }
      },
      write: async (process, data) => {
        while (!this.#readers || this.#buffer.length >= PIPE_CAPACITY) {
          if (!this.#readers && this.#readersEver > before.readers) brokenPipe(process)
          await this.#change(process)
        }
        this.#buffer.push(data)
        this.#changed.wake()
      },
      close: () => {
        if (reads && --this.#readers === 0) this.#buffer.clear()
        if (writes) this.#writers--
        this.#changed.wake()
      },
    }
  }

  #change(process: Process): Promise<void> {
    return process.block<void>(wake => this.#changed.wait(wake))
  }
}
