/** Where an awk program's records come from and its output goes: files and commands, known by what they were opened as. */
import { isErrno } from '../../errno.ts'
import type { Process, Stream } from '../../processes/process.ts'
import { pipe } from '../../processes/streams.ts'

/** Cuts a stream into records. */
export class Records {
  readonly #process: Process
  readonly #stream: Stream
  #text = ''
  #ended = false

  constructor(process: Process, stream: Stream) {
    this.#process = process
    this.#stream = stream
  }

  /** @param separator RS: a character, '' for paragraphs, anything longer is a regular expression */
  async next(separator: string, regexp: (source: string) => RegExp): Promise<string | undefined> {
    const pattern = separator === '' ? /\n\n+/ : separator.length === 1 ? separator : regexp(separator)
    for (;;) {
      if (separator === '') this.#text = this.#text.replace(/^\n+/, '')
      const [from, to] = this.#find(pattern)
      // A separator that may go on with what is still to come is not yet a whole one.
      if (from >= 0 && (typeof pattern === 'string' || this.#ended || to < this.#text.length)) {
        const record = this.#text.slice(0, from)
        this.#text = this.#text.slice(to)
        return record
      }
      if (this.#ended) {
        const last = this.#text
        this.#text = ''
        return last ? (separator === '' ? last.replace(/\n+$/, '') : last) : undefined
      }
      const data = await this.#stream.read(this.#process)
      if (data) this.#text += data
      else this.#ended = true
    }
  }

  #find(pattern: string | RegExp): [from: number, to: number] {
    if (typeof pattern === 'string') {
      const at = this.#text.indexOf(pattern)
      return [at, at + 1]
    }
    const match = pattern.exec(this.#text)
    return match ? [match.index, match.index + match[0].length] : [-1, -1]
  }
}

interface Output {
  stream: Stream
  pid?: number
}

interface Input {
  records: Records
  stream: Stream
  pid?: number
}

export class Streams {
  readonly #process: Process
  readonly #outputs = new Map<string, Output>()
  readonly #inputs = new Map<string, Input>()

  constructor(process: Process) {
    this.#process = process
  }

  output(how: '>' | '>>' | '|', name: string): Stream {
    const open = this.#outputs.get(name)
    if (open) return open.stream
    const output = how === '|' ? this.#command(name, 0) : { stream: this.#open(name, how === '>' ? 'w' : 'a') }
    this.#outputs.set(name, output)
    return output.stream
  }

  /** undefined when the file cannot be read. */
  input(by: '<' | '|', name: string): Records | undefined {
    const open = this.#inputs.get(name)
    if (open) return open.records
    try {
      const input = by === '|' ? this.#command(name, 1) : { stream: this.#open(name, 'r') }
      const records = new Records(this.#process, input.stream)
      this.#inputs.set(name, { ...input, records })
      return records
    } catch (error) {
      if (isErrno(error)) return undefined
      throw error
    }
  }

  /** The exit status of a command; -1 when nothing is open by this name. */
  async close(name: string): Promise<number> {
    let status = -1
    for (const open of [this.#outputs, this.#inputs]) {
      const found = open.get(name)
      if (!found) continue
      open.delete(name)
      found.stream.close()
      status = found.pid === undefined ? 0 : (await this.#process.wait(found.pid)).status.code
    }
    return status
  }

  async closeAll(): Promise<void> {
    for (const name of [...this.#outputs.keys(), ...this.#inputs.keys()]) await this.close(name)
  }

  async system(command: string): Promise<number> {
    const child = this.#process.spawn({ argv: ['sh', '-c', command] })
    return (await this.#process.wait(child.pid)).status.code
  }

  #open(name: string, how: 'r' | 'w' | 'a'): Stream {
    if (name === '-' || name === '/dev/stdin') return this.#process.fds[0]!
    return this.#process.fs.open(name, how)
  }

  /** A command whose standard input (0) or output (1) is ours. */
  #command(command: string, theirs: 0 | 1): Output {
    const { reader, writer } = pipe()
    const { pid } = this.#process.spawn({ argv: ['sh', '-c', command], fds: { [theirs]: theirs ? writer : reader } })
    return { stream: theirs ? reader : writer, pid }
  }
}
