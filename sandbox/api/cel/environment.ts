/** Expressions in CEL, as Kubernetes compiles and evaluates them: its libraries, its words for what is wrong. */
import {
  type ASTNode,
  Environment,
  EvaluationError,
  ParseError,
  type ParseResult,
  type TypeError as TypeFault,
} from '@marcbachmann/cel-js'
import { QuantityError } from '../quantity.ts'
import { addLibraries } from './libraries.ts'

export { EvaluationError, Optional } from '@marcbachmann/cel-js'

export interface Language {
  /** What expressions may speak of. */
  variables: readonly string[]
  /** Adds to the language what only its user knows. */
  extend?(env: Environment): void
}

export type Expression = Pick<ParseResult, 'check'> & ((variables: Record<string, unknown>) => unknown)

export interface Compiler {
  /** @throws CompileError */
  compile(text: string): Expression
}

export class CompileError extends Error {}

/** What ANTLR's parser expects where an expression ends too soon. */
const EXPECTED =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}"

/** An error as cel-go shows it: place, words, the line and a mark under it. */
function located(text: string, offset: number, words: string): CompileError {
  const before = text.slice(0, offset).split('\n')
  const column = before.at(-1)!.length
  const line = text.split('\n')[before.length - 1] ?? ''
  return new CompileError(
    `compilation failed: ERROR: <input>:${before.length}:${column + 1}: ${words}\n | ${line}\n | ${'.'.repeat(column)}^`,
  )
}

const ENDS_EARLY = `Syntax error: mismatched input '<EOF>' expecting ${EXPECTED}`

function syntaxFault(text: string, { summary, range }: ParseError): CompileError {
  const start = range?.start ?? 0
  const found = text.slice(start, range?.end ?? start)
  if (/EOF/.test(summary)) return located(text, start, ENDS_EARLY)
  return located(text, start, `Syntax error: ${found ? `extraneous input '${found}' expecting <EOF>` : summary}`)
}

/** cel-go marks an operator itself, and of a call the parenthesis. */
function typeFault(text: string, { summary, node, range }: TypeFault, functions: ReadonlySet<string>): CompileError {
  const start = range?.start ?? 0
  const unknown = /^Unknown variable: (\w+)/.exec(summary)
  if (unknown) return located(text, start, undeclared(unknown[1]!))
  const { op, args } = (node ?? {}) as { op?: string; args?: unknown }
  const missing = /^No such key: (\w+)/.exec(summary)
  if (missing && Array.isArray(args))
    return located(text, (args[0] as ASTNode).range.end, `undefined field '${missing[1]}'`)
  const operator = /^no such overload: (\S+) (\S+) (\S+)$/.exec(summary)
  if (operator && op && Array.isArray(args)) {
    const at = text.indexOf(op, (args[0] as ASTNode).range.end)
    const [, left, , right] = operator
    return located(text, at, `found no matching overload for '_${op}_' applied to '(${left}, ${right})'`)
  }
  const call = /^found no matching overload for '(?:(.+)\.)?(\w+)\((.*)\)'$/.exec(summary)
  if (!call) return located(text, start, summary)
  const [, receiver, name, given] = call
  const at = text.indexOf('(', op === 'rcall' ? ((args as unknown[])[1] as ASTNode).range.end : start)
  if (!functions.has(name!)) return located(text, at, undeclared(name!))
  const type = receiver ? `${receiver}.` : ''
  return located(text, at, `found no matching overload for '${name}' applied to '${type}(${given})'`)
}

const undeclared = (name: string): string => `undeclared reference to '${name}' (in container '')`

export function makeCompiler({ variables, extend }: Language): Compiler {
  const env = addLibraries(
    new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false, unlistedVariablesAreDyn: false }),
  )
  for (const name of variables) env.registerVariable(name, 'dyn')
  extend?.(env)
  const functions = new Set(env.getDefinitions().functions.map(f => f.name))
  const known = new Map<string, Expression>()
  return {
    compile(text) {
      const found = known.get(text)
      if (found) return found
      let parsed: ParseResult
      try {
        parsed = env.parse(text)
      } catch (error) {
        if (!(error instanceof ParseError)) throw error
        throw syntaxFault(text, error)
      }
      const { valid, error } = parsed.check()
      if (!valid && error) throw typeFault(text, error as TypeFault, functions)
      const expression = Object.assign((variables: Record<string, unknown>) => evaluated(parsed, variables), {
        check: () => parsed.check(),
      })
      known.set(text, expression)
      return expression
    },
  }
}

/** What a function of the libraries throws is the expression's fault, like any other. @throws EvaluationError */
function evaluated(parsed: ParseResult, variables: Record<string, unknown>): unknown {
  try {
    return parsed(variables)
  } catch (error) {
    const isFault = error instanceof QuantityError || (error instanceof Error && error.constructor === Error)
    throw isFault ? new EvaluationError(error.message) : error
  }
}

/** Why an evaluation failed, in cel-go's words. */
export const evaluationFault = (error: EvaluationError): string => {
  const { summary } = error
  return /^No such key/.test(summary) ? `no such key${summary.slice('No such key'.length)}` : summary
}

/** A JSON value as CEL takes it: whole numbers are int. */
export function toCel(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(toCel)
  if (typeof value !== 'object' || value === null) return value
  const result: Record<string, unknown> = {}
  for (const [key, item] of Object.entries(value)) if (item !== undefined) result[key] = toCel(item)
  return result
}
