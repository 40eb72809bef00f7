/** Foreign keys: rows point at rows which are there, and some follow these when they go or change. */
import { type Content, type Key, type Row, type Table, withTable } from './catalog.ts'
import { part } from './change.ts'
import { fail } from './dialect.ts'
import type { Reference } from './tree.ts'

/** What becomes of the rows, as it is written behind a reference; each server has an order of its own. */
export const actionWords = (
  { onDelete, onUpdate }: Pick<Reference, 'onDelete' | 'onUpdate'>,
  order: readonly ['DELETE' | 'UPDATE', 'DELETE' | 'UPDATE'],
): string =>
  order
    .map(event => {
      const action = event === 'DELETE' ? onDelete : onUpdate
      return action ? ` ON ${event} ${action.toUpperCase()}` : ''
    })
    .join('')

/** The columns that are pointed at: those that were named, or the parent's primary key. */
const target = (parent: Table, { columns }: Reference): readonly string[] =>
  columns.length ? columns : (parent.keys.find(k => k.kind === 'primary')?.columns ?? [])

/** A row that has changed, or has gone. */
export type Moved = readonly [before: Row, after: Row | undefined]

/** Has the rows that point at some of a table's follow them, and those that point at these in turn. @throws SqlError */
export function settle(content: Content, database: string, name: string, moved: readonly Moved[]): Content {
  let settled = content
  for (const { name: childName } of content.databases.get(database)!.values()) {
    for (const key of content.databases.get(database)!.get(childName)!.keys) {
      const { references } = key
      if (key.kind !== 'foreign' || references?.table !== name) continue
      const tables = settled.databases.get(database)!
      const followed = follow(tables.get(childName)!, key, references, tables.get(name)!, moved)
      if (!followed.moved.length) continue
      settled = withTable(settled, database, childName, followed.table)
      settled = settle(settled, database, childName, followed.moved)
    }
  }
  checkReferences(settled.databases.get(database)!, name)
  return settled
}

function follow(
  child: Table,
  key: Key,
  references: Reference,
  parent: Table,
  moved: readonly Moved[],
): { table: Table; moved: Moved[] } {
  const { onDelete, onUpdate } = references
  if (!onDelete && !onUpdate) return { table: child, moved: [] }
  const own = target(parent, references)
  const ways = new Map(
    moved.map(
      ([before, after]) => [JSON.stringify(part(parent, before, own)), after && part(parent, after, own)] as const,
    ),
  )
  const places = key.columns.map(name => child.columns.findIndex(column => column.name === name))
  const changes: Moved[] = []
  const rows = child.rows.flatMap(row => {
    const old = JSON.stringify(part(child, row, key.columns))
    if (!ways.has(old)) return [row]
    const to = ways.get(old)
    if (to && JSON.stringify(to) === old) return [row]
    const action = to ? onUpdate : onDelete
    if (!action) return [row]
    const next = action === 'cascade' && !to ? undefined : [...row]
    if (next) for (const [i, place] of places.entries()) next[place] = action === 'cascade' ? to![i]! : null
    changes.push([row, next])
    return next ? [next] : []
  })
  return { table: { ...child, rows }, moved: changes }
}

/**
 * That rows point at rows which are there, after a change of some table.
 * @param changed the table's name, as it is now among `tables`
 */
export function checkReferences(tables: ReadonlyMap<string, Table>, changed: string): void {
  for (const child of tables.values())
    for (const key of child.keys) {
      if (key.kind !== 'foreign' || !key.references) continue
      if (child.name !== changed && key.references.table !== changed) continue
      const parent = tables.get(key.references.table)
      if (!parent) continue
      const own = target(parent, key.references)
      const there = new Set(parent.rows.map(row => JSON.stringify(part(parent, row, own))))
      for (const row of child.rows) {
        const values = part(child, row, key.columns)
        if (values.includes(null) || there.has(JSON.stringify(values))) continue
        const isParent = child.name !== changed
        fail({
          kind: 'referenced',
          table: child.name,
          constraint: key.name,
          other: parent.name,
          columns: isParent ? own : key.columns,
          values,
          parent: isParent,
        })
      }
    }
}
