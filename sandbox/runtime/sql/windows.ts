/** Functions over windows: the rows around each row, in an order of their own. */
import { fail, unsimulated } from './dialect.ts'
import { evaluate, type Scope } from './evaluate.ts'
import { AGGREGATES } from './functions.ts'
import type { Bound, Call, Expression, Order, Window } from './tree.ts'
import { ordered, toNumber, type Value } from './values.ts'

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

interface Sorted {
  scope: Scope
  index: number
  keys: readonly Value[]
}

const byOrder =
  (orderBy: readonly Order[]) =>
  (a: Sorted, b: Sorted): number => {
    for (const [i, { descending }] of orderBy.entries()) {
      const order = ordered(a.keys[i]!, b.keys[i]!, a.scope.dialect === 'mysql')
      if (order) return descending ? -order : order
    }
    return a.index - b.index
  }

const like = (a: Sorted, b: Sorted): boolean => a.keys.every((key, i) => key === b.keys[i])

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
        const key = JSON.stringify(window.partitionBy.map(e => evaluate(e, scope)))
        const one = { scope: row, index, keys: window.orderBy.map(({ expression }) => evaluate(expression, row)) }
        const partition = partitions.get(key)
        if (partition) partition.push(one)
        else partitions.set(key, [one])
      }
      const values: Value[] = rows.map(() => null)
      for (const partition of partitions.values()) {
        partition.sort(byOrder(window.orderBy))
        for (const [i, { index }] of partition.entries()) values[index] = valueFor(call, window, partition, i)
      }
      return [call, values] as const
    }),
  )
}

function valueFor(call: Call, window: Window, partition: readonly Sorted[], i: number): Value {
  const { scope } = partition[i]!
  const argument = (n: number, usual: Value): Value => {
    const e = call.args[n]
    return e ? evaluate(e, scope) : usual
  }
  const first = partition.findIndex(one => like(one, partition[i]!))
  const count = partition.length
  switch (call.name) {
    case 'row_number':
      return i + 1
    case 'rank':
      return first + 1
    case 'dense_rank':
      return partition.slice(0, first + 1).filter((one, n, all) => n === 0 || !like(one, all[n - 1]!)).length
    case 'percent_rank':
      return count === 1 ? 0 : first / (count - 1)
    case 'cume_dist':
      return (partition.findLastIndex(one => like(one, partition[i]!)) + 1) / count
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
  const frame = frameOf(window, partition, i)
  switch (call.name) {
    case 'first_value':
      return frame[0] ? evaluate(call.args[0]!, frame[0].scope) : null
    case 'last_value':
      return frame.length ? evaluate(call.args[0]!, frame.at(-1)!.scope) : null
    case 'nth_value': {
      const nth = frame[toNumber(argument(1, 1))! - 1]
      return nth ? evaluate(call.args[0]!, nth.scope) : null
    }
  }
  if (!AGGREGATES.has(call.name)) return unsimulated(`${call.name}() over a window`)
  const { over: _, ...plain } = call
  return evaluate(plain, { ...scope, group: frame.map(one => one.scope) })
}

function frameOf({ orderBy, frame }: Window, partition: readonly Sorted[], i: number): readonly Sorted[] {
  if (!frame && !orderBy.length) return partition
  const peers = frame?.by !== 'rows'
  const edge = (bound: Bound, end: boolean): number => {
    if (bound === 'first') return 0
    if (bound === 'last') return partition.length - 1
    if (bound !== 'current') {
      const rows = toNumber(evaluate(bound.rows, partition[i]!.scope))!
      return bound.behind ? i + rows : i - rows
    }
    if (!peers) return i
    const mine = (one: Sorted): boolean => like(one, partition[i]!)
    return end ? partition.findLastIndex(mine) : partition.findIndex(mine)
  }
  const from = edge(frame?.from ?? 'first', false)
  const to = edge(frame?.to ?? 'current', true)
  return partition.slice(Math.max(0, from), Math.max(0, to + 1))
}
