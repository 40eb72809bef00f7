/** Waiting longer after each failure: 10 s, 20 s … 5 min, forgotten after twice the longest wait without one. */

interface Entry {
  backoff: number
  lastUpdate: number
}

export class Backoff {
  readonly initial: number
  readonly max: number
  #entries = new Map<string, Entry>()

  constructor(initial = 10_000, max = 300_000) {
    this.initial = initial
    this.max = max
  }

  /** The present wait of a key, in milliseconds; 0 when there is none. */
  get(key: string): number {
    return this.#entries.get(key)?.backoff ?? 0
  }

  /** Something is tried again at `now`: the next wait is twice the last. */
  next(key: string, now: number): void {
    const entry = this.#entries.get(key)
    if (!entry || this.#expired(entry, now)) this.#entries.set(key, { backoff: this.initial, lastUpdate: now })
    else this.#entries.set(key, { backoff: Math.min(entry.backoff * 2, this.max), lastUpdate: now })
  }

  /** Whether `now` is still within the wait that began at `since`, the end of the last failed run. */
  isInBackOffSince(key: string, since: number, now: number): boolean {
    const entry = this.#entries.get(key)
    if (!entry || this.#expired(entry, since)) return false
    return now - since < entry.backoff
  }

  /** The same, counted from the last try. */
  isInBackOffSinceUpdate(key: string, now: number): boolean {
    const entry = this.#entries.get(key)
    if (!entry || this.#expired(entry, now)) return false
    return now - entry.lastUpdate < entry.backoff
  }

  forget(prefix: string): void {
    for (const key of this.#entries.keys()) if (key.startsWith(prefix)) this.#entries.delete(key)
  }

  #expired(entry: Entry, now: number): boolean {
    return now - entry.lastUpdate > this.max * 2
  }
}
