/** The value of `podlab serve --feature-gates`, read as kube-apiserver reads it. */
import { FEATURE_GATES, type FeatureGate, isFeatureGate } from '../api/feature-gates.ts'

const TRUE = /^(1|t|T|true|TRUE|True)$/
const FALSE = /^(0|f|F|false|FALSE|False)$/

/**
 * Reads `A=true,B=false`.
 * @returns the gates that are to be open, or what is wrong with the text
 */
export function readFeatureGates(text: string): FeatureGate[] | string {
  const open = new Set<FeatureGate>()
  for (const item of text.split(',').filter(Boolean)) {
    const [name = '', value] = item.split('=', 2).map(part => part.trim())
    if (value === undefined) return `missing bool value for ${name}`
    if (!TRUE.test(value) && !FALSE.test(value))
      return `invalid value of ${name}=${value}, err: strconv.ParseBool: parsing "${value}": invalid syntax`
    if (!isFeatureGate(name)) return `the feature gate ${name} is not simulated: ${FEATURE_GATES.join(', ')} is`
    if (TRUE.test(value)) open.add(name)
    else open.delete(name)
  }
  return [...open]
}
