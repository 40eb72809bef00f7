/** Runs a script of sed, line by line, so that it can stand in an endless pipe. */
import { mayHold } from '../../kernel/memory.ts'
import type { Process } from '../../processes/process.ts'
import type { Address, Instruction } from './instruction.ts'
import { LineReader } from './lines.ts'
import type { Outputs } from './outputs.ts'
import { substitute } from './substitute.ts'

/** What a round of a script uses of the processor, and how many characters it goes through meanwhile. */
const ROUND_MS = 0.005
const MOVED_PER_MS = 1e6

interface Options {
  busybox: boolean
  /** The file that is read, for `F`. */
  fileName(): string
  /** What `w` writes to, by name. */
  files: Outputs
}

/**
 * @param silent whether lines are written only where the script says so
 * @returns the exit code that the script asks for
 */
export async function edit(
  process: Process,
  program: readonly Instruction[],
  source: AsyncGenerator<string>,
  silent: boolean,
  emit: (text: string) => Promise<void>,
  options: Options,
): Promise<number> {
  return new Editor(process, new LineReader(source, program), silent, emit, options).run(program)
}

/** What comes after an instruction, unless it is the next one. */
type Outcome =
  /** The end of the script: the line is written. */
  | 'end'
  /** The next line, without this one being written. */
  | 'delete'
  /** The script from its start, with what is left of the line. */
  | 'restart'
  | { branch: string }
  | { quit: number; silent: boolean }

type Command = (editor: Editor, i: Instruction) => undefined | Outcome | Promise<undefined | Outcome>

/** The state of a script that runs: the pattern space, the hold space, and what is still to be written. */
class Editor {
  pattern = ''
  hold = ''
  /** The end of the line that the pattern space will be written with. */
  newline = '\n'
  /** Whether `s` has changed something since the line was read or `t` asked. */
  substituted = false
  /** Texts that are written when the line is done. */
  readonly after: string[] = []
  readonly process: Process
  readonly lines: LineReader
  readonly silent: boolean
  readonly options: Options
  readonly #emit: (text: string) => Promise<void>
  /** The last line has been written without its end, as it was read: what follows begins with that. */
  #open = false

  constructor(
    process: Process,
    lines: LineReader,
    silent: boolean,
    emit: (text: string) => Promise<void>,
    options: Options,
  ) {
    this.process = process
    this.lines = lines
    this.silent = silent
    this.#emit = emit
    this.options = options
  }

  async run(program: readonly Instruction[]): Promise<number> {
    while (await this.read()) {
      this.substituted = false
      let outcome = await this.#instructions(program)
      while (outcome === 'restart') {
        await this.#again()
        outcome = await this.#instructions(program)
      }
      const quit = typeof outcome === 'object' && 'quit' in outcome ? outcome : undefined
      if (outcome !== 'delete' && !this.silent && !quit?.silent) await this.writePattern()
      for (const text of this.after.splice(0)) await this.write(text)
      if (quit) return quit.quit
    }
    return 0
  }

  /** Takes the next line into the pattern space, or with `joined` behind what is there. @returns whether there was one */
  async read(joined = false): Promise<boolean> {
    const line = await this.lines.next()
    if (line === undefined) return false
    this.newline = this.lines.newline
    this.pattern = joined ? `${this.pattern}\n${line}` : line
    return true
  }

  async write(text: string): Promise<void> {
    if (!text) return
    await this.#emit(this.#open ? `\n${text}` : text)
    this.#open = false
  }

  async writePattern(): Promise<void> {
    await this.write(this.pattern + this.newline)
    this.#open = this.newline === ''
  }

  /** Writes a line to a file of `w`: the last without its end, if it has none. */
  append(file: string, text: string): Promise<void> {
    return this.options.files.write(file, text + this.newline)
  }

  /** @returns undefined at the end of the list */
  async #instructions(list: readonly Instruction[]): Promise<Outcome | undefined> {
    for (let k = 0; k < list.length; k++) {
      const i = list[k]!
      if (this.#selects(i) === i.negated) continue
      // Waiting takes time, also for what is there: only commands that read or write do.
      const done = i.block ? this.#instructions(i.block) : COMMANDS[i.command]?.(this, i)
      const outcome = done instanceof Promise ? await done : done
      if (outcome === undefined) continue
      const label = typeof outcome === 'object' && 'branch' in outcome ? outcome.branch : undefined
      const target = label === undefined ? -1 : list.findIndex(x => x.command === ':' && x.label === label)
      // A label that is not here is one of a list around this one.
      if (target < 0) return outcome
      const pause = this.#again()
      if (pause) await pause
      k = target
    }
    return undefined
  }

