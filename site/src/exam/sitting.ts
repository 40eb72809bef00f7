/** One sitting of the exam: its clock, which goes on whatever the page does, and what is kept of it. Plain functions of the wall clock's time. */
import type { ExamSource } from '../../../sandbox/scenario/exam/exam.ts'
import type { CheckResult } from '../../../sandbox/scenario/session.ts'

export interface Sitting {
  seed: string
  /** Milliseconds since the Unix epoch, by the reader's clock. */
  begunOn: number
  /** Milliseconds of pauses that are over. */
  rested: number
  /** Pauses begun so far. */
  pauses: number
  /** Set while the exam is paused. */
  pausedOn?: number
  /** Tasks that the reader has ticked off. */
  ticked: readonly string[]
  ended?: { on: number; results: Readonly<Record<string, readonly CheckResult[]>> }
}

type Rules = Pick<ExamSource, 'minutes' | 'pauses'>
const MINUTE_MS = 60_000

export const begin = (seed: string, now: number): Sitting => ({ seed, begunOn: now, rested: 0, pauses: 0, ticked: [] })

/** Milliseconds left of the pause that is under way; 0 when there is none, or it is over. */
export const restLeft = ({ pauses }: Rules, { pausedOn }: Sitting, now: number): number =>
  pausedOn === undefined ? 0 : Math.max(0, pauses.minutes * MINUTE_MS - Math.max(0, now - pausedOn))

/** Milliseconds left to work; the clock of a machine that is set back does not give any. */
export function timeLeft(rules: Rules, sitting: Sitting, now: number): number {
  const until = Math.max(sitting.begunOn, sitting.ended?.on ?? now)
  const resting =
    sitting.pausedOn === undefined ? 0 : Math.min(until - sitting.pausedOn, rules.pauses.minutes * MINUTE_MS)
  return Math.max(0, rules.minutes * MINUTE_MS - (until - sitting.begunOn - sitting.rested - Math.max(0, resting)))
}

export const mayPause = ({ pauses }: Rules, sitting: Sitting): boolean =>
  !sitting.ended && sitting.pausedOn === undefined && sitting.pauses < pauses.times

export const pause = (rules: Rules, sitting: Sitting, now: number): Sitting =>
  mayPause(rules, sitting) ? { ...sitting, pausedOn: now, pauses: sitting.pauses + 1 } : sitting

/** A pause that lasted longer than it may counts as long as it may. */
export function resume(rules: Rules, sitting: Sitting, now: number): Sitting {
  const { pausedOn, ...rest } = sitting
  if (pausedOn === undefined) return sitting
  const rested = Math.min(Math.max(0, now - pausedOn), rules.pauses.minutes * MINUTE_MS)
  return { ...rest, rested: sitting.rested + rested }
}

export const tick = (sitting: Sitting, task: string, done: boolean): Sitting => ({
  ...sitting,
  ticked: [...sitting.ticked.filter(t => t !== task), ...(done ? [task] : [])],
})

/** Minutes left at which a screen reader is told so. */
const TOLD = [30, 15, 5, 1]
/** Which of them has been passed between two looks at the clock, if any. */
export const told = (before: number, now: number): number | undefined =>
  TOLD.find(minutes => before > minutes * MINUTE_MS && now <= minutes * MINUTE_MS)

/** `1:02:03`. */
export function clockFace(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

const LETTERS = 'abcdefghjkmnpqrstvwxyz23456789'
/** For one who has been given none. */
export const newSeed = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), byte => LETTERS[byte % LETTERS.length]).join('')
export const seedIn = (search: string): string | undefined =>
  /^[\w-]{1,40}$/.exec(new URLSearchParams(search).get('seed') ?? '')?.[0]
