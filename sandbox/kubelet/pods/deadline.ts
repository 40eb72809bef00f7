/** activeDeadlineSeconds: how long a Pod may be active on its node. */
import type { Clock, Timer } from '../../clock/clock.ts'
import type { Pod, Refusal } from '../types.ts'
import { isTerminalPhase } from '../types.ts'

export const EXCEEDED: Refusal = {
  reason: 'DeadlineExceeded',
  message: 'Pod was active on the node longer than the specified deadline',
}

export class Deadline {
  readonly #clock: Clock
  readonly #wake: () => void
  #timer: Timer | undefined

  /** @param wake called when it comes */
  constructor(clock: Clock, wake: () => void) {
    this.#clock = clock
    this.#wake = wake
  }

  /** Whether it has come, in the status's words; if not, somebody will look again in time. */
  passed(pod: Pod, startTime: string | undefined): Refusal | undefined {
    const { activeDeadlineSeconds } = pod.spec
    if (activeDeadlineSeconds === undefined || !startTime || isTerminalPhase(pod.status.phase)) return undefined
    const at = Date.parse(startTime) + activeDeadlineSeconds * 1000
    const now = this.#clock.now()
    if (now >= at) return EXCEEDED
    if (this.#timer?.at !== at) {
      this.cancel()
      this.#timer = this.#clock.after(at - now, this.#wake)
    }
    return undefined
  }

  cancel(): void {
    this.#clock.cancel(this.#timer)
  }
}
