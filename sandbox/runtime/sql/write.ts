/** INSERT, UPDATE and DELETE: rows that come, change and go. */
import { type Content, type Table, withTable } from './catalog.ts'
import { checkReferences, fitting, isUnique, newRow, Rows } from './change.ts'
import { type Dialect, fail, SqlError } from './dialect.ts'
import type { Outcome } from './engine.ts'
import { evaluate, truth } from './evaluate.ts'
import { type Rows as Found, rowScope, run, type World } from './select.ts'
import type { Expression, Item, Named, Skip, Statement } from './tree.ts'
import type { Value } from './values.ts'

/** Where a statement writes. */
export interface Place {
  dialect: Dialect
  content: Content
  world: World
  table(named: Named): { database: string; table: Table }
  keep(content: Content): void
}

/** Whether a row that is like another in a key is left out. @throws SqlError when there is no such key */
function skipping(table: Table, skips: Skip | undefined): (key: string) => boolean {
  if (!skips) return () => false
  const { columns, constraint } = skips
  if (!columns && constraint === undefined) return () => true
  const same = (own: readonly string[]): boolean =>
    own.length === columns?.length && own.every(name => columns.some(c => c.toLowerCase() === name.toLowerCase()))
  const keys = table.keys.filter(isUnique).filter(({ name, columns: own }) => name === constraint || same(own))
  if (!keys.length)
    fail(constraint === undefined ? { kind: 'noSuchKey' } : { kind: 'noConstraint', constraint, table: table.name })
  return key => keys.some(({ name }) => name === key)
}

export function insert(statement: Extract<Statement, { kind: 'insert' }>, place: Place): Outcome {
  const { dialect, content, world, keep } = place
  const { database, table } = place.table(statement.table)
  const scope = rowScope(world, table, [], 'field list')
  for (const name of statement.columns ?? [])
    if (!table.columns.some(column => column.name.toLowerCase() === name.toLowerCase()))
      fail({ kind: 'unknownColumn', column: name, clause: 'field list', at: 0, table: table.name })
  const names = (statement.columns ?? table.columns.map(({ name }) => name)).map(
    name => table.columns.find(column => column.name.toLowerCase() === name.toLowerCase())!.name,
  )
  const given: readonly (readonly (Value | undefined)[])[] =
    'kind' in statement.rows
      ? run(statement.rows, world).rows
      : statement.rows.map(row => row.map(e => (e.kind === 'default' ? undefined : evaluate(e, scope))))
  const rows = new Rows(table, dialect)
  for (const row of table.rows) rows.add(row)
  const skipped = skipping(table, statement.skips)
  const added: (readonly Value[])[] = []
  let { next } = table
  for (const [i, values] of given.entries()) {
    const fewer = dialect === 'postgres' && statement.columns === undefined && values.length < names.length
    if (values.length !== names.length && !fewer)
      fail({ kind: 'valueCount', row: i + 1, more: values.length > names.length })
    const known = new Map(values.flatMap((value, at) => (value === undefined ? [] : [[names[at]!, value] as const])))
    const made = newRow(table, known, i + 1, scope, next)
    next = made.next
    try {
      rows.add(made.values)
    } catch (error) {
      if (error instanceof SqlError && error.wrong.kind === 'duplicate' && skipped(error.wrong.key)) continue
      throw error
    }
    added.push(made.values)
  }
  const changed = withTable(content, database, table.name, { ...table, rows: rows.kept, next })
  checkReferences(changed.databases.get(database)!, table.name)
  keep(changed)
  return {
    tag: `INSERT 0 ${added.length}`,
    affected: added.length,
    ...(given.length > 1 && { records: given.length }),
    ...returned(world, statement.returning, table, added),
  }
}

function returned(
  world: World,
  items: readonly Item[] | undefined,
  table: Table,
  rows: readonly (readonly Value[])[],
): { found?: Found } {
  if (!items) return {}
  const from = [{ table: table.name, alias: table.name, at: 0, join: 'cross' as const }]
  return {
    found: run(
      { kind: 'select', distinct: false, items, from, groupBy: [], orderBy: [] },
      { ...world, table: () => ({ ...table, rows }) },
    ),
  }
}

export function update(statement: Extract<Statement, { kind: 'update' }>, place: Place): Outcome {
  const { dialect, content, world, keep } = place
  const { database, table } = place.table(statement.table)
  const places = statement.set.map(({ column, at }) => {
    const index = table.columns.findIndex(({ name }) => name.toLowerCase() === column.toLowerCase())
    return index >= 0 ? index : fail({ kind: 'unknownColumn', column, clause: 'field list', at, table: table.name })
  })
  const rows = new Rows(table, dialect)
  const updated: (readonly Value[])[] = []
  let changed = 0
  for (const row of table.rows) {
    if (!meets(statement.where, world, table, row)) {
      rows.add(row)
      continue
    }
    const next = [...row]
    for (const [i, { value }] of statement.set.entries()) {
      const column = table.columns[places[i]!]!
      const now = value.kind === 'default' ? null : evaluate(value, rowScope(world, table, row, 'field list'))
      next[places[i]!] = fitting(now, column, updated.length + 1, dialect)
    }
    if (next.some((value, i) => value !== row[i])) {
      changed++
      for (const [i, column] of table.columns.entries())
        if (column.onUpdate && !places.includes(i))
          next[i] = fitting(
            evaluate(column.onUpdate, rowScope(world, table, row, 'field list')),
            column,
            updated.length + 1,
            dialect,
          )
    }
    rows.add(next)
    updated.push(next)
  }
  if (changed) {
    const made = withTable(content, database, table.name, { ...table, rows: rows.kept })
    checkReferences(made.databases.get(database)!, table.name)
    keep(made)
  }
  const affected = dialect === 'mysql' ? changed : updated.length
  return {
    tag: `UPDATE ${affected}`,
    affected,
    matched: updated.length,
    ...returned(world, statement.returning, table, updated),
  }
}

export function remove(statement: Extract<Statement, { kind: 'delete' }>, place: Place): Outcome {
  const { content, world, keep } = place
  const { database, table } = place.table(statement.table)
  const gone = table.rows.filter(row => meets(statement.where, world, table, row))
  if (gone.length) {
    const leaving = new Set(gone)
    const rows = table.rows.filter(row => !leaving.has(row))
    const made = withTable(content, database, table.name, { ...table, rows })
    checkReferences(made.databases.get(database)!, table.name)
    keep(made)
  }
  return {
    tag: `DELETE ${gone.length}`,
    affected: gone.length,
    ...returned(world, statement.returning, table, gone),
  }
}

function meets(where: Expression | undefined, world: World, table: Table, row: readonly Value[]): boolean {
  return !where || truth(evaluate(where, rowScope(world, table, row, 'where clause'))) === true
}
