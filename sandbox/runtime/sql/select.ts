/** SELECT: rows of tables, joined, filtered, grouped, ordered. Without indexes: every row is looked at. */
import type { Row, Table } from './catalog.ts'
import { MOST_ROWS, renamed, tableOfRows, withCommon } from './derived.ts'
import { type Dialect, fail, unsimulated } from './dialect.ts'
import { aggregates, evaluate, type Scope, truth } from './evaluate.ts'
import type { Circumstances } from './functions.ts'
import type { Call, Combined, Expression, Item, Select, Source } from './tree.ts'
import { ordered, sortable, type Type, type Value } from './values.ts'
import { windowCalls, windowValues } from './windows.ts'

export interface ResultColumn {
  name: string
  /** Of a column of a table; what is reckoned shows it by its values. */
  type?: Type
}

export interface Rows {
  columns: readonly ResultColumn[]
  rows: readonly Row[]
}

/** What a SELECT is answered from. */
export interface World {
  dialect: Dialect
  circumstances: Circumstances
  /** @throws SqlError when there is no such table */
  table(source: Pick<Source, 'database' | 'table' | 'at'>): Table
  variable(name: string, at: number): Value
}

/** One row of each table so far; absent where an outer join found none. */
type Joined = readonly (Row | undefined)[]

interface Known {
  alias: string
  table: Table
}

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** Where the columns of these tables are found; what is not among them is looked for in the SELECT outside. */
function scopeOf(world: World, tables: readonly Known[], row: Joined, clause: string, outer?: Scope): Scope {
  return {
    dialect: world.dialect,
    circumstances: world.circumstances,
    clause,
    variable: world.variable,
    rows: select => run(select, world, scopeOf(world, tables, row, clause, outer)).rows,
    column(name, table, at, where) {
      const found: Value[] = []
      for (const [i, known] of tables.entries()) {
        if (table !== undefined && !sameName(known.alias, table)) continue
        const index = known.table.columns.findIndex(column => sameName(column.name, name))
        if (index >= 0) found.push(row[i]?.[index] ?? null)
      }
      if (found.length > 1) fail({ kind: 'ambiguousColumn', column: name, clause: where, at })
      if (found.length) return found[0]!
      if (outer) return outer.column(name, table, at, where)
      return fail({ kind: 'unknownColumn', column: name, clause: where, at, ...(table !== undefined && { table }) })
    },
  }
}

/** Of a row that is there, and one like it that has not come in and is called by another name. */
export const pairScope = (world: World, table: Table, row: Row, proposed: Row, alias: string): Scope =>
  scopeOf(
    world,
    [
      { alias: table.name, table },
      { alias, table },
    ],
    [row, proposed],
    'field list',
  )

/** The scope of one row of one table, as UPDATE and DELETE need it. */
export const rowScope = (world: World, table: Table, row: Row, clause: string): Scope =>
  scopeOf(world, [{ alias: table.name, table }], [row], clause)

/** Pairs of rows that a join may look at: without indexes it looks at all, and a page has to go on. */
const MOST_LOOKS = 2_000_000

function join(select: Select, world: World, outer: Scope | undefined): { tables: Known[]; rows: Joined[] } {
  const tables: Known[] = []
  let rows: Joined[] = [[]]
  let looked = 0
  for (const source of select.from) {
    const table = source.select
      ? tableOfRows(source.alias, run(source.select, world, outer), source.columns)
      : source.series
        ? series(source, scopeOf(world, [], [], 'from clause', outer))
        : renamed(world.table(source), source.columns)
    const before = [...tables]
    tables.push({ alias: source.alias, table })
    const met = (row: Joined): boolean =>
      source.on !== undefined
        ? truth(evaluate(source.on, scopeOf(world, tables, row, 'on clause', outer))) === true
        : (source.using ?? []).every(name => {
            const left = scopeOf(world, before, row, 'from clause').column(name, undefined, source.at, 'from clause')
            const right = scopeOf(world, tables.slice(-1), row.slice(-1), 'from clause')
            return left !== null && left === right.column(name, undefined, source.at, 'from clause')
          })
    looked += rows.length * table.rows.length
    if (looked > MOST_LOOKS) unsimulated('looking at so many rows')
    const next: Joined[] = []
    const matched = new Set<Row>()
    for (const left of rows) {
      let found = false
      for (const right of table.rows) {
        const row = [...left, right]
        if (!met(row)) continue
        found = true
        matched.add(right)
        next.push(row)
      }
      if (!found && (source.join === 'left' || source.join === 'full')) next.push([...left, undefined])
    }
    if (source.join === 'right' || source.join === 'full')
      for (const right of table.rows) if (!matched.has(right)) next.push([...before.map(() => undefined), right])
    rows = next
  }
  return { tables, rows }
}

