/** A shell's state: variables, functions, options, traps, jobs; and how one starts and ends. */

import type { AndOr, Function as FunctionNode, ParsedScript, PipelineNode, Statement } from 'unbash'
import { isErrno } from '../errno.ts'
import { mayHold } from '../kernel/memory.ts'
import type { Process, Signal } from '../processes/process.ts'
import type { LimitPair } from './builtins/limits.ts'
import { ExitShell, LoopControl, Return, ShellError, SyntaxFault } from './control.ts'
import { DIALECTS, type Dialect } from './dialect.ts'
import { Jobs } from './jobs.ts'
import { documentWarning, parseScript, syntaxComplaint, syntaxError, upToError } from './parse.ts'
import { lineAt, type Text } from './text.ts'
import { runUnits } from './units.ts'
import { ownVariable } from './variables/own-variables.ts'
import type { Variable } from './variables/variable.ts'

export type { Variable } from './variables/variable.ts'

/** Values of variables up to this length are lost in what a shell takes anyway. */
const COUNTED_CHARACTERS = 65_536
/** What a child writes to of the memory that it shares with its parent at first. */
const FORKED_BYTES = 150_000

export interface Options {
  /** One letter each, as in `set -eu`. */
  flags: Set<string>
  pipefail: boolean
}

/** What walks a script's tree, for those who are called by it and call it in turn. */
export interface Interpreter {
  script(shell: Shell, statements: readonly Statement[], tail: boolean): Promise<void>
  /** A command substitution, in its own process; gives the exit status. */
  substitution(shell: Shell, script: ParsedScript | undefined, text: string, pos?: number): Promise<number>
  program(shell: Shell, words: readonly string[], env: Record<string, string>): Promise<void>
  foreground(shell: Shell, pids: readonly number[], group: number, command: string): Promise<void>
  /** One command or pipeline. @param tail whether it is the last thing that the shell does */
  node(shell: Shell, node: PipelineNode | AndOr, tail?: boolean): Promise<void>
  /** The value of an arithmetic expression in which nothing is left to expand. */
  reckon(shell: Shell, expression: string): string
}

export class Shell {
  process: Process
  /** $$, also in subshells. */
  pid: number
  readonly dialect: Dialect
  readonly interpreter: Interpreter
  /** $0, and what messages begin with. */
  name: string
  params: string[]
  readonly variables = new Map<string, Variable>()
  /** Of the process's memory, what long values take. */
  #held = 0
  /** What long values took when this was forked: the pages of the parent, as long as nobody writes to them. */
  #shared = 0
  readonly functions = new Map<string, FunctionNode['body']>()
  /** The functions that run, innermost first. */
  readonly calls: string[] = []
  /** What `shopt` has turned on. */
  readonly shopts = new Set<string>()
  /** The directories below the current one, as `pushd` left them. */
  directories: string[] = []
  /** Whether a script came with `-c`, from a file, or from standard input. */
  from: 'argument' | 'file' | 'input' = 'file'
  /** The text of the command at hand; while a trap runs, of the one that led to it. */
  command = ''
  /** ERR, DEBUG and RETURN while their traps run. */
  readonly trapped = new Set<string>()
  readonly sources = new Map<string, Text>()
  readonly aliases = new Map<string, string>()
  readonly options: Options = { flags: new Set(), pipefail: false }
  readonly traps = new Map<string, string>()
  /** What `ulimit` has changed, by resource. */
  readonly limits = new Map<string, LimitPair>()
  readonly pending: Signal[] = []
  readonly locals: Map<string, Variable | undefined>[] = []
  readonly jobs = new Jobs()
  readonly substitutions: string[] = []
  /** Descriptors of `<(…)` and `>(…)` that the command at hand holds. */
  openSubstitutions: number[] = []
  status = 0
  /** How the last substitution in the command at hand has ended: its own status, where it is nothing else. */
  substituted: number | undefined
  /** The trap that runs: the status that it came upon, and how many functions were running. */
  #trap: { status: number; calls: number; atExit: boolean } | undefined
  /** $! */
  lastBackground = ''
  interactive = false
  /** What has been typed at its prompt, oldest first. */
  history: string[] | undefined
  interrupted = false
  loops = 0
  functionDepth = 0
  /** Within a condition `set -e` has no effect. */
  guarded = 0
  text: Text = { source: '', firstLine: 1 }
  /** What the shells of sh name in messages about commands that a builtin runs: `eval`, or the file that `.` reads. */
  within: string | undefined
  /** How many texts are being run, each within the one before it: scripts, `eval`, traps, substitutions. */
  texts = 0
  position = 0
  getoptsAt = 0
  subshell = false
  /** How many subshells deep. */
  depth = 0
  startedAt: number

