/**
 * The clock of the simulated world: the only place where time passes.
 *
 * Work is either due at a later instant (`after`) or still at this one (`soon`). Everything due at one instant is run to
 * completion, first in first out, before time moves; so one jump of an hour equals 3,600 steps of a second.
 */

/** A task returns a promise only if it resumes a coroutine; the clock waits until that coroutine blocks again. */
export type Task = () => void | Promise<void>

export interface Timer {
  /** Virtual milliseconds since the Unix epoch. */
  readonly at: number
  readonly seq: number
  readonly run: Task
  /** Housekeeping (lease renewal, resyncs) that "to the next event" passes over. */
  readonly quiet: boolean
  cancelled: boolean
}

export interface TimerOptions {
  quiet?: boolean
}

/** A timer among those of its instant. */
class Due implements Timer {
  readonly at: number
  readonly seq: number
  readonly run: Task
  readonly quiet: boolean
  cancelled = false
  /** The one that comes after it at the same instant. */
  next: Due | undefined
  /** Of the first: the last so far. */
  last: Due = this

  constructor(at: number, seq: number, run: Task, quiet: boolean) {
    this.at = at
    this.seq = seq
    this.run = run
    this.quiet = quiet
  }
}

/** Instants that lately got a timer, a power of two. */
const SLOTS = 64

const slotOf = (at: number): number => Math.floor(at) & (SLOTS - 1)

/** As long as the queue stays. */
const LONGEST_QUEUE = 1024

const DEFAULT_START = Date.UTC(2026, 0, 5, 9, 0, 0)

export class Clock {
  #now: number
  #seq = 0
  /** The first timers of their instants, which lead to the others: much that happens happens at the same instant. */
  readonly #heap: Due[] = []
  /** Of instants that lately got a timer the first one, by the instant, so that the next is put behind it. */
  readonly #lately: (Due | undefined)[] = Array.from({ length: SLOTS }, () => undefined)
  /** A timer's task runs unless it is cancelled in the meantime. It is kept, for a list that is emptied has to grow again. */
  #queue: (Task | Timer | undefined)[] = []
  #head = 0
  #tail = 0
  #turn: Promise<void> = Promise.resolve()
  #running = false
  #second = Number.NaN
  #text = ''
  /** A failing task must not stop the world; whoever wires the cluster decides how loudly it is reported. */
  onError: (error: unknown) => void = error => {
    throw error
  }

  /** @param start milliseconds since the Unix epoch at which the world begins */
  constructor(start: number = DEFAULT_START) {
    this.#now = start
  }

  /** Milliseconds since the Unix epoch. */
  now(): number {
    return this.#now
  }

  /** RFC 3339 to the second, as metav1.Time is written. */
  timestamp(at = this.#now): string {
    const second = Math.floor(at / 1000)
    // Nearly everything that happens is dated with the present second.
    if (second !== this.#second) {
      this.#second = second
      this.#text = `${new Date(at).toISOString().slice(0, 19)}Z`
    }
    return this.#text
  }

  /** RFC 3339 to the microsecond, as metav1.MicroTime is written. */
  microTimestamp(): string {
    return `${new Date(this.#now).toISOString().slice(0, 23)}000Z`
  }

