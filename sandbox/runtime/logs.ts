/** What a container wrote, line by line with its times, as its log file keeps it. */
import type { LogLine, Logs } from './cri.ts'
import type { Stream } from './process.ts'
import { sink } from './streams.ts'

/** Kept at most, as the kubelet rotates its files. */
const LIMIT_CHARACTERS = 10 * 1024 * 1024

export class ContainerLog implements Logs {
  ended = false
  readonly #now: () => number
  #followers: Set<() => void> | undefined
  #lines: LogLine[] = []
  /** Lines dropped by rotation. */
  #dropped = 0
  #characters = 0
  readonly #open: Record<LogLine['stream'], LogLine | undefined> = { stdout: undefined, stderr: undefined }

  constructor(now: () => number) {
    this.#now = now
  }

  lines(from = 0): readonly LogLine[] {
    return this.#lines.slice(Math.max(0, from - this.#dropped))
  }

  follow(notify: () => void): () => void {
    const followers = (this.#followers ??= new Set())
    followers.add(notify)
    return () => followers.delete(notify)
  }

  stream(name: LogLine['stream']): Stream {
    return sink(data => this.write(name, data))
  }

  write(stream: LogLine['stream'], data: string): void {
    if (!data) return
    const parts = data.split('\n')
    parts.forEach((text, i) => {
      const last = i === parts.length - 1
      if (last && !text) return
      const open = this.#open[stream]
      if (open) open.text += text
      else this.#lines.push((this.#open[stream] = { time: this.#now(), stream, text, partial: true }))
      if (!last) {
        this.#open[stream]!.partial = false
        this.#open[stream] = undefined
      }
    })
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
    for (const notify of [...(this.#followers ?? [])]) notify()
  }
}
