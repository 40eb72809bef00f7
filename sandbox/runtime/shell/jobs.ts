/** The background jobs of a shell. */
import type { ExitStatus } from '../process.ts'
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

  byPid(pid: number): Job | undefined {
    return this.list.find(job => job.pids.includes(pid))
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
  describe(job: Job, dialect: Dialect['name']): string {
    const words = job.state === 'running' ? 'Running' : job.state === 'stopped' ? 'Stopped' : doneWords(job.status)
    if (dialect === 'bash')
      return `[${job.id}]${this.mark(job)}  ${words.padEnd(24)}${job.command}${job.state === 'running' ? ' &' : ''}`
    return `[${job.id}]${dialect === 'dash' ? ' ' : ''}${this.mark(job)}${dialect === 'dash' ? ' ' : '  '}${words.padEnd(26)} ${job.command}`
  }
}

const SIGNAL_WORDS: Record<string, string> = {
  HUP: 'Hangup',
  INT: 'Interrupt',
  QUIT: 'Quit',
  KILL: 'Killed',
  TERM: 'Terminated',
  PIPE: 'Broken pipe',
  USR1: 'User defined signal 1',
  USR2: 'User defined signal 2',
  ALRM: 'Alarm clock',
  ILL: 'Illegal instruction',
  TRAP: 'Trace/breakpoint trap',
  ABRT: 'Aborted',
  BUS: 'Bus error',
  FPE: 'Floating point exception',
  SEGV: 'Segmentation fault',
  STKFLT: 'Stack fault',
  XCPU: 'CPU time limit exceeded',
  XFSZ: 'File size limit exceeded',
  VTALRM: 'Virtual timer expired',
  PROF: 'Profiling timer expired',
  IO: 'I/O possible',
  PWR: 'Power failure',
  SYS: 'Bad system call',
  TSTP: 'Stopped',
  TTIN: 'Stopped (tty input)',
  TTOU: 'Stopped (tty output)',
}

export const signalWords = (signal: string): string => SIGNAL_WORDS[signal] ?? signal

const doneWords = (status: ExitStatus | undefined): string =>
  status?.signal ? signalWords(status.signal) : status?.code ? `Done(${status.code})` : 'Done'
