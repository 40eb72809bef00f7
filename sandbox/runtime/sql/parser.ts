/** One statement of SQL. What is understood but not simulated is refused in those words. */
import { copy } from './copy.ts'
import { Cursor } from './cursor.ts'
import { type Dialect, fail, unsimulated } from './dialect.ts'
import { account, grant, ifExists, ifNotExists, passwordOf, revoke, user } from './parse-account.ts'
import { definition, key, startsKey } from './parse-definition.ts'
import { expression, isOfUser, items, named, select, startsSelect } from './parse-expression.ts'
import { show } from './parse-show.ts'
import { createView, dropView } from './parse-view.ts'
import type { Change, ColumnTree, Doubles, Item, KeyTree, Statement } from './tree.ts'

/** @throws SqlError */
export function parse(sql: string, dialect: Dialect): Statement {
  const c = new Cursor(sql, dialect)
  const parsed = statement(c)
  if (c.next.kind !== 'end') c.refuse()
  return parsed
}

function statement(c: Cursor): Statement {
  if (startsSelect(c) || c.sees('(') || (c.dialect === 'postgres' && c.sees('values'))) return select(c)
  if (c.eats('insert')) return insert(c)
  if (c.dialect === 'mysql' && c.eats('replace')) return insert(c, { fate: 'replace' })
  if (c.eats('update')) return update(c)
  if (c.eats('delete', 'from')) {
    const table = named(c)
    return { kind: 'delete', table, ...condition(c), ...returning(c) }
  }
  if (c.eats('create')) return create(c)
  if (c.eats('drop')) return drop(c)
  if (c.eats('alter')) return alter(c)
  if (c.eats('truncate')) {
    c.eats('table')
    return { kind: 'truncate', table: named(c) }
  }
  if (c.eats('use')) return { kind: 'use', database: c.name() }
  if (c.eats('show')) return show(c)
  if (c.dialect === 'mysql' && (c.eats('describe') || c.eats('desc') || c.eats('explain'))) {
    if (startsSelect(c) || c.sees('analyze') || c.sees('format')) return unsimulated('EXPLAIN')
    return { kind: 'show', what: 'columns', table: named(c) }
  }
  if (c.eats('begin') || c.eats('start', 'transaction')) {
    c.eatsOneOf('work', 'transaction')
    return { kind: 'begin' }
  }
  if (c.eats('commit') || c.eats('end')) return { kind: 'commit' }
  if (c.eats('rollback')) return { kind: 'rollback' }
  if (c.eats('set')) return set(c)
  if (c.eats('grant')) return grant(c)
  if (c.dialect === 'mysql' && c.eats('revoke')) return revoke(c)
  if (c.dialect === 'mysql' && c.eats('flush')) {
    if (c.eatsOneOf('privileges', 'hosts') && c.next.kind === 'end')
      return { kind: 'nothing', tag: '', right: 'RELOAD' }
    return unsimulated('this FLUSH')
  }
  if (c.dialect === 'postgres' && c.eats('copy')) return copy(c)
  if (c.eats('change')) return follow(c)
  if (c.eatsOneOf('start', 'stop') && c.eatsOneOf('slave', 'replica'))
    return { kind: 'replica', verb: c.peek(-2).value.toLowerCase() === 'start' ? 'start' : 'stop' }
  if (c.dialect === 'postgres')
    for (const word of ['vacuum', 'analyze', 'reindex', 'checkpoint'])
      if (c.eats(word)) {
        // There is nothing to tidy up.
        while (c.next.kind !== 'end') c.take()
        return { kind: 'nothing', tag: word.toUpperCase() }
      }
  for (const word of [
    'revoke',
    'explain',
    'analyze',
    'vacuum',
    'lock',
    'prepare',
    'execute',
    'call',
    'do',
    'load',
    'copy',
  ])
    if (c.sees(word)) return unsimulated(word.toUpperCase())
  return c.refuse()
}

const condition = (c: Cursor) => (c.eats('where') ? { where: expression(c) } : {})

const returning = (c: Cursor): { returning?: readonly Item[] } =>
  c.dialect === 'postgres' && c.eats('returning') ? { returning: items(c) } : {}

