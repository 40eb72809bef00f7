/** Rules of a schema asked about an object, within the budget that one object has. */
import { fieldPath } from '../custom/field-path.ts'
import type { StructuralSchema, ValidationRule } from '../custom/structural.ts'
import { duplicate, type FieldError, forbiddenField, invalid, invalidUnshown, required } from '../fields.ts'
import { deepEqual, isObject } from '../formats/json.ts'
import { CelError } from './language.ts'
import { messageFrom } from './message.ts'
import { type CompiledRule, compileRule, declareSelf } from './rules.ts'
import { CostExceeded } from './runtime/evaluate.ts'
import { NONE, Optional, type Value } from './runtime/values.ts'
import { type Declared, withMetadata } from './schemas/declared.ts'
import { fromSchema } from './schemas/values.ts'

/** For all rules of an object. */
const BUDGET = 10_000_000

export interface Ruled {
  errors: FieldError[]
  /** About what an update has left as it was: said, and no reason to refuse it. */
  warnings: FieldError[]
}

/** Ends the asking; what there is to say of it is said. */
class OutOfBudget extends Error {}

const declaredAs = new WeakMap<StructuralSchema, Map<boolean, Declared | undefined>>()

function declaredOf(schema: StructuralSchema, isRoot: boolean): Declared | undefined {
  const known = declaredAs.get(schema) ?? new Map<boolean, Declared | undefined>()
  if (!known.has(isRoot)) known.set(isRoot, declareSelf(schema, isRoot))
  declaredAs.set(schema, known)
  return known.get(isRoot)
}

interface Place {
  schema: StructuralSchema
  path: string
  value: unknown
  /** Undefined where nothing corresponds to it. */
  old: unknown
  isRoot: boolean
  /** Whether it, or what it stands in, is as it was. */
  isUnchanged: boolean
}

export function evaluateRules(schema: StructuralSchema, object: unknown, old: unknown): Ruled {
  const isUnchanged = old !== undefined && deepEqual(object, old)
  const asking = new Asking()
  try {
    asking.at({ schema, path: '', value: object, old, isRoot: true, isUnchanged })
  } catch (error) {
    if (!(error instanceof OutOfBudget)) throw error
  }
  return asking.found
}

class Asking {
  readonly found: Ruled = { errors: [], warnings: [] }
  #budget = BUDGET

  at(place: Place): void {
    const { schema, path, value, old } = place
    if (value === null || value === undefined) return
    if (schema['x-kubernetes-validations']?.length) this.#rules(place)
    const below = (own: StructuralSchema, at: string, item: unknown, before: unknown): void => {
      const isUnchanged = place.isUnchanged || (before !== undefined && deepEqual(item, before))
      const isRoot = own['x-kubernetes-embedded-resource'] === true
      this.at({ schema: own, path: at, value: item, old: before, isRoot, isUnchanged })
    }
    if (Array.isArray(value)) {
      const { items } = schema
      if (items)
        for (const [i, item] of value.entries()) below(items, `${path}[${i}]`, item, sameEntry(schema, item, old))
      return
    }
    if (!isObject(value)) return
    const before = (key: string): unknown => (isObject(old) && Object.hasOwn(old, key) ? old[key] : undefined)
    const { properties, additionalProperties: more } = schema
    for (const key of Object.keys(value)) {
      const own = properties && Object.hasOwn(properties, key) ? properties[key] : undefined
      if (own) below(own, path ? `${path}.${key}` : key, value[key], before(key))
      else if (isObject(more)) below(more as StructuralSchema, `${path}[${key}]`, value[key], before(key))
    }
  }

