/** Pipes and the simplest streams; and who still holds a stream, so that the last one closes it. */
import { errno } from '../errno.ts'
import type { Process, Stream } from './process.ts'

export const PIPE_CAPACITY = 65_536

/** Descriptors from here on stay with a process: children and `exec` do not get them. */
export const CLOSE_ON_EXEC = 200

/** One more descriptor refers to the stream. */
export function retain(stream: Stream): Stream {
  stream.holders = (stream.holders ?? 0) + 1
  return stream
}

/** One fewer; the last one closes it. */
export function release(stream: Stream): void {
  stream.holders = Math.max(0, (stream.holders ?? 0) - 1)
  if (!stream.holders) stream.close()
}

type Wake = () => void

/** Text that waits to be read, and whoever waits for it. */
export class Buffer {
  #chunks: string[] = []
  #first = 0
  length = 0

  push(data: string): void {
    if (!data) return
    this.#chunks.push(data)
    this.length += data.length
  }

  take(max = Number.POSITIVE_INFINITY): string {
    if (!this.length) return ''
    let taken = ''
    while (this.#first < this.#chunks.length && taken.length < max) {
      const chunk = this.#chunks[this.#first]!
      const room = max - taken.length
      if (chunk.length > room) {
        taken += chunk.slice(0, room)
        this.#chunks[this.#first] = chunk.slice(room)
      } else {
        taken += chunk
        this.#first++
      }
    }
    if (this.#first === this.#chunks.length) {
      this.#chunks = []
      this.#first = 0
    }
    this.length -= taken.length
    return taken
  }

  /** Up to and with the next newline, if there is one. */
  takeLine(): string | undefined {
    let before = 0
    for (let i = this.#first; i < this.#chunks.length; i++) {
      const at = this.#chunks[i]!.indexOf('\n')
      if (at >= 0) return this.take(before + at + 1)
      before += this.#chunks[i]!.length
    }
    return undefined
  }

  clear(): void {
    this.#chunks = []
    this.#first = 0
    this.length = 0
  }
}

/** Wakes waiters in the order in which they came. */
export class Queue {
  #wakes: Wake[] = []

  wait(wake: Wake): () => void {
    this.#wakes.push(wake)
    return () => {
      this.#wakes = this.#wakes.filter(w => w !== wake)
    }
  }

  wake(): void {
    const wakes = this.#wakes
    if (!wakes.length) return
    this.#wakes = []
    for (const wake of wakes) wake()
  }
}

export interface Pipe {
  reader: Stream
  writer: Stream
}

/** A pipe: back-pressure when full, end of file when no writer is left, SIGPIPE when no reader is. */
export function pipe(): Pipe {
  const buffer = new Buffer()
  const readable = new Queue()
  const writable = new Queue()
  let readerGone = false
  let writerGone = false
  const reader: Stream = {
    isTerminal: false,
    async read(process, max) {
      for (;;) {
        if (buffer.length) {
          const data = buffer.take(max)
          writable.wake()
          return data
        }
        if (writerGone) return ''
        await process.block<void>(wake => readable.wait(wake))
      }
    },
    write: () => Promise.reject(errno('EBADF')),
    close() {
      readerGone = true
      buffer.clear()
      writable.wake()
    },
  }
  const writer: Stream = {
    isTerminal: false,
    read: () => Promise.reject(errno('EBADF')),
    async write(process, data) {
      let rest = data
      while (rest) {
        if (readerGone) brokenPipe(process)
        const room = PIPE_CAPACITY - buffer.length
        if (room > 0) {
          buffer.push(rest.slice(0, room))
          rest = rest.slice(room)
          readable.wake()
        } else await process.block<void>(wake => writable.wait(wake))
      }
    },
    close() {
      writerGone = true
      readable.wake()
    },
  }
  return { reader, writer }
}

/** What writing does where nobody reads any more. */
export function brokenPipe(process: Process): never {
  process.kill(process.pid, 'PIPE')
  throw errno('EPIPE')
}

/** /dev/null. */
export const nullStream: Stream = {
  isTerminal: false,
  read: () => Promise.resolve(''),
  write: () => Promise.resolve(),
  close() {},
}

/** What settles at once is the same for all who wait for it. */
const WRITTEN = Promise.resolve()

/** Hands everything written to a function, at once. @param closed called when nobody holds it any more */
export const sink = (write: (data: string) => void, closed?: () => void): Stream => new Sink(write, closed)

class Sink implements Stream {
  readonly isTerminal = false
  holders = 0
  readonly #write: (data: string) => void
  readonly #closed: (() => void) | undefined

  constructor(write: (data: string) => void, closed: (() => void) | undefined) {
    this.#write = write
    this.#closed = closed
  }

  read(): Promise<string> {
    return Promise.resolve('')
  }

  write(_process: Process, data: string): Promise<void> {
    this.#write(data)
    return WRITTEN
  }

  close(): void {
    this.#closed?.()
  }
}

/** A given text to read, as of a here-document. */
export function textStream(text: string): Stream {
  let rest = text
  return {
    isTerminal: false,
    read(_process, max = rest.length) {
      const data = rest.slice(0, max)
      rest = rest.slice(data.length)
      return Promise.resolve(data)
    },
    write: () => Promise.reject(errno('EBADF')),
    close() {},
  }
}

/** Written from outside the simulation (an exec session's input), read by processes. */
export class Inbox implements Stream {
  readonly isTerminal = false
  readonly #buffer = new Buffer()
  readonly #readable = new Queue()
  #ended = false

  push(data: string): void {
    this.#buffer.push(data)
    this.#readable.wake()
  }

  end(): void {
    this.#ended = true
    this.#readable.wake()
  }

  async read(process: Process, max?: number): Promise<string> {
    while (!this.#buffer.length && !this.#ended) await process.block<void>(wake => this.#readable.wait(wake))
    return this.#buffer.take(max)
  }

  write(): Promise<void> {
    return Promise.reject(errno('EBADF'))
  }

  close(): void {}
}
