/** Validation of a Job's podFailurePolicy and successPolicy. */
import {
  duplicate,
  type FieldError,
  invalid,
  invalidUnshown,
  notSupported,
  required,
  tooLong,
  tooMany,
} from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import { emptyAt } from '../../schema/left-empty.ts'
import { check, qualifiedName } from './content.ts'
import { nonNegative } from './metadata.ts'

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore']
const OPERATORS = ['In', 'NotIn']
const STATUSES = ['False', 'True', 'Unknown']
const MAX_RULES = 20

/** Go prints such a list in brackets, without commas. */
const valid = (values: readonly string[]): string => `valid values: [${values.map(v => `"${v}"`).join(' ')}]`
const oneOf = (value: Draft, allowed: readonly string[], path: string): FieldError[] => {
  if (!value) return [required(path, valid(allowed))]
  return allowed.includes(value) ? [] : [notSupported(path, value, allowed)]
}
const atMost = (list: readonly unknown[], max: number, path: string): FieldError[] =>
  list.length > max ? [tooMany(path, list.length, max)] : []

function exitCodes(pattern: Draft, names: Set<string>, path: string): FieldError[] {
  const { operator, containerName } = pattern
  const values: number[] = pattern.values ?? []
  const errors = oneOf(operator, OPERATORS, `${path}.operator`)
  if (containerName != null && !names.has(containerName)) {
    const why = 'must be one of the container or initContainer names in the pod template'
    errors.push(invalid(`${path}.containerName`, containerName, why))
  }
  if (!values.length)
    errors.push(
      invalid(`${path}.values`, pattern.values ?? emptyAt(pattern, 'values'), 'at least one value is required'),
    )
  errors.push(...atMost(values, 255, `${path}.values`))
  for (const [i, code] of values.entries()) {
    const at = `${path}.values[${i}]`
    if (operator === 'In' && code === 0) errors.push(invalid(at, code, 'must not be 0 for the In operator'))
    if (values.indexOf(code) < i) errors.push(duplicate(at, code))
  }
  if (values.some((code, i) => i > 0 && values[i - 1]! > code))
    errors.push(invalid(`${path}.values`, values, 'must be ordered'))
  return errors
}

function failureRule(spec: Draft, rule: Draft, names: Set<string>, path: string): FieldError[] {
  const { action, onExitCodes, onPodConditions = [] } = rule
  const errors =
    action === 'FailIndex' && spec.backoffLimitPerIndex == null
      ? [invalid(`${path}.action`, action, 'requires the backoffLimitPerIndex to be set')]
      : oneOf(action, ACTIONS, `${path}.action`)
  if (onExitCodes) errors.push(...exitCodes(onExitCodes, names, `${path}.onExitCodes`))
  errors.push(...atMost(onPodConditions, MAX_RULES, `${path}.onPodConditions`))
  for (const [i, pattern] of onPodConditions.entries()) {
    const at = `${path}.onPodConditions[${i}]`
    errors.push(...check(qualifiedName, `${at}.type`, pattern.type), ...oneOf(pattern.status, STATUSES, `${at}.status`))
  }
  if (onExitCodes && onPodConditions.length)
    errors.push(invalidUnshown(path, 'specifying both OnExitCodes and OnPodConditions is not supported'))
  if (!onExitCodes && !onPodConditions.length)
    errors.push(invalidUnshown(path, 'specifying one of OnExitCodes and OnPodConditions is required'))
  return errors
}

export function podFailurePolicy(spec: Draft, path: string): FieldError[] {
  const rules: Draft[] = spec.podFailurePolicy.rules ?? []
  const { containers, initContainers } = spec.template?.spec ?? {}
  const names = new Set<string>([...(containers ?? []), ...(initContainers ?? [])].map(c => c.name))
  return [
    ...atMost(rules, MAX_RULES, `${path}.rules`),
    ...rules.flatMap((rule, i) => failureRule(spec, rule, names, `${path}.rules[${i}]`)),
  ]
}

/** How many indexes "1,3-5" names; an error's text when it names none properly. */
function countIndexes(text: string, completions: number): number | string {
  let total = 0
  let last = -1
  for (const interval of text ? text.split(',') : []) {
    const limits = interval.split('-')
    if (limits.length > 2) {
      return `the fragment "${interval}" violates the requirement that an index interval can have at most two parts separated by '-'`
    }
    for (const limit of limits) {
      if (!/^[+-]?\d+$/.test(limit)) return `cannot convert string to integer for index: "${limit}"`
      if (Number(limit) >= completions) return `too large index: "${limit}"`
    }
    const [first, end = first] = limits.map(Number) as [number, number?]
    if (limits.length > 1 && first >= end) return `non-increasing order, previous: ${first}, current: ${end}`
    if (total && last >= first) return `non-increasing order, previous: ${last}, current: ${first}`
    total += end - first + 1
    last = end
  }
  return total
}

function successRule({ succeededIndexes: indexes, succeededCount: count }: Draft, completions: number, path: string) {
  const errors: FieldError[] = []
  if (count == null && indexes == null)
    errors.push(required(path, 'at least one of succeededCount or succeededIndexes must be specified'))
  let total = 0
  if (indexes != null) {
    const at = `${path}.succeededIndexes`
    if (indexes.length > 65536) errors.push(tooLong(at, 65536))
    const found = countIndexes(indexes, completions)
    if (typeof found === 'string') errors.push(invalid(at, indexes, `error parsing succeededIndexes: ${found}`))
    else total = found
  }
  if (count == null) return errors
  const at = `${path}.succeededCount`
  const tooHigh = (limit: number, what: string): FieldError =>
    invalid(at, count, `must be less than or equal to ${limit} (the number of ${what})`)
  errors.push(...nonNegative(count, at))
  if (count > completions) errors.push(tooHigh(completions, 'specified completions'))
  if (indexes != null && count > total) errors.push(tooHigh(total, 'indexes in the specified succeededIndexes field'))
  return errors
}

export function successPolicy(spec: Draft, path: string): FieldError[] {
  const rules: Draft[] = spec.successPolicy.rules ?? []
  const none = 'at least one rules must be specified when the successPolicy is specified'
  return [
    ...(rules.length ? [] : [required(`${path}.rules`, none)]),
    ...atMost(rules, MAX_RULES, `${path}.rules`),
    ...rules.flatMap((rule, i) => successRule(rule, spec.completions ?? 0, `${path}.rules[${i}]`)),
  ]
}
