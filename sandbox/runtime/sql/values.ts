/** What a cell of a table holds, and how values compare. */

export type Value = string | number | boolean | null

export interface Type {
  family: 'integer' | 'decimal' | 'float' | 'text' | 'boolean' | 'date' | 'datetime'
  /** As it was declared, in small letters: `varchar(20)`. */
  name: string
  /** Of a text: characters at most. */
  length?: number
  /** Of an enumeration: what it may be. */
  among?: readonly string[]
  /** Of a decimal: digits behind the point. */
  scale?: number
}

export const isNumeric = ({ family }: Type): boolean =>
  family === 'integer' || family === 'decimal' || family === 'float'

const NUMBER = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?/i

/** As a number, in the way of MySQL: the digits that a text begins with. */
export function toNumber(value: Value): number | null {
  if (value === null) return null
  if (typeof value === 'string') return Number(NUMBER.exec(value)?.[0] ?? 0)
  return Number(value)
}

export const isNumber = (text: string): boolean => NUMBER.exec(text)?.[0] === text && text.trim() === text

/** Below, equal or above zero; null when either is unknown. Numbers and texts compare as numbers. */
export function compare(a: Value, b: Value): number | null {
  if (a === null || b === null) return null
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0
  const [left, right] = [toNumber(a)!, toNumber(b)!]
  return left < right ? -1 : left > right ? 1 : 0
}

/** As it is put in order: MySQL's texts without regard to case. */
export const sortable = (value: Value, dialect: string): Value =>
  dialect === 'mysql' && typeof value === 'string' ? value.toLowerCase() : value

/** With nothing (null) before or after everything. */
export const ordered = (a: Value, b: Value, nullsFirst: boolean): number =>
  compare(a, b) ?? (a === b ? 0 : (a === null) === nullsFirst ? -1 : 1)
