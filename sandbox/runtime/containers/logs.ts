/** What a container wrote, line by line with its times, as its log file keeps it. */
import type { LogLine, Logs } from '../cri.ts'
import { firstBytes } from '../files/contents.ts'
import { byteLength } from '../files/tree.ts'

/** Kept at most, as the kubelet rotates its files. */
const LIMIT_CHARACTERS = 10 * 1024 * 1024
/** In the file each line begins with its time, its stream and whether it is whole. */
const HEAD_BYTES = '2026-01-02T15:04:05.000000000Z stdout F '.length
/** Of a line at once: containerd writes a longer one down in pieces. */
const LONGEST_BYTES = 16 * 1024

/** A character takes one byte at least and three at most. */
const isTooLong = (text: string): boolean =>
  text.length > LONGEST_BYTES || (text.length * 3 > LONGEST_BYTES && byteLength(text) > LONGEST_BYTES)

export class ContainerLog implements Logs {
  ended = false
  readonly #clock: { now(): number }
  #followers: Set<() => void> | undefined
  #lines: LogLine[] = []
  /** Lines dropped by rotation. */
  #dropped = 0
  #characters = 0
  /** What has been written of a line that has not ended: nobody sees it in the log before it does. */
  readonly #open: Record<LogLine['stream'], string> = { stdout: '', stderr: '' }

  constructor(clock: { now(): number }) {
    this.#clock = clock
  }

  lines(from = 0): readonly LogLine[] {
    return this.#lines.slice(Math.max(0, from - this.#dropped))
  }

  /** How large its file is, a character counting as a byte. */
  get bytes(): number {
    return this.#characters + this.#lines.length * HEAD_BYTES
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
      const piece = data.slice(start, newline < 0 ? data.length : newline)
      if (newline >= 0 && !this.#open[stream] && !isTooLong(piece)) {
        // Nearly all that is written is whole lines.
        this.#lines.push({ time: this.#clock.now(), stream, text: piece, partial: false })
        start = newline + 1
        continue
      }
      this.#open[stream] += piece
      while (isTooLong(this.#open[stream])) this.#close(stream, true)
      if (newline < 0) break
      this.#close(stream, false)
      start = newline + 1
    }
    this.#characters += data.length
    if (this.#characters > LIMIT_CHARACTERS) this.#rotate()
    this.#tell()
  }

  /** @param partial a piece of a line that is too long, or has not been ended */
  #close(stream: LogLine['stream'], partial: boolean): void {
    const text = partial ? firstBytes(this.#open[stream], LONGEST_BYTES) : this.#open[stream]
    this.#open[stream] = this.#open[stream].slice(text.length)
    this.#lines.push({ time: this.#clock.now(), stream, text, partial })
  }

  end(): void {
    for (const stream of ['stdout', 'stderr'] as const) if (this.#open[stream]) this.#close(stream, true)
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
