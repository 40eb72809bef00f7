/** A container that is a real process: the same as a simulated one to whoever holds it (`cri.ts`). */
import { basename, delimiter, dirname, join } from 'node:path'
import type { Clock } from '../../clock/clock.ts'
import { Attachments } from '../containers/attachments.ts'
import { ContainerLog } from '../containers/logs.ts'
import { EXEC_FAILED, execError, START_FAILED } from '../containers/start-failures.ts'
import {
  type Container,
  type ContainerConfig,
  type ContainerState,
  type ExecSession,
  type ImageInfo,
  RuntimeError,
} from '../cri.ts'
import type { ExitStatus, Signal } from '../processes/process.ts'
import { Child } from './child.node.ts'
import type { ContainerFolder } from './folder.node.ts'
import { cpuOf, memoryOf } from './measure.node.ts'
import { notSimulated } from './refusals.ts'

export interface ProcessContainerOptions {
  id: string
  clock: Clock
  config: ContainerConfig
  image: ImageInfo
  argv: readonly string[]
  env: Readonly<Record<string, string>>
  stopSignal: Signal
  folder: ContainerFolder
  hostname: string
  /** Of the Pod's ports. */
  channel: string
  /** The address of what `preload.node.ts` has become. */
  preload: string
  /** Carries over what processes have written to volumes. */
  carryVolumes(): void
  execId(): string
}

