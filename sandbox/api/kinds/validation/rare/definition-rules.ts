/** x-kubernetes-validations of a definition: as they are stated, as they are understood, and what they may cost. */
import { cel } from '../../../cel/part.ts'
import type { CompiledRule } from '../../../cel/rules.ts'
import { fieldPath } from '../../../custom/field-path.ts'
import { type FieldError, forbiddenField, internal, invalid, notSupported, required } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'

const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired']
const RULE_LIMIT = 10_000_000n
const TOTAL_LIMIT = 100_000_000n
const MOST = 2n ** 64n - 1n
/** How many of the most expensive are named. */
const NAMED = 4

const newline = (text: string | undefined): boolean => /[\n\r]/.test(text?.trim() ?? '')
const blank = (text: string | undefined): boolean => Boolean(text) && !text?.trim()
const at = (path: string, i: number): string => `${path}.x-kubernetes-validations[${i}]`

/** Rules as they are stated, before anybody tries to understand them. */
export function statedRules(s: Draft, path: string): FieldError[] {
  return (s['x-kubernetes-validations'] ?? []).flatMap((r: Draft, i: number) => {
    const p = at(path, i)
    const errors: FieldError[] = []
    if (!r.rule?.trim()) errors.push(required(`${p}.rule`, 'rule is not specified'))
    else if (blank(r.message)) errors.push(invalid(`${p}.message`, r.message, 'must be non-empty if specified'))
    else if (newline(r.message)) errors.push(invalid(`${p}.message`, r.message, 'must not contain line breaks'))
    else if (newline(r.rule) && !r.message?.trim())
      errors.push(required(`${p}.message`, 'message must be specified if rule contains line breaks'))
    if (blank(r.messageExpression))
      errors.push(required(`${p}.messageExpression`, 'messageExpression must be non-empty if specified'))
    if (r.reason !== undefined && !REASONS.includes(r.reason))
      errors.push(notSupported(`${p}.reason`, r.reason, REASONS))
    if (blank(r.fieldPath)) errors.push(invalid(`${p}.fieldPath`, r.fieldPath, 'must be non-empty if specified'))
    if (/[\n\r]/.test(r.fieldPath ?? ''))
      errors.push(invalid(`${p}.fieldPath`, r.fieldPath, 'must not contain line breaks'))
    if (r.fieldPath && 'fault' in fieldPath(r.fieldPath, s))
      errors.push(invalid(`${p}.fieldPath`, r.fieldPath, 'must be a valid path'))
    return errors
  })
}

/** What all rules of a schema cost together. */
export interface TotalCost {
  sum: bigint
  most: { path: string; cost: bigint }[]
}

/** Where in a schema rules stand. */
export interface RuleScope {
  total: TotalCost
  isRoot: boolean
  /** How often a value can stand here; undefined where nothing bounds it. */
  times: bigint | undefined
  /** Whether what was accepted before is not asked again what it costs. */
  lenient: boolean
}

const product = (a: bigint, b: bigint): bigint => (a * b > MOST ? MOST : a * b)

/** Of what is below a schema. */
export function scopeBelow(scope: RuleScope | undefined, s: Draft, child: Draft): RuleScope | undefined {
  if (!scope) return undefined
  const most = maxElements(s)
  const times = scope.times === undefined || most === undefined ? undefined : product(scope.times, most)
  return { ...scope, times, isRoot: child?.['x-kubernetes-embedded-resource'] === true }
}

function maxElements(s: Draft): bigint | undefined {
  const bound = (value: number | undefined): bigint | undefined =>
    value === undefined ? undefined : BigInt(Math.max(0, value))
  if (s.type === 'array') return bound(s.maxItems)
  return s.type === 'object' && s.additionalProperties !== undefined ? bound(s.maxProperties) : 1n
}

function observe(total: TotalCost, path: string, cost: bigint): void {
  total.sum = total.sum + cost > MOST ? MOST : total.sum + cost
  if (cost < TOTAL_LIMIT / 100n) return
  total.most.push({ path, cost })
  total.most.sort((a, b) => (a.cost > b.cost ? -1 : a.cost < b.cost ? 1 : 0))
  total.most.length = Math.min(total.most.length, NAMED)
}

function tooExpensive(what: string, cost: bigint, limit: bigint): string {
  const factor = Number(cost) / Number(limit)
  const shown = factor > 100 ? 'more than 100x' : `${factor.toFixed(factor < 1.5 ? 6 : 1)}x`
  return `${what} exceeds budget by factor of ${shown} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)`
}

/** What is said of a whole schema whose rules are too much together. */
export function totalFaults({ sum, most }: TotalCost, path: string): FieldError[] {
  if (sum <= TOTAL_LIMIT) return []
  const what = 'x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema'
  const why = 'contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema'
  return [
    ...most.map(rule => forbiddenField(rule.path, why)),
    forbiddenField(path, tooExpensive(what, sum, TOTAL_LIMIT)),
  ]
}

/** A rule as the type of the server's own code is printed. */
const shownRule = (r: Draft): Draft => ({
  Rule: r.rule ?? '',
  Message: r.message ?? '',
  MessageExpression: r.messageExpression ?? '',
  Reason: r.reason ?? null,
  FieldPath: r.fieldPath ?? '',
  OptionalOldSelf: r.optionalOldSelf ?? null,
})

/** @param uncorrelatable where what was cannot be told from what is, if it is so */
export function compiledRules(
  s: Draft,
  path: string,
  scope: RuleScope,
  uncorrelatable: string | undefined,
): FieldError[] {
  const list: Draft[] = s['x-kubernetes-validations'] ?? []
  if (!list.length) return []
  const declared = cel.now.declareSelf(s, scope.isRoot)
  if (!declared) {
    const why = 'failed to construct type information for x-kubernetes-validations rules'
    const because = 'unable to convert structural schema to CEL declarations'
    return [internal(`${path}.x-kubernetes-validations`, `internal error: ${why}: ${because}`)]
  }
  return list.flatMap((r, i) => ruleFaults(r, cel.now.compileRule(r, declared), at(path, i), scope, uncorrelatable))
}

function ruleFaults(
  r: Draft,
  compiled: CompiledRule,
  path: string,
  { times, total, lenient }: RuleScope,
  uncorrelatable: string | undefined,
): FieldError[] {
  const errors: FieldError[] = []
  const priced = (what: string, field: string, cost: bigint): void => {
    if (!lenient && cost > RULE_LIMIT) errors.push(forbiddenField(field, tooExpensive(what, cost, RULE_LIMIT)))
    observe(total, field, cost)
  }
  const count = times ?? compiled.cardinality
  priced('estimated rule cost', `${path}.rule`, product(compiled.rule?.estimate().max ?? 0n, count))
  if (compiled.error) errors.push(invalid(`${path}.rule`, shownRule(r), compiled.error))
  const field = `${path}.messageExpression`
  if (compiled.messageError) errors.push(invalid(field, shownRule(r), compiled.messageError))
  else if (compiled.messageExpression)
    priced('estimated messageExpression cost', field, compiled.messageExpression.estimate().max)
  if (compiled.usesOldSelf) {
    const why = `oldSelf cannot be used on the uncorrelatable portion of the schema within ${uncorrelatable}`
    if (uncorrelatable) errors.push(invalid(`${path}.rule`, r.rule, why))
  } else if (r.optionalOldSelf !== undefined) {
    const why = 'may not be set if oldSelf is not used in rule'
    errors.push(invalid(`${path}.optionalOldSelf`, r.optionalOldSelf, why))
  }
  return errors
}
