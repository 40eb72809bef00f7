/** Expressions, by precedence; and the selects within them. */
import type { Cursor } from './cursor.ts'
import { fail, unsimulated } from './dialect.ts'
import { parseType } from './parse-type.ts'
import { over } from './parse-window.ts'
import type { Combined, Common, Expression, Item, Named, Select, Source, Window } from './tree.ts'

/** Words that end an expression or a name without being quoted. */
const RESERVED = new Set(
  'select from where group order having limit offset union except intersect join inner left right cross on using set values and or not as into case when then else end is null in between like exists returning for asc desc distinct window'.split(
    ' ',
  ),
)

const isReserved = (word: string): boolean => RESERVED.has(word.toLowerCase())

/** In MySQL's ON DUPLICATE KEY UPDATE: the row that has not come in, which has no name of its own. */
export const PROPOSED = 'VALUES()'

export function expression(c: Cursor): Expression {
  let left = conjunction(c)
  while (c.eats('or') || (c.dialect === 'mysql' && c.eats('||')))
    left = { kind: 'binary', operator: 'or', left, right: conjunction(c) }
  return left
}

function conjunction(c: Cursor): Expression {
  let left = negation(c)
  while (c.eats('and') || (c.dialect === 'mysql' && c.eats('&&')))
    left = { kind: 'binary', operator: 'and', left, right: negation(c) }
  return left
}

const negation = (c: Cursor): Expression =>
  c.eats('not') ? { kind: 'unary', operator: 'not', operand: negation(c) } : comparison(c)

function comparison(c: Cursor): Expression {
  let left = sum(c)
  for (;;) {
    const operator = c.eatsOneOf('=', '<=>', '<>', '!=', '<=', '>=', '<', '>')
    if (operator) left = { kind: 'binary', operator: operator === '!=' ? '<>' : operator, left, right: sum(c) }
    else if (c.eats('is')) {
      const negated = c.eats('not')
      const what = c.eatsOneOf('null', 'true', 'false')
      if (!what) c.refuse()
      left = { kind: 'is', operand: left, what: what === 'null' ? null : what === 'true', negated }
    } else {
      const negated = c.sees('not') && ['like', 'ilike', 'in', 'between', 'regexp', 'rlike'].some(w => c.sees('not', w))
      if (negated) c.take()
      const isPattern = c.dialect === 'postgres' && c.sees('!', '~')
      if (isPattern) c.take()
      const matching = c.eatsOneOf('like', 'ilike', 'regexp', 'rlike', '~')
      const insensitive = c.dialect === 'postgres' && matching === '~' && c.eats('*')
      if (matching)
        left = {
          kind: 'like',
          operand: left,
          pattern: sum(c),
          negated: negated || isPattern,
          caseless: insensitive || matching === 'ilike' || c.dialect === 'mysql',
          regexp: matching !== 'like' && matching !== 'ilike',
        }
      else if (c.eats('between')) {
        const low = sum(c)
        c.expect('and')
        left = { kind: 'between', operand: left, low, high: sum(c), negated }
      } else if (c.eats('in')) {
        c.expect('(')
        const among = startsSelect(c) ? select(c) : c.several(() => expression(c))
        c.expect(')')
        left = { kind: 'in', operand: left, among, negated }
      } else return left
    }
  }
}

function sum(c: Cursor): Expression {
  let left = product(c)
  for (;;) {
    const operator = c.eatsOneOf('+', '-') ?? (c.dialect === 'postgres' ? c.eatsOneOf('||') : undefined)
    if (!operator) return left
    left = { kind: 'binary', operator, left, right: product(c) }
  }
}

function product(c: Cursor): Expression {
  let left = unary(c)
  for (;;) {
    const operator = c.eatsOneOf('*', '/', '%') ?? (c.dialect === 'mysql' ? c.eatsOneOf('div', 'mod') : undefined)
    if (!operator) return left
    left = { kind: 'binary', operator: operator === 'mod' ? '%' : operator, left, right: unary(c) }
  }
}

function unary(c: Cursor): Expression {
  const sign = c.eatsOneOf('-', '+')
  if (sign) return { kind: 'unary', operator: sign as '-' | '+', operand: unary(c) }
  let operand = primary(c)
  while (c.eats('::')) operand = { kind: 'cast', operand, type: parseType(c) }
  return operand
}

