/** SHOW, as MySQL and PostgreSQL have it. */
import type { Cursor } from './cursor.ts'
import { unsimulated } from './dialect.ts'
import { account } from './parse-account.ts'
import { named } from './parse-expression.ts'
import type { Statement } from './tree.ts'

function skip(c: Cursor): void {
  while (c.next.kind !== 'end') c.take()
}

export function show(c: Cursor): Statement {
  const scope = c.eatsOneOf('full', 'global', 'session')
  const global = scope === 'global'
  const pattern = (): { like?: string } => (c.eats('like') ? { like: c.text() } : {})
  if (c.dialect === 'postgres') {
    const name = c.name()
    skip(c)
    return { kind: 'show', what: 'setting', like: name }
  }
  if (c.eatsOneOf('databases', 'schemas')) return { kind: 'show', what: 'databases', ...pattern() }
  if (c.eats('tables')) {
    const database = c.eatsOneOf('from', 'in') ? c.name() : undefined
    return {
      kind: 'show',
      what: 'tables',
      full: scope === 'full',
      ...(database !== undefined && { database }),
      ...pattern(),
    }
  }
  if (c.eats('variables')) return { kind: 'show', what: 'variables', global, ...pattern() }
  if (c.eats('status')) return { kind: 'show', what: 'status', ...pattern() }
  if (c.eatsOneOf('index', 'indexes', 'keys')) {
    if (!c.eatsOneOf('from', 'in')) c.refuse()
    return { kind: 'show', what: 'index', table: named(c) }
  }
  if (c.eats('table', 'status')) {
    const database = c.eatsOneOf('from', 'in') ? c.name() : undefined
    return { kind: 'show', what: 'tableStatus', ...(database !== undefined && { database }), ...pattern() }
  }
  if (c.eats('engines') || c.eats('storage', 'engines')) return { kind: 'show', what: 'engines' }
  if (c.eats('binary', 'logs') || c.eats('master', 'logs')) return { kind: 'replica', verb: 'logs' }
  if (c.eats('create', 'database') || c.eats('create', 'schema'))
    return { kind: 'show', what: 'createDatabase', database: c.name() }
  if (c.eatsOneOf('warnings', 'errors')) return { kind: 'show', what: 'warnings' }
  if (c.eatsOneOf('columns', 'fields')) {
    if (!c.eatsOneOf('from', 'in')) c.refuse()
    return { kind: 'show', what: 'columns', full: scope === 'full', table: named(c), ...pattern() }
  }
  if (c.eats('create', 'table') || c.eats('create', 'view')) return { kind: 'show', what: 'create', table: named(c) }
  if (c.eats('processlist')) return { kind: 'show', what: 'processlist' }
  if (c.eats('grants')) {
    const name = c.eats('for') && !c.eats('current_user') ? account(c) : undefined
    if (c.eats('(')) c.expect(')')
    return { kind: 'show', what: 'grants', ...(name !== undefined && { account: name }) }
  }
  if (c.eats('master', 'status') || c.eats('binary', 'log', 'status')) return { kind: 'replica', verb: 'source' }
  if (c.eats('slave', 'status') || c.eats('replica', 'status')) return { kind: 'replica', verb: 'status' }
  if (c.next.kind === 'word') return unsimulated(`SHOW ${c.next.value.toUpperCase()}`)
  return c.refuse()
}
