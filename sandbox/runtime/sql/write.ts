/** INSERT, UPDATE and DELETE: rows that come, change and go. */
import { type Content, type Table, withTable } from './catalog.ts'
import { changedRow, newRow, placesOf, Rows } from './change.ts'
import { type Dialect, fail } from './dialect.ts'
import { add, resolver } from './doubles.ts'
import { evaluate, truth } from './evaluate.ts'
import type { Outcome } from './outcome.ts'
import { type Moved, settle } from './references.ts'
import { type Rows as Found, rowScope, run, type World } from './select.ts'
import type { Expression, Item, Named, Statement } from './tree.ts'
import type { Value } from './values.ts'

/** Where a statement writes. */
export interface Place {
  dialect: Dialect
  content: Content
  world: World
  table(named: Named): { database: string; table: Table }
  keep(content: Content): void
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
  const resolve = statement.doubles && resolver(statement.doubles, { table, rows, world })
  const added: (readonly Value[])[] = []
  const moved: Moved[] = []
  let affected = 0
  let { next } = table
  for (const [i, values] of given.entries()) {
    const fewer = dialect === 'postgres' && statement.columns === undefined && values.length < names.length
    if (values.length !== names.length && !fewer)
      fail({ kind: 'valueCount', row: i + 1, more: values.length > names.length })
    const known = new Map(values.flatMap((value, at) => (value === undefined ? [] : [[names[at]!, value] as const])))
    const made = newRow(table, known, i + 1, scope, next)
    next = made.next
    const result = resolve ? resolve(made.values) : add(rows, made.values)
    affected += result.affected
    if (result.row) added.push(result.row)
    moved.push(...result.moved)
  }
  const changed = withTable(content, database, table.name, { ...table, rows: rows.kept, next })
  keep(settle(changed, database, table.name, moved))
  return {
    tag: `INSERT 0 ${added.length}`,
    affected: dialect === 'mysql' ? affected : added.length,
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
  placesOf(table, statement.set)
  const rows = new Rows(table, dialect)
  const updated: (readonly Value[])[] = []
  const moved: Moved[] = []
  for (const row of table.rows) {
    if (!meets(statement.where, world, table, row)) {
      rows.add(row)
      continue
    }
    const next = changedRow(table, row, statement.set, rowScope(world, table, row, 'field list'), updated.length + 1)
    if (next !== row) moved.push([row, next])
    rows.add(next)
    updated.push(next)
  }
  if (moved.length) {
    const made = withTable(content, database, table.name, { ...table, rows: rows.kept })
    keep(settle(made, database, table.name, moved))
  }
  const affected = dialect === 'mysql' ? moved.length : updated.length
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
    keep(
      settle(
        made,
        database,
        table.name,
        gone.map(row => [row, undefined] as const),
      ),
    )
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
