/** How fast a controller may write: the token bucket of its API client. */
import type { Clock } from '../clock/clock.ts'

/** The defaults of kube-controller-manager's --kube-api-qps and --kube-api-burst, which each controller has for itself. */
const PER_SECOND = 20
const BURST = 30

/**
 * What is left of a controller's requests. One look at a key is never cut in two, so it may ask for more than there is:
 * then it owes the rest, a second burst at most, and the next look waits.
 */
export class RequestAllowance {
  readonly #clock: Clock
  #tokens = BURST
  #at: number

  constructor(clock: Clock) {
    this.#clock = clock
    this.#at = clock.now()
  }

  spend(requests: number): void {
    this.#refill()
    this.#tokens = Math.max(this.#tokens - requests, -BURST)
  }

  /** @returns virtual milliseconds until a request may be sent; 0 when it may now */
  waitMs(): number {
    this.#refill()
    return this.#tokens >= 1 ? 0 : Math.ceil(((1 - this.#tokens) * 1000) / PER_SECOND)
  }

  #refill(): void {
    const now = this.#clock.now()
    this.#tokens = Math.min(BURST, this.#tokens + ((now - this.#at) * PER_SECOND) / 1000)
    this.#at = now
  }
}