function primary(c: Cursor): Expression {
  const token = c.next
  if (token.kind === 'number') return { kind: 'literal', value: Number(c.take().value) }
  if (token.kind === 'text') return { kind: 'literal', value: c.take().value }
  if (isOfUser(c)) return unsimulated('variables of a user')
  if (token.kind === 'variable')
    return { kind: 'variable', name: c.take().value.replace(/^@@(?:session\.)?/i, ''), at: token.at }
  if (c.eats('(')) {
    const inner: Expression = startsSelect(c) ? { kind: 'scalar', select: select(c) } : expression(c)
    c.expect(')')
    return inner
  }
  if (c.eats('null')) return { kind: 'literal', value: null }
  if (c.eats('true')) return { kind: 'literal', value: true }
  if (c.eats('false')) return { kind: 'literal', value: false }
  if (c.eats('default')) return { kind: 'default' }
  if (c.eats('case')) return cases(c)
  if (c.eats('exists')) {
    c.expect('(')
    const inner = select(c)
    c.expect(')')
    return { kind: 'exists', select: inner }
  }
  if (c.sees('cast', '(')) {
    c.expect('cast', '(')
    const operand = expression(c)
    c.expect('as')
    const type = parseType(c)
    c.expect(')')
    return { kind: 'cast', operand, type }
  }
  if (c.dialect === 'mysql' && c.eats('values', '(')) {
    const { at } = c.next
    const name = c.name()
    c.expect(')')
    return { kind: 'column', table: PROPOSED, name, at }
  }
  if (c.sees('interval')) return unsimulated('INTERVAL')
  if (token.kind === 'word' && isReserved(token.value)) return c.refuse()
  const name = c.name()
  if (token.kind === 'word' && c.sees('(')) return call(c, name, token.at)
  if (
    /^current_(timestamp|date|user|time)$/i.test(name) ||
    (c.dialect === 'postgres' && /^(session_user|current_catalog|current_schema|user)$/i.test(name))
  )
    return { kind: 'call', name: name.toLowerCase(), args: [], star: false, distinct: false, at: token.at }
  if (!c.eats('.')) return { kind: 'column', name, at: token.at }
  return { kind: 'column', table: name, name: c.name(), at: token.at }
}

/** `@x`, where `@@x` would be the server's own. */
export const isOfUser = ({ next }: Cursor): boolean => next.kind === 'variable' && !next.value.startsWith('@@')

function call(c: Cursor, name: string, at: number): Expression {
  c.expect('(')
  const distinct = c.eats('distinct')
  const star = c.eats('*')
  const args = star || c.sees(')') ? [] : c.several(() => expression(c))
  c.expect(')')
  let filter: Expression | undefined
  if (c.dialect === 'postgres' && c.eats('filter', '(', 'where')) {
    filter = expression(c)
    c.expect(')')
  }
  const window = over(c, expression)
  return {
    kind: 'call',
    name: name.toLowerCase(),
    args,
    star,
    distinct,
    at,
    ...(filter && { filter }),
    ...(window && { over: window }),
  }
}

function cases(c: Cursor): Expression {
  const operand = c.sees('when') ? undefined : expression(c)
  const branches: { when: Expression; result: Expression }[] = []
  while (c.eats('when')) {
    const when = expression(c)
    c.expect('then')
    branches.push({ when, result: expression(c) })
  }
  const otherwise = c.eats('else') ? expression(c) : undefined
  c.expect('end')
  return { kind: 'case', branches, ...(operand && { operand }), ...(otherwise && { otherwise }) }
}

/** A table's name, with its database's (a schema's, of PostgreSQL) before it. */
export function named(c: Cursor): Named {
  const { at } = c.next
  const first = c.name()
  if (!c.eats('.')) return { table: first, at }
  const table = c.name()
  return first === 'public' && c.dialect === 'postgres' ? { table, at } : { database: first, table, at }
}

export function items(c: Cursor): Item[] {
  return c.several((): Item => {
    const { at } = c.next
    if (c.eats('*')) return { text: '*' }
    if ((c.next.kind === 'word' || c.next.kind === 'name') && c.peek().value === '.' && c.peek(2).value === '*') {
      const table = c.name()
      c.expect('.', '*')
      return { table, text: `${table}.*` }
    }
    const inner = expression(c)
    const text = c.sql.slice(at, c.peek(-1).end)
    const alias = c.eats('as') || startsAlias(c) ? c.name() : undefined
    return { expression: inner, text, ...(alias !== undefined && { alias }) }
  })
}

const startsAlias = (c: Cursor): boolean =>
  !(c.sees('full', 'join') || c.sees('full', 'outer')) &&
  (c.next.kind === 'name' || (c.next.kind === 'word' && !isReserved(c.next.value)) || c.next.kind === 'text')

/** Whether a SELECT is next, with what may stand before it. */
export const startsSelect = (c: Cursor): boolean => c.sees('select') || c.sees('with')

/** A SELECT in parentheses in place of a table. */
function derived(c: Cursor): Select {
  c.expect('(')
  const inner = select(c)
  c.expect(')')
  return inner
}

/** `generate_series(1, 10)` in place of a table. */
function seriesOf(c: Cursor): Expression[] | undefined {
  if (c.dialect !== 'postgres' || !c.sees('generate_series', '(')) return undefined
  c.take()
  return c.list(() => expression(c))
}

