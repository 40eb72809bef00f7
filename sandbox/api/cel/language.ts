/** Expressions in CEL, as Kubernetes compiles and evaluates them. */
import { estimateCost, type SizeOf } from './cost/estimate.ts'
import type { Range } from './cost/range.ts'
import { kubernetes } from './library/index.ts'
import { CostExceeded, type MakeObject, makeProgram, type Program } from './runtime/evaluate.ts'
import { regex } from './runtime/regex.ts'
import { isConversion } from './runtime/shapes.ts'
import { CelError, type Value } from './runtime/values.ts'
import { type Call, descendants, type Expr } from './syntax/ast.ts'
import { checkLiterals } from './syntax/literal-checks.ts'
import type { Macros } from './syntax/macros.ts'
import { parse } from './syntax/parse.ts'
import { type Checked, checkTypes } from './types/check.ts'
import type { Declarations, Functions, ObjectTypes } from './types/declarations.ts'
import { declared, type Type } from './types/types.ts'

export { CelError } from './runtime/values.ts'

/** What an expression may cost when it is evaluated, alone. */
const PER_CALL_LIMIT = 1_000_000

export interface Language {
  variables: ReadonlyMap<string, Type>
  functions?: Functions
  /** Besides those that every language has. */
  macros?: Macros
  objects?: ObjectTypes
  makeObject?: MakeObject
  sizeOf?: SizeOf
}

export class CompileError extends Error {}

export interface Expression {
  type: Type
  /** What its type is called. */
  shown: string
  /** Whether it speaks of a variable. */
  mentions(name: string): boolean
  estimate(): Range
  /** @throws CelError when it has no value, CostExceeded when it costs too much */
  evaluate(variables: (name: string) => Value | undefined, limit?: number): { value: Value; cost: number }
}

const NO_OBJECTS: ObjectTypes = { fieldsOf: () => undefined }
const NO_SIZES: SizeOf = () => undefined

/** Whose pattern is read before it is needed, when it is written there. */
const PATTERNS = new Set(['find', 'findAll', 'matches'])

function readPattern({ target, args }: Call): void {
  const pattern = target ? args[0] : args[1]
  if (pattern?.kind === 'literal' && typeof pattern.value === 'string') regex(pattern.value)
}

function instantiate(expr: Expr, checked: Checked, makeObject?: MakeObject): Program {
  const quiet = { variables: () => undefined, spend: () => {} }
  for (const e of descendants(expr)) {
    if (e.kind !== 'call') continue
    try {
      if (isConversion(e)) makeProgram(e, { checked })(quiet)
      else if (PATTERNS.has(e.name)) readPattern(e)
    } catch (error) {
      if (error instanceof CelError) throw new CompileError(`program instantiation failed: ${error.message}`)
      throw error
    }
  }
  return makeProgram(expr, { checked, makeObject })
}

/** @throws CompileError with the words of cel-go */
export function compile(text: string, language: Language): Expression {
  const { expr, source } = parse(text, language.macros)
  const failed = (): CompileError => new CompileError(`compilation failed: ${source.issues()}`)
  if (source.isFaulty) throw failed()
  const declarations: Declarations = {
    variables: language.variables,
    functions: language.functions ?? kubernetes,
    objects: language.objects ?? NO_OBJECTS,
  }
  const checked = checkTypes(expr, source, declarations)
  if (!source.isFaulty) checkLiterals(expr, source, checked)
  if (source.isFaulty) throw failed()
  const program = instantiate(expr, checked, language.makeObject)
  const names = new Set<string>()
  for (const e of descendants(expr)) if (e.kind === 'ident') names.add(e.name)
  return {
    type: checked.typeOf(expr),
    shown: declared(checked.typeOf(expr)),
    mentions: name => names.has(name),
    estimate: () => estimateCost(expr, checked, language.sizeOf ?? NO_SIZES),
    evaluate(variables, limit = PER_CALL_LIMIT) {
      let cost = 0
      const spend = (more: number): void => {
        cost += more
        if (cost > limit) throw new CostExceeded()
      }
      return { value: program({ variables, spend }), cost }
    },
  }
}
