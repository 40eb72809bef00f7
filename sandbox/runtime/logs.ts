/** What a container wrote, line by line with its times, as its log file keeps it. */
import type { LogLine, Logs } from './cri.ts'

/** Kept at most, as the kubelet rotates its files. */
const LIMIT_CHARACTERS = 10 * 1024 * 1024

export class ContainerLog implements Logs {
  ended = false
  readonly #clock: { now(): number }
  #followers: Set<() => void> | undefined
  #lines: LogLine[] = []
  /** Lines dropped by rotation. */
  #dropped = 0
  #characters = 0
  readonly #open: Record<LogLine['stream'], LogLine | undefined> = { stdout: undefined, stderr: undefined }

  constructor(clock: { now(): number }) {
    this.#clock = clock
  }

  lines(from = 0): readonly LogLine[] {
    return this.#lines.slice(Math.max(0, from - this.#dropped))
  }

  follow(notify: () => void): () => void {
    const followers = (this.#followers ??= new Set())
    followers.add(notify)
    return () => followers.delete(notify)
  }

  write(stream: LogLine['stream'], data: string): void {
    if (!data) return
    for (let start = 0; start < data.length; ) {
      const newline = data.indexOf('\n', start)
      const text = data.slice(start, newline < 0 ? data.length : newline)
      const partial = newline < 0
      const open = this.#open[stream]
      if (open) {
        open.text += text
        open.partial = partial
        if (!partial) this.#open[stream] = undefined
      } else {
        const line = { time: this.#clock.now(), stream, text, partial }
        this.#lines.push(line)
        if (partial) this.#open[stream] = line
      }
      if (partial) break
      start = newline + 1
    }
    this.#characters += data.length
    if (this.#characters > LIMIT_CHARACTERS) this.#rotate()
    this.#tell()
  }

  end(): void {
    this.ended = true
    this.#tell()
  }

  #rotate(): void {
    const half = Math.ceil(this.#lines.length / 2)
    this.#lines = this.#lines.slice(half)
    this.#dropped += half
    this.#characters = this.#lines.reduce((sum, line) => sum + line.text.length + 1, 0)
  }

  #tell(): void {
    if (this.#followers) for (const notify of [...this.#followers]) notify()
  }
}
