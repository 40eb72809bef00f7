/**
 * The simulated Node: a program of a container or of the learner's machine whose JavaScript really runs, in virtual time.
 * One event is let in after the other; what the program used of its CPU is made up for before the next.
 */
import { isErrno } from '../errno.ts'
import { absolute, normalize } from '../files/path.ts'
import { byteLength } from '../files/tree.ts'
import { REASONS } from '../network/serving.ts'
import type { Proc } from '../processes/proc.ts'
import { type Process, SIGNAL_NUMBER, type Signal } from '../processes/process.ts'
import { answer, type Calls } from './calls.ts'
import { fileCalls } from './files.ts'
import { Handles, type Shortcut } from './handles.ts'
import { PRELUDE } from './prelude/index.ts'
import { NodeError, type Packages, resolveModule, sourceOf } from './resolve.ts'
import { loadEngine, Vm } from './vm.ts'

/** As the image says; the learner's machine has one of its own. */
const versionOf = ({ env }: Process): string => `v${env.NODE_VERSION ?? '22.12.0'}`

const START_CPU_MS = 40
/** An empty program's. */
const BASE_MEMORY = 42_000_000
/** Bytes of heap that are looked at after each event. */
const SEEN_AT_ONCE = 4_000_000
const HEAP_LIMIT = 512 * 1024 * 1024
/** Of ten thousand steps of the engine. */
const STEPS_CPU_MS = 0.1
/** A look at the clock takes time, so that a loop which waits for an instant gets there. */
const LOOK_CPU_MS = 0.01
/** More than that at once (fifty million steps) is taken for a loop that never ends. */
const MOST_STEPS = 5_000

export interface NodeMachine {
  packages?: Packages
  shortcut?: Shortcut
}

export const nodeProgram =
  (machine: NodeMachine = {}) =>
  async (process: Process): Promise<number> => {
    const words = process.argv.slice(1)
    const [first, second = ''] = words
    if (first === '-v' || first === '--version') return process.write(1, `${versionOf(process)}\n`).then(() => 0)
    const inline = first === '-e' || first === '--eval' || first === '-p'
    const fromInput = first === undefined || first === '-'
    const unknown = !('WebAssembly' in globalThis)
      ? 'JavaScript in a browser without WebAssembly'
      : fromInput
        ? process.fds[0]?.isTerminal && 'a prompt for JavaScript'
        : first.startsWith('-') && !inline && `the option ${first}`
    if (unknown) return process.write(2, `node: not simulated: ${unknown}\n`).then(() => 126)
    await process.compute(START_CPU_MS)
    const work: Work = fromInput
      ? { code: await allOf(process) }
      : !inline
        ? { file: first }
        : { code: first === '-p' ? `console.log(${second})` : second }
    const engine = await process.load(loadEngine())
    // Who was killed meanwhile goes no further.
    await process.block<void>(wake => wake())
    return new Run(process, machine, engine, words.slice(inline ? 2 : 1)).untilItEnds(work)
  }

async function allOf(process: Process): Promise<string> {
  let text = ''
  for (;;) {
    const piece = await process.read(0)
    if (!piece) return text
    text += piece
  }
}

type Work = { code: string } | { file: string }

class Run {
  readonly #process: Process
  readonly #machine: NodeMachine
  readonly #vm: Vm
  readonly #handles: Handles
  readonly #calls: Calls
  readonly #argv: string[]
  /** The file that runs, as the program sees it. */
  #script: string[] = []
  /** What came by `-e`. */
  #inline: { name: string; text: string } | undefined
  readonly #queue: (readonly unknown[])[] = []
  #output: { fd: number; text: string }[] = []
  #wake: (() => void) | undefined
  #exit: number | undefined
  #steps = 0
  #looks = 0
  #stuck = false
  #unweighed = 0
  #inside = false
  #over = false

  constructor(process: Process, machine: NodeMachine, engine: ConstructorParameters<typeof Vm>[0], argv: string[]) {
    this.#process = process
    this.#machine = machine
    this.#argv = argv
    this.#handles = new Handles(process, machine.shortcut, (...event) => this.#push(...event))
    this.#calls = { ...this.#ownCalls(), ...fileCalls(process), ...this.#handles.calls }
    this.#vm = new Vm(
      engine,
      {
        call: (name, args) => answer(this.#calls, name, args),
        resolve: (specifier, from) =>
          specifier === this.#inline?.name ? specifier : resolveModule(process, this.#packages, specifier, from),
        source: name => (name === this.#inline?.name ? this.#inline.text : sourceOf(process, this.#packages, name)),
        interrupted: () => this.#interrupted(),
      },
      HEAP_LIMIT,
    )
    // Whoever is killed never comes back to tidy up.
    ;(process as Proc).onEnd(() => {
      this.#over = true
      this.#handles.drop()
      if (!this.#inside) this.#vm.dispose()
    })
  }

  get #packages(): Packages {
    return this.#machine.packages ?? {}
  }

  #interrupted(): boolean {
    this.#steps++
    this.#stuck ||= this.#steps > MOST_STEPS
    return this.#stuck || this.#exit !== undefined || this.#over
  }

