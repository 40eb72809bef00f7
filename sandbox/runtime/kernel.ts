/** The kernel of a node: starts processes, one of which runs at a time, and lets the clock wait for it. */
import type { Clock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import type { NetworkNamespace } from '../network/network.ts'
import { type Cgroup, Processor } from './cpu.ts'
import type { MountTable } from './mounts.ts'
import { Proc } from './proc.ts'
import type { Program, SpawnOptions } from './process.ts'
import type { Sysctls } from './sysctl.ts'

/** The processes that see one another. */
export class PidSpace {
  readonly processes = new Map<number, Proc>()
  #next = 1

  get init(): Proc | undefined {
    return this.processes.get(1)
  }

  take(): number {
    return this.#next++
  }
}

/** What a container gives its processes. */
export interface World {
  pids: PidSpace
  cgroup: Cgroup
  mounts: MountTable
  net: NetworkNamespace
  hostname: string
  /** Capabilities beyond a user's own; undefined is all of root's. */
  capabilities?: ReadonlySet<string>
  noNewPrivileges?: boolean
  /** Whether system calls are filtered, and by which profile files are guarded; for /proc. */
  seccomp?: boolean
  appArmor?: string
  sysctls?: Sysctls | undefined
}

/** Finds the program that an executable file stands for. */
export type Loader = (content: string, path: string) => { program: Program; argv?: readonly string[] } | undefined

export interface KernelOptions {
  clock: Clock
  random: Random
  cores?: number
  load: Loader
}

export class Kernel {
  readonly clock: Clock
  readonly random: Random
  readonly cpu: Processor
  readonly load: Loader

  constructor(options: KernelOptions) {
    this.clock = options.clock
    this.random = options.random
    this.cpu = new Processor(options.clock, options.cores ?? 4)
    this.load = options.load
  }

  /** Starts a process from outside: a container's first one, or one of `exec`. Nobody has to wait for it. */
  boot(world: World, options: SpawnOptions & { fds: NonNullable<SpawnOptions['fds']> }): Proc {
    return new Proc(this, world, undefined, { cwd: '/', uid: 0, gid: 0, env: {}, group: 'new', ...options })
  }
}
