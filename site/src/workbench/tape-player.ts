/** Plays what lies ahead of a session that was taken back in time, as its time passes. */
import type { Input, Session } from '../../../sandbox/scenario/session.ts'
import type { FromWorker } from './rpc.ts'
import { openTerminals, type Tape } from './tape.ts'
import { shows } from './view-diff.ts'

export interface TapePlayer {
  /** What still lies ahead; undefined in the present. */
  tape: Tape | undefined
  /** Doing something in the past discards the future that was recorded. */
  discard(session: Session): void
  /** Lets time pass, and plays the tape on the way. */
  pass(session: Session, ms: number): Promise<void>
  /** To the next change that can be seen, at most `limitMs` ahead. @returns whether there was one */
  step(session: Session, limitMs: number): Promise<boolean>
}

/**
 * @param repeat does once more what the record says was done
 * @param played told when something may have been repeated, which the page has in its record already
 * @param turn called before each turn of a step, which may look at hours: in between the page wants to hear the time
 */
export function createTapePlayer(
  repeat: (session: Session, input: Input) => Promise<void>,
  played: (session: Session) => void,
  turn: () => void,
  post: (message: FromWorker) => void,
): TapePlayer {
  /** When the tape has something to play next, or ends; in virtual milliseconds. */
  const nextOf = ({ inputs, end }: Tape): number => inputs[0]?.at ?? end

  /** Does what the tape holds for this instant. */
  async function play(session: Session): Promise<void> {
    while (player.tape?.inputs[0] && player.tape.inputs[0].at <= session.now) {
      const [{ input }, ...inputs] = player.tape.inputs
      player.tape = { ...player.tape, inputs }
      await repeat(session, input)
      if (input.type === 'open' || input.type === 'close')
        post({ type: 'terminals', terminals: openTerminals(session.record().inputs) })
    }
    played(session)
    if (!player.tape || session.now < player.tape.end || player.tape.inputs.length > 0) return
    player.tape = undefined
    post({ type: 'caughtUp' })
  }

  const player: TapePlayer = {
    tape: undefined,
    discard(session) {
      if (!player.tape) return
      player.tape = undefined
      post({ type: 'branched', record: session.record() })
    },
    async pass(session, ms) {
      let left = ms
      while (player.tape) {
        const wait = nextOf(player.tape) - session.now
        if (wait > left) break
        await session.advance(wait)
        left -= wait
        await play(session)
      }
      await session.advance(left)
    },
    async step(session, limitMs) {
      const end = session.now + limitMs
      const before = session.view()
      for (;;) {
        turn()
        const next = player.tape && nextOf(player.tape)
        const moved = await session.step(Math.min(end, next ?? end) - session.now)
        if (!moved && next !== undefined && next <= end) {
          const deeds = player.tape?.inputs.length ?? 0
          await player.pass(session, next - session.now)
          // A deed, or the present.
          if ((player.tape?.inputs.length ?? 0) < deeds || !player.tape) return true
          continue
        }
        if (!moved) return false
        if (player.tape) await play(session)
        if (shows(before, session.view()) || (next !== undefined && !player.tape)) return true
      }
    },
  }
  return player
}
