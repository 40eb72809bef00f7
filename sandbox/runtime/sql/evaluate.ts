/** What an expression comes to, for one row or for a group of them. Truth is true, false or unknown (null). */
import { type Dialect, fail, unsimulated } from './dialect.ts'
import { AGGREGATES, type Circumstances, FUNCTIONS, OF_WINDOWS, takes } from './functions.ts'
import { isLike } from './like.ts'
import type { Call, Expression, Select } from './tree.ts'
import { compare, type Type, toNumber, type Value } from './values.ts'

/** Where an expression is reckoned. */
export interface Scope {
  dialect: Dialect
  circumstances: Circumstances
  /** The clause that the expression stands in, as messages name it. */
  clause: string
  /** @throws SqlError when there is no such column, or several */
  column(name: string, table: string | undefined, at: number, clause: string): Value
  variable(name: string, at: number): Value
  /** The rows of a SELECT within this one. */
  rows(select: Select): readonly (readonly Value[])[]
  /** What a function over a window comes to for this row; absent where there can be none. */
  window?: (call: Call) => Value
  /** The scopes of the rows that an aggregate counts; absent where there are no groups. */
  group?: readonly Scope[]
}

export const truth = (value: Value): boolean | null =>
  value === null
    ? null
    : typeof value === 'boolean'
      ? value
      : typeof value === 'string' && /^(t|true|on|yes)$/i.test(value)
        ? true
        : toNumber(value) !== 0

const not = (value: boolean | null): boolean | null => (value === null ? null : !value)

export function evaluate(e: Expression, scope: Scope): Value {
  switch (e.kind) {
    case 'literal':
      return e.value
    case 'default':
      return unsimulated('DEFAULT in an expression')
    case 'column':
      return scope.column(e.name, e.table, e.at, scope.clause)
    case 'variable':
      return scope.variable(e.name, e.at)
    case 'unary': {
      const value = evaluate(e.operand, scope)
      if (e.operator === 'not') return not(truth(value))
      const number = toNumber(value)
      return number === null ? null : e.operator === '-' ? -number : number
    }
    case 'binary':
      return binary(e, scope)
    case 'like':
      return like(e, scope)
    case 'between': {
      const value = evaluate(e.operand, scope)
      const low = compare(value, evaluate(e.low, scope))
      const high = compare(value, evaluate(e.high, scope))
      const within = low === null || high === null ? null : low >= 0 && high <= 0
      return e.negated ? not(within) : within
    }
    case 'in': {
      const value = evaluate(e.operand, scope)
      const among =
        'kind' in e.among
          ? scope.rows(e.among).map(([first = null]) => first)
          : e.among.map(one => evaluate(one, scope))
      const found = among.some(one => compare(value, one) === 0)
      const known = found || (value !== null && !among.includes(null)) ? found : null
      return e.negated ? not(known) : known
    }
    case 'is': {
      const value = evaluate(e.operand, scope)
      const is = e.what === null ? value === null : truth(value) === e.what
      return is !== e.negated
    }
    case 'exists':
      return scope.rows(e.select).length > 0
    case 'scalar':
      return scope.rows(e.select)[0]?.[0] ?? null
    case 'case': {
      const operand = e.operand && evaluate(e.operand, scope)
      const branch = e.branches.find(({ when }) => {
        const value = evaluate(when, scope)
        return operand === undefined ? truth(value) : compare(operand, value) === 0
      })
      return branch ? evaluate(branch.result, scope) : e.otherwise ? evaluate(e.otherwise, scope) : null
    }
    case 'cast':
      return cast(evaluate(e.operand, scope), e.type)
    case 'call':
      return call(e, scope)
  }
}

function binary(e: Expression & { kind: 'binary' }, scope: Scope): Value {
  if (e.operator === 'and' || e.operator === 'or') {
    const decisive = e.operator === 'or'
    const left = truth(evaluate(e.left, scope))
    if (left === decisive) return decisive
    const right = truth(evaluate(e.right, scope))
    return right === decisive ? decisive : left === null || right === null ? null : !decisive
  }
  const left = evaluate(e.left, scope)
  const right = evaluate(e.right, scope)
  if (e.operator === '<=>') return left === null || right === null ? left === right : compare(left, right) === 0
  if (left === null || right === null) return null
  const caseless = scope.dialect === 'mysql' && typeof left === 'string' && typeof right === 'string'
  const order = caseless ? compare(left.toLowerCase(), right.toLowerCase())! : compare(left, right)!
  switch (e.operator) {
    case '=':
      return order === 0
    case '<>':
      return order !== 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '||':
      return `${left}${right}`
  }
  const [a, b] = [toNumber(left)!, toNumber(right)!]
  switch (e.operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
  }
  if (b === 0) return scope.dialect === 'mysql' ? null : fail({ kind: 'divisionByZero' })
  if (e.operator === '%') return a % b
  // Whole numbers divide into whole ones in PostgreSQL, and with `div`.
  const whole = e.operator === 'div' || (scope.dialect === 'postgres' && Number.isInteger(a) && Number.isInteger(b))
  return whole ? Math.trunc(a / b) : Number((a / b).toFixed(4))
}

