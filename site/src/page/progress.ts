/** A reader's progress in one lesson. */
import { isNumber, isRaw, isText, type Raw } from './shapes.ts'

export interface Solved {
  /** Virtual milliseconds of the session. */
  at: number
  /** ISO 8601, by the reader's clock. */
  on: string
  /** Hints shown by then. */
  hints: number
}

export interface Progress {
  passed: string[]
  /** Exercise → when it was solved, so that it can be looked at again there. */
  solved?: Record<string, Solved>
  /** Exercise → the hints of it that were ever shown. */
  hinted?: Record<string, string[]>
  /** Question id → the chosen options. */
  answers: Record<string, number[]>
  /** Predictions made, by id. */
  opened: boolean
}
export const noProgress = (): Progress => ({ passed: [], answers: {}, opened: false })

const solvedOf = (raw: Raw): Record<string, Solved> =>
  Object.fromEntries(
    Object.entries(raw).flatMap(([exercise, value]) =>
      isRaw(value) && isNumber(value.at) && isText(value.on) && isNumber(value.hints)
        ? [[exercise, { at: value.at, on: value.on, hints: value.hints }]]
        : [],
    ),
  )

const hintedOf = (raw: Raw): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(raw).flatMap(([exercise, hints]) =>
      Array.isArray(hints) && hints.some(isText) ? [[exercise, hints.filter(isText)]] : [],
    ),
  )

/** What was shown to either; a hint that is taken is not given back. */
export function bothHinted(a: Progress['hinted'] = {}, b: Progress['hinted'] = {}): Record<string, string[]> {
  // A Map, for an exercise of a file from elsewhere may be named like something that every object has.
  const both = new Map(Object.entries(a))
  for (const [exercise, hints] of Object.entries(b))
    both.set(exercise, [...new Set([...(both.get(exercise) ?? []), ...hints])])
  return Object.fromEntries(both)
}

/** What of it is progress: it may be half of something, or of another version of the site. Undefined where it is none. */
export function progressOf(value: unknown): Progress | undefined {
  if (!isRaw(value)) return undefined
  const { passed, solved, hinted, answers, opened } = value
  const picked = Object.entries(isRaw(answers) ? answers : {}).filter(
    (entry): entry is [string, number[]] => Array.isArray(entry[1]) && entry[1].every(isNumber),
  )
  return {
    passed: Array.isArray(passed) ? passed.filter(isText) : [],
    ...(isRaw(solved) && { solved: solvedOf(solved) }),
    ...(isRaw(hinted) && { hinted: hintedOf(hinted) }),
    answers: Object.fromEntries(picked),
    opened: opened !== false,
  }
}
