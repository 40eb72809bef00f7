/**
 * Requests of the API server to others, such as webhooks, that a request waits for.
 *
 * The server is synchronous, and asking takes virtual time. So a request that lacks an answer is given up where it stands, with
 * nothing written yet; once the answer is there it is done again from its beginning, with the same draws of chance. As far as
 * anybody can see it has waited.
 */
import type { Clock } from '../../clock/clock.ts'
import type { Random } from '../../clock/random.ts'
import { StatusError } from '../status.ts'

/** One call to a server in the cluster: by default a POST of JSON over TLS. */
export interface Call {
  /** The same for the same question of the same request. */
  key: string
  method?: string
  url: string
  /** Over those of a review; what is undefined is not sent. */
  headers?: Readonly<Record<string, string | undefined>>
  /** What its certificate has to name; the host of the URL when absent. */
  serverName?: string
  /** Any certificate will do. */
  insecure?: boolean
  /** Where that is now, or why nowhere; undefined where a name server has to be asked. */
  place(): { ip: string; port: number } | { error: string } | undefined
  /** Authorities that its certificate may come from, as base64 of PEM. */
  caBundle?: string
  /** Without an end when absent. */
  timeoutSeconds?: number
  body(uid: string): string
}

/** What came back; `error` is why nothing did. */
export type Reply = { uid: string } & Answered
export type Answered = { status: number; headers?: Readonly<Record<string, string>>; body: string } | { error: string }

/** @param place where the call goes; undefined where a name server has to be asked */
export type Post = (
  call: Call,
  place: { ip: string; port: number } | undefined,
  body: string,
  done: (reply: Answered) => void,
) => void

/** Thrown where a request cannot go on without these answers. */
export class Unanswered extends Error {
  readonly calls: readonly Call[]
  constructor(calls: readonly Call[]) {
    super('somebody outside has to be asked first')
    this.calls = calls
  }
}

/** Thrown at an in-process writer while a webhook is asked about the write: make the write again when it has answered. */
export class InFlight extends Error {
  readonly #waiting: (() => void)[]
  constructor(waiting: (() => void)[]) {
    super('the request waits for somebody outside')
    this.#waiting = waiting
  }
  /** @param again called in a task of its own, once */
  whenAnswered(again: () => void): void {
    this.#waiting.push(again)
  }
}

interface Inquiry {
  readonly seed: number
  readonly answers: Map<string, Reply>
  /** What writes gave that are done already. */
  readonly written: Map<string, unknown>
}

const inquiry = (seed: number): Inquiry => ({ seed, answers: new Map(), written: new Map() })

interface Held {
  inquiry: Inquiry
  /** Undefined once the answers are there. */
  waiting: (() => void)[] | undefined
}

export type Outcome<T> = { value: T } | { error: unknown }

/** How long answers are kept for an in-process writer that does not come back. */
const UNCLAIMED_MS = 1000

export interface OutsideOptions {
  clock: Clock
  random: Random
  /** Whether there are webhooks that may have to be asked about a write. */
  asksWebhooks(): boolean
}

export class Outside {
  readonly #clock: Clock
  readonly #random: Random
  readonly #asksWebhooks: () => boolean
  /** Definitions whose objects a webhook converts, and versions of groups that another server serves, by their names. */
  readonly askers = new Set<string>()
  /** A random stream of its own: retried requests must not change later draws. */
  readonly #uids: Random
  /** Of requests made in process: those that wait, and those whose answers have not been claimed. */
  readonly #held = new Map<string, Held>()
  /** That of the work that is being done at the moment. */
  #current: Inquiry | undefined
  /** Set by the cluster's wiring, which has the network. */
  post: Post | undefined
  /** Whether the API server is up to finish a request. */
  isUp: () => boolean = () => true

  constructor({ clock, random, asksWebhooks }: OutsideOptions) {
    this.#clock = clock
    this.#random = random
    this.#asksWebhooks = asksWebhooks
    this.#uids = random.fork('reviews')
  }

  /** Whether a request may have to wait. */
  get isNeeded(): boolean {
    return this.askers.size > 0 || this.#asksWebhooks()
  }

  /** @throws Unanswered */
  ask(calls: readonly Call[]): Reply[] {
    const answers = this.#current?.answers
    const missing = calls.filter(call => !answers?.has(call.key))
    if (missing.length) throw new Unanswered(missing)
    return calls.map(call => answers!.get(call.key)!)
  }