function like(e: Expression & { kind: 'like' }, scope: Scope): Value {
  const value = evaluate(e.operand, scope)
  const pattern = evaluate(e.pattern, scope)
  if (value === null || pattern === null) return null
  return matches(String(value), String(pattern), e.regexp, e.caseless) !== e.negated
}

function matches(text: string, pattern: string, regexp: boolean, caseless: boolean): boolean {
  return regexp ? new RegExp(pattern, `u${caseless ? 'i' : ''}`).test(text) : isLike(text, pattern, caseless)
}

function cast(value: Value, type: Type): Value {
  if (value === null) return null
  switch (type.family) {
    case 'integer':
      return Math.round(toNumber(value)!)
    case 'decimal':
    case 'float':
      return toNumber(value)
    case 'boolean':
      return truth(value)
    case 'text':
      return typeof value === 'boolean' ? (value ? 'true' : 'false') : String(value)
    case 'date':
      return String(value).slice(0, 10)
    case 'datetime':
      return /^\d{4}-\d\d-\d\d$/.test(String(value)) ? `${value} 00:00:00` : String(value).replace('T', ' ')
  }
}

function call(e: Expression & { kind: 'call' }, scope: Scope): Value {
  if (e.over)
    return scope.window ? scope.window(e) : fail({ kind: 'windowHere', name: e.name, clause: scope.clause, at: e.at })
  if (OF_WINDOWS.has(e.name)) return fail({ kind: 'windowWithoutOver', name: e.name, at: e.at })
  const known = Object.hasOwn(FUNCTIONS, e.name) ? FUNCTIONS[e.name] : undefined
  if (!known && !AGGREGATES.has(e.name))
    return fail({ kind: 'unknownFunction', name: e.name, at: e.at, database: scope.circumstances.database ?? '' })
  if (!takes(e.name, e.args.length)) return fail({ kind: 'argumentCount', name: e.name, at: e.at })
  if (!known) return aggregate(e, scope)
  return known(
    e.args.map(arg => evaluate(arg, scope)),
    scope.circumstances,
  )
}

function aggregate(e: Expression & { kind: 'call' }, scope: Scope): Value {
  const { group: all } = scope
  const { filter } = e
  const group = filter ? all?.filter(row => truth(evaluate(filter, row)) === true) : all
  if (!group) return unsimulated(`${e.name}() here`)
  const [of, separator] = e.args
  if (!of) return group.length
  let values = group.map(row => evaluate(of, row)).filter(value => value !== null)
  if (e.distinct) values = [...new Set(values)]
  if (e.name === 'count') return values.length
  if (!values.length) return null
  switch (e.name) {
    case 'sum':
      return values.reduce<number>((sum, value) => sum + toNumber(value)!, 0)
    case 'avg':
      return values.reduce<number>((sum, value) => sum + toNumber(value)!, 0) / values.length
    case 'min':
      return values.reduce((a, b) => (compare(a, b)! <= 0 ? a : b))
    case 'max':
      return values.reduce((a, b) => (compare(a, b)! >= 0 ? a : b))
    default:
      return values.join(separator ? String(evaluate(separator, scope)) : ',')
  }
}

/** Whether an expression counts over rows. */
export function aggregates(e: Expression): boolean {
  switch (e.kind) {
    case 'call':
      return (AGGREGATES.has(e.name) && !e.over) || e.args.some(aggregates)
    case 'unary':
    case 'is':
    case 'cast':
      return aggregates(e.operand)
    case 'binary':
      return aggregates(e.left) || aggregates(e.right)
    case 'like':
      return aggregates(e.operand) || aggregates(e.pattern)
    case 'between':
      return aggregates(e.operand) || aggregates(e.low) || aggregates(e.high)
    case 'case':
      return (
        e.branches.some(({ when, result }) => aggregates(when) || aggregates(result)) ||
        (e.otherwise !== undefined && aggregates(e.otherwise))
      )
    default:
      return false
  }
}
