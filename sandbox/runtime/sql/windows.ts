/** Functions over windows: the rows around each row, in an order of their own. */
import { fail, unsimulated } from './dialect.ts'
import { evaluate, type Scope } from './evaluate.ts'
import { AGGREGATES, OF_WINDOWS } from './functions.ts'
import type { Bound, Call, Expression, Order, Window } from './tree.ts'
import { ordered, sortable, toNumber, type Value } from './values.ts'

/** All calls with OVER within an expression. */
export function windowCalls(e: Expression | undefined): Call[] {
  if (!e) return []
  switch (e.kind) {
    case 'call':
      return e.over ? [e] : e.args.flatMap(windowCalls)
    case 'unary':
    case 'is':
    case 'cast':
    case 'in':
      return windowCalls(e.operand)
    case 'binary':
      return [...windowCalls(e.left), ...windowCalls(e.right)]
    case 'like':
      return [...windowCalls(e.operand), ...windowCalls(e.pattern)]
    case 'between':
      return [e.operand, e.low, e.high].flatMap(windowCalls)
    case 'case':
      return [e.operand, ...e.branches.flatMap(({ when, result }) => [when, result]), e.otherwise].flatMap(windowCalls)
    default:
      return []
  }
}

/** With what a window that it goes on from says. */
function resolved(window: Window, named: ReadonlyMap<string, Window> | undefined, at: number): Window {
  if (window.name === undefined) return window
  const base = named?.get(window.name)
  if (!base) return fail({ kind: 'unknownWindow', name: window.name, at: window.at ?? at })
  const { partitionBy, orderBy } = resolved(base, named, at)
  const frame = window.frame ?? base.frame
  return { partitionBy, orderBy: window.orderBy.length ? window.orderBy : orderBy, ...(frame && { frame }) }
}

/** A row of a partition. Rows that the order does not tell apart are peers. */
interface Sorted {
  scope: Scope
  index: number
  keys: readonly Value[]
  /** Where its first and its last peer stand, and how many sorts of rows have come so far. */
  first: number
  last: number
  sorts: number
}

const compareKeys = (a: Sorted, b: Sorted, orderBy: readonly Order[]): number => {
  for (const [i, { descending }] of orderBy.entries()) {
    const order = ordered(a.keys[i]!, b.keys[i]!, a.scope.dialect === 'mysql')
    if (order) return descending ? -order : order
  }
  return 0
}

/** Puts a partition in order and finds the peers of each row. */
function arrange(partition: Sorted[], orderBy: readonly Order[]): void {
  partition.sort((a, b) => compareKeys(a, b, orderBy) || a.index - b.index)
  let sorts = 0
  for (let first = 0; first < partition.length; ) {
    let end = first + 1
    while (end < partition.length && !compareKeys(partition[first]!, partition[end]!, orderBy)) end++
    sorts++
    for (let i = first; i < end; i++) Object.assign(partition[i]!, { first, last: end - 1, sorts })
    first = end
  }
}

/** Rows of frames that may be looked at for one call: each frame is reckoned anew, and a page has to go on. */
const MOST_LOOKS = 10_000_000

/** What calls come to, for each row. */
export function windowValues(
  calls: readonly Call[],
  rows: readonly Scope[],
  named: ReadonlyMap<string, Window> | undefined,
): ReadonlyMap<Call, readonly Value[]> {
  return new Map(
    calls.map(call => {
      const window = resolved(call.over!, named, call.at)
      const partitions = new Map<string, Sorted[]>()
      for (const [index, row] of rows.entries()) {
        const scope = { ...row, clause: 'window partition by' }
        const key = JSON.stringify(window.partitionBy.map(e => sortable(evaluate(e, scope), row.dialect)))
        const keys = window.orderBy.map(({ expression }) => sortable(evaluate(expression, row), row.dialect))
        const one = { scope: row, index, keys, first: 0, last: 0, sorts: 0 }
        const partition = partitions.get(key)
        if (partition) partition.push(one)
        else partitions.set(key, [one])
      }
      const values: Value[] = rows.map(() => null)
      let looked = 0
      for (const partition of partitions.values()) {
        arrange(partition, window.orderBy)
        let before: { from: number; to: number; value: Value } | undefined
        for (const [i, { index }] of partition.entries()) {
          if (OF_WINDOWS.has(call.name)) {
            values[index] = valueFor(call, window, partition, i)
            continue
          }
          const { from, to } = frameOf(window, partition, i)
          if (before?.from !== from || before.to !== to) {
            looked += to - from
            if (looked > MOST_LOOKS) unsimulated('looking at so many rows')
            before = { from, to, value: aggregateOver(call, partition[i]!.scope, partition.slice(from, to)) }
          }
          values[index] = before.value
        }
      }
      return [call, values] as const
    }),
  )
}

function aggregateOver(call: Call, scope: Scope, frame: readonly Sorted[]): Value {
  if (!AGGREGATES.has(call.name)) return unsimulated(`${call.name}() over a window`)
  const { over: _, ...plain } = call
  return evaluate(plain, { ...scope, group: frame.map(one => one.scope) })
}

/** Of a function that there is for windows alone. */
function valueFor(call: Call, window: Window, partition: readonly Sorted[], i: number): Value {
  const { scope, first, last, sorts } = partition[i]!
  const argument = (n: number, usual: Value): Value => {
    const e = call.args[n]
    return e ? evaluate(e, scope) : usual
  }
  const count = partition.length
  switch (call.name) {
    case 'row_number':
      return i + 1
    case 'rank':
      return first + 1
    case 'dense_rank':
      return sorts
    case 'percent_rank':
      return count === 1 ? 0 : first / (count - 1)
    case 'cume_dist':
      return (last + 1) / count
    case 'ntile': {
      const parts = toNumber(argument(0, 1))!
      const [size, longer] = [Math.floor(count / parts), count % parts]
      const edge = longer * (size + 1)
      return i < edge ? Math.floor(i / (size + 1)) + 1 : longer + Math.floor((i - edge) / size) + 1
    }
    case 'lag':
    case 'lead': {
      const distance = toNumber(argument(1, 1))!
      const other = partition[call.name === 'lag' ? i - distance : i + distance]
      return other ? evaluate(call.args[0]!, other.scope) : argument(2, null)
    }
  }
  const { from, to } = frameOf(window, partition, i)
  const wanted =
    call.name === 'first_value' ? from : call.name === 'last_value' ? to - 1 : from + toNumber(argument(1, 1))! - 1
  return wanted >= from && wanted < to ? evaluate(call.args[0]!, partition[wanted]!.scope) : null
}

/** Where the frame of a row begins, and where it has ended. */
function frameOf({ orderBy, frame }: Window, partition: readonly Sorted[], i: number): { from: number; to: number } {
  const count = partition.length
  if (!frame && !orderBy.length) return { from: 0, to: count }
  const { scope, first, last } = partition[i]!
  const peers = frame?.by !== 'rows'
  const edge = (bound: Bound, end: boolean): number => {
    if (bound === 'first') return 0
    if (bound === 'last') return count - 1
    if (bound !== 'current') {
      const rows = toNumber(evaluate(bound.rows, scope))!
      return bound.behind ? i + rows : i - rows
    }
    return peers ? (end ? last : first) : i
  }
  const from = Math.max(0, edge(frame?.from ?? 'first', false))
  return { from, to: Math.max(from, Math.min(count, edge(frame?.to ?? 'current', true) + 1)) }
}