  /**
   * A write of a request after which something may have to be asked still (its answer may need converting): done once only.
   * @param what tells it from other writes of the request
   */
  once<T>(what: string, write: () => T): T {
    const { written } = this.#current ?? {}
    if (!written) return write()
    if (!written.has(what)) written.set(what, write())
    return written.get(what) as T
  }

  /** Asks about several objects at once; any other error is thrown when the object's turn comes. @throws Unanswered */
  askAhead<T>(things: readonly T[], about: (thing: T) => void): void {
    if (!this.#current) return
    const calls: Call[] = []
    for (const thing of things) {
      const outcome = outcomeOf(() => about(thing))
      if ('error' in outcome && outcome.error instanceof Unanswered) calls.push(...outcome.error.calls)
    }
    if (calls.length) throw new Unanswered(calls)
  }

  /**
   * Does work of a client's request. `done` is told inside the call where nobody has to be asked.
   * @param writes whether the work may draw from chance
   */
  carry<T>(work: () => T, done: (outcome: Outcome<T>) => void, writes = true): void {
    if (!this.isNeeded) {
      const outcome = outcomeOf(work)
      if (!('error' in outcome && outcome.error instanceof Unanswered)) {
        done(outcome)
        return
      }
    }
    const own = inquiry(writes ? this.#random.uint32() : 0)
    const turn = (): void => {
      if (!this.isUp()) {
        done({ error: new StatusError(503, 'ServiceUnavailable', 'apiserver is shutting down') })
        return
      }
      const outcome = outcomeOf(() => this.#within(own, work))
      if (!('error' in outcome && outcome.error instanceof Unanswered)) done(outcome)
      else if (this.#pose(outcome.error.calls, own, turn)) turn()
    }
    turn()
  }

  /**
   * Does a write of the control plane's own.
   * @param key the same for a write that is tried again, whatever it says by then
   * @throws InFlight while somebody is asked
   */
  write<T>(key: () => string, work: () => T): T {
    if (!this.isNeeded || this.#current) return work()
    const name = key()
    const held = this.#held.get(name)
    if (held?.waiting) throw new InFlight(held.waiting)
    const own = held?.inquiry ?? inquiry(this.#random.uint32())
    this.#held.delete(name)
    for (;;) {
      try {
        return this.#within(own, work)
      } catch (error) {
        if (!(error instanceof Unanswered)) throw error
        const waiting: (() => void)[] = []
        const now: Held = { inquiry: own, waiting }
        const answered = (): void => {
          now.waiting = undefined
          for (const again of waiting) this.#clock.soon(again)
          const forget = (): void => void (this.#held.get(name) === now && this.#held.delete(name))
          this.#clock.after(UNCLAIMED_MS, forget, { quiet: true })
        }
        if (this.#pose(error.calls, own, answered)) continue
        this.#held.set(name, now)
        throw new InFlight(waiting)
      }
    }
  }

  #within<T>(own: Inquiry, work: () => T): T {
    const before = this.#current
    this.#current = own
    try {
      return this.#random.within(own.seed, work)
    } finally {
      this.#current = before
    }
  }

  /**
   * Asks all at once.
   * @param then called in a task, when the last has answered
   * @returns whether all is answered already, as nobody could be asked; `then` is not called
   */
  #pose(calls: readonly Call[], { answers }: Inquiry, then: () => void): boolean {
    let left = 0
    for (const call of calls) {
      const uid = this.#uids.uuid()
      const place = this.post ? call.place() : (call.place() ?? NO_NETWORK)
      if (!this.post || (place && 'error' in place)) {
        const { error } = place && 'error' in place ? place : NO_NETWORK
        answers.set(call.key, { uid, error: `${titleOf(call)}: ${error}` })
        continue
      }
      left++
      this.post(call, place, call.body(uid), reply => {
        answers.set(call.key, { uid, ...reply })
        if (--left === 0) this.#clock.soon(then)
      })
    }
    return left === 0
  }
}

/** As Go's client begins what it says of a failed call. */
export const titleOf = ({ method = 'POST', url }: Call): string =>
  `${method[0]}${method.slice(1).toLowerCase()} ${JSON.stringify(url)}`

const NO_NETWORK = { error: 'not simulated: this server has no network' }

export function outcomeOf<T>(work: () => T): Outcome<T> {
  try {
    return { value: work() }
  } catch (error) {
    return { error }
  }
}
