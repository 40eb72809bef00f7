/**
 * Processes of the simulated machines, as their programs see them: a coroutine that blocks in system calls.
 *
 * One process runs at a time, and virtual time stands still while one can run. Every `await` in a program must therefore
 * be a system call of its own process (or finite work such as loading a module).
 */
import type { Clock } from '../../clock/clock.ts'
import type { Random } from '../../clock/random.ts'
import type { NetworkNamespace } from '../../network/network.ts'
import type { FileSystem } from '../files/fs.ts'
import type { Apart, NamespaceKind } from '../kernel/namespaces.ts'
import type { Disposition } from './signals.ts'

export const SIGNAL_NUMBER = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  IO: 29,
  PWR: 30,
  SYS: 31,
} as const

export type Signal = keyof typeof SIGNAL_NUMBER

/** How a process ended. A signal gives exit code 128 + its number. */
export interface ExitStatus {
  code: number
  signal?: Signal
  oomKilled?: boolean
}

/** Either end of a pipe, an open file, a terminal, a socket: bytes as text (UTF-8 is the only encoding simulated). */
/** A regular file or a directory, as a descriptor has it open. */
export interface OpenedFile {
  /** What descriptors of one file have in common. */
  readonly identity: object
  /** Characters between where the descriptor stands and the end. */
  readonly left: number
}

export interface Stream {
  /** Blocks until there is something; '' at the end. @param max characters at most */
  read(process: Process, max?: number): Promise<string>
  /** Blocks while the other side is full. @throws Errno EPIPE when nobody reads any more */
  write(process: Process, data: string): Promise<void>
  close(): void
  /** How many descriptors refer to it, see streams.ts. */
  holders?: number
  readonly isTerminal: boolean
  /** Columns and rows, of a terminal. */
  readonly size?: { columns: number; rows: number }
  /** Of a regular file or a directory alone. */
  readonly file?: OpenedFile | undefined
  /** Set by who wants to be told that it has been closed for good; of files alone. */
  whenClosed?: () => void
}

/** A failed system call, with the C library's name and words. */
export class Errno extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** What a program returns is its exit code; undefined is 0. An uncaught Errno is printed and gives 1. */
// biome-ignore lint/suspicious/noConfusingVoidType: a program that ends without a word has succeeded
export type Program = (process: Process) => Promise<number | void> | number | void

export interface SpawnOptions {
  argv: readonly string[]
  /** A copy becomes its own; its parent's when absent. */
  env?: Record<string, string>
  /** Its environment itself, instead of a copy, for many processes that never change theirs. */
  sharedEnv?: Readonly<Record<string, string>>
  /** What it does at signals from its beginning, instead of ignoring what its parent ignores; may be shared. */
  signals?: ReadonlyMap<Signal, Disposition>
  cwd?: string
  uid?: number
  gid?: number
  groups?: readonly number[]
  /** 0, 1, 2 and more; those absent are inherited. */
  fds?: Record<number, Stream>
  /** Found on PATH in the file system when absent. @throws Errno ENOENT, EACCES */
  program?: Program
  /** A directory that becomes its root. @throws Errno ENOENT, ENOTDIR, EACCES */
  root?: string
  /** Some of its namespaces are those of another process. @throws Errno ESRCH, EPERM */
  enter?: { pid: number; kinds: readonly NamespaceKind[] }
  /** Some of its namespaces are new. @throws Errno EPERM */
  unshare?: Apart
  /** /proc is mounted anew, as its own processes are. */
  freshProc?: boolean
  /** The number of one of a node's own processes. */
  pid?: number
  /** The process group to start in: a new one of its own ('new'), or one that exists; the parent's when absent. */
  group?: number | 'new'
}

export interface Process {
  readonly pid: number
  readonly ppid: number
  readonly argv: readonly string[]
  env: Record<string, string>
  cwd: string
  /** Permissions that new files do not get. */
  umask: number
  readonly uid: number
  readonly gid: number
  readonly groups: readonly number[]
  readonly fds: Record<number, Stream>
  readonly fs: FileSystem
  readonly net: NetworkNamespace
  /** @throws Errno EPERM who may not set it */
  hostname: string
  readonly clock: Clock
  readonly random: Random
  /** Bytes held, counted against the container's memory limit; past it the process is OOM-killed. */
  memory: number

  /** The one blocking primitive: `start` is given `wake` and returns how to give up. A caught signal interrupts with EINTR. */
  // biome-ignore lint/suspicious/noConfusingVoidType: who cannot give up returns nothing
  block<T>(start: (wake: (value: T) => void, fail: (error: Error) => void) => (() => void) | void): Promise<T>
  sleep(ms: number): Promise<void>
  /** Sends it SIGALRM after `ms`, unless it has ended by then; it has one alarm, the last that was set. @returns what calls it off */
  alarm(ms: number): () => void
  /** Uses CPU: virtual time passes, shared with the other processes of the node and throttled by the container's limit. */
  compute(cpuMs: number): Promise<void>
  /** Waits for finite work outside the simulation (loading a module). Time stands still meanwhile. */
  load<T>(work: Promise<T>): Promise<T>

  spawn(options: SpawnOptions): Process
  /** Blocks until a child has ended; any child when pid is absent. @throws Errno ECHILD */
  wait(pid?: number): Promise<{ pid: number; status: ExitStatus }>
  /** As `wait`, without blocking: undefined while it runs. 'stopped' after Ctrl-Z. @throws Errno ECHILD */
  poll(pid: number): ExitStatus | 'stopped' | undefined
  /** A little CPU, as one step of a script or a system call takes; blocks only once enough of it has come together. */
  tick(cpuMs?: number): Promise<void> | undefined
  readonly group: number
  /** A negative pid means a process group. @throws Errno ESRCH, EPERM */
  kill(pid: number, signal: Signal): void
  /** Sets what a signal does; undefined restores the default. KILL and STOP cannot be caught. */
  on(signal: Signal, action: Disposition | undefined): void
  exit(code: number): never
  /**
   * Becomes another program: same pid, files and parent. Never returns.
   * @param name what it is told that it is called @throws Errno ENOENT, EACCES
   */
  exec(argv: readonly string[], env?: Record<string, string>, name?: string): Promise<never>

  write(fd: number, data: string): Promise<void>
  read(fd: number, max?: number): Promise<string>
}