  #push(...event: unknown[]): void {
    this.#queue.push(event)
    this.#wake?.()
  }

  async untilItEnds(work: Work): Promise<number> {
    const entry = this.#entry(work)
    this.#vm.begin(PRELUDE, 'node:internal')
    this.#push('start', ...entry)
    for (let ending = false; ; ) {
      const event = this.#queue.shift()
      if (event) {
        await this.#turn(event)
        if (this.#exit !== undefined) return this.#exit & 255
      } else if (this.#handles.any) await this.#block()
      else if (ending) {
        await this.#turn(['exit', 0])
        return (this.#exit ?? 0) & 255
      } else {
        ending = true
        await this.#turn(['end'])
        continue
      }
      ending = false
    }
  }

  #entry(work: Work): [string, string] {
    const process = this.#process
    if ('code' in work) return this.#evaluated(work.code)
    const path = [work.file, `${work.file}.js`]
      .map(p => normalize(absolute(process.cwd, p)))
      .find(p => process.fs.exists(p))
    if (path === undefined) {
      const missing = normalize(absolute(process.cwd, work.file))
      const error = `Object.assign(new Error(${JSON.stringify(`Cannot find module '${missing}'`)}), { code: 'MODULE_NOT_FOUND' })`
      return this.#evaluated(`throw ${error}`)
    }
    this.#script = [path]
    const text = process.fs.readFile(path)
    const common = /\.cjs$/.test(path) || (!/\.mjs$/.test(path) && !/^\s*(import|export)\b/m.test(text))
    return [common ? 'common' : 'module', path]
  }

  #evaluated(code: string): [string, string] {
    const name = `${this.#process.cwd.replace(/\/$/, '')}/[eval1]`
    this.#inline = { name, text: `const require = globalThis[Symbol.for('node.require')]('${name}');${code}` }
    return ['module', name]
  }

  async #block(): Promise<void> {
    try {
      await this.#process.block<void>(wake => {
        this.#wake = wake
        return () => {
          this.#wake = undefined
        }
      })
    } catch (error) {
      // A signal came in between, and is in the queue.
      if (!isErrno(error, 'EINTR')) throw error
    } finally {
      this.#wake = undefined
    }
  }

  async #turn(event: readonly unknown[]): Promise<void> {
    const process = this.#process
    this.#steps = this.#looks = 0
    this.#inside = true
    const thrown = this.#vm.dispatch(event)
    this.#inside = false
    if (this.#over) {
      this.#vm.dispose()
      return process.block<never>(() => {})
    }
    const { fds } = process
    for (const { fd, text } of this.#output.splice(0)) if (fds[fd]) await process.write(fd, text)
    if (this.#stuck) {
      // Nobody can be heard any more: it burns CPU until somebody kills it.
      for (;;) await process.compute(1000)
    }
    if (thrown !== undefined && this.#exit === undefined) {
      await process.write(2, `${thrown}\n\nNode.js ${versionOf(process)}\n`)
      this.#exit = 1
    }
    this.#weigh()
    const cpu = this.#steps * STEPS_CPU_MS + this.#looks * LOOK_CPU_MS
    if (cpu >= 1) await process.compute(cpu)
    else await process.tick(Math.max(cpu, 0.01))
  }

  /** Looking at a heap takes as long as it is big, so a big one is looked at less often. */
  #weigh(): void {
    if (--this.#unweighed > 0) return
    const heap = this.#vm.memory
    this.#unweighed = Math.floor(heap / SEEN_AT_ONCE)
    this.#process.memory = BASE_MEMORY + heap
  }

  #ownCalls(): Calls {
    return {
      facts: () => ({
        argv: ['/usr/local/bin/node', ...this.#script, ...this.#argv],
        env: this.#process.env,
        pid: this.#process.pid,
        ppid: this.#process.ppid,
        hostname: this.#process.hostname,
        version: versionOf(this.#process),
        statusCodes: REASONS,
        tty: this.#process.fds[1]?.isTerminal ?? false,
      }),
      write: (fd: number, text: string) => void this.#output.push({ fd, text }),
      now: () => {
        this.#looks++
        return this.#process.clock.now() + Math.floor(this.#looks * LOOK_CPU_MS + this.#steps * STEPS_CPU_MS)
      },
      random: () => this.#process.random.float(),
      bytes: (text: string) => byteLength(text),
      exit: (code: number) => {
        this.#exit ??= code
      },
      memory: () => ({ rss: BASE_MEMORY + this.#vm.memory, heapUsed: this.#vm.memory, heapTotal: this.#vm.memory }),
      kill: (pid: number, signal: string) => this.#process.kill(pid, signal.slice(3) as Signal),
      signal: (name: string) => {
        const signal = name.slice(3) as Signal
        if (!(signal in SIGNAL_NUMBER)) throw new NodeError('ERR_UNKNOWN_SIGNAL', `Unknown signal: ${name}`)
        this.#process.on(signal, () => this.#push('signal', name, SIGNAL_NUMBER[signal]))
      },
      resolve: (specifier: string, from: string) => resolveModule(this.#process, this.#packages, specifier, from),
      base64: (text: string, into: boolean) => base64(text, into),
    }
  }
}

function base64(text: string, into: boolean): string {
  if (into) return btoa(Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join(''))
  return new TextDecoder().decode(Uint8Array.from(atob(text), c => c.charCodeAt(0)))
}
