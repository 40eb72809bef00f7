/** What a container has printed, line by line, as containerd keeps it for `kubectl logs`. */
import type { LogLine, Logs } from './cri.ts'
import type { Stream } from './process.ts'
import { sink } from './streams.ts'

const MAX_LINES = 100_000

export class ContainerLogs implements Logs {
  readonly #now: () => number
  readonly #lines: LogLine[] = []
  readonly #followers = new Set<() => void>()
  ended = false

  constructor(now: () => number) {
    this.#now = now
  }

  lines(from = 0): readonly LogLine[] {
    return from ? this.#lines.slice(from) : this.#lines
  }

  follow(notify: () => void): () => void {
    this.#followers.add(notify)
    return () => this.#followers.delete(notify)
  }

  /** What a process writes to is a stream of this log; `also` sees the same. */
  stream(name: LogLine['stream'], also?: (data: string) => void): Stream {
    return sink(data => {
      this.append(name, data)
      also?.(data)
    })
  }

  append(stream: LogLine['stream'], data: string): void {
    if (!data) return
    const time = this.#now()
    const pieces = data.split('\n')
    const open = this.#lines.findLastIndex(line => line.stream === stream)
    const partial = open >= 0 && this.#lines[open]!.partial ? open : -1
    pieces.forEach((text, i) => {
      const last = i === pieces.length - 1
      if (last && text === '') return
      if (i === 0 && partial >= 0) {
        const before = this.#lines[partial]!
        this.#lines[partial] = { ...before, text: before.text + text, partial: last }
      } else this.#lines.push({ time, stream, text, partial: last })
    })
    if (this.#lines.length > MAX_LINES) this.#lines.splice(0, this.#lines.length - MAX_LINES)
    this.#tell()
  }

  end(): void {
    this.ended = true
    this.#tell()
    this.#followers.clear()
  }

  #tell(): void {
    for (const notify of [...this.#followers]) notify()
  }
}