  #rules(place: Place): void {
    const { schema, isRoot } = place
    const declared = declaredOf(schema, isRoot)
    if (!declared) return
    const typed = isRoot ? withMetadata(schema) : schema
    for (const rule of schema['x-kubernetes-validations'] ?? [])
      this.#rule(rule, compileRule(rule, declared), place, typed)
  }

  #rule(rule: ValidationRule, compiled: CompiledRule, place: Place, typed: StructuralSchema): void {
    const { value, old, isRoot } = place
    const path = place.path || '<nil>'
    const type = typed.type ?? ''
    const report = (why: string): void => void this.found.errors.push(invalid(path, type, why))
    const stopped = (why: string): never => {
      report(why)
      throw new OutOfBudget()
    }
    if (compiled.error) report(`rule compile error: ${compiled.error}`)
    const aboutNothing = compiled.usesOldSelf && old === undefined && !rule.optionalOldSelf
    if (!compiled.rule || aboutNothing) return
    if (this.#budget <= 0) stopped(OUT_OF_BUDGET)
    const was = (): Value => fromSchema(old, typed, isRoot)
    const known = remembering(name => {
      if (name === 'self') return fromSchema(value, typed, isRoot)
      if (name !== 'oldSelf') return undefined
      if (rule.optionalOldSelf) return old === undefined ? NONE : new Optional(was())
      return old === undefined ? undefined : was()
    })
    let holds: Value
    try {
      const result = compiled.rule.evaluate(known)
      if (!this.#spend(result.cost)) stopped(OUT_OF_BUDGET)
      holds = result.value
    } catch (error) {
      const what = rule.message?.trim() || rule.rule.trim()
      if (error instanceof CostExceeded) {
        const why = 'no further validation rules will be run due to call cost exceeds limit for rule'
        stopped(`'${error.message}': ${why}: ${what}`)
      }
      if (!(error instanceof CelError)) throw error
      report(failure(error.message, what))
      return
    }
    if (holds === true) return
    const to = !compiled.usesOldSelf && place.isUnchanged ? this.found.warnings : this.found.errors
    to.push(this.#complaint(rule, compiled, place, typed, known))
  }

  #complaint(
    rule: ValidationRule,
    compiled: CompiledRule,
    { schema, path, value }: Place,
    typed: StructuralSchema,
    variables: (name: string) => Value | undefined,
  ): FieldError {
    const inner = rule.fieldPath ? fieldPath(rule.fieldPath, schema) : undefined
    const below = inner && 'path' in inner ? inner.path : ''
    const field = [path, below].filter(Boolean).join('.') || '<nil>'
    const message = compiled.messageExpression ? this.#message(compiled, rule, variables) : undefined
    if (message && 'stops' in message) {
      this.found.errors.push(invalid(field, typed.type ?? '', message.stops))
      throw new OutOfBudget()
    }
    const text = message?.text ?? (rule.message ? rule.message.trim() : `failed rule: ${rule.rule.trim()}`)
    switch (rule.reason) {
      case 'FieldValueForbidden':
        return forbiddenField(field, text)
      case 'FieldValueRequired':
        return required(field, text)
      case 'FieldValueDuplicate':
        return typed.type === 'object' || typed.type === 'array'
          ? { type: 'Duplicate value', field, body: 'Duplicate value' }
          : duplicate(field, value)
      default:
        // What is made of parts is not shown.
        return typed.type === 'object' || typed.type === 'array'
          ? invalidUnshown(field, text)
          : invalid(field, value, text)
    }
  }

  /** Undefined where the plain message has to do. */
  #message(
    { messageExpression }: CompiledRule,
    { messageExpression: text = '' }: ValidationRule,
    variables: (name: string) => Value | undefined,
  ): { text: string } | { stops: string } | undefined {
    try {
      const { value, cost } = messageExpression!.evaluate(variables)
      if (!this.#spend(cost)) {
        const why = 'messageExpression evaluation failed due to running out of cost budget'
        return { stops: `${why}, no further validation rules will be run` }
      }
      const message = messageFrom(value)
      return message === undefined ? undefined : { text: message }
    } catch (error) {
      if (error instanceof CostExceeded) {
        const why = 'no further validation rules will be run due to call cost exceeds limit for messageExpression'
        return { stops: `${why}: ${JSON.stringify(text)}` }
      }
      if (error instanceof CelError) return undefined
      throw error
    }
  }

  #spend(cost: number): boolean {
    if (cost > this.#budget) return false
    this.#budget -= cost
    return true
  }
}

function failure(fault: string, what: string): string {
  if (!fault.startsWith('no such overload')) return `${fault} evaluating rule: ${what}`
  return `'${fault}': call arguments did not match a supported operator, function or macro signature for rule: ${what}`
}

const OUT_OF_BUDGET = 'validation failed due to running out of cost budget, no further validation rules will be run'

function remembering(variables: (name: string) => Value | undefined): (name: string) => Value | undefined {
  const known = new Map<string, Value | undefined>()
  return name => {
    if (!known.has(name)) known.set(name, variables(name))
    return known.get(name)
  }
}

/** Entries of lists that are maps are known by their keys; others by nothing. */
function sameEntry(schema: StructuralSchema, item: unknown, old: unknown): unknown {
  if (schema['x-kubernetes-list-type'] !== 'map' || !Array.isArray(old) || !isObject(item)) return undefined
  const keys = schema['x-kubernetes-list-map-keys'] ?? []
  return old.find(other => isObject(other) && keys.every(key => deepEqual(other[key], item[key])))
}
