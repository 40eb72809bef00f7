/** OVER: the rows around a row that a function is reckoned over. */
import type { Cursor } from './cursor.ts'
import { unsimulated } from './dialect.ts'
import type { Bound, Expression, Order, Window } from './tree.ts'

type Parse = (c: Cursor) => Expression

const orders = (c: Cursor, expression: Parse): Order[] =>
  c.several(() => {
    const by = expression(c)
    const descending = c.eats('desc')
    if (!descending) c.eats('asc')
    if (c.sees('nulls')) unsimulated('NULLS FIRST and LAST')
    return { expression: by, descending }
  })

/** @param defined behind WINDOW, where there is no OVER @returns undefined when no OVER is next */
export function over(c: Cursor, expression: Parse, defined = false): Window | undefined {
  if (!defined && !c.eats('over')) return undefined
  const { at } = c.next
  if (!defined && !c.sees('(')) return { name: c.name(), at, partitionBy: [], orderBy: [] }
  c.expect('(')
  const starts = c.sees('partition') || c.sees('order') || c.sees('rows') || c.sees('range') || c.sees(')')
  const name = starts ? undefined : c.name()
  const partitionBy = c.eats('partition', 'by') ? c.several(() => expression(c)) : []
  const orderBy = c.eats('order', 'by') ? orders(c, expression) : []
  const by = c.eatsOneOf('rows', 'range') as 'rows' | 'range' | undefined
  if (c.sees('groups')) unsimulated('GROUPS of a window')
  const frame = by && frameOf(c, by, expression)
  c.expect(')')
  return { partitionBy, orderBy, ...(name !== undefined && { name, at: at + 1 }), ...(frame && { frame }) }
}

function frameOf(c: Cursor, by: 'rows' | 'range', expression: Parse): NonNullable<Window['frame']> {
  const bound = (): Bound => {
    if (c.eats('unbounded', 'preceding')) return 'first'
    if (c.eats('unbounded', 'following')) return 'last'
    if (c.eats('current', 'row')) return 'current'
    if (by === 'range') return unsimulated('RANGE with a distance')
    const rows = expression(c)
    const behind = c.eats('following')
    if (!behind) c.expect('preceding')
    return { rows, behind }
  }
  if (!c.eats('between')) return { by, from: bound(), to: 'current' }
  const from = bound()
  c.expect('and')
  return { by, from, to: bound() }
}