/** A result's column for each item; `*` stands for many. */
function expand(
  items: readonly Item[],
  tables: readonly Known[],
  world: World,
): { expression: Expression; column: ResultColumn }[] {
  return items.flatMap(item => {
    if (item.expression)
      return [{ expression: item.expression, column: columnOf(item, item.expression, tables, world) }]
    const chosen = tables.filter(({ alias }) => item.table === undefined || sameName(alias, item.table))
    if (item.table !== undefined && !chosen.length)
      fail({ kind: 'unknownTable', database: '', table: item.table, at: 0 })
    return chosen.flatMap(({ alias, table }) =>
      table.columns.map(({ name, type }) => ({
        expression: { kind: 'column' as const, table: alias, name, at: 0 },
        column: { name, type },
      })),
    )
  })
}

function columnOf(item: Item, e: Expression, tables: readonly Known[], world: World): ResultColumn {
  const type =
    e.kind === 'cast'
      ? e.type
      : e.kind === 'column'
        ? tables
            .filter(({ alias }) => e.table === undefined || sameName(alias, e.table))
            .flatMap(({ table }) => table.columns)
            .find(column => sameName(column.name, e.name))?.type
        : undefined
  return { name: item.alias ?? nameOf(item, e, world.dialect), ...(type && { type }) }
}

/** MySQL repeats what was asked; PostgreSQL names what it was. */
function nameOf(item: Item, e: Expression, dialect: Dialect): string {
  if (e.kind === 'column') return e.name
  if (dialect === 'mysql') return e.kind === 'literal' && typeof e.value === 'string' ? e.value : item.text
  if (e.kind === 'call') return e.name
  if (e.kind === 'cast') return e.operand.kind === 'column' ? e.operand.name : e.type.name
  return e.kind === 'case' ? 'case' : e.kind === 'exists' ? 'exists' : '?column?'
}

interface Made {
  values: Row
  scope: Scope
}

/** Numbers one after the other, as a table. */
function series({ alias, series: args = [], columns }: Source, scope: Scope): Table {
  const [from = 1, to = 1, step = 1] = args.map(arg => Number(evaluate(arg, scope)))
  if (!step || (to - from) / step > MOST_ROWS) unsimulated('so long a series')
  const rows: Row[] = []
  for (let n = from; step > 0 ? n <= to : n >= to; n += step) rows.push([n])
  return tableOfRows(alias, { columns: [{ name: columns?.[0] ?? alias }], rows }, columns)
}

/** Rows of several SELECTs, each joined to those before it, or taken from them; doubles go, unless all are wanted. */
function union(select: Select, world: World, outer?: Scope): Rows {
  const [first, ...others] = select.unions!
  const { columns, rows } = run(first!.select, world, outer)
  let all = rows
  for (const other of others) {
    const more = run(other.select, world, outer)
    if (more.columns.length !== columns.length) fail({ kind: 'unionColumns', operator: other.operator, at: other.at })
    all = combine(all, more.rows, other)
  }
  const nothing = scopeOf(world, [], [], 'order clause', outer)
  const chosen = columns.map(column => ({ column }))
  const made = all.map(values => ({ values, scope: nothing }))
  return {
    columns,
    rows: cut(select, nothing, select.orderBy.length ? sort(made, select, chosen, world.dialect) : made),
  }
}

const withoutDoubles = (rows: readonly Row[]): Row[] => [
  ...new Map(rows.map(row => [JSON.stringify(row), row])).values(),
]

