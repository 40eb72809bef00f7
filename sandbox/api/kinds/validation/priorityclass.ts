/** PriorityClasses as they must be. */
import { type FieldError, forbiddenField, notSupported, required } from '../../fields.ts'
import type { PriorityClass } from '../../types.ts'
import { immutable, objectMeta, objectMetaUpdate } from './metadata.ts'

const HIGHEST = 1000000000
const SYSTEM: Record<string, number> = {
  'system-node-critical': 2 * HIGHEST + 1000,
  'system-cluster-critical': 2 * HIGHEST,
}

function systemFault({ metadata: { name }, value, globalDefault }: PriorityClass): string | undefined {
  const wanted = SYSTEM[name]
  if (wanted === undefined) return `${name} is not a known system priority class`
  if (value !== wanted) return `value of ${name} PriorityClass must be ${wanted}`
  return globalDefault ? `globalDefault of ${name} PriorityClass must be false` : undefined
}

const PREEMPTION = ['PreemptLowerPriority', 'Never']

export function validatePriorityClass(priority: PriorityClass): FieldError[] {
  const { metadata, value, preemptionPolicy: policy } = priority
  const errors = objectMeta(metadata, false)
  if (metadata.name?.startsWith('system-')) {
    const fault = systemFault(priority)
    const why = "priority class names with 'system-' prefix are reserved for system use only. error: "
    if (fault) errors.push(forbiddenField('metadata.name', why + fault))
  } else if ((value ?? 0) > HIGHEST) {
    errors.push(forbiddenField('value', `maximum allowed value of a user defined priority is ${HIGHEST}`))
  }
  if ((policy as string) === '') errors.push(required('preemptionPolicy'))
  else if (policy != null && !PREEMPTION.includes(policy))
    errors.push(notSupported('preemptionPolicy', policy, PREEMPTION))
  return errors
}
export const validatePriorityClassUpdate = (priority: PriorityClass, old: PriorityClass): FieldError[] => [
  ...objectMetaUpdate(priority, old),
  ...(priority.value === old.value ? [] : [forbiddenField('value', 'may not be changed in an update.')]),
  ...immutable(priority.preemptionPolicy, old.preemptionPolicy, 'preemptionPolicy'),
]
