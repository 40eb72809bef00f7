/** Standard output as CPython has it: text waits in a buffer of 8 KiB, unless somebody sits at the other end. */
import type { Process } from '../../processes/process.ts'

const BUFFER = 8192

export class Output {
  readonly fd: number
  readonly #process: Process
  #by: 'block' | 'line' | 'write'
  #text = ''

  constructor(process: Process, fd: number, unbuffered: boolean) {
    this.fd = fd
    this.#process = process
    this.#by = unbuffered ? 'write' : fd === 2 || this.isTerminal ? 'line' : 'block'
  }

  get isTerminal(): boolean {
    return this.#process.fds[this.fd]?.isTerminal ?? false
  }

  /** @returns whether it is time to flush */
  put(text: string): boolean {
    this.#text += text
    if (this.#by === 'block') return this.#text.length >= BUFFER
    return this.#by === 'line' ? this.#text.includes('\n') : this.#text !== ''
  }

  /** From now on a line goes out when it is whole. */
  flushLines(): void {
    if (this.#by === 'block') this.#by = 'line'
  }

  get pending(): boolean {
    return this.#text !== ''
  }

  async flush(): Promise<null> {
    const text = this.#text
    this.#text = ''
    if (text && this.#process.fds[this.fd]) await this.#process.write(this.fd, text)
    return null
  }
}
