/** Tables come and go; each is as its definition describes it. */
import { type Column, type Content, type Key, type Table, withTable } from './catalog.ts'
import { type Dialect, fail } from './dialect.ts'
import type { Outcome } from './outcome.ts'
import { checkReferences } from './references.ts'
import type { ColumnTree, Statement } from './tree.ts'

export function columnOf(tree: ColumnTree, dialect: Dialect): Column {
  // MySQL keeps nothing missing out of a primary key by itself, PostgreSQL too.
  const notNull = tree.notNull || tree.primary
  const text = tree.defaultText ?? (tree.counts && dialect === 'postgres' ? '' : undefined)
  return {
    name: tree.name,
    type: tree.type,
    notNull,
    counts: tree.counts,
    ...(tree.default && { default: tree.default }),
    ...(text && { defaultText: text }),
    ...(tree.onUpdate && { onUpdate: tree.onUpdate }),
  }
}

function tableOf(
  { table: { table }, columns, keys, next = 1 }: Extract<Statement, { kind: 'createTable' }>,
  dialect: Dialect,
): Table {
  const seen = new Set<string>()
  for (const { name } of columns) {
    if (seen.has(name.toLowerCase())) fail({ kind: 'duplicateColumn', column: name, table })
    seen.add(name.toLowerCase())
  }
  const known = (names: readonly string[]): readonly string[] =>
    names.map(
      name =>
        columns.find(column => column.name.toLowerCase() === name.toLowerCase())?.name ??
        fail({ kind: 'unknownColumn', column: name, clause: 'key', at: 0 }),
    )
  const made: Key[] = []
  const add = (
    kind: Key['kind'],
    name: string | undefined,
    of: readonly string[],
    references?: Key['references'],
  ): void => {
    made.push({
      kind,
      name: name ?? nameOf(kind, table, of, made, dialect),
      columns: known(of),
      ...(references && { references }),
    })
  }
  for (const { name, primary, unique, references } of columns) {
    if (primary) add('primary', undefined, [name])
    if (unique) add('unique', undefined, [name])
    // MySQL reads a reference of a column, and forgets it.
    if (references && dialect === 'postgres') add('foreign', undefined, [name], references)
  }
  for (const { kind, name, columns: of, references } of keys)
    add(kind, kind === 'primary' ? undefined : name, of, references)
  const inPrimary = new Set(made.filter(({ kind }) => kind === 'primary').flatMap(key => key.columns))
  return {
    name: table,
    columns: columns.map(tree => columnOf({ ...tree, primary: inPrimary.has(tree.name) }, dialect)),
    keys: made,
    rows: [],
    next,
  }
}

/** What a key is called that nobody has named. */
function nameOf(
  kind: Key['kind'],
  table: string,
  columns: readonly string[],
  others: readonly Key[],
  dialect: Dialect,
): string {
  if (dialect === 'postgres')
    return kind === 'primary'
      ? `${table}_pkey`
      : `${table}_${columns.join('_')}_${kind === 'foreign' ? 'fkey' : kind === 'unique' ? 'key' : 'idx'}`
  if (kind === 'primary') return 'PRIMARY'
  return kind === 'foreign' ? `${table}_ibfk_${others.filter(key => key.kind === 'foreign').length + 1}` : columns[0]!
}

/** What a statement about tables makes of the content, and what it came to. */
interface Changed {
  content: Content
  outcome: Outcome
}

/** @throws SqlError when there is one already that may not be there */
export function createTable(
  statement: Extract<Statement, { kind: 'createTable' }>,
  content: Content,
  database: string,
  dialect: Dialect,
): Changed {
  const { table } = statement.table
  const outcome = { tag: 'CREATE TABLE', affected: 0 }
  if (content.databases.get(database)!.has(table)) {
    const notices = [`relation "${table}" already exists, skipping`]
    return statement.mayExist ? { content, outcome: { ...outcome, notices } } : fail({ kind: 'tableExists', table })
  }
  const made = withTable(content, database, table, tableOf(statement, dialect))
  checkReferences(made.databases.get(database)!, table)
  return { content: made, outcome }
}

/** @param databaseOf the database that a name means @throws SqlError when one is a view, or lacks and may not */
export function dropTables(
  { tables, mayLack }: Extract<Statement, { kind: 'dropTable' }>,
  content: Content,
  databaseOf: (name: string | undefined) => string,
  dialect: Dialect,
): Changed {
  let left = content
  const notices: string[] = []
  for (const { database: named, table } of tables) {
    const database = databaseOf(named)
    const there = left.databases.get(database)!.get(table)
    if (there?.view) fail({ kind: 'notATable', name: dialect === 'mysql' ? `${database}.${table}` : table })
    if (there) left = withTable(left, database, table, undefined)
    else if (mayLack) notices.push(`table "${table}" does not exist, skipping`)
    else fail({ kind: 'tableToDrop', database, table })
  }
  return { content: left, outcome: { tag: 'DROP TABLE', affected: 0, notices } }
}
