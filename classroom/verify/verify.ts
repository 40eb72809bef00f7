/** Plays a submission again and runs the checks: a grade is what comes of it, never what was claimed. */
import { replaySession } from '../../sandbox/scenario/create.ts'
import { canonical } from '../../sandbox/scenario/hash.ts'
import { sealOf } from '../../sandbox/scenario/seal.ts'
import type { CheckResult, LessonWorld } from '../../sandbox/scenario/session.ts'
import { rhythmOf } from './similarity.ts'
import { type Refusal, readSubmission } from './submission.ts'

export interface Verified {
  verified: true
  exercise: string
  passed: boolean
  checks: readonly CheckResult[]
  /** Virtual milliseconds from the beginning of the session to the check. */
  after: number
  hints: number
  /** To be compared with others'. */
  rhythm: readonly number[]
}
export interface Refused {
  verified: false
  refusal: Refusal
  /** English, for the log and the instructor; the learner is told by `refusal`. */
  detail: string
}
export type Verdict = Verified | Refused

const refuse = (refusal: Refusal, detail: string): Refused => ({ verified: false, refusal, detail })

/** What a submission has to be of. */
export interface Expected {
  /** The lesson it was handed in for; undefined when there is no such lesson. */
  lesson: LessonWorld | undefined
  /** The exercise it was handed in for; any of the lesson's when absent. */
  exercise?: string
  /** The seed that this learner was given for this lesson; the lesson's own when absent. */
  seed?: string
}

/** @param value what was handed in, parsed from JSON */
export async function verify(value: unknown, { lesson, exercise: wanted, seed }: Expected): Promise<Verdict> {
  const read = readSubmission(value)
  if ('refusal' in read) return refuse(read.refusal, read.detail)
  const { exercise, record, seal, hints } = read.submission
  if (!lesson || record.lesson !== lesson.id) return refuse('unknown-lesson', `the record is of "${record.lesson}"`)
  if (!lesson.exercises.some(e => e.id === exercise) || exercise !== (wanted ?? exercise))
    return refuse('unknown-exercise', `"${exercise}"`)
  // The seed is the learner's own, so somebody else's record has another.
  if (record.seed !== (seed ?? lesson.id)) return refuse('other-seed', `the record has the seed "${record.seed}"`)
  try {
    const session = await replaySession(record, lesson)
    if (canonical(session.record()) !== canonical(record))
      return refuse('impossible', 'played again, it gives another record')
    if (sealOf(record, session.hash()) !== seal)
      return refuse('differs', 'played again, it gives another history than it was sealed with')
    const checks = await session.check(exercise)
    return {
      verified: true,
      exercise,
      passed: checks.length > 0 && checks.every(c => c.passed),
      checks,
      after: record.end - record.start,
      hints,
      rhythm: rhythmOf(record),
    }
  } catch (error) {
    return refuse('broken', error instanceof Error ? error.message : String(error))
  }
}
