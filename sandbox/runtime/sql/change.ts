/** What is asked of a row before it is kept: types, what must not be missing, keys. */
import type { Column, Key, Row, Table } from './catalog.ts'
import { type Dialect, fail, unsimulated } from './dialect.ts'
import { evaluate, type Scope } from './evaluate.ts'
import type { Change } from './tree.ts'
import { isNumber, type Value } from './values.ts'

const DATE = /^\d{4}-\d\d?-\d\d?/
const PG_TRUTH: Readonly<Record<string, boolean>> = {
  t: true,
  true: true,
  yes: true,
  on: true,
  1: true,
  f: false,
  false: false,
  no: false,
  off: false,
  0: false,
}

/** A value as its column keeps it. @throws SqlError */
export function fitting(value: Value, column: Column, row: number, dialect: Dialect): Value {
  const { type, name } = column
  if (value === null) return null
  const bad = (): never => fail({ kind: 'badValue', column: name, row, type, value: String(value) })
  switch (type.family) {
    case 'integer':
    case 'decimal':
    case 'float': {
      if (typeof value === 'boolean') return dialect === 'mysql' ? Number(value) : bad()
      if (typeof value === 'string' && !isNumber(value.trim())) return bad()
      const number = Number(value)
      return type.family === 'integer'
        ? Math.round(number)
        : type.scale === undefined
          ? number
          : Number(number.toFixed(type.scale))
    }
    case 'boolean':
      return typeof value === 'boolean' ? value : (PG_TRUTH[String(value).toLowerCase()] ?? bad())
    case 'date':
      return DATE.test(String(value)) ? String(value).slice(0, 10) : bad()
    case 'datetime':
      if (!DATE.test(String(value))) return bad()
      return String(value).length === 10 ? `${value} 00:00:00` : String(value).replace('T', ' ')
    case 'text': {
      const text = typeof value === 'boolean' && dialect === 'mysql' ? String(Number(value)) : String(value)
      if (type.among)
        return (
          type.among.find(one => one.toLowerCase() === text.toLowerCase()) ??
          fail({ kind: 'notAmong', column: name, row })
        )
      if (type.length !== undefined && [...text].length > type.length)
        fail({ kind: 'tooLong', column: name, row, type })
      return text
    }
  }
}

/** What stands in a column that nobody gave a value. */
function missing(column: Column, scope: Scope, dialect: Dialect, row: number): Value {
  if (column.default) return fitting(evaluate(column.default, scope), column, row, dialect)
  // PostgreSQL finds out when it looks for what must not be missing.
  if (column.notNull && dialect === 'mysql') fail({ kind: 'noDefault', column: column.name })
  return null
}

/** A whole row of what was given for some columns. @returns the row, and what the table's counter says next */
export function newRow(
  table: Table,
  given: ReadonlyMap<string, Value>,
  row: number,
  scope: Scope,
  next: number,
): { values: Row; next: number } {
  let counter = next
  const values = table.columns.map(column => {
    let value = given.get(column.name)
    if (column.counts) {
      const asked = value !== undefined && value !== null && value !== 0
      if (!asked) value = counter
      counter = Math.max(counter, Number(value) + 1)
    }
    return value === undefined ? missing(column, scope, scope.dialect, row) : fitting(value, column, row, scope.dialect)
  })
  return { values, next: counter }
}

/** Where the columns stand that are changed. @throws SqlError */
export const placesOf = (table: Table, changes: readonly Change[]): number[] =>
  changes.map(({ column, at }) => {
    const index = table.columns.findIndex(({ name }) => name.toLowerCase() === column.toLowerCase())
    return index >= 0 ? index : fail({ kind: 'unknownColumn', column, clause: 'set', at, table: table.name })
  })

