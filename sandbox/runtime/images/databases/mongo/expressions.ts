/** Expressions of MongoDB's pipelines: `$price`, `{ $multiply: ['$price', 2] }`, `$$ROOT`. */

import { PipelineError } from './pipeline-error.ts'
import { toPlace } from './rounding.ts'
import { at, type Document, order, same, Unsimulated } from './store.ts'
import { isObjectId, type Value } from './value.ts'

/** What names behind `$$` stand for. */
export type Variables = Readonly<Record<string, Value>>

/** @returns undefined where a document has no such field */
export function reckon(e: Value, document: Document, variables: Variables = {}): Value | undefined {
  if (typeof e === 'string') return e.startsWith('$') ? path(e, document, variables) : e
  if (typeof e !== 'object' || e === null || isObjectId(e)) return e
  if (Array.isArray(e)) return e.map(one => reckon(one, document, variables) ?? null)
  const [operator, operand] = Object.entries(e)[0] ?? []
  if (operator?.startsWith('$')) return apply(operator, operand!, document, variables)
  return Object.fromEntries(
    Object.entries(e).flatMap(([name, inner]) => {
      const value = reckon(inner, document, variables)
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function path(text: string, document: Document, variables: Variables): Value | undefined {
  if (!text.startsWith('$$')) return through(document, text.slice(1))
  const [name = '', ...rest] = text.slice(2).split('.')
  const known = Object.hasOwn(variables, name)
  const value = name === 'ROOT' || name === 'CURRENT' ? document : known ? variables[name] : undefined
  if (value === undefined && name !== 'REMOVE' && !known)
    throw new PipelineError('Location17276', `Use of undefined variable: ${name}`)
  return rest.length && value !== undefined ? through(value, rest.join('.')) : value
}

/** A path goes through all members of an array. */
function through(value: Value, names: string): Value | undefined {
  const direct = at(value, names)
  if (direct !== undefined) return direct
  const [name = '', ...rest] = names.split('.')
  const inner = at(value, name)
  if (!rest.length || inner === undefined) return inner
  if (!Array.isArray(inner)) return through(inner, rest.join('.'))
  return inner.flatMap(one => {
    const found = through(one, rest.join('.'))
    return found === undefined ? [] : [found]
  })
}

export const isFields = (value: Value | undefined): value is Document =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isObjectId(value)

const truth = (value: Value | undefined): boolean =>
  value !== undefined && value !== null && value !== false && value !== 0

const isNumber = (value: Value | undefined): value is number => typeof value === 'number'

const named = (value: Value | undefined): string =>
  typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'bool' : Array.isArray(value) ? 'array' : 'object'

/** Of numbers; nothing comes of nothing. */
const ofNumbers =
  (operator: string, f: (...numbers: number[]) => number) =>
  (values: readonly (Value | undefined)[]): Value => {
    if (values.some(value => value === undefined || value === null)) return null
    const wrong = values.find(value => !isNumber(value))
    if (wrong !== undefined)
      throw new PipelineError('TypeMismatch', `${operator} only supports numeric types, not ${named(wrong)}`)
    return f(...(values as number[]))
  }

type Operator = (values: readonly (Value | undefined)[]) => Value | undefined

const compared =
  (f: (difference: number) => boolean): Operator =>
  ([a, b]) =>
    f(order(a, b))

const text = (value: Value | undefined): string => (value === undefined || value === null ? '' : String(value))

const OPERATORS: Readonly<Record<string, Operator>> = {
  $add: ofNumbers('$add', (...numbers) => numbers.reduce((sum, n) => sum + n, 0)),
  $subtract: ofNumbers('$subtract', (a = 0, b = 0) => a - b),
  $multiply: ofNumbers('$multiply', (...numbers) => numbers.reduce((product, n) => product * n, 1)),
  $divide: ofNumbers('$divide', (a = 0, b = 0) => {
    if (!b) throw new PipelineError('BadValue', "can't $divide by zero")
    return a / b
  }),
  $mod: ofNumbers('$mod', (a = 0, b = 0) => a % b),
  $abs: ofNumbers('$abs', Math.abs),
  $ceil: ofNumbers('$ceil', Math.ceil),
  $floor: ofNumbers('$floor', Math.floor),
  $round: ofNumbers('$round', (n = 0, place = 0) => toPlace('$round', n, place)),
  $trunc: ofNumbers('$trunc', (n = 0, place = 0) => toPlace('$trunc', n, place)),
  $sqrt: ofNumbers('$sqrt', Math.sqrt),
  $pow: ofNumbers('$pow', (a = 0, b = 0) => a ** b),
  $eq: ([a, b]) => same(a, b),
  $ne: ([a, b]) => !same(a, b),
  $gt: compared(difference => difference > 0),
  $gte: compared(difference => difference >= 0),
  $lt: compared(difference => difference < 0),
  $lte: compared(difference => difference <= 0),
  $cmp: ([a, b]) => Math.sign(order(a, b)),
  $and: values => values.every(truth),
  $or: values => values.some(truth),
  $not: ([value]) => !truth(value),
  $ifNull: values => values.find(value => value !== undefined && value !== null) ?? null,
  $concat: values => (values.some(value => value === undefined || value === null) ? null : values.map(String).join('')),
  $toUpper: ([value]) => text(value).toUpperCase(),
  $toLower: ([value]) => text(value).toLowerCase(),
  $toString: ([value]) =>
    value === undefined || value === null ? null : isObjectId(value) ? value.$oid : String(value),
  $toInt: ([value]) => (value === undefined || value === null ? null : Math.trunc(Number(value))),
  $toDouble: ([value]) => (value === undefined || value === null ? null : Number(value)),
  $strLenCP: ([value]) => [...text(value)].length,
  $substrCP: ([value, from, count]) => [...text(value)].slice(Number(from), Number(from) + Number(count)).join(''),
  $split: ([value, by]) => (value === null || value === undefined ? null : String(value).split(String(by))),
  $size: ([value]) => {
    if (Array.isArray(value)) return value.length
    throw new PipelineError(
      'Location17124',
      `The argument to $size must be an array, but was of type: ${value === undefined ? 'missing' : isNumber(value) ? 'int' : named(value)}`,
    )
  },
  $arrayElemAt: ([value, i]) => (Array.isArray(value) ? value.at(Number(i)) : null),
  $first: ([value]) => (Array.isArray(value) ? value[0] : null),
  $last: ([value]) => (Array.isArray(value) ? value.at(-1) : null),
  $in: ([value, among]) => Array.isArray(among) && among.some(one => same(one, value)),
  $isArray: ([value]) => Array.isArray(value),
  $concatArrays: values => values.flatMap(value => (Array.isArray(value) ? value : [])),
  $slice: ([value, a, b]) =>
    !Array.isArray(value)
      ? null
      : b === undefined
        ? Number(a) < 0
          ? value.slice(Number(a))
          : value.slice(0, Number(a))
        : value.slice(Number(a), Number(a) + Number(b)),
  $type: ([value]) =>
    value === undefined
      ? 'missing'
      : value === null
        ? 'null'
        : isNumber(value)
          ? Number.isInteger(value)
            ? 'int'
            : 'double'
          : named(value),
}

/** Those that are reckoned over a list, where they stand outside $group. */
const OF_LISTS: Readonly<Record<string, (values: readonly Value[]) => Value>> = {
  $sum: values => values.filter(isNumber).reduce((sum, n) => sum + n, 0),
  $avg: values => {
    const numbers = values.filter(isNumber)
    return numbers.length ? numbers.reduce((sum, n) => sum + n, 0) / numbers.length : null
  },
  $min: values =>
    values.filter(value => value !== null).reduce<Value>((a, b) => (a === null || order(b, a) < 0 ? b : a), null),
  $max: values =>
    values.filter(value => value !== null).reduce<Value>((a, b) => (a === null || order(b, a) > 0 ? b : a), null),
}

export const ofList = (operator: string, values: readonly Value[]): Value | undefined => OF_LISTS[operator]?.(values)

function apply(operator: string, operand: Value, document: Document, variables: Variables): Value | undefined {
  const value = (e: Value, more: Variables = {}): Value | undefined => reckon(e, document, { ...variables, ...more })
  const fields: Document = isFields(operand) ? operand : {}
  switch (operator) {
    case '$literal':
      return operand
    case '$cond': {
      const [test, yes, no] = Array.isArray(operand) ? operand : [fields.if, fields.then, fields.else]
      return value((truth(value(test ?? null)) ? yes : no) ?? null)
    }
    case '$switch': {
      const { branches } = fields
      if (!Array.isArray(branches) || !branches.length)
        throw new PipelineError('Location40068', '$switch requires at least one branch.')
      const branch = branches.filter(isFields).find(one => truth(value(one.case ?? null)))
      return value((branch ? branch.then : fields.default) ?? null)
    }
    case '$map':
    case '$filter': {
      const list = value(fields.input ?? null)
      if (!Array.isArray(list)) return null
      const name = String(fields.as ?? 'this')
      if (operator === '$map') return list.map(one => value(fields.in ?? null, { [name]: one }) ?? null)
      return list.filter(one => truth(value(fields.cond ?? null, { [name]: one })))
    }
    case '$reduce': {
      const list = value(fields.input ?? null)
      if (!Array.isArray(list)) return null
      return list.reduce<Value>(
        (sum, one) => value(fields.in ?? null, { value: sum, this: one }) ?? null,
        value(fields.initialValue ?? null) ?? null,
      )
    }
  }
  const args = (Array.isArray(operand) ? operand : [operand]).map(one => value(one))
  const plain = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined
  if (plain) return plain(args)
  const list = args.length === 1 && Array.isArray(args[0]) ? args[0] : args
  const summed = ofList(
    operator,
    list.map(one => one ?? null),
  )
  if (summed !== undefined) return summed
  throw new Unsimulated(`the expression ${operator}`)
}
