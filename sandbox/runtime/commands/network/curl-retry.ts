/** curl's `--retry`: which troubles may pass, how long it waits for that, and what it says meanwhile. */
import type { Process } from '../../processes/process.ts'
import type { Options } from '../command.ts'

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 600_000
const PASSING_STATUSES: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504])
const COLUMNS = 79
const WARNING = 'Warning: '

/** How a try has ended. */
export interface Trouble {
  /** curl's exit code. */
  code: number
  /** Whether nobody listened there. */
  refused: boolean
  /** HTTP's status, and what `Retry-After` asked for, in seconds. */
  status: number | undefined
  retryAfter: number | undefined
}

/** The tries of one address. */
export class Retries {
  readonly #process: Process
  readonly #flags: Options
  readonly #began: number
  #left: number
  #pauseMs: number
  /** How often it was tried again. */
  made = 0

  constructor(process: Process, flags: Options) {
    this.#process = process
    this.#flags = flags
    this.#began = process.clock.now()
    this.#left = this.#number('retry')
    this.#pauseMs = this.#number('retry-delay') * 1000 || FIRST_PAUSE_MS
  }

  #number(flag: string): number {
    return Number(this.#flags.value(flag) ?? 0)
  }

  /** Why it is worth while to try again, in the words of the warning. */
  #reason({ code, status, refused }: Trouble): string | undefined {
    if (code === 28) return ': timeout'
    if (code === 7 && refused && this.#flags.has('retry-connrefused')) return ': connection refused'
    if ((code === 0 || code === 22) && status !== undefined && PASSING_STATUSES.has(status)) return ': HTTP error'
    return code !== 0 && this.#flags.has('retry-all-errors') ? '(retrying all errors)' : undefined
  }

  /** Waits until it may be tried again. @returns false where it is not to be */
  async again(trouble: Trouble): Promise<boolean> {
    const limitMs = this.#number('retry-max-time') * 1000 || Number.POSITIVE_INFINITY
    const spentMs = this.#process.clock.now() - this.#began
    const reason = this.#left > 0 && spentMs < limitMs ? this.#reason(trouble) : undefined
    if (!reason) return false
    let pauseMs = this.#pauseMs
    if (reason === ': HTTP error' && trouble.retryAfter) {
      pauseMs = Math.max(pauseMs, trouble.retryAfter * 1000)
      if (spentMs + pauseMs > limitMs) {
        await this.#warn(
          'The Retry-After: time would make this command line exceed the maximum allowed time for retries.',
        )
        return false
      }
    }
    const seconds = Math.floor(pauseMs / 1000)
    await this.#warn(
      `Problem ${reason}. Will retry in ${seconds} second${seconds === 1 ? '' : 's'}. ${this.#left} retr${this.#left > 1 ? 'ies' : 'y'} left.`,
    )
    this.#left--
    this.made++
    if (!this.#number('retry-delay')) this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS)
    await this.#process.sleep(pauseMs)
    return true
  }

  /** In lines as wide as the terminal, broken at blanks. */
  async #warn(text: string): Promise<void> {
    if (this.#flags.has('s')) return
    const width = (this.#process.fds[0]?.size?.columns ?? COLUMNS) - WARNING.length
    let rest = text
    while (rest.length > width && width > 0) {
      const cut = rest.lastIndexOf(' ', width - 1) + 1 || width
      await this.#process.write(2, `${WARNING}${rest.slice(0, cut)}\n`)
      rest = rest.slice(cut)
    }
    await this.#process.write(2, `${WARNING}${rest}\n`)
  }
}