  /** Runs `task` once `ms` milliseconds have passed; never before the present instant is finished. */
  after(ms: number, task: Task, options?: TimerOptions): Timer {
    // Written so that what is no number is at once: at NaN time would never come, and never pass.
    const at = this.#now + (ms > 0 ? Math.ceil(ms) : 0)
    const timer = new Due(at, this.#seq++, task, options?.quiet ?? false)
    const slot = slotOf(at)
    const first = this.#lately[slot]
    if (first?.at === at) {
      first.last.next = timer
      first.last = timer
    } else {
      this.#lately[slot] = timer
      this.#push(timer)
    }
    return timer
  }

  cancel(timer: Timer | undefined): void {
    if (timer) timer.cancelled = true
  }

  /** Runs `task` at this instant, after what is already queued. */
  soon(task: Task): void {
    this.#queue[this.#tail++] = task
  }

  /** The instant of the next timer that is not housekeeping, or undefined when nothing will ever happen. */
  nextEventAt(): number | undefined {
    let best: number | undefined
    for (const first of this.#heap) {
      if (best !== undefined && first.at >= best) continue
      let timer: Due | undefined = first
      while (timer && (timer.cancelled || timer.quiet)) timer = timer.next
      if (timer) best = timer.at
    }
    return best
  }

  /** Runs everything that can run at this instant. */
  settle(): Promise<void> {
    return this.#exclusive(() => this.#drain())
  }

  /** Moves time forward by `ms`, running everything that falls due on the way. */
  advance(ms: number): Promise<void> {
    return this.#exclusive(() => this.#advanceTo(this.#now + ms))
  }

  /** Moves to the next event, at most `limit` milliseconds ahead. Returns whether there was one. */
  async step(limit = Number.POSITIVE_INFINITY): Promise<boolean> {
    let found = false
    await this.#exclusive(async () => {
      await this.#drain()
      const at = this.nextEventAt()
      found = at !== undefined && at - this.#now <= limit
      if (found) await this.#advanceTo(at!)
    })
    return found
  }

  async #advanceTo(target: number): Promise<void> {
    await this.#drain()
    for (;;) {
      const first = this.#heap[0]
      if (!first || first.at > target) break
      this.#now = first.at
      // All that is due at this instant comes before what it gives rise to, so that ten changes are noticed as one.
      for (let due: Due | undefined = first; due?.at === first.at; due = this.#heap[0]) {
        this.#pop()
        this.#enqueue(due)
      }
      const rest = this.#drain()
      if (rest) await rest
    }
    this.#now = target
  }

  /** A timer and those that come after it at the same instant. */
  #enqueue(first: Due): void {
    const slot = slotOf(first.at)
    if (this.#lately[slot] === first) this.#lately[slot] = undefined
    first.last = first
    for (let timer: Due | undefined = first; timer; ) {
      const { next } = timer as Due
      // Whoever still holds one of them holds no others.
      timer.next = undefined
      if (!timer.cancelled) this.#queue[this.#tail++] = timer
      timer = next
    }
  }

  /** Synchronous until the first coroutine: a world without processes never yields to the host. */
  #drain(): Promise<void> | undefined {
    while (this.#head < this.#tail) {
      const task = this.#queue[this.#head]!
      this.#queue[this.#head++] = undefined
      if (this.#head > LONGEST_QUEUE) {
        this.#queue.splice(0, this.#head)
        this.#tail -= this.#head
        this.#head = 0
      }
      try {
        const pending = typeof task === 'function' ? task() : task.cancelled ? undefined : task.run()
        if (pending instanceof Promise) return pending.catch(this.onError).then(() => this.#drain())
      } catch (error) {
        this.onError(error)
      }
    }
    if (this.#tail > LONGEST_QUEUE) this.#queue.length = 0
    this.#head = 0
    this.#tail = 0
    return undefined
  }

  /** Time has one hand: whoever wants to move it waits for the one before. */
  #exclusive(work: () => Promise<void> | undefined): Promise<void> {
    const turn = this.#turn.then(async () => {
      this.#running = true
      try {
        await work()
      } finally {
        this.#running = false
      }
    })
    this.#turn = turn.catch(() => {})
    return turn
  }

  /** Whether the world is running at the moment; a task must never wait for `advance` or `settle`. */
  get running(): boolean {
    return this.#running
  }

  #push(timer: Due): void {
    const heap = this.#heap
    let i = heap.push(timer) - 1
    while (i > 0) {
      const parent = (i - 1) >> 1
      if (before(heap[parent]!, timer)) break
      heap[i] = heap[parent]!
      i = parent
    }
    heap[i] = timer
  }

  #pop(): void {
    const heap = this.#heap
    const last = heap.pop()!
    if (!heap.length) return
    let i = 0
    for (;;) {
      let child = 2 * i + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child++
      if (before(last, heap[child]!)) break
      heap[i] = heap[child]!
      i = child
    }
    heap[i] = last
  }
}

const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.seq < b.seq)
