/** One container: a tree of files over its image, a first process, logs, and the sessions that join it. */

import type { NetworkNamespace } from '../network/network.ts'
import { Cgroup } from './cpu.ts'
import {
  type Container,
  type ContainerConfig,
  type ContainerState,
  type ExecSession,
  type ImageInfo,
  RuntimeError,
} from './cri.ts'
import { procTree } from './devfs.ts'
import type { Image } from './images/image.ts'
import type { Kernel, PidSpace, World } from './kernel.ts'
import { ContainerLogs } from './logs.ts'
import { MountTable } from './mounts.ts'
import type { Proc } from './proc.ts'
import { Errno, type ExitStatus, type Signal, type Stream } from './process.ts'
import { Inbox, nullStream, sink } from './streams.ts'
import { Terminal } from './terminal.ts'
import { Disk, type Inode, overlay } from './tree.ts'
import { directory, inodeOf, statOf } from './volume.ts'

export interface ContainerParts {
  kernel: Kernel
  id: string
  config: ContainerConfig
  image: Image
  tree: Inode
  info: ImageInfo
  net: NetworkNamespace
  hostname: string
  pids: PidSpace
  dev: Inode
  /** Files that the kubelet writes for the Pod: /etc/hosts and its like. */
  etc: Readonly<Record<string, string>>
  /** So that exec can name what it started. */
  newId(): string
}

/** What a container of an unprivileged Pod may do, as containerd's default. */
const DEFAULT_CAPABILITIES =
  'CHOWN DAC_OVERRIDE FSETID FOWNER MKNOD NET_RAW SETGID SETUID SETFCAP SETPCAP NET_BIND_SERVICE SYS_CHROOT KILL AUDIT_WRITE'.split(
    ' ',
  )

export class SimulatedContainer implements Container {
  readonly id: string
  readonly config: ContainerConfig
  readonly image: ImageInfo
  readonly logs: ContainerLogs
  readonly stopSignal: Signal
  state: ContainerState = { state: 'created' }
  readonly #parts: ContainerParts
  readonly #disk: Disk
  readonly #world: World
  readonly #user: { uid: number; gid: number; groups: readonly number[] }
  readonly #env: Record<string, string>
  readonly #exits: ((status: ExitStatus) => void)[] = []
  readonly #listeners = new Set<(stream: 'stdout' | 'stderr', data: string) => void>()
  readonly #stdin: Inbox | undefined
  readonly #terminal: Terminal | undefined
  #init: Proc | undefined

