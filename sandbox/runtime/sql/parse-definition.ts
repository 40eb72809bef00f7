/** Columns and keys of a new table. */
import type { Cursor } from './cursor.ts'
import { unsimulated } from './dialect.ts'
import { expression, named } from './parse-expression.ts'
import { isSerial, parseType } from './parse-type.ts'
import type { ColumnTree, KeyTree, Reference } from './tree.ts'

export function definition(c: Cursor): ColumnTree {
  const name = c.name()
  const serial = isSerial(c.next.value)
  const column: ColumnTree = {
    name,
    type: parseType(c),
    notNull: serial,
    primary: false,
    unique: false,
    counts: serial,
  }
  for (;;) {
    if (c.eats('not', 'null')) column.notNull = true
    else if (c.eats('null')) column.notNull = false
    else if (c.eats('primary', 'key')) column.primary = true
    else if (c.eats('unique')) {
      c.eats('key')
      column.unique = true
    } else if (c.eatsOneOf('auto_increment', 'autoincrement')) column.counts = true
    else if (c.eats('generated')) {
      if (!c.eats('always', 'as', 'identity') && !c.eats('by', 'default', 'as', 'identity'))
        unsimulated('generated columns')
      column.counts = true
      column.notNull = true
    } else if (c.eats('default')) {
      const { at } = c.next
      column.default = expression(c)
      column.defaultText = c.sql.slice(at, c.peek(-1).end)
    } else if (c.eats('on', 'update')) column.onUpdate = expression(c)
    else if (c.eats('references')) column.references = references(c)
    else if (c.eats('comment')) c.text()
    else if (c.eats('collate') || c.eats('charset') || c.eats('character', 'set')) c.name()
    else if (c.eats('check')) {
      c.list(() => expression(c))
      unsimulated('CHECK')
    } else if (c.eats('constraint')) c.name()
    else return column
  }
}

function references(c: Cursor, columnName = (): string => c.name()): Reference {
  const { table } = named(c)
  return { table, columns: c.sees('(') ? c.list(columnName) : [], ...actions(c) }
}

function actions(c: Cursor): Pick<Reference, 'onDelete' | 'onUpdate'> {
  const found: Pick<Reference, 'onDelete' | 'onUpdate'> = {}
  while (c.eats('on')) {
    const event = c.eatsOneOf('delete', 'update') ?? c.refuse()
    if (c.eatsOneOf('restrict') || c.eats('no', 'action')) continue
    const action = c.eats('cascade') ? 'cascade' : c.eats('set', 'null') ? 'set null' : undefined
    if (!action) return unsimulated(`ON ${event.toUpperCase()} ${c.next.value.toUpperCase()}`)
    found[event === 'delete' ? 'onDelete' : 'onUpdate'] = action
  }
  return found
}

const KEYS = ['primary', 'unique', 'key', 'index', 'foreign', 'constraint', 'check', 'fulltext']

/** Whether what is next in a table's definition is no column. A column may be called `key`, with a type behind it. */
export const startsKey = (c: Cursor): boolean =>
  c.next.kind === 'word' &&
  KEYS.includes(c.next.value.toLowerCase()) &&
  (c.peek().value === '(' ||
    c.peek().kind === 'name' ||
    !/^(int|varchar|text|char|serial|bigint|integer)$/i.test(c.peek().value))

export function key(c: Cursor): KeyTree[] {
  const name = c.eats('constraint') ? c.name() : undefined
  const columns = (): string[] => c.list(() => columnOfKey(c))
  const called = (own: string | undefined) => (own !== undefined || name !== undefined ? { name: (own ?? name)! } : {})
  if (c.eats('primary', 'key')) return [{ kind: 'primary', ...called(undefined), columns: columns() }]
  const unique = c.eats('unique')
  if (unique || c.sees('key') || c.sees('index')) {
    c.eatsOneOf('key', 'index')
    const own = c.sees('(') ? undefined : c.name()
    return [{ kind: unique ? 'unique' : 'index', ...called(own), columns: columns() }]
  }
  if (c.eats('foreign', 'key')) {
    const own = columns()
    c.expect('references')
    const to = references(c, () => columnOfKey(c))
    return [{ kind: 'foreign', ...called(undefined), columns: own, references: to }]
  }
  return unsimulated(c.next.value.toUpperCase())
}

function columnOfKey(c: Cursor): string {
  const name = c.name()
  if (c.sees('(')) c.list(() => c.number())
  c.eatsOneOf('asc', 'desc')
  return name
}
