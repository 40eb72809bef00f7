/** One container: its file system, its first process and what runs beside it, its log and its limits. */
import {
  type Container,
  type ContainerConfig,
  type ContainerState,
  type ExecSession,
  type ImageInfo,
  RuntimeError,
} from '../cri.ts'
import { isErrno } from '../errno.ts'
import { contentsOf } from '../files/contents.ts'
import { diskUsage } from '../files/disk-usage.ts'
import { MountTable } from '../files/mounts.ts'
import { dirname, normalize } from '../files/path.ts'
import { Disk, type Inode, lookup, overlay, peek } from '../files/tree.ts'
import { View } from '../files/view.ts'
import { directory, inodeOf } from '../files/volume.ts'
import { PATH } from '../images/image.ts'
import { capabilitiesOf } from '../kernel/capabilities.ts'
import { Cgroup } from '../kernel/cpu.ts'
import { type Kernel, PidSpace, type World } from '../kernel/kernel.ts'
import { NodeMemory } from '../kernel/node-memory.ts'
import { type Caller, which } from '../processes/exec.ts'
import type { Proc } from '../processes/proc.ts'
import type { ExitStatus, Signal, Stream } from '../processes/process.ts'
import { Inbox, nullStream, sink } from '../processes/streams.ts'
import { Terminal } from '../processes/terminal.ts'
import { containerCgroup } from '../pseudofs/cgroupfs.ts'
import { devTree, stickyDirectory, terminalTree } from '../pseudofs/devfs.ts'
import { procTree } from '../pseudofs/procfs.ts'
import { sysTree } from '../pseudofs/sysfs.ts'
import { SHARED_MEMORY } from '../pseudofs/system-mounts.ts'
import type { ImageSpec } from '../registry/image-spec.ts'
import { Attachments } from './attachments.ts'
import {
  checkMounts,
  ensure,
  isDirectoryMount,
  type Mounted,
  mountedIn,
  withMountPoints,
  writableDirectories,
} from './container-mounts.ts'
import { type Table, tableOf, type User, userIn } from './container-user.ts'
import { ContainerLog } from './logs.ts'
import type { PodWorld } from './pod-world.ts'
import { INIT_OOM_KILLED, isTooLowToStart } from './refusals.ts'
import { execSession } from './session.ts'
import { CREATE_FAILED, cannotExec, EXEC_FAILED, execError, START_FAILED } from './start-failures.ts'

const ETC = '/etc/'
/** What the sandbox gives its containers, where the kubelet mounts nothing of its own. */
const HOSTS = `${ETC}hosts`
const SANDBOX_FILES = [HOSTS, `${ETC}hostname`, `${ETC}resolv.conf`]

const SHIM_MS = 1

export class SimulatedContainer implements Container {
  readonly id: string
  readonly config: ContainerConfig
  readonly image: ImageInfo
  readonly stopSignal: Signal
  readonly logs: ContainerLog
  state: ContainerState = { state: 'created' }
  readonly world: World
  readonly #kernel: Kernel
  readonly #spec: ImageSpec
  readonly #disk: Disk
  readonly #root: Inode
  readonly #cgroup: Cgroup
  readonly #exits: ((status: ExitStatus) => void)[] = []
  #attachments: Attachments | undefined
  #init: Proc | undefined
  #input: Inbox | Terminal | undefined