/** The Node that runs this, before all others; then the tools of this machine. */
const PATH = [dirname(process.execPath), process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin'].join(delimiter)
const MEMORY_LOOK_MS = 500

export class ProcessContainer implements Container {
  readonly id: string
  readonly config: ContainerConfig
  readonly image: ImageInfo
  readonly logs: ContainerLog
  readonly stopSignal: Signal
  readonly user: { uid: number; gid: number; groups: readonly number[] }
  state: ContainerState = { state: 'created' }
  readonly #options: ProcessContainerOptions
  readonly #exits: ((status: ExitStatus) => void)[] = []
  readonly #attachments = new Attachments()
  readonly #executed = new Set<Child>()
  #memoryLimit: number | undefined
  #first: Child | undefined
  #outOfMemory = false
  #watch: ReturnType<typeof setInterval> | undefined

  constructor(options: ProcessContainerOptions) {
    this.#options = options
    this.id = options.id
    this.config = options.config
    this.image = options.image
    this.stopSignal = options.stopSignal
    this.logs = new ContainerLog(options.clock)
    this.#memoryLimit = options.config.memoryBytes
    this.user = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, groups: process.getgroups?.() ?? [] }
  }

  start(): void {
    const { clock } = this.#options
    const startedAt = clock.now()
    try {
      this.#first = this.#launch(this.#options.argv, START_FAILED, {
        first: true,
        stdin: this.config.stdin,
        onOutput: (stream, data) => {
          this.logs.write(stream, data)
          this.#attachments.output(stream, data)
        },
        onExit: status => this.#ended(status),
      })
    } catch (error) {
      this.state = { state: 'exited', startedAt: 0, finishedAt: startedAt, status: { code: 128 } }
      this.logs.end()
      throw error
    }
    this.state = { state: 'running', startedAt }
    this.#watch = setInterval(() => this.#look(), MEMORY_LOOK_MS).unref()
  }

  /** @throws RuntimeError in runc's words */
  #launch(
    argv: readonly string[],
    failure: string,
    options: { first?: boolean; stdin: boolean } & Pick<ConstructorParameters<typeof Child>[0], 'onOutput' | 'onExit'>,
  ): Child {
    const { folder, clock, channel, hostname, preload } = this.#options
    const { first = false, ...streams } = options
    const cwd = folder.locate(folder.workingDir)
    const own = { ...this.#options.env, ...this.config.env }
    const env = {
      HOME: folder.path,
      TMPDIR: join(folder.path, 'tmp'),
      HOSTNAME: hostname,
      ...own,
      NODE_VERSION: process.versions.node,
      PATH: this.config.env.PATH ?? PATH,
      NODE_OPTIONS: [`--import=${preload}`, own.NODE_OPTIONS].filter(Boolean).join(' '),
      PODLAB_ROOT: folder.path,
      PODLAB_SOCKET: channel,
      PODLAB_PATHS: JSON.stringify(folder.map),
      ...(first && { PODLAB_INIT: '1' }),
    }
    const command = argv[0]!
    const found = folder.which(command, env.PATH, cwd)
    if ('code' in found)
      throw new RuntimeError('Unknown', failure + execError(command, found.code, () => folder.isDirectory(command)))
    const holdSignals = first && basename(found.file) === 'node'
    return new Child({ clock, file: found.file, argv: folder.words(argv), cwd, env, holdSignals, ...streams })
  }

  #ended(status: ExitStatus): void {
    if (this.state.state !== 'running') return
    clearInterval(this.#watch)
    this.#options.carryVolumes()
    const final: ExitStatus = this.#outOfMemory ? { code: 137, signal: 'KILL', oomKilled: true } : status
    const { startedAt } = this.state
    this.state = { state: 'exited', startedAt, finishedAt: this.#options.clock.now(), status: final }
    for (const child of this.#executed) child.signal('KILL')
    this.logs.end()
    this.#attachments.exit(final)
    for (const handler of this.#exits) handler(final)
  }

  /** There is no cgroup to hold a limit: memory is looked at, and who has too much is killed as the kernel would. */
  #look(): void {
    const pid = this.#first?.pid
    if (pid === undefined || this.#memoryLimit === undefined || memoryOf(pid) <= this.#memoryLimit) return
    this.#outOfMemory = true
    this.#first?.signal('KILL')
  }

  kill(signal: Signal): void {
    if (this.state.state === 'running') this.#first?.signal(signal)
  }

  /** A process of the Pod has been made ready: signals find it as they find a PID 1. */
  alive(pid: number): void {
    if (this.#first?.pid === pid) this.#first.release()
  }

  onExit(handler: (status: ExitStatus) => void): void {
    this.#exits.push(handler)
  }

  exec({ argv, tty = false, stdin = false }: Parameters<Container['exec']>[0]): ExecSession {
    if (this.state.state !== 'running')
      throw new RuntimeError(
        'Unknown',
        `failed to exec in container: failed to load task: no running task found: task ${this.id} not found: not found`,
      )
    if (tty) throw notSimulated('a terminal (leave out -t)')
    const failure = `failed to exec in container: failed to start exec "${this.#options.execId()}": ${EXEC_FAILED}`
    let onOutput: ((stream: 'stdout' | 'stderr', data: string) => void) | undefined
    let onExit: ((status: ExitStatus) => void) | undefined
    let ended: ExitStatus | undefined
    // What comes before somebody listens is kept.
    const early: ['stdout' | 'stderr', string][] = []
    const child = this.#launch(argv, failure, {
      stdin,
      onOutput: (stream, data) => (onOutput ? onOutput(stream, data) : void early.push([stream, data])),
      onExit: status => {
        this.#executed.delete(child)
        this.#options.carryVolumes()
        ended = status
        onExit?.(status)
      },
    })
    this.#executed.add(child)
    return {
      writeStdin: data => child.write(data),
      closeStdin: () => child.closeStdin(),
      resize() {},
      signal: signal => child.signal(signal),
      onOutput(handler) {
        onOutput = handler
        for (const [stream, data] of early.splice(0)) handler(stream, data)
      },
      onExit(handler) {
        onExit = handler
        if (ended) handler(ended)
      },
      close: () => child.closeStdin(),
    }
  }

  attach({ stdin = false }: Parameters<Container['attach']>[0]): ExecSession {
    const input = stdin ? this.#first : undefined
    const { finish, ...attached } = this.#attachments.add(() =>
      this.state.state === 'exited' ? this.state.status : undefined,
    )
    return {
      ...attached,
      writeStdin: data => input?.write(data),
      closeStdin: () => {
        if (this.config.stdinOnce) input?.closeStdin()
        else if (input && this.config.stdin) finish()
      },
      resize() {},
      signal: signal => this.kill(signal),
    }
  }

  updateResources(limits: { memoryBytes?: number }): void {
    this.#memoryLimit = limits.memoryBytes
  }

  readFile(path: string): string | undefined {
    return this.#options.folder.read(path)
  }

  usage(): { cpuMs: number; memoryBytes: number; writableBytes: number } {
    const pid = this.state.state === 'running' ? this.#first?.pid : undefined
    return {
      cpuMs: pid === undefined ? 0 : cpuOf(pid),
      memoryBytes: pid === undefined ? 0 : memoryOf(pid),
      writableBytes: this.#options.folder.usedBytes(),
    }
  }

  /** Without waiting for the clock, when the cluster itself ends. */
  killNow(): void {
    for (const child of [this.#first, ...this.#executed]) child?.signal('KILL')
  }
}
