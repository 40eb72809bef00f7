/** The lines that a script of sed reads, with a look ahead where the script asks for the last one. */
import type { Instruction } from './instruction.ts'

export class LineReader {
  /** How many have been read. */
  count = 0
  /** The end of the last one: empty where a file ends without a newline. */
  newline = '\n'
  readonly #source: AsyncGenerator<string>
  readonly #looksAhead: boolean
  #ahead: IteratorResult<string, unknown> | undefined

  constructor(source: AsyncGenerator<string>, program: readonly Instruction[]) {
    this.#source = source
    this.#looksAhead = asksForLast(program)
  }

  /** Whether the last line has been read; known only to a script that asks. */
  isLast(): boolean {
    return this.#ahead?.done === true
  }

  /** The next line without its end. */
  async next(): Promise<string | undefined> {
    const { done, value } = this.#ahead ?? (await this.#source.next())
    if (done) return undefined
    this.#ahead = undefined
    this.count++
    this.newline = value.endsWith('\n') ? '\n' : ''
    // An endless pipe must not wait for a line that nobody asks for.
    if (this.#looksAhead) this.#ahead = await this.#source.next()
    return value.replace(/\n$/, '')
  }
}

const asksForLast = (program: readonly Instruction[]): boolean =>
  program.some(i => i.from?.kind === 'last' || i.to?.kind === 'last' || (i.block && asksForLast(i.block)))