  constructor(options: {
    id: string
    kernel: Kernel
    pod: PodWorld
    spec: ImageSpec
    config: ContainerConfig
    pids?: PidSpace
  }) {
    const { id, kernel, pod, spec, config } = options
    this.id = id
    this.config = config
    this.image = spec.info
    this.stopSignal = spec.stopSignal
    this.#kernel = kernel
    this.#spec = spec
    const { clock } = kernel
    this.logs = new ContainerLog(clock)
    this.#cgroup = new Cgroup(config)
    this.#cgroup.onOutOfMemory = () => this.#outOfMemory()
    if (kernel.memoryBytes) this.#cgroup.node = kernel.memory ??= new NodeMemory(kernel, kernel.memoryBytes)
    this.#disk = new Disk({ type: 'overlay', clock })
    const mounted = mountedIn(config, clock)
    const root = overlay(this.#disk, withMountPoints(spec.rootfs, mounted))
    // The places for what is mounted have just been made.
    root.mtime = kernel.clock.now()
    this.#root = root
    this.world = {
      pids: options.pids ?? new PidSpace(kernel),
      cgroup: this.#cgroup,
      mounts: new MountTable(root, { readOnly: config.readOnlyRootFilesystem }),
      net: pod.net,
      uts: pod.uts,
      capabilities: capabilitiesOf(config),
      noNewPrivileges: config.noNewPrivileges ?? false,
      seccomp: config.seccomp === 'RuntimeDefault' && !config.privileged,
      appArmor:
        config.privileged || config.appArmor === 'Unconfined' ? 'unconfined' : 'cri-containerd.apparmor.d (enforce)',
      sysctls: pod.sysctls,
      guarded: !config.privileged,
      namespaces: { ...pod.namespaces, mnt: kernel.namespace(), cgroup: kernel.namespace() },
    }
    if (config.oomScoreAdj !== undefined) this.world.oomScoreAdj = config.oomScoreAdj
    this.#mount(pod, mounted)
    if (config.workingDir || spec.workingDir) ensure(root, config.workingDir ?? spec.workingDir, 'directory')
  }

  #mount(pod: PodWorld, mounted: readonly Mounted[]): void {
    const { mounts } = this.world
    const { clock } = this.#kernel
    const createdAt = clock.now()
    // One function for all of them: thousands of containers look into none.
    const make = (path: string): Inode => {
      if (path === '/proc') return procTree(this.#kernel, this.world, createdAt)
      if (path === '/dev') return devTree(clock, createdAt)
      if (path === '/dev/pts') return terminalTree(clock, createdAt)
      if (path === '/dev/mqueue') return stickyDirectory('mqueue', clock, createdAt)
      if (path === SHARED_MEMORY.path)
        return (pod.sharedMemory ??= stickyDirectory('tmpfs', clock, pod.createdAt, SHARED_MEMORY.limitBytes))
      if (path.startsWith(ETC)) return lookup(inodeOf(pod.etc), path.slice(ETC.length))!
      return path === '/sys' ? sysTree() : containerCgroup(this.world, () => clock.now())
    }
    mounts.addSystem(make, !this.config.privileged)
    const volumes = writableDirectories(mounted)
    const ofSandbox = { readOnly: this.config.readOnlyRootFilesystem, type: 'ext4' }
    const addOfSandbox = (path: string): void => {
      if (mounts.at(path) || mounted.some(m => m.path === path)) return
      if (volumes.has('/etc')) ensure(mounts.at('/etc')!.root, path.slice(ETC.length), 'file')
      mounts.addLater(path, make, ofSandbox)
    }
    for (const mount of mounted) {
      const { path, source, readOnly } = mount
      const over = mounts.over(path)
      // In a volume the place is there for all who mount it; elsewhere mounts are seen before names.
      if (over && (dirname(path) !== over.path || volumes.has(over.path)))
        ensure(over.root, path.slice(over.path.length), isDirectoryMount(mount) ? 'directory' : 'file')
      if (typeof source === 'function') {
        // Before the file for last words, as the kubelet asks for it.
        addOfSandbox(HOSTS)
        mounts.addLater(path, source, { readOnly, type: 'ext4' })
      } else mounts.add(path, source, { readOnly })
    }
    for (const path of SANDBOX_FILES) addOfSandbox(path)
  }

  #argv(): string[] {
    const { command, args } = this.config
    const hasCommand = command !== undefined && command.length > 0
    const hasArgs = args !== undefined && args.length > 0
    return [...(hasCommand ? command : this.#spec.entrypoint), ...(hasArgs ? args : hasCommand ? [] : this.#spec.cmd)]
  }

  #table(file: '/etc/passwd' | '/etc/group'): Table {
    const { root } = this.world.mounts.at('/')!
    const etc = peek(root, 'etc')
    const found = etc?.type === 'directory' ? peek(etc, file.slice(ETC.length)) : undefined
    return tableOf(found?.type === 'file' ? contentsOf(found) : (directory(root).read(file) ?? ''))
  }

  get user(): User {
    return userIn(this.config.user, this.#spec.user, this.#table('/etc/passwd'), this.#table('/etc/group'))
  }

  #environment(uid: number): Record<string, string> {
    const home = this.#table('/etc/passwd').find(cells => cells[2] === String(uid))?.[5] ?? '/'
    const env: Record<string, string> = { PATH, HOSTNAME: this.world.uts.hostname }
    if (this.config.tty) env.TERM = 'xterm'
    Object.assign(env, this.#spec.env, this.config.env)
    env.HOME ??= home
    return env
  }

  get #workingDir(): string {
    return this.config.workingDir || this.#spec.workingDir || '/'
  }

  /** Starts a process in the container. @throws RuntimeError */
  #boot(argv: readonly string[], fds: Record<number, Stream>, failure: string): Proc {
    const user = this.user
    const options = { argv, env: this.#environment(user.uid), cwd: this.#workingDir, ...user, fds }
    try {
      return this.#kernel.boot(this.world, options)
    } catch (error) {
      if (!isErrno(error)) throw error
      const file = this.#find(argv[0]!, options)
      if (file !== undefined)
        return this.#kernel.boot(this.world, { ...options, program: cannotExec(file, error.message) })
      throw new RuntimeError(
        'Unknown',
        failure + execError(argv[0]!, error.code, () => isDirectory(this.world, argv[0]!)),
      )
    }
  }

  /** The file of a command, where it is one that may be run. */
  #find(command: string, who: Omit<Caller, 'fs'>): string | undefined {
    const { mounts, capabilities } = this.world
    try {
      return which({ ...who, fs: new View(mounts, undefined, who.uid, who.gid, who.groups, capabilities) }, command)
    } catch (error) {
      if (isErrno(error)) return undefined
      throw error
    }
  }

