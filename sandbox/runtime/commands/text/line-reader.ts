/** Lines that are taken one by one, from several inputs in turn. */

import { isErrno } from '../../errno.ts'
import type { Process, Stream } from '../../processes/process.ts'
import { nullStream } from '../../processes/streams.ts'
import { type Call, Refusal } from '../command.ts'
import { lines, shownBeforeColon } from './reading.ts'

export class LineReader {
  readonly #lines: AsyncGenerator<string>
  readonly #stream: Stream
  readonly #own: boolean
  /** The last line, so that nobody takes it for one that ended. */
  unended = false

  constructor(process: Process, stream: Stream, own: boolean) {
    this.#lines = lines(process, stream)
    this.#stream = stream
    this.#own = own
  }

  /** The next line without its end; undefined behind the last. */
  async next(): Promise<string | undefined> {
    const { value, done } = await this.#lines.next()
    if (done) return undefined
    this.unended = !value.endsWith('\n')
    return this.unended ? value : value.slice(0, -1)
  }

  close(): void {
    if (this.#own) this.#stream.close()
  }
}

/**
 * Opens what is named; `-` is standard input, which is read once however often it is named.
 * @throws Refusal where one cannot be opened
 */
export function readersOf(call: Call, names: readonly string[]): LineReader[] {
  const { process, flavour } = call
  let standard: LineReader | undefined
  return names.map(name => {
    if (name === '-') {
      standard ??= new LineReader(process, process.fds[0]!, false)
      return standard
    }
    try {
      const stream = process.fs.open(name, 'r')
      const isDirectory = process.fs.stat(name).type === 'directory'
      if (isDirectory && flavour === 'gnu') throw new Refusal(`${shownBeforeColon(call, name)}: Is a directory`)
      // busybox finds nothing in one.
      return new LineReader(process, isDirectory ? nullStream : stream, true)
    } catch (error) {
      if (!isErrno(error)) throw error
      throw new Refusal(`${shownBeforeColon(call, name)}: ${error.message}`)
    }
  })
}
