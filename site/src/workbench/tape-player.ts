/** Plays what lies ahead of a session that was taken back in time, as its time passes. */
import type { Input, Session } from '../../../sandbox/scenario/session.ts'
import type { FromWorker } from './rpc.ts'
import { openTerminals, type Tape } from './tape.ts'
import { shows } from './view-diff.ts'

interface TapePlayerOptions {
  /** Does once more what the record says was done. */
  repeat(session: Session, input: Input): Promise<void>
  /** Told after something may have been repeated, when the page knows of all that the record holds. */
  onPlayed(session: Session): void
  /** A step may look at hours of history; in between the page wants to hear the time. */
  onTurn(): void
  post(message: FromWorker): void
}

export class TapePlayer {
  readonly #options: TapePlayerOptions
  #tape: Tape | undefined

  constructor(options: TapePlayerOptions) {
    this.#options = options
  }

  /** What still lies ahead; undefined in the present. */
  get tape(): Tape | undefined {
    return this.#tape
  }

  insert(tape: Tape | undefined): void {
    this.#tape = tape
  }

  /** Doing something in the past discards the future that was recorded. */
  discard(session: Session): void {
    if (!this.#tape) return
    this.#tape = undefined
    this.#options.post({ type: 'branched', record: session.record() })
  }

  /** Lets time pass, and plays the tape on the way. */
  async pass(session: Session, ms: number): Promise<void> {
    let left = ms
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      const wait = next - session.now
      if (wait > left) break
      await session.advance(wait)
      left -= wait
      await this.#play(session)
    }
    await session.advance(left)
  }

  /** To the next change that can be seen, at most `limitMs` ahead. @returns whether there was one */
  async step(session: Session, limitMs: number): Promise<boolean> {
    const end = session.now + limitMs
    const before = session.view()
    for (;;) {
      this.#options.onTurn()
      const next = this.#next()
      const moved = await session.step(Math.min(end, next ?? end) - session.now)
      if (!moved && next !== undefined && next <= end) {
        const deeds = this.#tape?.inputs.length ?? 0
        await this.pass(session, next - session.now)
        // A deed, or the present.
        if ((this.#tape?.inputs.length ?? 0) < deeds || !this.#tape) return true
        continue
      }
      if (!moved) return false
      if (this.#tape) await this.#play(session)
      if (shows(before, session.view()) || (next !== undefined && !this.#tape)) return true
    }
  }

  /** When the tape has something to play next, or ends; in virtual milliseconds. */
  #next(): number | undefined {
    return this.#tape && (this.#tape.inputs[0]?.at ?? this.#tape.end)
  }

  /** Does what the tape holds for this instant. */
  async #play(session: Session): Promise<void> {
    const { repeat, onPlayed, post } = this.#options
    while (this.#tape?.inputs[0] && this.#tape.inputs[0].at <= session.now) {
      const [{ input }, ...rest] = this.#tape.inputs
      this.#tape = { ...this.#tape, inputs: rest }
      await repeat(session, input)
      if (input.type === 'open' || input.type === 'close')
        post({ type: 'terminals', terminals: openTerminals(session.record().inputs) })
    }
    onPlayed(session)
    if (!this.#tape || session.now < this.#tape.end || this.#tape.inputs.length > 0) return
    this.#tape = undefined
    post({ type: 'caughtUp' })
  }
}
