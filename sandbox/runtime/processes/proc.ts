/**
 * A process: what it holds, its signals, its end. Whoever is killed never runs again, as on a real machine: what it held
 * (files, listeners, memory, children) is given up by the kernel, not by the program.
 */
import type { Clock, Timer } from '../../clock/clock.ts'
import type { Random } from '../../clock/random.ts'
import type { Connection, NetworkNamespace, Protocol } from '../../network/network.ts'
import { errno } from '../errno.ts'
import type { FileStat, FileSystem } from '../files/fs.ts'
import { View } from '../files/view.ts'
import { priced } from '../kernel/cpu.ts'
import { demandAdministrator } from '../kernel/entering.ts'
import type { Kernel, World } from '../kernel/kernel.ts'
import { OwnSockets } from '../network/sockets.ts'
import { procfs } from '../pseudofs/procfs-part.ts'
import { Children } from './children.ts'
import { Coroutine, never } from './coroutine.ts'
import { lookupProgram } from './exec.ts'
import { descriptors, ignored, worldOfChild } from './inheritance.ts'
import {
  type ExitStatus,
  type Process,
  type Program,
  SIGNAL_NUMBER,
  type Signal,
  type SpawnOptions,
  type Stream,
} from './process.ts'
import { runProgram } from './program-run.ts'
import { type Disposition, effectOf, receivers } from './signals.ts'
import { CLOSE_ON_EXEC, release } from './streams.ts'
import { UNWIND } from './unwind.ts'

const SPAWN_CPU_MS = 0.5
const TICK_CPU_MS = 0.005
/** Less than this is not worth a timer. */
const QUANTUM_MS = 1

export class Proc extends Coroutine implements Process {
  readonly kernel: Kernel
  readonly world: World
  readonly pid: number
  /** By which numbers the spaces around its own know it, from the nearest on. */
  readonly outerPids: readonly number[]
  readonly group: number
  argv: readonly string[]
  env: Record<string, string>
  cwd: string
  umask: number
  uid: number
  gid: number
  readonly groups: readonly number[]
  readonly fds: Record<number, Stream>
  readonly startedAt: number
  parent: Proc | undefined
  #children: Children | undefined
  /** Set once it has ended; until its parent waits for it, it is a zombie. */
  status: ExitStatus | undefined
  cpuMs = 0
  /** How many programs have taken its place by `exec`. */
  incarnation = 0

  /** What is to be done at a signal other than the usual. */
  #dispositions: ReadonlyMap<Signal, Disposition> | undefined
  /** The same table, once it is this process's own: until then it may be shared with others. */
  #ownDispositions: Map<Signal, Disposition> | undefined
  #fs: View | undefined
  readonly #ends: ((status: ExitStatus) => void)[] = []
  #net: OwnSockets | undefined
  #memory = 0
  #alarm: Timer | undefined
  #owed = 0
  #exiting: ExitStatus | undefined

  constructor(kernel: Kernel, world: World, parent: Proc | undefined, options: SpawnOptions) {
    super()
    this.kernel = kernel
    this.world = world
    this.parent = parent
    this.uid = options.uid ?? parent?.uid ?? 0
    this.gid = options.gid ?? parent?.gid ?? 0
    this.groups = options.groups ?? parent?.groups ?? []
    this.env = options.sharedEnv ?? { ...(options.env ?? parent?.env) }
    this.cwd = options.cwd ?? parent?.cwd ?? '/'
    this.umask = parent?.umask ?? 0o022
    this.argv = options.argv
    this.startedAt = kernel.clock.now()
    let program = options.program
    if (world.pids.full) throw errno('EAGAIN')
    if (!program) {
      const found = lookupProgram(this, kernel, options.argv)
      program = found.program
      this.argv = found.argv
      this.#becomeOwner(found.stat)
    }
    this.pid = world.pids.admit(this, options.pid)
    this.outerPids = world.pids.around.map(space => space.admit(this))
    this.group = options.group === 'new' ? this.pid : (options.group ?? parent?.group ?? this.pid)
    this.fds = descriptors(parent?.fds, options.fds)
    if (parent) {
      this.#dispositions = options.signals ?? ignored(parent.#dispositions)
      parent.children.add(this)
    }
    this.resume(() => this.#run(program))
  }

  /** A file with the set-user-ID or set-group-ID bit runs as who owns it, unless nothing may gain privileges. */
  #becomeOwner({ mode, uid, gid }: FileStat): void {
    const { world } = this
    if (world.noNewPrivileges) return
    if (!(mode & 0o6000)) return
    if (mode & 0o4000) this.uid = uid
    if (mode & 0o2000) this.gid = gid
    this.#fs = undefined
  }

