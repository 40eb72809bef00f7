/** The processor of a node: shares its cores among computations, held back by each control group's limit. */
import type { Clock, Timer } from '../../clock/clock.ts'
import type { Proc } from '../processes/proc.ts'

/** What several control groups share: the memory of their node. */
export interface MemoryPool {
  readonly used: number
  /** @param bytes negative when they are given back */
  add(bytes: number): void
  /** Tells the node that a process was killed because nothing was left. */
  tell(victim: Proc): void
}

/** What containers are limited and counted by. */
export class Cgroup {
  /** Milliseconds of CPU used so far. */
  cpuMs = 0
  /** Thousandths of a core; undefined is unlimited. */
  cpuMillis: number | undefined
  /** Thousandths of a core that were asked for. */
  cpuRequestMillis: number | undefined
  memoryLimit: number | undefined
  memory = 0
  oomKilled = false
  node: MemoryPool | undefined
  /** Told when memory passes the limit. */
  onOutOfMemory: () => void = () => {}
  /** Fine-grained CPU still to be had (see `Kernel.price`), as of `budgetAt`. */
  budget = BUDGET_MS
  budgetAt = 0

  constructor(limits: { cpuMillis?: number; cpuRequestMillis?: number; memoryBytes?: number } = {}) {
    this.cpuMillis = limits.cpuMillis
    this.cpuRequestMillis = limits.cpuRequestMillis
    this.memoryLimit = limits.memoryBytes
  }

  addMemory(bytes: number): void {
    this.memory += bytes
    this.node?.add(bytes)
    if (bytes > 0 && this.memoryLimit !== undefined && this.memory > this.memoryLimit) this.onOutOfMemory()
  }

  /** Nothing of it counts any more. */
  leave(): void {
    this.node?.add(-this.memory)
    this.node = undefined
  }

  /** A process wants more than there is: of its container where that has a limit, and otherwise of the node. */
  exhausted(by: Proc): void {
    if (this.memoryLimit === undefined) this.node?.tell(by)
    this.onOutOfMemory()
  }
}

/**
 * Scripts are simulated step by step, a loop that never ends too. So small steps are cheap only while a container uses
 * little CPU; one that burns it continuously pays up to `DEAREST` times as much a step, and the host stays idle.
 */
const BUDGET_MS = 400
const BUDGET_REFILL = 0.1
const DEAREST = 2000
/** So much overdrawn doubles the price. */
const DOUBLING_MS = 30
const DEAREST_STEP_MS = 50

export function priced(cgroup: Cgroup, now: number, cpuMs: number): number {
  cgroup.budget = Math.min(BUDGET_MS, cgroup.budget + (now - cgroup.budgetAt) * BUDGET_REFILL)
  cgroup.budgetAt = now
  const times = cgroup.budget >= 0 ? 1 : Math.min(DEAREST, 2 ** (-cgroup.budget / DOUBLING_MS))
  const price = Math.max(cpuMs, Math.min(cpuMs * times, DEAREST_STEP_MS))
  cgroup.budget = Math.max(-BUDGET_MS, cgroup.budget - price)
  return price
}

interface Job {
  left: number
  rate: number
  cgroup: Cgroup
  done: () => void
}

const EPSILON = 1e-6

export class Processor {
  readonly cores: number
  readonly #clock: Clock
  readonly #jobs = new Set<Job>()
  #timer: Timer | undefined
  #settledAt: number
  #planned = false

  constructor(clock: Clock, cores: number) {
    this.#clock = clock
    this.cores = cores
    this.#settledAt = clock.now()
  }

  /** Shares anew, after a limit has changed. */
  replan(): void {
    this.settle()
    if (this.#planned) return
    this.#planned = true
    // Once an instant, however many start or stop at it.
    this.#clock.soon(() => {
      this.#planned = false
      this.#plan()
    })
  }

  /** Calls `done` once `cpuMs` have been computed. Returns how to give up. */
  run(cgroup: Cgroup, cpuMs: number, done: () => void): () => void {
    this.settle()
    const job: Job = { left: cpuMs, rate: 0, cgroup, done }
    this.#jobs.add(job)
    this.replan()
    return () => {
      this.settle()
      this.#jobs.delete(job)
      this.replan()
    }
  }

  /** Brings what the control groups have used up to this instant. */
  settle(): void {
    const passed = this.#clock.now() - this.#settledAt
    this.#settledAt = this.#clock.now()
    if (!passed) return
    for (const job of this.#jobs) {
      const used = Math.min(job.left, job.rate * passed)
      job.left -= used
      job.cgroup.cpuMs += used
    }
  }

  #plan(): void {
    this.#clock.cancel(this.#timer)
    this.#timer = undefined
    if (!this.#jobs.size) return
    this.#share()
    let next = Number.POSITIVE_INFINITY
    for (const job of this.#jobs) if (job.rate > 0) next = Math.min(next, job.left / job.rate)
    if (next === Number.POSITIVE_INFINITY) return
    this.#timer = this.#clock.after(Math.max(0, next - EPSILON), () => {
      this.settle()
      const ended = [...this.#jobs].filter(job => job.left <= EPSILON)
      for (const job of ended) this.#jobs.delete(job)
      this.replan()
      for (const job of ended) job.done()
    })
  }

  /** Max-min fair between control groups; none gets more than its limit, no process more than one core. */
  #share(): void {
    const groups = new Map<Cgroup, Job[]>()
    for (const job of this.#jobs) {
      const jobs = groups.get(job.cgroup)
      if (jobs) jobs.push(job)
      else groups.set(job.cgroup, [job])
    }
    const wants = [...groups].map(([cgroup, jobs]) => ({
      jobs,
      want: Math.min(jobs.length, (cgroup.cpuMillis ?? Number.POSITIVE_INFINITY) / 1000),
    }))
    wants.sort((a, b) => a.want - b.want)
    let cores = this.cores
    wants.forEach(({ jobs, want }, i) => {
      const got = Math.min(want, cores / (wants.length - i))
      cores -= got
      for (const job of jobs) job.rate = got / jobs.length
    })
  }
}
