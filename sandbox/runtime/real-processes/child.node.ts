/** One real process with all that it starts: its output, its end, and signals to it, told through the clock. */
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { Clock } from '../../clock/clock.ts'
import { type ExitStatus, SIGNAL_NUMBER, type Signal } from '../processes/process.ts'

export interface ChildOptions {
  clock: Clock
  file: string
  argv: readonly string[]
  cwd: string
  env: Record<string, string>
  stdin: boolean
  /** Until `release`: a Node that has hardly begun would die of what a PID 1 does not notice. */
  holdSignals?: boolean
  onOutput(stream: 'stdout' | 'stderr', data: string): void
  onExit(status: ExitStatus): void
}

/** Output that a process's stray descendants hold open is not waited for any longer than that. */
const STRAY_MS = 1000

export class Child {
  readonly pid: number | undefined
  readonly #child: ChildProcess
  #gone = false
  #held: Signal[] | undefined

  constructor({ clock, file, argv, cwd, env, stdin, holdSignals, onOutput, onExit }: ChildOptions) {
    if (holdSignals) this.#held = []
    // A process group of its own, so that what it starts can be stopped with it.
    const child = spawn(file, argv.slice(1), {
      argv0: argv[0],
      cwd,
      env,
      detached: true,
      stdio: [stdin ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    this.pid = child.pid
    let told = false
    const end = (status: ExitStatus): void => {
      if (told) return
      told = true
      clock.soon(() => onExit(status))
    }
    for (const name of ['stdout', 'stderr'] as const)
      child[name]?.setEncoding('utf8').on('data', (data: string) => {
        clock.soon(() => onOutput(name, data))
      })
    // Writing to a process that has closed its input is its own affair.
    child.stdin?.on('error', () => {})
    child.on('error', () => end({ code: 128 }))
    child.on('exit', (code, signal) => {
      this.#gone = true
      this.#signalGroup('SIGKILL')
      const status = statusOf(code, signal)
      child.on('close', () => end(status))
      setTimeout(end, STRAY_MS, status).unref()
    })
  }

  write(data: string): void {
    this.#child.stdin?.write(data)
  }

  closeStdin(): void {
    this.#child.stdin?.end()
  }

  /** To the process alone, as to PID 1; KILL takes all that it started along. */
  signal(signal: Signal): void {
    if (this.#gone) return
    if (signal === 'KILL') {
      this.#signalGroup('SIGKILL')
      // A group is more than some systems have.
      this.#child.kill('SIGKILL')
    } else if (this.#held) this.#held.push(signal)
    else this.#child.kill(`SIG${signal}`)
  }

  release(): void {
    const held = this.#held ?? []
    this.#held = undefined
    for (const signal of held) this.signal(signal)
  }

  #signalGroup(signal: NodeJS.Signals): void {
    if (this.pid === undefined) return
    try {
      process.kill(-this.pid, signal)
    } catch {
      // Nobody of the group is left.
    }
  }
}

function statusOf(code: number | null, signal: NodeJS.Signals | null): ExitStatus {
  if (signal === null) return { code: code ?? 0 }
  const name = signal.slice(3)
  const known = name in SIGNAL_NUMBER ? { signal: name as Signal } : {}
  return { code: 128 + constants.signals[signal], ...known }
}
