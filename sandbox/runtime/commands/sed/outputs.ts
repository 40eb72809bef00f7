/** The files that `w` writes to: opened and emptied before the first line is read, and written through a buffer. */
import { isErrno } from '../../errno.ts'
import type { Stream } from '../../processes/process.ts'
import { type Call, Refusal } from '../command.ts'
import type { Instruction } from './instruction.ts'

/** As the C library has it. */
const BUFFER = 4096

/** Names of what is open already. */
const STANDARD: ReadonlyMap<string, number> = new Map([
  ['/dev/stdout', 1],
  ['/dev/stderr', 2],
])

interface Output {
  stream: Stream
  waiting: string
  /** Whether what is written is seen at once. */
  direct: boolean
}

export class Outputs {
  readonly #call: Call
  readonly #byName = new Map<string, Output>()

  /** @throws Refusal where one of them cannot be opened */
  constructor(call: Call, program: readonly Instruction[]) {
    this.#call = call
    this.#open(program)
  }

  #open(program: readonly Instruction[]): void {
    for (const { command, file, block } of program) {
      if (block) this.#open(block)
      if (file === undefined || command === 'r' || this.#byName.has(file)) continue
      const fd = STANDARD.get(file)
      // GNU's sed does not open what is open already.
      const direct = fd !== undefined && this.#call.flavour === 'gnu'
      this.#byName.set(file, {
        stream: fd === undefined ? opened(this.#call, file) : this.#call.process.fds[fd]!,
        waiting: '',
        direct,
      })
    }
  }

  async write(file: string, text: string): Promise<void> {
    const output = this.#byName.get(file)!
    output.waiting += text
    if (output.direct || output.waiting.length >= BUFFER) await this.#send(output)
  }

  /** Writes what is left, and closes what was opened: who reads from a pipe meets its end. */
  async end(): Promise<void> {
    for (const [name, output] of this.#byName) {
      await this.#send(output)
      if (!STANDARD.has(name)) output.stream.close()
    }
  }

  async #send(output: Output): Promise<void> {
    const { waiting } = output
    output.waiting = ''
    if (waiting) await output.stream.write(this.#call.process, waiting)
  }
}

function opened({ process, flavour }: Call, file: string): Stream {
  try {
    return process.fs.open(file, 'w')
  } catch (error) {
    if (!isErrno(error)) throw error
    throw flavour === 'gnu'
      ? new Refusal(`couldn't open file ${file}: ${error.message}`, 4)
      : new Refusal(`can't open '${file}': ${error.message}`)
  }
}
