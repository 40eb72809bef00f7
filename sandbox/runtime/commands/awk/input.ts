/** The records that an awk program is run over: those of the files that ARGV names, or of standard input. */
import { unescapeText } from '../scripting/text.ts'
import type { Interpreter } from './interpreter.ts'
import { Records } from './streams.ts'
import { fromOutside, toNumber } from './values.ts'

export class Input {
  readonly #awk: Interpreter
  #records: Records | undefined
  /** The index in ARGV of what comes next. */
  #next = 1
  #anyFile = false

  constructor(awk: Interpreter) {
    this.#awk = awk
  }

  /** @returns undefined when there are no more */
  async next(): Promise<string | undefined> {
    const awk = this.#awk
    for (;;) {
      if (!this.#records && !this.#open()) return undefined
      const text = await awk.nextOf(this.#records!)
      if (text !== undefined) {
        for (const name of ['NR', 'FNR']) awk.set(name, toNumber(awk.get(name)) + 1)
        return text
      }
      this.#records = undefined
    }
  }

  /** Leaves what remains of the present file. */
  skipFile(): void {
    this.#records = undefined
  }

  #open(): boolean {
    const awk = this.#awk
    const { process } = awk.call
    for (; this.#next < toNumber(awk.get('ARGC')); this.#next++) {
      const arg = awk.text(awk.array('ARGV').get(String(this.#next)))
      const [, name, value] = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(arg) ?? []
      if (name) awk.set(name, fromOutside(unescapeText(value!, false).text))
      else if (arg) {
        this.#anyFile = true
        this.#next++
        awk.set('FILENAME', arg)
        awk.set('FNR', 0)
        this.#records = new Records(process, arg === '-' ? process.fds[0]! : process.fs.open(arg, 'r'))
        return true
      }
    }
    if (this.#anyFile) return false
    this.#anyFile = true
    this.#records = new Records(process, process.fds[0]!)
    return true
  }
}
