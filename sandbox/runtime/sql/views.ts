/** Views: a SELECT under a name, answered anew each time. */
import { type Content, type Table, withTable } from './catalog.ts'
import { renamed, tableOfRows } from './derived.ts'
import { fail } from './dialect.ts'
import { parse } from './parser.ts'
import { run, type World } from './select.ts'
import type { Statement } from './tree.ts'

/** With the rows that it has now. @throws SqlError where what it selects from is gone */
export function answered(view: Table, world: World): Table {
  const select = parse(view.view!.select, world.dialect)
  if (select.kind !== 'select') return view
  const names = view.columns.map(({ name }) => name)
  return renamed(tableOfRows(view.name, run(select, world)), names)
}

/** @throws SqlError */
export function createView(
  { view, columns, select, text, replace }: Extract<Statement, { kind: 'createView' }>,
  content: Content,
  database: string,
  world: World,
): Content {
  const there = content.databases.get(database)?.get(view.table)
  if (there && !replace) fail({ kind: 'tableExists', table: view.table })
  if (there && !there.view) fail({ kind: 'notAView', database, name: view.table })
  // Names are looked up once before anything is kept; for MySQL the view itself is not there yet.
  const table: World['table'] = named =>
    world.dialect === 'mysql' && (named.database ?? database) === database && named.table === view.table
      ? fail({ kind: 'unknownTable', database, table: view.table, at: named.at })
      : world.table(named)
  const made = { ...tableOfRows(view.table, run(select, { ...world, table }), columns), rows: [] }
  return withTable(content, database, view.table, { ...made, view: { select: text, database } })
}

/** @throws SqlError */
export function dropViews(
  { views, mayLack }: Extract<Statement, { kind: 'dropView' }>,
  content: Content,
  databaseOf: (named: string | undefined) => string,
): Content {
  let left = content
  for (const named of views) {
    const database = databaseOf(named.database)
    const there = left.databases.get(database)?.get(named.table)
    if (there && !there.view) fail({ kind: 'notAView', database, name: named.table })
    if (there) left = withTable(left, database, named.table, undefined)
    else if (!mayLack) fail({ kind: 'viewToDrop', database, view: named.table })
  }
  return left
}

/** What a view shows is not changed through it. */
export function changeable(table: Table): Table {
  return table.view ? fail({ kind: 'unsimulated', what: 'changing rows through a view' }) : table
}