/** `ON CONFLICT (id) DO NOTHING`, `… DO UPDATE SET n = excluded.n` */
function conflict(c: Cursor, at: number): Doubles {
  const key = c.eats('on', 'constraint')
    ? { constraint: c.name() }
    : c.sees('(')
      ? { columns: c.list(() => c.name()) }
      : undefined
  c.expect('do')
  if (c.eats('nothing')) return { ...key, fate: 'skip' }
  c.expect('update', 'set')
  const doubles = { ...key, fate: changes(c), ...condition(c), alias: 'excluded' }
  return key ? doubles : fail({ kind: 'conflictWithoutKey', at })
}

/** What is said of rows that are like others. */
function doublesOf(c: Cursor): Doubles | undefined {
  const { at } = c.next
  if (c.dialect === 'postgres') return c.eats('on', 'conflict') ? conflict(c, at) : undefined
  const alias = c.eats('as') ? c.name() : undefined
  if (alias !== undefined && c.sees('(')) return unsimulated('names for the columns of a new row')
  if (!c.eats('on', 'duplicate', 'key', 'update')) return undefined
  return { fate: changes(c), ...(alias !== undefined && { alias }) }
}

function insert(c: Cursor, given?: Doubles): Statement {
  const ignored: Doubles | undefined = c.eats('ignore') ? { fate: 'skip' } : given
  if (c.dialect === 'postgres') c.expect('into')
  else c.eats('into')
  const table = named(c)
  const columns = c.sees('(') && c.peek().value.toLowerCase() !== 'select' ? c.list(() => c.name()) : undefined
  if (c.eats('default', 'values'))
    return { kind: 'insert', table, columns: [], rows: [[]], ...(ignored && { doubles: ignored }), ...returning(c) }
  if (!startsSelect(c) && !c.eatsOneOf('values', 'value')) c.refuse()
  const rows = startsSelect(c)
    ? select(c)
    : c.several(() => {
        c.expect('(')
        const row = c.sees(')') ? [] : c.several(() => expression(c))
        c.expect(')')
        return row
      })
  const doubles = doublesOf(c) ?? ignored
  return { kind: 'insert', table, rows, ...(doubles && { doubles }), ...(columns && { columns }), ...returning(c) }
}

const changes = (c: Cursor): readonly Change[] =>
  c.several(() => {
    const { at } = c.next
    const column = c.name()
    c.expect('=')
    return { column, at, value: expression(c) }
  })

function update(c: Cursor): Statement {
  const table = named(c)
  c.expect('set')
  return { kind: 'update', table, set: changes(c), ...condition(c), ...returning(c) }
}

function create(c: Cursor): Statement {
  if (c.eats('database') || (c.dialect === 'mysql' && c.eats('schema'))) {
    const mayExist = ifNotExists(c)
    const name = c.name()
    ofDatabase(c)
    return { kind: 'createDatabase', name, mayExist }
  }
  if (c.eats('user') || c.eats('role')) return user(c, false)
  const unique = c.eats('unique')
  if (c.eats('index')) {
    ifNotExists(c)
    const name = c.sees('on') ? '' : c.name()
    c.expect('on')
    const table = named(c)
    return { kind: 'createIndex', table, name, unique, columns: c.list(() => c.name()) }
  }
  if (c.sees('temporary') || c.sees('temp')) return unsimulated('temporary tables')
  if (c.eats('table')) return createTable(c)
  if (c.sees('view') || c.sees('or', 'replace', 'view')) return createView(c)
  for (const what of ['procedure', 'function', 'trigger', 'event', 'extension', 'type', 'sequence', 'schema', 'or'])
    if (c.sees(what)) return unsimulated(`CREATE ${what === 'or' ? 'OR REPLACE' : what.toUpperCase()}`)
  return c.refuse()
}

/** How a database sorts and whose it is, which makes no difference here. */
function ofDatabase(c: Cursor): void {
  c.eats('with')
  while (c.next.kind !== 'end') {
    c.eats('default')
    if (
      !c.eats('character', 'set') &&
      !c.eatsOneOf('charset', 'collate', 'owner', 'encoding', 'lc_collate', 'lc_ctype')
    )
      unsimulated(`${c.next.value.toUpperCase()} of a database`)
    c.eats('=')
    c.name()
  }
}

/** @returns where the numbers of a table begin, when that is among what stands behind its columns */
function ofTable(c: Cursor): number | undefined {
  let next: number | undefined
  while (c.next.kind !== 'end') {
    c.eats(',')
    c.eats('default')
    const option = c.eats('character', 'set')
      ? 'charset'
      : c.eatsOneOf('engine', 'charset', 'collate', 'comment', 'row_format', 'auto_increment')
    if (!option) return unsimulated(`${c.next.value.toUpperCase()} of a table`)
    c.eats('=')
    if (option === 'auto_increment') next = c.number()
    else c.name()
  }
  return next
}

