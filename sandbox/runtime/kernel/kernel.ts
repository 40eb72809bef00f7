/** The kernel of a node: starts processes, one of which runs at a time, and lets the clock wait for it. */
import type { Clock } from '../../clock/clock.ts'
import type { Random } from '../../clock/random.ts'
import type { NetworkNamespace } from '../../network/network.ts'
import type { MountTable } from '../files/mounts.ts'
import { Proc } from '../processes/proc.ts'
import type { Program, SpawnOptions } from '../processes/process.ts'
import type { Sysctls } from '../pseudofs/sysctl.ts'
import { type Cgroup, type MemoryPool, Processor } from './cpu.ts'
import type { Namespaces } from './namespaces.ts'

/** The processes that see one another. The spaces around it, a node's own at last, see them too, by numbers of their own. */
export class PidSpace {
  readonly processes = new Map<number, Proc>()
  /** Those that it is in, from the nearest on. */
  readonly around: readonly PidSpace[]
  /** By which number /proc/PID/ns knows it; undefined for a machine's own. */
  readonly namespace: number | undefined
  #next: number
  #spentMs = 0

  /** @param around the space that it is in: the node's own where none is given */
  constructor(inside?: Kernel, first = 1, around = inside?.pids) {
    this.around = around ? [around, ...around.around] : []
    this.namespace = inside?.namespace()
    this.#next = first
  }

  get init(): Proc | undefined {
    return this.processes.get(1)
  }

  /** @param pid for the first ones of a node, which have their numbers from before */
  admit(process: Proc, pid = this.#next++): number {
    this.processes.set(pid, process)
    return pid
  }

  remove(process: Proc): void {
    this.#forget(process.pid, process)
    for (const [i, space] of this.around.entries()) space.#forget(process.outerPids[i]!, process)
  }

  #forget(pid: number, { cpuMs }: Proc): void {
    if (this.processes.delete(pid)) this.#spentMs += cpuMs
  }

  /** What all its processes have computed so far, those that are gone too. */
  get cpuMs(): number {
    let sum = this.#spentMs
    for (const { cpuMs } of this.processes.values()) sum += cpuMs
    return sum
  }

  /** How many processes there have been. */
  get begun(): number {
    return this.#next - 1
  }

  /** By which number a process is known here; 0 when it cannot be seen. */
  idOf(process: Proc | undefined): number {
    if (!process) return 0
    const { pids } = process.world
    return pids === this ? process.pid : (process.outerPids[pids.around.indexOf(this)] ?? 0)
  }

  /** Who started from outside has no parent in its own space, and the node's first process as one on the node. */
  parentOf(process: Proc): number {
    if (process.parent) return this.idOf(process.parent)
    return this.init && this.init !== process && !this.around.length ? 1 : 0
  }

  /** Whether the machine holds no more processes. */
  get full(): boolean {
    return (this.around.at(-1) ?? this).processes.size >= MAX_PROCESSES
  }

  /** Those that can be seen, by their numbers here. */
  all(): Proc[] {
    return [...this.processes].sort(([a], [b]) => a - b).map(([, process]) => process)
  }
}

/** Numbers of processes below are those of a node's own, which were there before any container. */
const FIRST_PID = 1000

/** As the kernel numbers them: far above those of the machine itself. */
const FIRST_NAMESPACE = 4026532200

/** More processes than these a node cannot hold at a time: threads-max of a machine of this size, by half. */
const MAX_PROCESSES = 16_384

/** What a container gives its processes. */
export interface World {
  pids: PidSpace
  /** Where children begin, if not here. */
  childPids?: PidSpace
  cgroup: Cgroup
  mounts: MountTable
  net: NetworkNamespace
  /** Shared by all who are to see a change of it. */
  uts: { hostname: string }
  /** Capabilities beyond a user's own; undefined is all of root's. */
  capabilities?: ReadonlySet<string>
  noNewPrivileges?: boolean
  /** Whether system calls are filtered, and by which profile files are guarded; for /proc. */
  seccomp?: boolean
  appArmor?: string
  /** How soon the kernel sacrifices its processes when a node runs out of memory; for /proc. */
  oomScoreAdj?: number
  sysctls?: Sysctls | undefined
  /** As whoever is not privileged: the machine's parameters cannot be changed. */
  guarded?: boolean
  /** Those of a container; absent for what runs on a machine itself. */
  namespaces?: Namespaces & { mnt: number; cgroup: number }
}

/** Finds the program that an executable file stands for. */
export type Loader = (content: string, path: string) => { program: Program; argv?: readonly string[] } | undefined

export interface KernelOptions {
  clock: Clock
  random: Random
  cores?: number
  /** All of the node's memory; absent is as much as anybody wants. */
  memoryBytes?: number | undefined
  load: Loader
}

export class Kernel {
  readonly clock: Clock
  readonly bootedAt: number
  readonly random: Random
  readonly cpu: Processor
  readonly load: Loader
  /** All processes of the node. */
  readonly pids = new PidSpace(undefined, FIRST_PID)
  readonly memoryBytes: number | undefined
  /** Once there are containers, where the node's memory has an end. */
  memory: MemoryPool | undefined
  /** Told of a process that was killed because the node had no memory left: its name and its number on the node. */
  onSystemOom: ((name: string, pid: number) => void) | undefined
  #namespaces = FIRST_NAMESPACE

  constructor(options: KernelOptions) {
    this.clock = options.clock
    this.bootedAt = options.clock.now()
    this.random = options.random
    this.cpu = new Processor(options.clock, options.cores ?? 4)
    this.memoryBytes = options.memoryBytes
    this.load = options.load
  }

  /** A new PID namespace within another. */
  pidSpace(around: PidSpace): PidSpace {
    return new PidSpace(this, 1, around)
  }

  /** The number of a new namespace. */
  namespace(): number {
    return this.#namespaces++
  }

  /** Starts a process from outside: a container's first one, or one of `exec`. Nobody has to wait for it. */
  boot(world: World, options: SpawnOptions & { fds: NonNullable<SpawnOptions['fds']> }): Proc {
    return new Proc(this, world, undefined, { cwd: '/', uid: 0, gid: 0, env: {}, group: 'new', ...options })
  }
}
