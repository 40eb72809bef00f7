/** $round and $trunc of MongoDB: to a place before or behind the point, halves to the even digit. */
import { PipelineError } from './pipeline-error.ts'

/** Digits that a double surely has; what lies behind them is not looked at. */
const DIGITS = 15
const [LEAST, MOST] = [-20, 100]

/** Times a power of ten, exactly as it is written. */
function shifted(n: number, places: number): number {
  const [digits, exponent = '0'] = String(n).split('e')
  return Number(`${digits}e${Number(exponent) + places}`)
}

/** @param operator as its errors name it */
export function toPlace(operator: '$round' | '$trunc', n: number, place: number): number {
  if (!Number.isInteger(place))
    throw new PipelineError('Location51082', `precision argument to  ${operator} must be a integral value`)
  if (place < LEAST || place > MOST)
    throw new PipelineError(
      'Location51083',
      `cannot apply ${operator} with precision value ${place} value must be in [${LEAST}, ${MOST}]`,
    )
  if (!Number.isFinite(n) || (Number.isInteger(n) && place >= 0)) return n
  const scaled = Number(shifted(Math.abs(n), place).toPrecision(DIGITS))
  const whole = Math.floor(scaled)
  const rest = scaled - whole
  const up = operator === '$round' && (rest > 0.5 || (rest === 0.5 && whole % 2 === 1))
  return Math.sign(n) * shifted(whole + (up ? 1 : 0), -place)
}
