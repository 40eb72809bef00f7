/** Writes of a kubelet to the API server, kept back while it cannot be reached. */
import type { Clock } from '../../clock/clock.ts'

/** What could not be told is forgotten after this long. */
const PATIENCE = 120_000

export class News {
  readonly #clock: Clock
  readonly #owed: { at: number; tell: () => void }[] = []
  connected = true

  constructor(clock: Clock) {
    this.#clock = clock
  }

  tell(tell: () => void): void {
    if (this.connected) tell()
    else this.#owed.push({ at: this.#clock.now(), tell })
  }

  /** @returns tells what has been put by, as far as anybody still wants to know */
  overdue(): () => void {
    const owed = this.#owed.splice(0)
    return () => {
      for (const { at, tell } of owed) if (this.#clock.now() - at <= PATIENCE) tell()
    }
  }

  forget(): void {
    this.#owed.length = 0
  }
}
