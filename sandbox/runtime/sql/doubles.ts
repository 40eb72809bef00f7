/** What becomes of a row that is like another in a key: ON CONFLICT, ON DUPLICATE KEY UPDATE, REPLACE, INSERT IGNORE. */
import type { Row, Table } from './catalog.ts'
import { changedRow, isUnique, placesOf, type Rows } from './change.ts'
import { fail, SqlError } from './dialect.ts'
import { evaluate, type Scope, truth } from './evaluate.ts'
import { PROPOSED } from './parse-expression.ts'
import type { Moved } from './references.ts'
import { pairScope, rowScope, type World } from './select.ts'
import type { Doubles } from './tree.ts'

export interface Came {
  /** The row that stands there now; absent where nothing has been done. */
  row?: Row
  /** As MySQL counts: two for one that took the place of another. */
  affected: number
  moved: readonly Moved[]
}

export function add(rows: Rows, row: Row): Came {
  rows.add(row)
  return { row, affected: 1, moved: [] }
}

/** By which keys a row may be like another. @throws SqlError when there is no such key */
function keysOf(table: Table, { columns, constraint }: Doubles): ReadonlySet<string> {
  const unique = table.keys.filter(isUnique)
  if (!columns && constraint === undefined) return new Set(unique.map(({ name }) => name))
  const same = (own: readonly string[]): boolean =>
    own.length === columns?.length && own.every(name => columns.some(c => c.toLowerCase() === name.toLowerCase()))
  const keys = unique.filter(({ name, columns: own }) => name === constraint || same(own))
  if (!keys.length)
    fail(constraint === undefined ? { kind: 'noSuchKey' } : { kind: 'noConstraint', constraint, table: table.name })
  return new Set(keys.map(({ name }) => name))
}

/** Adds rows one after the other, and does what was said with those that are there already. */
export function resolver(
  doubles: Doubles,
  { table, rows, world }: { table: Table; rows: Rows; world: World },
): (row: Row) => Came {
  const keys = keysOf(table, doubles)
  const { fate } = doubles
  if (typeof fate === 'object') placesOf(table, fate)
  /** Those that this command has written itself. */
  const written = new Set<Row>()
  const came = (row: Row, result: Omit<Came, 'row'>): Came => {
    written.add(row)
    return { row, ...result }
  }
  return row => {
    const moved: Moved[] = []
    for (;;) {
      try {
        rows.add(row)
        return came(row, { affected: 1 + moved.length, moved })
      } catch (error) {
        if (!(error instanceof SqlError) || error.wrong.kind !== 'duplicate' || !keys.has(error.wrong.key)) throw error
        if (fate === 'skip') return { affected: 0, moved }
        const there = rows.like(row, error.wrong.key)!
        if (fate === 'replace') {
          rows.put(there, undefined)
          moved.push([there, undefined])
          continue
        }
        const scope = scopeOf(doubles, table, there, row, world)
        if (doubles.where && truth(evaluate(doubles.where, scope)) !== true) return { affected: 0, moved }
        if (world.dialect === 'postgres' && written.has(there)) fail({ kind: 'twiceInOneCommand' })
        const next = changedRow(table, there, fate, scope, 1)
        if (next !== there) {
          rows.put(there, next)
          moved.push([there, next])
        }
        return came(next, { affected: next === there ? 0 : 2, moved })
      }
    }
  }
}

/** Of the row that is there and the one that has not come in, which MySQL may leave without a name. */
function scopeOf({ alias }: Doubles, table: Table, there: Row, row: Row, world: World): Scope {
  if (alias !== undefined) return pairScope(world, table, there, row, alias)
  const own = rowScope(world, table, there, 'field list')
  const proposed = rowScope(world, { ...table, name: PROPOSED }, row, 'field list')
  return {
    ...own,
    column: (name, of, at, where) => (of === PROPOSED ? proposed : own).column(name, of, at, where),
  }
}
