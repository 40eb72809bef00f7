/** nginx's worker processes: how the master starts, replaces and ends them, and what either logs of it. */

import { forever } from '../../../network/serving.ts'
import { type ExitStatus, type Process, type Program, SIGNAL_NUMBER, type Signal } from '../../../processes/process.ts'
import type { Disposition } from '../../../processes/signals.ts'
import type { Level } from './exchange.ts'
import type { Owner } from './paths.ts'

const MEMORY = 2_000_000
const ARGV: readonly string[] = ['nginx: worker process']

const program: Program = worker => {
  worker.memory = MEMORY
  return forever(worker)
}

/** Logs as one of the processes. */
export type Note = (who: Process, level: Level, ...texts: readonly string[]) => void

/** What nginx says of a signal that comes. @param from who sent it; 0 when that was from outside the container */
export const received = (signal: Signal, from: number, what = ''): string =>
  `signal ${SIGNAL_NUMBER[signal]} (SIG${signal}) received${from ? ` from ${from}` : ''}${what && `, ${what}`}`

const ENDS = { QUIT: 'shutting down', TERM: 'exiting', INT: 'exiting' } as const
type End = keyof typeof ENDS
export const END_SIGNALS = Object.keys(ENDS) as readonly End[]

export const toldToEnd = (signal: End, from: number): string => received(signal, from, ENDS[signal])

interface Worker {
  process: Process
  /** By its master, which says so over a channel of theirs and not by a signal. */
  told: boolean
}

export class Workers {
  readonly #master: Process
  readonly #note: Note
  #owner: Owner | undefined
  #all: Worker[] = []
  #ending = false
  /** What workers would have a copy of each. */
  readonly #env: Readonly<Record<string, string>>
  readonly #signals: ReadonlyMap<Signal, Disposition>

  constructor(master: Process, note: Note) {
    this.#master = master
    this.#note = note
    this.#env = Object.freeze({ ...master.env })
    this.#signals = this.#handlers()
    master.on('CHLD', from => this.#haveEnded(from))
  }

  /** Starts so many; those that were there before are asked to go then. */
  start(count: number, owner: Owner): void {
    const before = this.#all
    this.#owner = owner
    const started: Worker[] = []
    while (started.length < count) started.push(this.#start(owner))
    this.#all = before.length ? [...before, ...started] : started
    // In one piece, for thousands of servers start.
    this.#note(this.#master, 'notice', ...started.map(told))
    for (const worker of before) this.#tell(worker, 'QUIT')
  }

  /** Ends the workers, and with the last of them the master. */
  end(signal: End): void {
    this.#ending = true
    if (!this.#all.length) this.#endAfterTheLast()
    for (const worker of [...this.#all]) this.#tell(worker, signal)
  }

  /** @param failures what is wrong with files that cannot be opened: each process tries, and says so */
  reopenLogs(failures: readonly string[]): void {
    for (const { process } of this.#all) {
      this.#note(process, 'notice', 'reopening logs')
      if (failures.length) this.#note(process, 'emerg', ...failures)
    }
  }

  #tell(worker: Worker, signal: End): void {
    worker.told = true
    this.#master.kill(worker.process.pid, signal)
  }

  #start({ uid, gid }: Owner): Worker {
    const process = this.#master.spawn({
      argv: ARGV,
      sharedEnv: this.#env,
      signals: this.#signals,
      uid,
      gid,
      program,
    })
    return { process, told: false }
  }

  /** What every worker does at signals. */
  #handlers(): ReadonlyMap<Signal, Disposition> {
    const all = new Map<Signal, Disposition>()
    const note = (worker: Process, ...texts: readonly string[]): void => this.#note(worker, 'notice', ...texts)
    for (const signal of END_SIGNALS)
      all.set(signal, (from, worker) => {
        if (!this.#all.find(({ process }) => process === worker)?.told) note(worker, toldToEnd(signal, from))
        if (signal === 'QUIT') note(worker, 'gracefully shutting down')
        note(worker, 'exiting', 'exit')
        worker.exit(0)
      })
    for (const signal of ['HUP', 'USR2'] as const)
      all.set(signal, (from, worker) => note(worker, received(signal, from, 'ignoring')))
    return all
  }

  #haveEnded(from: number): void {
    this.#note(this.#master, 'notice', received('CHLD', from))
    for (const worker of [...this.#all]) {
      const { pid } = worker.process
      const status = this.#master.poll(pid)
      if (!status || status === 'stopped') continue
      this.#all = this.#all.filter(other => other !== worker)
      this.#note(this.#master, ...epitaph(pid, status))
      if (worker.told || !this.#owner) continue
      const next = this.#start(this.#owner)
      this.#all.push(next)
      this.#note(this.#master, 'notice', told(next))
    }
    this.#endAfterTheLast()
    // The channel to a worker that has gone, or come, makes itself heard.
    this.#note(this.#master, 'notice', 'signal 29 (SIGIO) received')
  }

  #endAfterTheLast(): void {
    if (!this.#ending || this.#all.length) return
    this.#note(this.#master, 'notice', 'exit')
    this.#master.exit(0)
  }
}

const told = ({ process }: Worker): string => `start worker process ${process.pid}`

const epitaph = (pid: number, { code, signal }: ExitStatus): [Level, string] =>
  signal
    ? ['alert', `worker process ${pid} exited on signal ${SIGNAL_NUMBER[signal]}`]
    : ['notice', `worker process ${pid} exited with code ${code}`]