  constructor(
    process: Process,
    options: { dialect: Dialect['name']; interpreter: Interpreter; name: string; params?: readonly string[] },
  ) {
    this.process = process
    this.pid = process.pid
    this.startedAt = process.clock.now()
    this.interpreter = options.interpreter
    this.dialect = DIALECTS[options.dialect]
    this.name = options.name
    this.params = [...(options.params ?? [])]
    for (const [name, value] of Object.entries(process.env)) {
      if (/^[A-Za-z_]\w*$/.test(name)) this.variables.set(name, { value, exported: true })
      // What cannot be a variable is handed on by bash and busybox alone.
      else if (options.dialect === 'dash') delete process.env[name]
    }
    this.variables.set('IFS', { value: ' \t\n' })
    this.variables.set('PWD', { value: process.cwd, exported: true })
    this.variables.set('OPTIND', { value: '1' })
    if (!this.variables.has('PS4')) this.variables.set('PS4', { value: '+ ' })
  }

  /** A subshell: a copy of what is here now, for a child process that begins to run later. */
  fork(): (process: Process) => Shell {
    const copy = new Shell(this.process, {
      dialect: this.dialect.name,
      interpreter: this.interpreter,
      name: this.name,
      params: this.params,
    })
    copy.variables.clear()
    copy.history = this.history
    for (const [name, variable] of this.variables)
      copy.variables.set(name, variable.array ? { ...variable, array: new Map(variable.array) } : { ...variable })
    for (const [name, body] of this.functions) copy.functions.set(name, body)
    for (const [name, source] of this.sources) copy.sources.set(name, source)
    for (const [signal, action] of this.traps) if (action === '') copy.traps.set(signal, '')
    for (const [letter, value] of this.limits) copy.limits.set(letter, value)
    for (const flag of this.options.flags) copy.options.flags.add(flag)
    for (const name of this.shopts) copy.shopts.add(name)
    copy.calls.push(...this.calls)
    copy.directories = [...this.directories]
    copy.from = this.from
    copy.command = this.command
    copy.options.pipefail = this.options.pipefail
    copy.status = this.status
    copy.lastBackground = this.lastBackground
    copy.guarded = this.guarded
    copy.text = this.text
    copy.within = this.within
    copy.position = this.position
    copy.texts = this.texts
    copy.functionDepth = this.functionDepth
    if (this.dialect.name !== 'dash') copy.jobs.inherit(this.jobs)
    copy.subshell = true
    copy.depth = this.depth + 1
    copy.#shared = this.#held + this.#shared
    copy.pid = this.pid
    copy.startedAt = this.startedAt
    return process => {
      process.memory ||= FORKED_BYTES
      copy.process = process
      return copy
    }
  }