  /** @throws RuntimeError when a mount cannot be made */
  constructor(parts: ContainerParts) {
    const { kernel, config, image, tree, info } = parts
    this.#parts = parts
    this.id = parts.id
    this.config = config
    this.image = info
    this.stopSignal = image.stopSignal ?? 'TERM'
    const now = (): number => kernel.clock.now()
    this.logs = new ContainerLogs(now)
    this.#disk = new Disk({ type: 'overlay', now })
    const root = overlay(this.#disk, tree)
    const files = directory(root)
    for (const [path, text] of Object.entries(parts.etc)) files.write(path, text)
    const mounts = new MountTable(root, { readOnly: config.readOnlyRootFilesystem })
    const cgroup = new Cgroup({
      ...(config.cpuMillis !== undefined && { cpuMillis: config.cpuMillis }),
      ...(config.memoryBytes !== undefined && { memoryBytes: config.memoryBytes }),
    })
    const { add, drop } = config.capabilities
    const dropped = new Set(drop)
    this.#world = {
      pids: parts.pids,
      cgroup,
      mounts,
      net: parts.net,
      hostname: parts.hostname,
      ...(!config.privileged && {
        capabilities: new Set([...DEFAULT_CAPABILITIES.filter(c => !dropped.has('ALL') && !dropped.has(c)), ...add]),
      }),
    }
    mounts.add('/dev', parts.dev, { readOnly: false, type: 'tmpfs' })
    mounts.add('/proc', procTree(kernel, this.#world), { readOnly: false, type: 'proc' })
    for (const mount of config.mounts) {
      const target =
        mount.subPath === undefined ? inodeOf(mount.volume) : this.#subPath(mount.volume.root, mount.subPath)
      if (!config.readOnlyRootFilesystem || !files.stat(mount.containerPath))
        this.#mountPoint(files, mount.containerPath, target)
      mounts.add(mount.containerPath.replace(/(.)\/+$/, '$1'), target, { readOnly: mount.readOnly })
    }
    const user = this.#findUser(files.read('/etc/passwd') ?? '')
    this.#user = { ...user, ...config.user, groups: config.user?.groups ?? [] } as typeof user
    this.#env = {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOSTNAME: parts.hostname,
      ...image.env,
      ...config.env,
    }
    const home = (files.read('/etc/passwd') ?? '')
      .split('\n')
      .find(line => line.split(':')[2] === String(this.#user.uid))
    this.#env.HOME ??= home?.split(':')[5] ?? '/'
    if (config.tty) {
      this.#env.TERM ??= 'xterm'
      this.#terminal = new Terminal({ kernel, pids: parts.pids, onOutput: data => this.#print('stdout', data) })
    } else if (config.stdin) this.#stdin = new Inbox()
    cgroup.onOutOfMemory = () => this.#outOfMemory()
  }

  /** Its processes, for a container that looks at another's. */
  get pids(): PidSpace {
    return this.#parts.pids
  }

  start(): void {
    const { config, kernel, image } = this.#parts
    const command = config.command ?? image.entrypoint ?? []
    const args = config.args ?? (config.command ? [] : (image.cmd ?? []))
    const argv = [...command, ...args]
    const cwd = this.#workingDirectory()
    try {
      this.#init = this.#boot(argv, this.#stdio(), cwd, 'new')
    } catch (error) {
      throw new RuntimeError(
        'Unknown',
        `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: ${execFailure(argv[0] ?? '', error)}`,
      )
    }
    if (this.#terminal) this.#terminal.foreground = this.#init.group
    const startedAt = kernel.clock.now()
    this.state = { state: 'running', startedAt }
    this.#init.onEnd(status => this.#ended(startedAt, status))
  }

  kill(signal: Signal): void {
    if (this.state.state === 'running') this.#init?.signal(signal, true)
  }

  onExit(handler: (status: ExitStatus) => void): void {
    if (this.state.state === 'exited') handler(this.state.status)
    else this.#exits.push(handler)
  }

  exec({ argv, tty = false, stdin = false }: { argv: readonly string[]; tty?: boolean; stdin?: boolean }): ExecSession {
    if (this.state.state !== 'running') throw new RuntimeError('Unknown', 'container is not running')
    const { kernel, pids } = this.#parts
    const session = new Session()
    const input = new Inbox()
    const terminal = tty ? new Terminal({ kernel, pids, onOutput: data => session.output('stdout', data) }) : undefined
    const fds: Record<number, Stream> = terminal
      ? { 0: terminal, 1: terminal, 2: terminal }
      : {
          0: stdin ? input : nullStream,
          1: sink(data => session.output('stdout', data)),
          2: sink(data => session.output('stderr', data)),
        }
    let proc: Proc
    try {
      proc = this.#boot(argv, fds, this.#workingDirectory(), 'new', tty ? { TERM: 'xterm' } : {})
    } catch (error) {
      throw new RuntimeError(
        'Unknown',
        `failed to exec in container: failed to start exec "${this.#parts.newId()}": OCI runtime exec failed: exec failed: unable to start container process: ${execFailure(argv[0] ?? '', error)}`,
      )
    }
    if (terminal) terminal.foreground = proc.group
    session.connect({
      write: data => (terminal ? terminal.input(data) : input.push(data)),
      end: () => (terminal ? undefined : input.end()),
      resize: (columns, rows) => terminal?.resize(columns, rows),
      signal: signal => proc.signal(signal, true),
      close: () => {
        input.end()
        terminal?.hangUp()
      },
    })
    proc.onEnd(status => session.exit(status))
    return session
  }

  attach({ stdin = false }: { stdin?: boolean; tty?: boolean }): ExecSession {
    const session = new Session()
    const listen = (stream: 'stdout' | 'stderr', data: string): void => session.output(stream, data)
    this.#listeners.add(listen)
    session.connect({
      write: data => {
        if (!stdin) return
        if (this.#terminal) this.#terminal.input(data)
        else this.#stdin?.push(data)
      },
      end: () => {
        if (stdin && this.config.stdinOnce) this.#stdin?.end()
      },
      resize: (columns, rows) => this.#terminal?.resize(columns, rows),
      signal: signal => this.kill(signal),
      close: () => {
        this.#listeners.delete(listen)
        if (stdin && this.config.stdinOnce) this.#stdin?.end()
      },
    })
    this.onExit(status => session.exit(status))
    return session
  }

  updateResources(limits: { cpuMillis?: number; memoryBytes?: number }): void {
    Object.assign(this.#world.cgroup, { cpuMillis: limits.cpuMillis, memoryLimit: limits.memoryBytes })
    this.#world.cgroup.addMemory(0)
  }

  readFile(path: string): string | undefined {
    try {
      const { inode } = this.#world.mounts.locate(path, true, { viewer: undefined, search: () => {} })
      return inode?.type === 'file' ? inode.text : undefined
    } catch (error) {
      if (error instanceof Errno) return undefined
      throw error
    }
  }

  usage(): { cpuMs: number; memoryBytes: number; writableBytes: number } {
    const { cpuMs, memory } = this.#world.cgroup
    return { cpuMs, memoryBytes: memory, writableBytes: this.#disk.used }
  }

  /** The sandbox goes: whatever runs dies. */
  destroy(): void {
    this.kill('KILL')
  }

  #boot(argv: readonly string[], fds: Record<number, Stream>, cwd: string, group: 'new', env = {}): Proc {
    if (!argv.length) throw new RuntimeError('Unknown', 'no command specified')
    return this.#parts.kernel.boot(this.#world, { argv, fds, cwd, group, env: { ...this.#env, ...env }, ...this.#user })
  }

  #stdio(): Record<number, Stream> {
    if (this.#terminal) return { 0: this.#terminal, 1: this.#terminal, 2: this.#terminal }
    return {
      0: this.#stdin ?? nullStream,
      1: sink(data => this.#print('stdout', data)),
      2: sink(data => this.#print('stderr', data)),
    }
  }

  #print(stream: 'stdout' | 'stderr', data: string): void {
    this.logs.append(stream, data)
    for (const listen of [...this.#listeners]) listen(stream, data)
  }

  #ended(startedAt: number, status: ExitStatus): void {
    const oomKilled = this.#world.cgroup.oomKilled && status.signal === 'KILL'
    const whole = oomKilled ? { ...status, oomKilled } : status
    this.state = { state: 'exited', startedAt, finishedAt: this.#parts.kernel.clock.now(), status: whole }
    // With the first process of its PID namespace, all the others go.
    if (this.#init?.pid === 1) {
      for (const process of [...this.#parts.pids.processes.values()])
        if (process !== this.#init) process.signal('KILL', true)
    }
    this.logs.end()
    for (const handler of this.#exits.splice(0)) handler(whole)
  }

  /** The kernel kills the process of the container that holds most. */
  #outOfMemory(): void {
    const { pids, cgroup } = this.#world
    const own = [...pids.processes.values()].filter(p => p.world.cgroup === cgroup && !p.status)
    const victim = own.sort((a, b) => b.memory - a.memory)[0]
    if (!victim) return
    cgroup.oomKilled = true
    victim.oomKill()
  }

  #workingDirectory(): string {
    const cwd = this.config.workingDir || this.#parts.image.workingDir || '/'
    if (cwd === '/') return cwd
    const { inode } = this.#tryLocate(cwd)
    if (!inode) {
      const { inode: root } = this.#world.mounts.locate('/', true, { viewer: undefined, search: () => {} })
      if (root) directory(root).mkdir(cwd)
    }
    return cwd
  }

  #tryLocate(path: string): { inode: Inode | undefined } {
    try {
      return this.#world.mounts.locate(path, true, { viewer: undefined, search: () => {} })
    } catch {
      return { inode: undefined }
    }
  }

  #mountPoint(files: ReturnType<typeof directory>, path: string, target: Inode): void {
    if (files.stat(path)) return
    if (statOf(target).type === 'directory') files.mkdir(path)
    else files.write(path, '')
  }

  #subPath(volume: ReturnType<typeof directory>, subPath: string): Inode {
    const inode = lookupIn(inodeOf({ root: volume, usedBytes: () => 0 }), subPath)
    if (inode) return inode
    volume.mkdir(subPath)
    return lookupIn(inodeOf({ root: volume, usedBytes: () => 0 }), subPath)!
  }

  #findUser(passwd: string): { uid: number; gid: number; groups: readonly number[] } {
    const [user = '', group] = (this.#parts.image.user ?? '').split(':')
    const line = passwd.split('\n').find(l => l.split(':')[/^\d+$/.test(user) ? 2 : 0] === user)
    const uid = user === '' ? 0 : /^\d+$/.test(user) ? Number(user) : Number(line?.split(':')[2] ?? 0)
    const gid = group !== undefined ? Number(group) : Number(line?.split(':')[3] ?? 0)
    return { uid, gid, groups: [] }
  }
}

function lookupIn(root: Inode, path: string): Inode | undefined {
  const table = new MountTable(root)
  try {
    return table.locate(`/${path}`, true, { viewer: undefined, search: () => {} }).inode
  } catch (error) {
    if (error instanceof Errno) return undefined
    throw error
  }
}

function execFailure(command: string, error: unknown): string {
  if (error instanceof RuntimeError) return error.message
  if (!(error instanceof Errno)) throw error
  const quoted = JSON.stringify(command)
  if (error.code === 'ENOENT' && !command.includes('/')) return `exec: ${quoted}: executable file not found in $PATH`
  if (error.code === 'ENOENT') return `exec: ${quoted}: stat ${command}: no such file or directory`
  if (error.code === 'EACCES') return `exec: ${quoted}: permission denied`
  return `exec ${command}: ${error.code === 'ENOEXEC' ? 'exec format error' : error.message.toLowerCase()}`
}

interface Near {
  write(data: string): void
  end(): void
  resize(columns: number, rows: number): void
  signal(signal: Signal): void
  close(): void
}

/** Output is held until somebody listens. */
class Session implements ExecSession {
  #near: Near | undefined
  #held: ['stdout' | 'stderr', string][] = []
  #onOutput: ((stream: 'stdout' | 'stderr', data: string) => void) | undefined
  #onExit: ((status: ExitStatus) => void) | undefined
  #status: ExitStatus | undefined

  connect(near: Near): void {
    this.#near = near
  }
  output(stream: 'stdout' | 'stderr', data: string): void {
    if (this.#onOutput) this.#onOutput(stream, data)
    else this.#held.push([stream, data])
  }
  exit(status: ExitStatus): void {
    this.#status = status
    this.#onExit?.(status)
  }
  writeStdin(data: string): void {
    this.#near?.write(data)
  }
  closeStdin(): void {
    this.#near?.end()
  }
  resize(columns: number, rows: number): void {
    this.#near?.resize(columns, rows)
  }
  signal(signal: Signal): void {
    this.#near?.signal(signal)
  }
  onOutput(handler: (stream: 'stdout' | 'stderr', data: string) => void): void {
    this.#onOutput = handler
    for (const [stream, data] of this.#held.splice(0)) handler(stream, data)
  }
  onExit(handler: (status: ExitStatus) => void): void {
    this.#onExit = handler
    if (this.#status) handler(this.#status)
  }
  close(): void {
    this.#near?.close()
  }
}
