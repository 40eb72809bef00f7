/** A table as its definition describes it. */
import type { Column, Key, Table } from './catalog.ts'
import { type Dialect, fail } from './dialect.ts'
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

export function tableOf(
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