/** What a row becomes; the row itself when nothing of it changes. @param number as messages count it */
export function changedRow(table: Table, row: Row, changes: readonly Change[], scope: Scope, number: number): Row {
  const places = placesOf(table, changes)
  const { dialect } = scope
  const next = [...row]
  for (const [i, { value }] of changes.entries()) {
    const now = value.kind === 'default' ? null : evaluate(value, scope)
    next[places[i]!] = fitting(now, table.columns[places[i]!]!, number, dialect)
  }
  if (next.every((value, i) => value === row[i])) return row
  for (const [i, column] of table.columns.entries())
    if (column.onUpdate && !places.includes(i))
      next[i] = fitting(evaluate(column.onUpdate, scope), column, number, dialect)
  return next
}

export const part = (table: Table, row: Row, columns: readonly string[]): Value[] =>
  columns.map(name => row[table.columns.findIndex(column => column.name === name)] ?? null)

const same = (value: Value, dialect: Dialect): Value =>
  dialect === 'mysql' && typeof value === 'string' ? value.toLowerCase() : value

/** What rows have in a key's columns. */
class Seen {
  readonly #keys = new Set<string>()
  readonly #table: Table
  readonly #columns: readonly string[]
  readonly #dialect: Dialect

  constructor(table: Table, columns: readonly string[], dialect: Dialect) {
    this.#table = table
    this.#columns = columns
    this.#dialect = dialect
  }

  /** Undefined for what is unknown, and so like nothing else. */
  keyOf(row: Row): string | undefined {
    const values = part(this.#table, row, this.#columns)
    return values.includes(null) ? undefined : JSON.stringify(values.map(value => same(value, this.#dialect)))
  }

  has(key: string | undefined): boolean {
    return key !== undefined && this.#keys.has(key)
  }

  add(key: string | undefined): void {
    if (key !== undefined) this.#keys.add(key)
  }

  delete(key: string | undefined): void {
    if (key !== undefined) this.#keys.delete(key)
  }
}

export const isUnique = ({ kind }: Key): boolean => kind === 'primary' || kind === 'unique'

/** A page has to go on whatever somebody inserts. */
const MOST_ROWS = 100_000

/** Rows that may stand together in a table, in the order in which they come. */
export class Rows {
  readonly kept: Row[] = []
  readonly #table: Table
  readonly #unique: readonly { key: Key; seen: Seen }[]

  constructor(table: Table, dialect: Dialect) {
    this.#table = table
    this.#unique = table.keys.filter(isUnique).map(key => ({ key, seen: new Seen(table, key.columns, dialect) }))
  }

  /** @throws SqlError when it lacks what it must have, or there is one like it */
  add(row: Row): void {
    const { name: table, columns } = this.#table
    for (const [i, column] of columns.entries())
      if (column.notNull && (row[i] ?? null) === null) fail({ kind: 'notNull', table, column: column.name, row })
    const own = this.#unique.map(({ seen }) => seen.keyOf(row))
    for (const [i, { key, seen }] of this.#unique.entries())
      if (seen.has(own[i]))
        fail({
          kind: 'duplicate',
          table,
          columns: key.columns,
          values: part(this.#table, row, key.columns),
          primary: key.kind === 'primary',
          key: key.name,
        })
    if (this.kept.length >= MOST_ROWS) unsimulated('a table of so many rows')
    for (const [i, { seen }] of this.#unique.entries()) seen.add(own[i])
    this.kept.push(row)
  }

  /** The one that is there and like another row in a key. */
  like(row: Row, name: string): Row | undefined {
    const { seen } = this.#unique.find(({ key }) => key.name === name)!
    const wanted = seen.keyOf(row)
    return this.kept.find(one => seen.keyOf(one) === wanted)
  }

  /** One goes, or another stands in its place. @throws SqlError as `add` does */
  put(before: Row, after: Row | undefined): void {
    const index = this.kept.indexOf(before)
    const own = this.#unique.map(({ seen }) => seen.keyOf(before))
    for (const [i, { seen }] of this.#unique.entries()) seen.delete(own[i])
    const others = this.kept.splice(index)
    try {
      if (after) this.add(after)
    } finally {
      this.kept.push(...others.slice(1))
    }
  }
}
