/** Exams that the browser has kept, validated before they are used. */
import { isNumber, isRaw, isText } from '../page/shapes.ts'
import { type Sitting, seedIn } from './sitting.ts'

/** One that is over, for the list of earlier ones. */
export interface Past {
  seed: string
  on: number
  percent: number
  passed: boolean
}

export const pastOf = (value: unknown): Past[] =>
  (Array.isArray(value) ? value : []).filter(
    (past): past is Past =>
      isRaw(past) &&
      isText(past.seed) &&
      isNumber(past.on) &&
      isNumber(past.percent) &&
      typeof past.passed === 'boolean',
  )

const isSeed = (value: unknown): value is string =>
  isText(value) && seedIn(`?seed=${encodeURIComponent(value)}`) === value
const isCheck = (value: unknown): boolean => isRaw(value) && isText(value.id) && typeof value.passed === 'boolean'
const isEnd = (value: unknown): value is Sitting['ended'] =>
  isRaw(value) &&
  isNumber(value.on) &&
  isRaw(value.results) &&
  Object.values(value.results).every(checks => Array.isArray(checks) && checks.every(isCheck))

/** Undefined where it cannot be gone on with: then another can be begun. */
export function sittingOf(value: unknown): Sitting | undefined {
  if (!isRaw(value)) return undefined
  const { seed, begunOn, rested, pauses, pausedOn, ticked, ended } = value
  if (!isSeed(seed) || !isNumber(begunOn) || !isNumber(rested) || !isNumber(pauses)) return undefined
  if (ended !== undefined && !isEnd(ended)) return undefined
  return {
    seed,
    begunOn,
    rested,
    pauses,
    ...(isNumber(pausedOn) && { pausedOn }),
    ticked: Array.isArray(ticked) ? ticked.filter(isText) : [],
    ...(ended && { ended }),
  }
}