function createTable(c: Cursor): Statement {
  const mayExist = ifNotExists(c)
  const table = named(c)
  if (c.sees('as') || c.sees('like') || c.sees('select')) return unsimulated('a table made of another')
  const columns: ColumnTree[] = []
  const keys: KeyTree[] = []
  c.list(() => {
    if (startsKey(c)) keys.push(...key(c))
    else columns.push(definition(c))
  })
  const next = c.dialect === 'mysql' ? ofTable(c) : undefined
  return { kind: 'createTable', table, columns, keys, mayExist, ...(next !== undefined && { next }) }
}

function drop(c: Cursor): Statement {
  if (c.eats('view')) return dropView(c)
  if (c.eats('database') || (c.dialect === 'mysql' && c.eats('schema'))) {
    const mayLack = ifExists(c)
    return { kind: 'dropDatabase', name: c.name(), mayLack }
  }
  if (c.eats('table')) {
    const mayLack = ifExists(c)
    const tables = c.several(() => named(c))
    c.eatsOneOf('cascade', 'restrict')
    return { kind: 'dropTable', tables, mayLack }
  }
  if (c.eats('user') || c.eats('role')) {
    const mayLack = ifExists(c)
    return { kind: 'dropUser', names: c.several(() => account(c)), mayLack }
  }
  if (c.next.kind === 'word') return unsimulated(`DROP ${c.next.value.toUpperCase()}`)
  return c.refuse()
}

function alter(c: Cursor): Statement {
  if (c.eats('user') || c.eats('role')) return user(c, true)
  if (!c.eats('table')) return unsimulated(`ALTER ${c.next.value.toUpperCase()}`)
  const table = named(c)
  if (c.eats('add')) {
    if (startsKey(c)) return unsimulated('adding keys to a table')
    c.eats('column')
    return { kind: 'addColumn', table, column: definition(c) }
  }
  if (c.eats('drop')) {
    c.eats('column')
    const { at } = c.next
    return { kind: 'dropColumn', table, column: c.name(), at }
  }
  if (c.eats('rename', 'to')) return { kind: 'renameTable', table, to: c.name() }
  return unsimulated(`ALTER TABLE ${c.next.value.toUpperCase()}`)
}

function set(c: Cursor): Statement {
  if (c.eats('names')) {
    c.name()
    if (c.eats('collate')) c.name()
    return { kind: 'nothing', tag: 'SET' }
  }
  if (c.dialect === 'mysql' && c.eats('password')) return passwordOf(c)
  for (const what of ['transaction', 'role', 'time', 'constraints', 'persist', 'persist_only'])
    if (c.sees(what)) return unsimulated(`SET ${what.toUpperCase()}`)
  const scope = c.eatsOneOf('global', 'session', 'local')
  for (const what of ['transaction', 'characteristics'])
    if (c.sees(what)) return unsimulated(`SET ${what.toUpperCase()}`)
  if (scope === 'local' && c.dialect === 'postgres') return unsimulated('SET LOCAL')
  if (isOfUser(c)) return unsimulated('variables of a user')
  const [, written, name = ''] = /^(?:@@(?:(global|session)\.)?)?(.*)$/is.exec(c.take().value) ?? []
  if (!c.eats('=') && !c.eats(':=') && !c.eats('to')) c.refuse()
  const word = c.next
  // `SET x = on`: a word, not a column.
  const value = word.kind === 'word' ? { kind: 'literal' as const, value: c.take().value } : expression(c)
  if (c.sees(',')) return unsimulated('several settings at once')
  return { kind: 'set', name, value, global: (written ?? scope)?.toLowerCase() === 'global' }
}

/** CHANGE MASTER TO, and what it is called since 8.0.23. */
function follow(c: Cursor): Statement {
  if (!c.eats('master', 'to')) c.expect('replication', 'source', 'to')
  const settings: Record<string, string> = {}
  c.several(() => {
    const name = c
      .name()
      .toLowerCase()
      .replace(/^(master|source)_/, '')
    c.expect('=')
    settings[name] = c.take().value
  })
  return { kind: 'follow', settings }
}