  /** Instructions that are run anew use the processor: a script may do so for ever, until a signal ends it. */
  #again(): Promise<void> | undefined {
    mayHold(this.pattern.length + this.hold.length)
    return this.process.tick(ROUND_MS + this.pattern.length / MOVED_PER_MS)
  }

  #selects(i: Instruction): boolean {
    if (!i.from) return true
    if (!i.to) return this.#hits(i.from)
    const n = this.lines.count
    if (i.from.kind === 'line' && i.from.n === 0 && !i.begun && !this.options.busybox) i.active = i.begun = true
    if (i.active) {
      if (i.to.kind === 'line' || i.to.kind === 'plus' || i.to.kind === 'multiple') {
        const until = i.to.kind === 'line' ? i.to.n : i.until!
        if (n >= until) i.active = false
        return n <= until
      }
      if (this.#hits(i.to)) i.active = false
      return true
    }
    if (!this.#hits(i.from)) return false
    i.active = !(i.to.kind === 'line' && i.to.n <= n)
    if (i.to.kind === 'plus') i.until = n + i.to.n
    if (i.to.kind === 'multiple') {
      i.until = i.to.n ? Math.ceil(n / i.to.n) * i.to.n : n
      i.active = i.until > n
    }
    return true
  }

  #hits(address: Address): boolean {
    const n = this.lines.count
    switch (address.kind) {
      case 'line':
        return n === address.n
      case 'last':
        return this.lines.isLast()
      case 'step':
        return address.step ? n >= address.first && (n - address.first) % address.step === 0 : n === address.first
      case 'match':
        return new RegExp(address.regexp.source, address.regexp.flags.replace('g', '')).test(this.pattern)
      default:
        return false
    }
  }
}

const branch = (i: Instruction): Outcome => (i.label ? { branch: i.label } : 'end')

const firstLine = (text: string): string => text.split('\n')[0]!

const COMMANDS: Readonly<Record<string, Command>> = {
  // The pattern space
  async s(editor, i) {
    const result = substitute(editor.pattern, i, editor.options.busybox)
    if (result === undefined) return undefined
    editor.pattern = result
    editor.substituted = true
    if (i.flags!.includes('p')) await editor.write(`${result}\n`)
    if (i.file) await editor.append(i.file, result)
    return undefined
  },
  y(editor, i) {
    const [from, to] = [[...i.text!], [...i.replacement!]]
    editor.pattern = Array.from(editor.pattern, c => to[from.indexOf(c)] ?? c).join('')
    return undefined
  },
  z(editor) {
    editor.pattern = ''
    return undefined
  },
  d: () => 'delete',
  D(editor) {
    const at = editor.pattern.indexOf('\n')
    if (at < 0) return 'delete'
    editor.pattern = editor.pattern.slice(at + 1)
    return 'restart'
  },
  async n(editor) {
    if (!editor.silent) await editor.writePattern()
    return (await editor.read()) ? undefined : { quit: 0, silent: true }
  },
  N: async editor => ((await editor.read(true)) ? undefined : { quit: 0, silent: false }),

  // The hold space
  h(editor) {
    editor.hold = editor.pattern
    return undefined
  },
  H(editor) {
    editor.hold += `\n${editor.pattern}`
    return undefined
  },
  g(editor) {
    editor.pattern = editor.hold
    editor.newline = '\n'
    return undefined
  },
  G(editor) {
    editor.pattern += `\n${editor.hold}`
    editor.newline = '\n'
    return undefined
  },
  x(editor) {
    ;[editor.pattern, editor.hold] = [editor.hold, editor.pattern]
    editor.newline = '\n'
    return undefined
  },

  // Output
  p: editor => written(editor, `${editor.pattern}\n`),
  P: editor => written(editor, `${firstLine(editor.pattern)}\n`),
  l: (editor, i) =>
    editor.options.busybox ? undefined : written(editor, `${visible(editor.pattern, Number(i.text || 70))}$\n`),
  '=': editor => written(editor, `${editor.lines.count}\n`),
  F: editor => written(editor, `${editor.options.fileName()}\n`),
  i: (editor, i) => written(editor, `${i.text}\n`),
  a(editor, i) {
    editor.after.push(`${i.text}\n`)
    return undefined
  },
  async c(editor, i): Promise<Outcome> {
    if (!i.to || !i.active) await editor.write(`${i.text}\n`)
    return 'delete'
  },

  // Files
  r(editor, i) {
    const { fs } = editor.process
    if (!fs.exists(i.file!)) return undefined
    const text = fs.readFile(i.file!)
    editor.after.push(editor.options.busybox && text && !text.endsWith('\n') ? `${text}\n` : text)
    return undefined
  },
  async w(editor, i) {
    await editor.append(i.file!, editor.pattern)
    return undefined
  },
  async W(editor, i) {
    await editor.append(i.file!, firstLine(editor.pattern))
    return undefined
  },

  // The way through the script
  b: (_, i) => branch(i),
  t(editor, i) {
    if (!editor.substituted) return undefined
    editor.substituted = false
    return branch(i)
  },
  T(editor, i) {
    if (!editor.substituted) return branch(i)
    editor.substituted = false
    return undefined
  },
  q: (_, i) => ({ quit: Number(i.text || 0), silent: false }),
  Q: (_, i) => ({ quit: Number(i.text || 0), silent: true }),
}

async function written(editor: Editor, text: string): Promise<undefined> {
  await editor.write(text)
}

const NAMED: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
}

/** What `l` shows: nothing that cannot be seen, in lines of a length (0 and 1 mean any). */
function visible(text: string, width: number): string {
  let out = ''
  let column = 0
  for (const c of text) {
    const shown =
      NAMED[c] ??
      (/[\x20-\x7e]/.test(c)
        ? c
        : [...new TextEncoder().encode(c)].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join(''))
    if (width > 1 && column + shown.length > width - 1) {
      out += '\\\n'
      column = 0
    }
    out += shown
    column += shown.length
  }
  return out
}
