/** x-kubernetes-validations: rules about a value (`self`) and what it was (`oldSelf`), compiled against their schema. */
import type { StructuralSchema, ValidationRule } from '../custom/structural.ts'
import { CompileError, compile, type Expression, type Language } from './language.ts'
import { cardinality, type Declared, declare, objectTypes, sizesWithin } from './schemas/declared.ts'
import { optionalOf } from './types/types.ts'

export interface CompiledRule {
  rule?: Expression
  error?: string
  messageExpression?: Expression
  messageError?: string
  usesOldSelf: boolean
  /** How often it may be asked, where nothing bounds what it stands in. */
  cardinality: bigint
}

/** Real servers add a number to this that is another for every compilation. */
const SELF = 'selfType'

export const declareSelf = (schema: StructuralSchema, isRoot: boolean): Declared | undefined =>
  declare(schema, SELF, isRoot)

const known = new WeakMap<ValidationRule, { declared: Declared; compiled: CompiledRule }>()

function attempt(text: string, language: Language, wanted: string, words: string, failed: (why: string) => string) {
  try {
    const expression = compile(text, language)
    return expression.type.kind === wanted ? { expression } : { error: words }
  } catch (error) {
    if (!(error instanceof CompileError)) throw error
    return { error: failed(error.message) }
  }
}

export function compileRule(rule: ValidationRule, declared: Declared): CompiledRule {
  const found = known.get(rule)
  if (found?.declared === declared) return found.compiled
  const { type } = declared
  const language: Language = {
    variables: new Map([
      ['self', type],
      ['oldSelf', rule.optionalOldSelf ? optionalOf(type) : type],
    ]),
    objects: objectTypes(declared),
    sizeOf: sizesWithin(declared),
  }
  const compiled = compiledWith(rule, language, cardinality(declared))
  known.set(rule, { declared, compiled })
  return compiled
}

function compiledWith(rule: ValidationRule, language: Language, count: bigint): CompiledRule {
  const base = { usesOldSelf: false, cardinality: count }
  if (!rule.rule?.trim()) return base
  const made = attempt(rule.rule, language, 'bool', 'cel expression must evaluate to a bool', why => why)
  if (!made.expression) return { ...base, error: made.error! }
  const compiled: CompiledRule = { ...base, rule: made.expression, usesOldSelf: made.expression.mentions('oldSelf') }
  if (!rule.messageExpression) return compiled
  const words = 'messageExpression must evaluate to a string'
  const message = attempt(rule.messageExpression, language, 'string', words, why =>
    why.replace(/^program instantiation/, 'instantiation').replace(/^/, 'messageExpression '),
  )
  return message.expression
    ? { ...compiled, messageExpression: message.expression }
    : { ...compiled, messageError: message.error! }
}