function sources(c: Cursor): Source[] {
  const found: Source[] = []
  const one = (join: Source['join']): void => {
    if (c.sees('lateral')) unsimulated('LATERAL')
    const { at } = c.next
    const inner = c.sees('(') ? derived(c) : undefined
    const series = inner ? undefined : seriesOf(c)
    const table = inner || series ? { table: series ? 'generate_series' : '', at } : named(c)
    const called = c.eats('as') || (c.next.kind !== 'text' && startsAlias(c))
    if (inner && !called) fail({ kind: 'derivedWithoutName', at })
    const alias = called ? c.name() : table.table
    const columns = called && c.sees('(') ? c.list(() => c.name()) : series ? [alias] : undefined
    const source: Source = {
      ...table,
      alias,
      join,
      ...(inner && { select: inner }),
      ...(series && { series }),
      ...(columns && { columns }),
    }
    if (join !== 'cross' && c.eats('on')) source.on = expression(c)
    else if (join !== 'cross' && c.eats('using')) source.using = c.list(() => c.name())
    found.push(source)
  }
  one('cross')
  for (;;) {
    if (c.eats(',') || c.eats('cross', 'join')) one('cross')
    else if (c.eats('join') || c.eats('inner', 'join')) one('inner')
    else if (c.eats('left', 'join') || c.eats('left', 'outer', 'join')) one('left')
    else if (c.eats('full', 'join') || c.eats('full', 'outer', 'join')) one('full')
    else if (c.eats('right', 'join') || c.eats('right', 'outer', 'join')) one('right')
    else return found
  }
}

/** A SELECT up to where its order is told, or a whole one in parentheses. */
function core(c: Cursor): Select {
  if (c.eats('(')) {
    const whole = select(c)
    c.expect(')')
    return whole
  }
  if (c.dialect === 'postgres' && c.eats('values'))
    return { ...NOTHING, values: c.several(() => c.list(() => expression(c))) }
  c.expect('select')
  const distinct = c.eats('distinct')
  const chosen = items(c)
  const from = c.eats('from') ? sources(c) : []
  const where = c.eats('where') ? expression(c) : undefined
  const groupBy = c.eats('group', 'by') ? c.several(() => expression(c)) : []
  const having = c.eats('having') ? expression(c) : undefined
  const windows = c.eats('window') ? new Map(c.several(() => windowOf(c))) : undefined
  return {
    kind: 'select',
    distinct,
    items: chosen,
    from,
    groupBy,
    orderBy: [],
    ...(where && { where }),
    ...(having && { having }),
    ...(windows && { windows }),
  }
}

function windowOf(c: Cursor): [string, Window] {
  const name = c.name()
  c.expect('as')
  return [name, over(c, expression, true)!]
}

const NOTHING: Select = { kind: 'select', distinct: false, items: [], from: [], groupBy: [], orderBy: [] }

/** WITH: selects that the statement can name. */
function commons(c: Cursor): Pick<Select, 'common' | 'recursive'> {
  if (!c.eats('with')) return {}
  const recursive = c.eats('recursive')
  const common = c.several((): Common => {
    const name = c.name()
    const columns = c.sees('(') ? c.list(() => c.name()) : undefined
    c.expect('as')
    if (c.dialect === 'postgres') {
      c.eats('not')
      c.eats('materialized')
    }
    if (!c.sees('(', 'select') && !c.sees('(', 'with') && !c.sees('(', 'values') && !c.sees('(', '('))
      unsimulated('a WITH that changes something')
    return { name, select: derived(c), ...(columns && { columns }) }
  })
  return { common, recursive }
}

/** Selects joined by what binds most; `at` is where the next one begins, behind the word. */
function combined(c: Cursor, operators: readonly Combined['operator'][], one: (c: Cursor) => Select): Select {
  const first = one(c)
  const others: Combined[] = []
  for (;;) {
    const operator = operators.find(word => c.eats(word))
    if (!operator) break
    const all = c.eats('all')
    if (!all) c.eats('distinct')
    const { at } = c.peek()
    others.push({ operator, all, select: one(c), at })
  }
  if (!others.length) return first
  return { ...NOTHING, unions: [{ operator: 'union', all: true, select: first, at: 0 }, ...others] }
}

export function select(c: Cursor): Select {
  const common = commons(c)
  const together = combined(c, ['union', 'except'], inner => combined(inner, ['intersect'], core))
  const orderBy = c.eats('order', 'by')
    ? c.several(() => {
        const by = expression(c)
        const descending = c.eats('desc')
        if (!descending) c.eats('asc')
        return { expression: by, descending }
      })
    : []
  let limit: Expression | undefined
  let offset: Expression | undefined
  if (c.eats('limit')) {
    limit = sum(c)
    if (c.eats(',')) [offset, limit] = [limit, sum(c)]
  }
  if (c.eats('offset')) offset = sum(c)
  return {
    ...together,
    ...common,
    // What is in parentheses may have an order of its own.
    ...(orderBy.length && { orderBy }),
    ...(limit && { limit }),
    ...(offset && { offset }),
  }
}
