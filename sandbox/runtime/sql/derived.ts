/** Rows of a SELECT in place of a table: in FROM, behind WITH, of a view. */
import type { Row, Table } from './catalog.ts'
import { fail, unsimulated } from './dialect.ts'
import type { ResultColumn, Rows, World } from './select.ts'
import type { Common, Select } from './tree.ts'
import type { Type, Value } from './values.ts'

/** More rows than a table may have here. */
export const MOST_ROWS = 100_000

/** So often MySQL lets a SELECT go on from itself. */
const MOST_ROUNDS = 1000

/** What a column is that was reckoned: by what is in it. */
function typeOf({ type }: ResultColumn, values: readonly Value[]): Type {
  if (type) return type
  const known = values.filter(value => value !== null)
  if (known.length && known.every(value => typeof value === 'number'))
    return known.every(Number.isInteger)
      ? { family: 'integer', name: 'integer' }
      : { family: 'decimal', name: 'numeric' }
  if (known.length && known.every(value => typeof value === 'boolean')) return { family: 'boolean', name: 'boolean' }
  return { family: 'text', name: 'text' }
}

export function tableOfRows(name: string, { columns, rows }: Rows, names?: readonly string[]): Table {
  return {
    name,
    columns: columns.map((column, i) => ({
      name: names?.[i] ?? column.name,
      type: typeOf(
        column,
        rows.map(row => row[i] ?? null),
      ),
      notNull: false,
      counts: false,
    })),
    keys: [],
    rows,
    next: 1,
  }
}

/** With other names for its first columns. */
export const renamed = (table: Table, names: readonly string[] | undefined): Table =>
  names
    ? { ...table, columns: table.columns.map((column, i) => ({ ...column, name: names[i] ?? column.name })) }
    : table

type Runner = (world: World) => { run(select: Select): Rows }

/** A world that knows the selects behind WITH by their names; each is answered once, when it is first asked for. */
export function withCommon({ common = [], recursive = false }: Select, around: World, runner: Runner): World {
  let world = around
  for (const one of common) world = knowing(world, one, recursive, runner)
  return world
}

function knowing(world: World, { name, columns, select }: Common, recursive: boolean, runner: Runner): World {
  let made: Table | undefined
  const answer = (): Table =>
    recursive && select.unions && select.unions.length > 1
      ? renamed(grown(world, name, select, columns, runner), columns)
      : tableOfRows(name, runner(world).run(select), columns)
  return withTable(world, name, () => (made ??= answer()))
}

const withTable = (world: World, name: string, table: () => Table): World => ({
  ...world,
  table: named =>
    named.database === undefined && named.table.toLowerCase() === name.toLowerCase() ? table() : world.table(named),
})

/** Rows that come of those before, until none come any more. */
function grown(
  world: World,
  name: string,
  select: Select,
  columns: readonly string[] | undefined,
  runner: Runner,
): Table {
  const [first, ...others] = select.unions!
  const start = runner(world).run(first!.select)
  const all: Row[] = [...start.rows]
  const known = new Set(all.map(row => JSON.stringify(row)))
  let fresh: readonly Row[] = start.rows
  for (let round = 1; fresh.length; round++) {
    if (world.dialect === 'mysql' && round > MOST_ROUNDS) fail({ kind: 'tooDeep', rounds: MOST_ROUNDS + 1 })
    if (all.length > MOST_ROWS) unsimulated('so many rows of a recursive query')
    const working = tableOfRows(name, { columns: start.columns, rows: fresh }, columns)
    const inner = runner(withTable(world, name, () => working))
    const next: Row[] = []
    for (const other of others) {
      const more = inner.run(other.select)
      if (more.columns.length !== start.columns.length)
        fail({ kind: 'unionColumns', operator: other.operator, at: other.at })
      for (const row of more.rows) {
        const key = JSON.stringify(row)
        if (!other.all && known.has(key)) continue
        known.add(key)
        next.push(row)
      }
    }
    all.push(...next)
    fresh = next
  }
  return tableOfRows(name, { columns: start.columns, rows: all }, columns)
}