  start(): void {
    const argv = this.#argv()
    if (!argv.length)
      throw new RuntimeError(
        'Unknown',
        'failed to generate container spec: failed to generate spec: no command specified',
      )
    if (isTooLowToStart(this.config.memoryBytes)) throw new RuntimeError('Unknown', INIT_OOM_KILLED)
    const fds = this.#streams()
    const startedAt = this.#kernel.clock.now()
    const cwd = this.#workingDir
    try {
      if (!cwd.startsWith('/')) throw new RuntimeError('Unknown', `${CREATE_FAILED}Cwd must be an absolute path`)
      if (cwd !== '/' && !isDirectory(this.world, cwd))
        throw new RuntimeError('Unknown', `${START_FAILED}mkdir ${normalize(cwd)}: not a directory`)
      checkMounts(this.config, this.id, this.#spec.rootfs)
      this.#init = this.#boot(argv, fds, START_FAILED)
    } catch (error) {
      const finishedAt = this.#kernel.clock.now()
      this.state = { state: 'exited', startedAt: 0, finishedAt, status: { code: 128 } }
      this.logs.end()
      throw error
    }
    this.state = { state: 'running', startedAt }
    if (this.#input instanceof Terminal) this.#input.foreground = this.#init.group
    this.#init.onEnd(status => this.#ended(status))
  }

  #streams(): Record<number, Stream> {
    const { stdin, tty } = this.config
    if (tty) {
      const terminal = new Terminal({
        kernel: this.#kernel,
        pids: this.world.pids,
        onOutput: data => {
          this.logs.write('stdout', data)
          this.#tell('stdout', data)
        },
      })
      this.#input = terminal
      return { 0: terminal, 1: terminal, 2: terminal }
    }
    if (stdin) this.#input = new Inbox()
    const output = (name: 'stdout' | 'stderr'): Stream =>
      sink(data => {
        this.logs.write(name, data)
        this.#tell(name, data)
      })
    return { 0: (this.#input as Inbox | undefined) ?? nullStream, 1: output('stdout'), 2: output('stderr') }
  }

  #tell(stream: 'stdout' | 'stderr', data: string): void {
    this.#attachments?.output(stream, data)
  }

  #ended(status: ExitStatus): void {
    if (this.state.state !== 'running') return
    const oomKilled = this.#cgroup.oomKilled
    const final: ExitStatus = oomKilled
      ? { code: 137, signal: 'KILL', oomKilled: true }
      : { code: status.code, ...(status.signal ? { signal: status.signal } : {}) }
    this.state = {
      state: 'exited',
      startedAt: this.state.startedAt,
      finishedAt: this.#kernel.clock.now(),
      status: final,
    }
    // Its own PID namespace ends with it; whoever else is left is killed by the shim, which first has to hear of the end.
    this.#kernel.clock.after(SHIM_MS, () => {
      for (const process of this.#processes()) process.signal('KILL', true)
    })
    this.logs.end()
    this.#attachments?.exit(final)
    for (const handler of this.#exits) handler(final)
  }

  #processes(): Proc[] {
    return [...this.world.pids.processes.values()].filter(
      process => process.world.cgroup === this.#cgroup && !process.status,
    )
  }