function combine(left: readonly Row[], right: readonly Row[], { operator, all }: Combined): readonly Row[] {
  if (operator === 'union') return all ? [...left, ...right] : withoutDoubles([...left, ...right])
  const counts = new Map<string, number>()
  for (const row of right) {
    const key = JSON.stringify(row)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const among = (row: Row): boolean => {
    const key = JSON.stringify(row)
    const count = counts.get(key) ?? 0
    // With ALL each row of the right stands for one of the left.
    if (all && count) counts.set(key, count - 1)
    return count > 0
  }
  return (all ? left : withoutDoubles(left)).filter(row => among(row) === (operator === 'intersect'))
}

/** Rows that are written out. */
function written(select: Select, world: World, outer?: Scope): Rows {
  const scope = scopeOf(world, [], [], 'field list', outer)
  const rows = select.values!.map(row => row.map(e => evaluate(e, scope)))
  const columns = (rows[0] ?? []).map((_, i) => ({ name: `column${i + 1}` }))
  const made = rows.map(values => ({ values, scope }))
  const chosen = columns.map(column => ({ column }))
  return { columns, rows: cut(select, scope, select.orderBy.length ? sort(made, select, chosen, world.dialect) : made) }
}

const cut = (select: Select, scope: Scope, made: readonly Made[]): Row[] => {
  const offset = select.offset ? Number(evaluate(select.offset, scope)) : 0
  const limit = select.limit ? Number(evaluate(select.limit, scope)) : Number.POSITIVE_INFINITY
  return made.slice(offset, offset + limit).map(({ values }) => values)
}

export function run(select: Select, around: World, outer?: Scope): Rows {
  const world = select.common ? withCommon(select, around, inner => ({ run: one => run(one, inner, outer) })) : around
  if (select.unions) return union(select, world, outer)
  if (select.values) return written(select, world, outer)
  const { tables, rows } = join(select, world, outer)
  const chosen = expand(select.items, tables, world)
  const scope = (row: Joined, clause: string): Scope => scopeOf(world, tables, row, clause, outer)
  const { where } = select
  // Names are looked up even where there is no row to look at.
  const nothing = scope([], 'field list')
  if (!rows.length)
    for (const { expression } of chosen)
      if (!aggregates(expression)) evaluate(expression, { ...nothing, window: () => null })
  if (where && !rows.length) evaluate(where, scope([], 'where clause'))
  const kept = where ? rows.filter(row => truth(evaluate(where, scope(row, 'where clause'))) === true) : rows
  const grouped =
    select.groupBy.length > 0 || chosen.some(({ expression }) => aggregates(expression)) || select.having !== undefined
  const scopes = grouped
    ? groups(
        select,
        chosen,
        kept.map(row => scope(row, 'field list')),
        // A group without any row has nothing in its columns.
        { ...nothing, column: () => null },
      )
    : kept.map(row => scope(row, 'field list'))
  const windows = [
    ...chosen.map(({ expression }) => expression),
    ...select.orderBy.map(({ expression }) => expression),
  ].flatMap(windowCalls)
  let made = windows.length
    ? overWindows(select, chosen, scopes, windows)
    : scopes.map(one => ({ scope: one, values: chosen.map(({ expression }) => evaluate(expression, one)) }))
  const { having } = select
  if (having && !windows.length)
    made = made.filter(one => truth(evaluate(having, withResults(one, chosen, 'having clause'))) === true)
  if (select.distinct) made = [...new Map(made.map(one => [JSON.stringify(one.values), one])).values()]
  if (select.orderBy.length) made = sort(made, select, chosen, world.dialect)
  return { columns: chosen.map(({ column }) => column), rows: cut(select, nothing, made) }
}

/** Functions over windows look at the rows that are left once groups have been made and chosen. */
function overWindows(
  { having, windows: named }: Select,
  chosen: readonly { expression: Expression; column: ResultColumn }[],
  scopes: readonly Scope[],
  calls: readonly Call[],
): Made[] {
  const left = having
    ? scopes.filter(one => truth(evaluate(having, { ...one, clause: 'having clause' })) === true)
    : scopes
  const values = windowValues(calls, left, named)
  return left.map((row, i) => {
    const scope: Scope = { ...row, window: call => values.get(call)?.[i] ?? null }
    return { scope, values: chosen.map(({ expression }) => evaluate(expression, scope)) }
  })
}

/** One scope for each group: its columns are those of its first row, and it knows all of them. */
function groups(
  select: Select,
  chosen: readonly { expression: Expression; column: ResultColumn }[],
  rows: readonly Scope[],
  nobody: Scope,
): Scope[] {
  const by = select.groupBy.map(e => {
    if (e.kind === 'literal' && typeof e.value === 'number') return chosen[e.value - 1]?.expression ?? e
    const named =
      e.kind === 'column' &&
      chosen.find(({ column, expression }) => sameName(column.name, e.name) && expression.kind !== 'column')
    return named ? named.expression : e
  })
  const found = new Map<string, Scope[]>()
  for (const row of rows) {
    const key = JSON.stringify(by.map(e => evaluate(e, { ...row, clause: 'group statement' })))
    const group = found.get(key)
    if (group) group.push(row)
    else found.set(key, [row])
  }
  if (!by.length && !found.size) found.set('', [])
  return [...found.values()].map(group => ({
    ...(group[0] ?? nobody),
    group,
  }))
}

/** Where what the SELECT has reckoned can be named too. */
function withResults({ scope, values }: Made, chosen: readonly { column: ResultColumn }[], clause: string): Scope {
  return {
    ...scope,
    clause,
    column(name, table, at, where) {
      const index = table === undefined ? chosen.findIndex(({ column }) => sameName(column.name, name)) : -1
      return index >= 0 ? values[index]! : scope.column(name, table, at, where)
    },
  }
}

function sort(
  made: readonly Made[],
  { orderBy }: Select,
  chosen: readonly { column: ResultColumn }[],
  dialect: Dialect,
): Made[] {
  const keyed = made.map(one => ({
    one,
    keys: orderBy.map(({ expression: e }) =>
      sortable(
        e.kind === 'literal' && typeof e.value === 'number'
          ? (one.values[e.value - 1] ?? null)
          : evaluate(e, withResults(one, chosen, 'order clause')),
        dialect,
      ),
    ),
  }))
  return keyed
    .sort((a, b) => {
      for (const [i, { descending }] of orderBy.entries()) {
        const order = ordered(a.keys[i]!, b.keys[i]!, dialect === 'mysql')
        if (order) return descending ? -order : order
      }
      return 0
    })
    .map(({ one }) => one)
}
