/** What curl shows on standard error while its output goes elsewhere: a line that it writes over and over, and its head. */
import type { Process } from '../../processes/process.ts'

const HEAD =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n'
const UNKNOWN = '--:--:--'
const KIB = 1024

export interface Transfer {
  received: number
  /** What was said to come. */
  expected?: number | undefined
  sent: number
}

const NOTHING: Transfer = { received: 0, sent: 0 }

/** In five places, as curl rounds it. */
function amount(bytes: number): string {
  const [k, m] = [Math.floor(bytes / KIB), bytes / KIB ** 2]
  const text =
    bytes < 100_000
      ? String(bytes)
      : k < 10_000
        ? `${k}k`
        : m < 100
          ? `${(Math.floor(m * 10) / 10).toFixed(1)}M`
          : `${Math.floor(m)}M`
  return text.padStart(5)
}

function time(seconds: number): string {
  if (seconds <= 0) return UNKNOWN
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${String(Math.floor(seconds / 3600)).padStart(2)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

const percent = (part: number, whole: number | undefined): string =>
  String(whole ? Math.floor((part * 100) / whole) : 0).padStart(3)

function line({ received, expected, sent }: Transfer, ms: number): string {
  const perSecond = (bytes: number): number => (ms > 0 ? Math.floor((bytes * 1000) / ms) : bytes * 1000)
  const whole = (expected ?? received) + sent
  const [down, up] = [perSecond(received), perSecond(sent)]
  const spent = Math.floor(ms / 1000)
  const total = down && expected !== undefined && spent ? Math.ceil(whole / down) : 0
  return `\r${percent(received + sent, whole)} ${amount(whole)}  ${percent(received, expected)} ${amount(received)}  ${percent(sent, sent)} ${amount(sent)}  ${amount(down)}  ${amount(up)} ${time(total)} ${time(spent)} ${time(total - spent)} ${amount(down + up)}`
}

/** Of one address; following where it leads goes on with the same. */
export class Meter {
  readonly #process: Process
  readonly #began: number
  readonly #bar: boolean
  #seconds = 0

  /** @param bar only the sign of how much is done (`-#`) */
  constructor(process: Process, bar: boolean) {
    this.#process = process
    this.#began = process.clock.now()
    this.#bar = bar
  }

  async begin(): Promise<void> {
    if (!this.#bar) await this.#process.write(2, HEAD + line(NOTHING, 0))
  }

  /** A line for each second that has passed without one. */
  async catchUp(ms = this.#process.clock.now() - this.#began): Promise<void> {
    while (this.#seconds < Math.floor(ms / 1000)) {
      this.#seconds++
      if (!this.#bar) await this.#process.write(2, line(NOTHING, this.#seconds * 1000))
    }
  }

  async end(transfer: Transfer = NOTHING): Promise<void> {
    const ms = this.#process.clock.now() - this.#began
    // The last line is that of its own second.
    await this.catchUp(ms - 1)
    if (!this.#bar) await this.#process.write(2, `${line(transfer, ms)}\n`)
    else if (transfer.received) await this.#process.write(2, `\r${'#'.repeat(72)} 100.0%\n`)
  }
}