  /** As with memory.oom.group: all processes of the container go. */
  #outOfMemory(): void {
    this.#cgroup.oomKilled = true
    for (const process of this.#processes()) process.oomKill()
  }

  kill(signal: Signal): void {
    if (this.state.state === 'running') this.#init!.signal(signal, true)
  }

  onExit(handler: (status: ExitStatus) => void): void {
    this.#exits.push(handler)
  }

  exec(options: { argv: readonly string[]; tty?: boolean; stdin?: boolean }): ExecSession {
    if (this.state.state !== 'running')
      throw new RuntimeError(
        'Unknown',
        `failed to exec in container: failed to load task: no running task found: task ${this.id} not found: not found`,
      )
    const id = this.#kernel.random.hex(64)
    return execSession({
      kernel: this.#kernel,
      pids: this.world.pids,
      tty: options.tty ?? false,
      stdin: options.stdin ?? false,
      start: fds =>
        this.#boot(options.argv, fds, `failed to exec in container: failed to start exec "${id}": ${EXEC_FAILED}`),
    })
  }

  attach(options: { stdin?: boolean; tty?: boolean }): ExecSession {
    const input = options.stdin ? this.#input : undefined
    this.#attachments ??= new Attachments()
    const { finish, ...attached } = this.#attachments.add(() =>
      this.state.state === 'exited' ? this.state.status : undefined,
    )
    return {
      ...attached,
      writeStdin: data => (input instanceof Terminal ? input.input(data) : input?.push(data)),
      closeStdin: () => {
        // Where input may come again, its end ends only what was attached for it.
        if (input instanceof Inbox && this.config.stdinOnce) input.end()
        else if (input) finish()
      },
      resize: (columns, rows) => {
        if (this.#input instanceof Terminal) this.#input.resize(columns, rows)
      },
      signal: signal => this.kill(signal),
    }
  }

  updateResources(limits: { cpuMillis?: number; cpuRequestMillis?: number; memoryBytes?: number }): void {
    this.#cgroup.cpuMillis = limits.cpuMillis
    this.#cgroup.cpuRequestMillis = limits.cpuRequestMillis
    this.#cgroup.memoryLimit = limits.memoryBytes
    this.#kernel.cpu.replan()
    if (limits.memoryBytes !== undefined && this.#cgroup.memory > limits.memoryBytes) this.#outOfMemory()
  }

  readFile(path: string): string | undefined {
    try {
      return new View(this.world.mounts, undefined, 0, 0, []).readFile(path)
    } catch {
      return undefined
    }
  }

  usage(): ReturnType<Container['usage']> {
    this.#kernel.cpu.settle()
    return {
      cpuMs: this.#cgroup.cpuMs,
      memoryBytes: this.#cgroup.memory,
      writableBytes: this.#disk.used,
      logBytes: this.logs.bytes,
    }
  }

  diskUsage(): number {
    return this.#disk.used && diskUsage(this.#root)
  }
}

const isDirectory = (world: World, path: string): boolean => {
  try {
    return new View(world.mounts, undefined, 0, 0, []).stat(normalize(path)).type === 'directory'
  } catch {
    return false
  }
}
