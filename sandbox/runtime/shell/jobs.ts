/** The background jobs of a shell. */
import type { ExitStatus } from '../processes/process.ts'
import { SIGNAL_WORDS } from '../processes/signal-words.ts'
import type { Dialect } from './dialect.ts'

export interface Job {
  id: number
  /** The last process of the pipeline, which gives the status. */
  pid: number
  pids: number[]
  group: number
  command: string
  state: 'running' | 'stopped' | 'done'
  status?: ExitStatus
  /** Whether its status has been handed out: kept, until there is another job. */
  waited?: boolean
  /** Of the shell that this one was forked from: it can be shown, and not waited for. */
  inherited?: boolean
}

export class Jobs {
  readonly list: Job[] = []

  add(job: Omit<Job, 'id'>): Job {
    const added = { ...job, id: Math.max(0, ...this.list.map(j => j.id)) + 1 }
    this.list.push(added)
    return added
  }

  remove(job: Job): void {
    const at = this.list.indexOf(job)
    if (at >= 0) this.list.splice(at, 1)
  }

  /** Makes room: what has ended and been waited for, or is the parent's, is not needed any more. */
  forget(): void {
    for (const job of this.list.filter(({ waited, inherited }) => waited || inherited)) this.remove(job)
  }

  /** For a subshell, which can still show them. */
  inherit(from: Jobs): void {
    for (const job of from.list) this.list.push({ ...job, inherited: true })
  }

  byPid(pid: number): Job | undefined {
    return this.list.find(job => !job.inherited && job.pids.includes(pid))
  }

  /** %1, %%, %+, %-, %name. */
  find(spec: string): Job | undefined {
    const current = this.list.at(-1)
    const name = spec.slice(1)
    if (name === '' || name === '%' || name === '+') return current
    if (name === '-') return this.list.at(-2) ?? current
    if (/^\d+$/.test(name)) return this.list.find(job => job.id === Number(name))
    return this.list.find(job => job.command.startsWith(name))
  }

  mark(job: Job): string {
    return job === this.list.at(-1) ? '+' : job === this.list.at(-2) ? '-' : ' '
  }

  /** As `jobs` shows it. */
  describe(job: Job, dialect: Dialect['name'], withPid = false): string {
    const words = job.state === 'running' ? 'Running' : job.state === 'stopped' ? 'Stopped' : doneWords(job.status)
    const end = dialect === 'bash' && job.state === 'running' ? ' &' : ''
    const pid = withPid ? `${String(job.pid).padStart(dialect === 'bash' ? 5 : 0)} ` : ''
    const [before, after, width] =
      dialect === 'bash' ? ['', '  ', 24] : dialect === 'dash' ? [' ', ' ', 27] : ['', '  ', 27]
    const state = words.padEnd(withPid && dialect !== 'bash' ? width - 3 : width)
    return `[${job.id}]${before}${this.mark(job)}${after}${pid}${state}${job.command}${end}`
  }
}

export const signalWords = (signal: string): string => SIGNAL_WORDS[signal] ?? signal

const doneWords = (status: ExitStatus | undefined): string =>
  status?.signal ? signalWords(status.signal) : status?.code ? `Done(${status.code})` : 'Done'
