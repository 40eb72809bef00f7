/** An expression in CEL as it is understood: after macros are taken apart, before types are known. */
import type { Value } from '../runtime/values.ts'

interface Node {
  /** By which its place, and what the checker finds, are kept. */
  readonly id: number
}

export interface Literal extends Node {
  kind: 'literal'
  value: Value
}
export interface Ident extends Node {
  kind: 'ident'
  name: string
}
export interface Select extends Node {
  kind: 'select'
  operand: Expr
  field: string
  /** has(a.b) only asks. */
  test: boolean
}
export interface Call extends Node {
  kind: 'call'
  name: string
  target?: Expr | undefined
  args: Expr[]
}
export interface List extends Node {
  kind: 'list'
  elements: Expr[]
  /** Which of them are optionals that may be missing. */
  optional: ReadonlySet<number>
}
export interface Entry extends Node {
  key: Expr
  value: Expr
  optional: boolean
}
export interface MapLiteral extends Node {
  kind: 'map'
  entries: Entry[]
}
export interface Field extends Node {
  name: string
  value: Expr
  optional: boolean
}
export interface Struct extends Node {
  kind: 'struct'
  type: string
  fields: Field[]
}
export interface Comprehension extends Node {
  kind: 'comprehension'
  range: Expr
  variable: string
  /** With two variables the first is the index or the key. */
  second: string | undefined
  accumulator: string
  init: Expr
  condition: Expr
  step: Expr
  result: Expr
}
/** What could not be read. */
export interface Unspecified extends Node {
  kind: 'unspecified'
}

export type Expr = Literal | Ident | Select | Call | List | MapLiteral | Struct | Comprehension | Unspecified

/** The name of a macro's accumulator, which no source can name. */
export const ACCUMULATOR = '@result'
/** What it used to be called: taken, still. */
export const OLD_ACCUMULATOR = '__result__'

/** a.b.c as one name, if it is one. */
export function qualifiedName(expr: Expr): string | undefined {
  if (expr.kind === 'ident') return expr.name
  if (expr.kind !== 'select' || expr.test) return undefined
  const operand = qualifiedName(expr.operand)
  return operand === undefined ? undefined : `${operand}.${expr.field}`
}

export function children(expr: Expr): Expr[] {
  switch (expr.kind) {
    case 'select':
      return [expr.operand]
    case 'call':
      return expr.target ? [expr.target, ...expr.args] : expr.args
    case 'list':
      return expr.elements
    case 'map':
      return expr.entries.flatMap(e => [e.key, e.value])
    case 'struct':
      return expr.fields.map(f => f.value)
    case 'comprehension':
      return [expr.range, expr.init, expr.condition, expr.step, expr.result]
    default:
      return []
  }
}

/** It and all below, parents first. */
export function* descendants(expr: Expr): Generator<Expr> {
  yield expr
  for (const child of children(expr)) yield* descendants(child)
}