  /** Made when it is first asked for: many processes never look at a file. */
  get fs(): FileSystem {
    const { mounts, capabilities } = this.world
    return (this.#fs ??= new View(mounts, this, this.uid, this.gid, this.groups, capabilities))
  }

  get children(): Children {
    return (this.#children ??= new Children(this))
  }

  get ppid(): number {
    return this.parent?.pid ?? 0
  }

  get hostname(): string {
    return this.world.uts.hostname
  }

  set hostname(name: string) {
    demandAdministrator(this.world, this.uid)
    this.world.uts.hostname = name
  }

  get clock(): Clock {
    return this.kernel.clock
  }

  get random(): Random {
    return this.kernel.random
  }

  get net(): NetworkNamespace {
    return (this.#net ??= new OwnSockets(this.world.net))
  }

  /** Whether it is this process that listens there. */
  listensAt(protocol: Protocol, port: number): boolean {
    return this.#net?.own().some(own => own.protocol === protocol && own.port === port) ?? false
  }

  /** Whether it is this process that holds a connection. */
  holds(connection: Pick<Connection, 'local' | 'remote'>): boolean {
    return this.#net?.holds(connection) ?? false
  }

  get memory(): number {
    return this.#memory
  }

  set memory(bytes: number) {
    const more = bytes - this.#memory
    this.#memory = bytes
    this.world.cgroup.addMemory(more)
    this.#unwind()
  }

  get state(): 'R' | 'S' | 'T' | 'Z' {
    return this.status ? 'Z' : this.stopped ? 'T' : this.running ? 'R' : 'S'
  }

  // biome-ignore lint/suspicious/noConfusingVoidType: who cannot give up returns nothing
  block<T>(start: (wake: (value: T) => void, fail: (error: Error) => void) => (() => void) | void): Promise<T> {
    if (this.#exiting) {
      this.#end(this.#exiting)
      return never()
    }
    // A handler of the network writes while its process waits for something else: that must not end the waiting.
    if (this.status || this.blocked) return never()
    return this.park(start)
  }

  /** Waits for ever; signals are handled meanwhile. */
  forever(): Promise<never> {
    if (!this.#exiting && !this.status && !this.blocked) return this.rest()
    return this.block<never>(() => {})
  }

  sleep(ms: number): Promise<void> {
    return this.block<void>(wake => {
      const timer = this.clock.after(ms, wake)
      return () => this.clock.cancel(timer)
    })
  }

  alarm(ms: number): () => void {
    this.clock.cancel(this.#alarm)
    const timer = this.clock.after(ms, () => this.signal('ALRM'))
    this.#alarm = timer
    return () => this.clock.cancel(timer)
  }

  compute(cpuMs: number): Promise<void> {
    this.cpuMs += cpuMs
    const done = this.block<void>(wake => this.kernel.cpu.run(this.world.cgroup, cpuMs, wake))
    // A handler runs in between; it does not take the work away.
    this.cannotBeInterrupted()
    return done
  }

  tick(cpuMs = TICK_CPU_MS): Promise<void> | undefined {
    if (this.blocked) {
      this.charge(cpuMs)
      return undefined
    }
    this.#owed += priced(this.world.cgroup, this.clock.now(), cpuMs)
    if (this.#owed < QUANTUM_MS) return undefined
    const whole = Math.floor(this.#owed)
    this.#owed -= whole
    return this.compute(whole)
  }

  /** Counts CPU without making anybody wait. */
  charge(cpuMs: number): void {
    this.cpuMs += cpuMs
    this.world.cgroup.cpuMs += cpuMs
  }

  load<T>(work: Promise<T>): Promise<T> {
    return work
  }

  spawn(options: SpawnOptions): Proc {
    const world = worldOfChild(this, options)
    if (options.freshProc) procfs.now.mountProc(this.kernel, world)
    const child = new Proc(this.kernel, world, this, options)
    this.#owed += priced(this.world.cgroup, this.clock.now(), SPAWN_CPU_MS)
    return child
  }

  async wait(pid?: number): Promise<{ pid: number; status: ExitStatus }> {
    await this.tick(0)
    return this.children.wait(pid)
  }

  poll(pid: number): ExitStatus | 'stopped' | undefined {
    return this.children.poll(pid)
  }

  kill(pid: number, signal: Signal): void {
    const { pids } = this.world
    const targets = receivers(this, pid)
    if (!targets.length) throw errno('ESRCH')
    const any = this.uid === 0 && (this.world.capabilities?.has('KILL') ?? true)
    const allowed = targets.filter(p => any || p.uid === this.uid)
    if (!allowed.length) throw errno('EPERM')
    for (const target of allowed) target.signal(signal, target.world.pids !== pids, this.#pidFor(target))
    this.#unwind()
  }

  on(signal: Signal, action: Disposition | undefined): void {
    if (signal === 'KILL' || signal === 'STOP') throw errno('EINVAL')
    this.#ownDispositions ??= new Map(this.#dispositions)
    const own = this.#ownDispositions
    if (action) own.set(signal, action)
    else own.delete(signal)
    this.#dispositions = own
  }

  ignores(signal: Signal): boolean {
    return this.#dispositions?.get(signal) === 'ignore'
  }

  /** A timer or the network may act for a process that is not running: it has ended by now, and theirs goes on. */
  #unwind(): void {
    if (this.#exiting && this.running) throw UNWIND
  }

  exit(code: number): never {
    this.#exiting ??= { code: code & 255 }
    throw UNWIND
  }

  async exec(argv: readonly string[], env?: Record<string, string>, name?: string): Promise<never> {
    if (env) this.env = env
    const found = lookupProgram(this, this.kernel, argv)
    this.argv = name === undefined ? found.argv : [name, ...found.argv.slice(1)]
    this.#becomeOwner(found.stat)
    this.#dispositions = ignored(this.#dispositions)
    this.#ownDispositions = undefined
    for (const text in this.fds) {
      const fd = Number(text)
      if (fd < CLOSE_ON_EXEC) continue
      release(this.fds[fd]!)
      delete this.fds[fd]
    }
    this.memory = 0
    this.incarnation++
    this.#run(found.program)
    return never()
  }

  read(fd: number, max?: number): Promise<string> {
    const stream = this.fds[fd]
    return stream ? stream.read(this, max) : Promise.reject(errno('EBADF'))
  }

  write(fd: number, data: string): Promise<void> {
    // A program may catch the error that unwinds it, but the dead say nothing.
    if (this.#exiting) return Promise.reject(UNWIND)
    const stream = this.fds[fd]
    if (!stream) return Promise.reject(errno('EBADF'))
    const pause = this.tick(TICK_CPU_MS * (1 + data.length / 64))
    return pause ? pause.then(() => stream.write(this, data)) : stream.write(this, data)
  }

  /** Its number as another process knows it: 0 in a namespace that it is not in. */
  #pidFor(other: Proc): number {
    return other.world.pids === this.world.pids ? this.pid : 0
  }

  /**
   * @param outside sent by the runtime rather than by a process that PID 1 is the ancestor of
   * @param from who sent it, as the receiver knows them
   */
  signal(signal: Signal, outside = false, from = 0): void {
    if (this.status || this.#exiting) return
    if (signal === 'CONT') this.goOn()
    const effect = effectOf(signal, this.#dispositions?.get(signal), this === this.world.pids.init, outside)
    if (typeof effect === 'function') this.#handle(() => effect(from, this))
    else if (effect === 'stops') {
      this.stopped = true
      this.parent?.children.changed()
    } else if (effect === 'kills') this.#die({ code: 128 + SIGNAL_NUMBER[signal], signal })
  }

  oomKill(): void {
    if (!this.status) this.#die({ code: 137, signal: 'KILL', oomKilled: true })
  }

  /** Calls `handler` when the process has ended; at once if it has. */
  onEnd(handler: (status: ExitStatus) => void): void {
    if (this.status) handler(this.status)
    else this.#ends.push(handler)
  }

  #handle(action: () => void): void {
    try {
      action()
    } catch (error) {
      if (error !== UNWIND) throw error
    }
    if (this.#exiting) {
      if (!this.running) this.#end(this.#exiting)
    } else this.interrupt(errno('EINTR'))
  }

  #run(program: Program): void {
    const { incarnation } = this
    runProgram(this, program, status => {
      if (incarnation === this.incarnation) this.#end(this.#exiting ?? status)
    })
  }

  #die(status: ExitStatus): void {
    if (this.running) this.#exiting ??= status
    else this.#end(status)
  }

  #end(status: ExitStatus): void {
    if (this.status) return
    this.status = status
    const { pids, cgroup } = this.world
    this.giveUp()
    this.clock.cancel(this.#alarm)
    cgroup.addMemory(-this.#memory)
    cgroup.cpuMs += this.#owed
    this.#memory = 0
    for (const stream of Object.values(this.fds)) release(stream)
    this.#net?.drop()
    const { init } = pids
    if (this === init) for (const other of pids.processes.values()) other.#die({ code: 137, signal: 'KILL' })
    this.#children?.handOver()
    const parent = this.parent
    if (!parent || parent.status) pids.remove(this)
    else if (parent.ignores('CHLD')) parent.children.reap(this)
    if (parent && !parent.status) {
      parent.children.changed()
      parent.signal('CHLD', false, this.#pidFor(parent))
    }
    for (const handler of this.#ends) handler(status)
    this.yield()
  }
}
