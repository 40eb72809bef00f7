/**
 * A terminal: between a person (or a client's connection) and the processes on it. Its line discipline echoes, edits
 * lines, and turns Ctrl-C into a signal, until a program asks for the raw keys.
 */
import { errno } from '../errno.ts'
import type { Kernel, PidSpace } from '../kernel/kernel.ts'
import type { Process, Signal, Stream } from './process.ts'
import { Buffer, Queue } from './streams.ts'

export interface TerminalMode {
  /** Whole lines, edited with backspace, Ctrl-U and Ctrl-W, end of file by Ctrl-D. */
  canonical: boolean
  echo: boolean
  /** Ctrl-C, Ctrl-\ and Ctrl-Z are signals to the foreground group. */
  signals: boolean
}

export const COOKED: TerminalMode = { canonical: true, echo: true, signals: true }
export const RAW: TerminalMode = { canonical: false, echo: false, signals: false }

const SIGNAL_KEYS: Record<string, Signal> = { '\x03': 'INT', '\x1c': 'QUIT', '\x1a': 'TSTP' }

export class Terminal implements Stream {
  readonly isTerminal = true
  size: { columns: number; rows: number }
  /** The process group that gets the signals of keys. */
  foreground = 0
  readonly #pids: PidSpace
  readonly #ready = new Buffer()
  readonly #readable = new Queue()
  #mode: TerminalMode = { ...COOKED }
  #line = ''
  #ends = 0
  #hungUp = false
  #output: (data: string) => void
  #column = 0

  constructor(options: {
    kernel: Kernel
    pids: PidSpace
    columns?: number
    rows?: number
    onOutput: (data: string) => void
  }) {
    this.#pids = options.pids
    this.size = { columns: options.columns ?? 80, rows: options.rows ?? 24 }
    this.#output = options.onOutput
  }

  get mode(): TerminalMode {
    return this.#mode
  }
  /** What was typed ahead of a line's end can be read as soon as lines no longer matter. */
  set mode(mode: TerminalMode) {
    this.#mode = mode
    if (mode.canonical || !this.#line) return
    this.#ready.push(this.#line)
    this.#line = ''
    this.#readable.wake()
  }

  /** Whether something can be read at once. */
  get waiting(): boolean {
    return this.#ready.length > 0 || this.#ends > 0 || this.#hungUp
  }

  /** What the person types or pastes. */
  input(data: string): void {
    for (const key of data) this.#key(key)
    this.#readable.wake()
  }

  resize(columns: number, rows: number): void {
    if (columns === this.size.columns && rows === this.size.rows) return
    this.size = { columns, rows }
    this.signal('WINCH')
  }

  /** The person has gone. */
  hangUp(): void {
    if (this.#hungUp) return
    this.#hungUp = true
    this.signal('HUP')
    this.#readable.wake()
  }

  signal(signal: Signal): void {
    for (const process of [...this.#pids.processes.values()]) {
      if (process.world.pids === this.#pids && process.group === this.foreground) process.signal(signal)
    }
  }

  #key(key: string): void {
    const { canonical, echo, signals } = this.mode
    const signal = SIGNAL_KEYS[key]
    if (signals && signal) {
      if (echo) this.#put(key === '\x1c' ? '^\\' : `^${String.fromCharCode(key.charCodeAt(0) + 64)}`)
      this.#line = ''
      this.#ready.clear()
      this.signal(signal)
      return
    }
    if (!canonical) {
      if (echo) this.#put(key)
      this.#ready.push(key)
      return
    }
    const typed = key === '\r' ? '\n' : key
    if (typed === '\n') {
      if (echo) this.#put('\n')
      this.#ready.push(`${this.#line}\n`)
      this.#line = ''
    } else if (typed === '\x04') {
      if (this.#line) this.#ready.push(this.#line)
      else this.#ends++
      this.#line = ''
    } else if (typed === '\x7f' || typed === '\b') this.#erase(1)
    else if (typed === '\x15') this.#erase(this.#line.length)
    else if (typed === '\x17') this.#erase(this.#line.length - lastWord(this.#line))
    else {
      this.#line += typed
      if (echo) this.#put(typed < ' ' && typed !== '\t' ? `^${String.fromCharCode(typed.charCodeAt(0) + 64)}` : typed)
    }
  }

  #erase(count: number): void {
    const n = Math.min(count, this.#line.length)
    this.#line = this.#line.slice(0, this.#line.length - n)
    if (this.mode.echo) this.#put('\b \b'.repeat(n))
  }

  async read(process: Process, max?: number): Promise<string> {
    for (;;) {
      if (this.#ready.length) {
        if (!this.mode.canonical) return this.#ready.take(max)
        const line = max === undefined ? this.#ready.takeLine() : undefined
        return line ?? this.#ready.take(max)
      }
      if (this.#ends) {
        this.#ends--
        return ''
      }
      if (this.#hungUp) return ''
      await process.block<void>(wake => this.#readable.wait(wake))
    }
  }

  async write(_process: Process, data: string): Promise<void> {
    if (this.#hungUp) throw errno('EIO')
    this.#put(data)
  }

  #put(data: string): void {
    const newline = data.lastIndexOf('\n')
    this.#column = newline < 0 ? this.#column + data.length : data.length - newline - 1
    this.#output(data.replace(/\r?\n/g, '\r\n'))
  }

  close(): void {}
}

/** Where the last word of a line begins. */
function lastWord(line: string): number {
  const words = line.trimEnd()
  return Math.max(words.lastIndexOf(' '), words.lastIndexOf('\t')) + 1
}

/** The terminal behind a descriptor, to change its mode. */
export const terminalOf = (stream: Stream | undefined): Terminal | undefined =>
  stream instanceof Terminal ? stream : undefined