  /** What builtins of busybox call themselves, which are its applets: the program's name. */
  get applet(): string {
    return this.process.argv[0]!.replace(/^-|.*\//g, '')
  }

  get source(): string {
    return this.text.source
  }

  get line(): number {
    return lineAt(this.text, this.position)
  }

  /** The name of the variable that a name means. */
  resolve(name: string): string {
    let meant = name
    for (let i = 0; i < 10; i++) {
      const reference = this.variables.get(meant)?.reference
      if (reference === undefined) break
      meant = reference
    }
    return meant
  }

  get(asked: string): string | undefined {
    const name = this.resolve(asked)
    // Debian's dash is built without it.
    if (name === 'LINENO' && this.dialect.name !== 'dash') return String(this.line)
    if (name === 'RANDOM' && this.dialect.name !== 'dash') return String(this.process.random.int(32_768))
    if (name === 'SECONDS' && this.dialect.name === 'bash')
      return String(Math.floor((this.process.clock.now() - this.startedAt) / 1000))
    const own = this.dialect.name === 'bash' ? ownVariable(this, name) : undefined
    if (own !== undefined) return own
    if (name === 'PPID') return String(this.process.ppid)
    const variable = this.variables.get(name)
    return variable?.array ? variable.array.get('0') : variable?.value
  }

  set(asked: string, given: string): void {
    const name = this.resolve(asked)
    const variable = this.variables.get(name)
    if (variable?.readonly) throw new ShellError(this.dialect.readOnly(name), this.dialect.fatalStatus)
    const value = this.kept(variable, given)
    const before = variable?.value?.length ?? 0
    if (variable?.array) variable.array.set('0', value)
    else if (variable) variable.value = value
    else this.variables.set(name, { value, exported: this.options.flags.has('a') })
    if (variable?.exported) this.exportToProcess(name, value)
    else if (this.options.flags.has('a')) this.exportToProcess(name, value)
    if (name === 'OPTIND') this.getoptsAt = 0
    if (value.length > COUNTED_CHARACTERS || before > COUNTED_CHARACTERS) this.#countMemory()
  }

  /** A value as a variable of its kind keeps it. */
  kept(variable: Variable | undefined, value: string): string {
    if (variable?.integer) return this.interpreter.reckon(this, value)
    if (variable?.letters) return variable.letters === 'upper' ? value.toUpperCase() : value.toLowerCase()
    return value
  }

  /** Counted anew whenever a long value comes or goes: what functions and subshells put back is not told one by one. */
  #countMemory(): void {
    let held = 0
    for (const { value = '' } of this.variables.values()) if (value.length > COUNTED_CHARACTERS) held += value.length
    mayHold(held)
    const own = Math.max(0, held - this.#shared)
    this.process.memory += own - this.#held
    this.#held = own
  }

  exportToProcess(name: string, value: string | undefined): void {
    if (value === undefined) delete this.process.env[name]
    else this.process.env[name] = value
  }

  unset(asked: string): void {
    const name = this.resolve(asked)
    const variable = this.variables.get(name)
    if (variable?.readonly) throw new ShellError(this.dialect.readOnly(name), this.dialect.fatalStatus)
    this.variables.delete(name)
    delete this.process.env[name]
    if ((variable?.value?.length ?? 0) > COUNTED_CHARACTERS) this.#countMemory()
  }

  has(flag: string): boolean {
    return this.options.flags.has(flag)
  }

  /** Something to say, with what stands before every message. */
  saying(message: string): string {
    const { dialect, name, line, interactive } = this
    // bash names the file that is read by `.`, and forgets where the functions of `-c` came from.
    const lost = this.from === 'argument' && this.calls.length > 0 ? 'environment' : name
    return dialect.prefix(dialect.name === 'bash' ? (this.text.file ?? lost) : name, line, interactive) + message
  }

  complain(message: string): Promise<void> {
    return this.say(this.within ? this.of(this.within, message) : message)
  }

  complainOf(builtin: string, message: string): Promise<void> {
    return this.say(this.of(builtin, message))
  }

  private say(message: string): Promise<void> {
    return this.process.write(2, `${this.saying(message)}\n`).catch(() => {})
  }

  /** Prints an error that ends the shell, unless that has been done. */
  async tell(error: ShellError): Promise<void> {
    if (error.told) return
    error.told = true
    if (error instanceof SyntaxFault) await this.process.write(2, `${error.message}\n`).catch(() => {})
    else await this.complain(error.message)
  }

  /** The message of a builtin. ash names the line. */
  of(builtin: string, message: string): string {
    return `${builtin}: ${this.dialect.name === 'ash' && !this.interactive ? `line ${this.line}: ` : ''}${message}`
  }

  /** Runs a whole program to its exit status, EXIT trap included. */
  async main(source: string, options: { tail?: boolean; text?: Omit<Text, 'source'> } = {}): Promise<number> {
    try {
      await this.evaluate(source, options)
    } catch (error) {
      this.status = await this.ended(error)
    }
    return this.finish()
  }

  /** The EXIT trap, at the end of the shell. */
  async finish(): Promise<number> {
    const trap = this.traps.get('EXIT')
    this.traps.delete('EXIT')
    if (trap) {
      try {
        await this.runTrap(trap, true)
      } catch (error) {
        this.status = await this.ended(error)
      }
    }
    return this.status
  }

  /** Runs the text of a trap, after which `$?` is as before it. @param atExit whether it is the one for EXIT */
  async runTrap(action: string, atExit = false): Promise<void> {
    const { status } = this
    const around = this.#trap
    this.#trap = { status, calls: this.calls.length, atExit }
    try {
      await this.evaluate(action, this.dialect.name === 'ash' ? { text: { ...this.text, firstLine: this.line } } : {})
    } finally {
      this.#trap = around
    }
    this.status = status
  }

  /** What `exit` without a number means: within a trap the status that it came upon; in a function that a trap calls bash takes `$?`, but at EXIT. */
  get statusToExitWith(): number {
    const trap = this.#trap
    if (!trap) return this.status
    const inFunction = this.dialect.name === 'bash' && !trap.atExit && this.calls.length > trap.calls
    return inFunction ? this.status : trap.status
  }

  /** The exit status that something thrown means. */
  async ended(error: unknown): Promise<number> {
    if (error instanceof ExitShell || error instanceof Return) return error.status
    if (error instanceof LoopControl) return this.status
    if (error instanceof ShellError) {
      await this.tell(error)
      return error.status
    }
    if (isErrno(error, 'EAGAIN')) {
      await this.complain(this.dialect.cannotFork)
      return this.dialect.name === 'bash' ? 254 : 2
    }
    if (isErrno(error)) {
      await this.complain(error.message)
      return 1
    }
    throw error
  }

  /**
   * Runs text in this shell: a script, `eval`, a trap. What stands before a mistake on an earlier line runs.
   * @param options.by `eval`, or the file that `.` reads
   * @param options.text where it begins, if not on its own first line
   */
  async evaluate(
    source: string,
    options: { tail?: boolean; by?: string; text?: Omit<Text, 'source'> } = {},
  ): Promise<void> {
    const parsed = parseScript(source, this.dialect.name)
    const before = { text: this.text, position: this.position, within: this.within }
    this.text = { firstLine: 1, ...options.text, source: parsed.source }
    this.position = 0
    this.within = this.dialect.name === 'bash' ? undefined : options.by
    this.texts++
    try {
      const warning = this.dialect.name === 'bash' && !this.interactive && documentWarning(parsed)
      if (warning) await this.process.write(2, `${this.name}: ${warning}\n`)
      const failed = parsed.error && !['here-document', 'continued'].includes(parsed.error.message)
      if (failed) await runUnits(this, upToError(parsed), false)
      else await runUnits(this, parsed.tree.commands, options.tail ?? false)
      if (failed) {
        this.position = parsed.error!.pos
        if (this.dialect.name !== 'bash' || this.interactive) throw new ShellError(syntaxError(parsed, this.dialect))
        const from = options.by ?? (this.from === 'argument' ? '-c' : undefined)
        const shown = this.text.file ?? (from ? `${this.name}: ${from}` : this.name)
        throw new SyntaxFault(syntaxComplaint(parsed, this.dialect, `${shown}: `))
      }
    } catch (error) {
      // It names the line of the text that it came from.
      if (error instanceof ShellError) await this.tell(error)
      throw error
    } finally {
      this.texts--
      Object.assign(this, before)
    }
  }
}
