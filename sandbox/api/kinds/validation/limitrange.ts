/** LimitRanges as they must be: their bounds fit each other. */
import { duplicate, type FieldError, forbiddenField, invalid, required } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import { compareQuantities, parseQuantity, quantityMilliValue } from '../../resources/quantity.ts'
import type { LimitRange } from '../../types.ts'
import { check, qualifiedName } from './content.ts'
import { objectMeta, objectMetaUpdate } from './metadata.ts'
import { containerResourceName, mayOvercommit, resourceName } from './resourcenames.ts'

const TYPES = ['Pod', 'Container', 'PersistentVolumeClaim']

function typeName(type: string, path: string): FieldError[] {
  const errors = check(qualifiedName, path, type)
  if (errors.length || type.includes('/') || TYPES.includes(type)) return errors
  return [invalid(path, type, 'must be a standard limit type or fully qualified')]
}

/** Pairs of which the first may not exceed the second, with what is said and which one is shown. */
const ORDER = [
  ['min', 'max', 'min', 'min', 'min value', 'max value'],
  ['min', 'defaultRequest', 'defaultRequest', 'defaultRequest', 'min value', 'default request value'],
  ['defaultRequest', 'max', 'defaultRequest', 'defaultRequest', 'default request value', 'max value'],
  ['defaultRequest', 'default', 'defaultRequest', 'defaultRequest', 'default request value', 'default limit value'],
  ['min', 'default', 'default', 'min', 'min value', 'default value'],
  ['default', 'max', 'default', 'max', 'default value', 'max value'],
] as const

function amounts(limit: Draft, key: string, path: string): FieldError[] {
  const text = (list: string): string => parseQuantity(limit[list][key]).text
  const has = (list: string): boolean => limit[list]?.[key] !== undefined
  const wrong = (list: string, shown: string, why: string): FieldError => invalid(`${path}.${list}[${key}]`, shown, why)
  const errors: FieldError[] = ORDER.flatMap(([low, high, at, shown, lowName, highName]) =>
    has(low) && has(high) && compareQuantities(limit[low][key], limit[high][key]) > 0
      ? [wrong(at, text(shown), `${lowName} ${text(low)} is greater than ${highName} ${text(high)}`)]
      : [],
  )
  const RATIO = 'maxLimitRequestRatio'
  if (has(RATIO)) {
    const ratio = text(RATIO)
    if (compareQuantities(limit[RATIO][key], 1) < 0) errors.push(wrong(RATIO, ratio, `ratio ${ratio} is less than 1`))
    if (has('min') && has('max')) {
      const most = quantityMilliValue(limit.max[key]) / quantityMilliValue(limit.min[key])
      if (quantityMilliValue(ratio) / 1000 > most)
        errors.push(wrong(RATIO, ratio, `ratio ${ratio} is greater than max/min = ${most.toFixed(6)}`))
    }
  }
  const [given, asked] = ['default', 'defaultRequest']
  if (!mayOvercommit(key) && has(given!) && has(asked!) && text(given!) !== text(asked!)) {
    const why = `default value ${text(given!)} must equal to defaultRequest value ${text(asked!)} in ${key}`
    errors.push(wrong(asked!, text(asked!), why))
  }
  return errors
}

function item(limit: Draft, path: string): FieldError[] {
  const { type } = limit
  const ofPod = type === 'Pod'
  const nameRule = ofPod || type === 'Container' ? containerResourceName : resourceName
  const names = (list: string): FieldError[] =>
    Object.keys(limit[list] ?? {}).flatMap(key => nameRule(key, `${path}.${list}[${key}]`))
  const refused = (list: string): FieldError[] =>
    Object.keys(limit[list] ?? {}).length
      ? [forbiddenField(`${path}.${list}`, "may not be specified when `type` is 'Pod'")]
      : []
  const defaults = ofPod ? refused : names
  const bounded = limit.min?.storage !== undefined || limit.max?.storage !== undefined
  const none = 'either minimum or maximum storage value is required, but neither was provided'
  const lists = ['max', 'min', ...(ofPod ? [] : ['default', 'defaultRequest']), 'maxLimitRequestRatio']
  const used = ofPod ? { ...limit, default: undefined, defaultRequest: undefined } : limit
  const keys = [...new Set(lists.flatMap(list => Object.keys(limit[list] ?? {})))].sort()
  return [
    ...names('max'),
    ...names('min'),
    ...defaults('default'),
    ...defaults('defaultRequest'),
    ...(type === 'PersistentVolumeClaim' && !bounded ? [required(`${path}.limits`, none)] : []),
    ...names('maxLimitRequestRatio'),
    ...keys.flatMap(key => amounts(used, key, path)),
  ]
}

export function validateLimitRange({ metadata, spec }: LimitRange): FieldError[] {
  const seen = new Set<string>()
  const limits: Draft[] = spec?.limits ?? []
  return [
    ...objectMeta(metadata, true),
    ...limits.flatMap((limit, i) => {
      const path = `spec.limits[${i}]`
      const type: string = limit.type ?? ''
      const again = seen.has(type) ? [duplicate(`${path}.type`, type)] : []
      seen.add(type)
      return [...typeName(type, `${path}.type`), ...again, ...item(limit, path)]
    }),
  ]
}
export const validateLimitRangeUpdate = (range: LimitRange, old: LimitRange): FieldError[] => [
  ...objectMetaUpdate(range, old),
  ...validateLimitRange(range),
]
