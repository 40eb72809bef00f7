/** CREATE VIEW and DROP VIEW. */
import type { Cursor } from './cursor.ts'
import { named, select } from './parse-expression.ts'
import type { Statement } from './tree.ts'

/** From `[OR REPLACE] VIEW` on. */
export function createView(c: Cursor): Statement {
  const replace = c.eats('or', 'replace')
  c.expect('view')
  const view = named(c)
  const columns = c.sees('(') ? c.list(() => c.name()) : undefined
  c.expect('as')
  const { at } = c.next
  const tree = select(c)
  const text = c.sql.slice(at, c.peek(-1).end)
  return { kind: 'createView', view, select: tree, text, replace, ...(columns && { columns }) }
}

/** Behind `DROP VIEW`. */
export function dropView(c: Cursor): Statement {
  const mayLack = c.eats('if', 'exists')
  const views = c.several(() => named(c))
  c.eatsOneOf('cascade', 'restrict')
  return { kind: 'dropView', views, mayLack }
}
