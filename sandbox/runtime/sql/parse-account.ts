/** Accounts and what they may do, as MySQL's and PostgreSQL's statements name them. */
import type { Cursor } from './cursor.ts'
import { unsimulated } from './dialect.ts'
import type { Right, Statement } from './tree.ts'

export const ifNotExists = (c: Cursor): boolean => c.eats('if', 'not', 'exists')
export const ifExists = (c: Cursor): boolean => c.eats('if', 'exists')

/** `'app'@'%'`: from where somebody may come is not asked. */
export function account(c: Cursor): string {
  const name = c.name()
  const { next } = c
  if (next.kind === 'variable') c.take()
  else if (next.value === '@') {
    c.take()
    c.take()
  }
  return name
}

/** What a role may do, where everybody may do everything; that one may not log in is not among it. */
const OF_ROLES =
  'login superuser nosuperuser createdb nocreatedb createrole nocreaterole inherit noinherit replication noreplication bypassrls nobypassrls'.split(
    ' ',
  )

export function user(c: Cursor, change: boolean): Statement {
  const mayExist = c.dialect === 'mysql' && (change ? ifExists(c) : ifNotExists(c))
  const name = account(c)
  const made = { kind: 'createUser', name, mayExist, alter: change } as const
  if (c.dialect === 'mysql') {
    const secret = password(c)
    if (c.next.kind !== 'end') unsimulated(`${c.next.value.toUpperCase()} of an account`)
    return { ...made, ...secret }
  }
  let secret: string | undefined
  c.eats('with')
  while (c.next.kind !== 'end') {
    if (c.eats('encrypted')) continue
    if (c.eats('password')) secret = c.text()
    else if (!c.eatsOneOf(...OF_ROLES)) return unsimulated(`${c.next.value.toUpperCase()} of a role`)
  }
  return { ...made, ...(secret !== undefined && { password: secret }) }
}

/** `IDENTIFIED BY 'secret'`, with or without the plugin that looks at it. */
function password(c: Cursor): { password?: string } {
  if (!c.eats('identified')) return {}
  if (c.eats('with')) {
    c.name()
    if (!c.sees('by')) return unsimulated('an account without a password')
  }
  c.expect('by')
  return { password: c.text() }
}

/** `SET PASSWORD FOR 'app'@'%' = 'secret'`, with PASSWORD('secret') before MySQL 8. */
export function passwordOf(c: Cursor): Statement {
  const name = c.eats('for') ? account(c) : undefined
  c.expect('=')
  const called = c.eats('password', '(')
  const secret = c.text()
  if (called) c.expect(')')
  return { kind: 'createUser', ...(name !== undefined && { name }), password: secret, mayExist: false, alter: true }
}

/** What stands between GRANT and ON, in capital letters; columns in parentheses are not told apart. */
function rights(c: Cursor, until: readonly string[]): string[] {
  const all: string[] = []
  let one: string[] = []
  for (; !until.some(word => c.sees(word)); ) {
    if (c.next.kind === 'end') return c.refuse()
    if (c.sees('(')) unsimulated('rights to single columns')
    if (c.eats(',')) {
      all.push(one.join(' '))
      one = []
    } else one.push(c.take().value.toUpperCase())
  }
  all.push(one.join(' '))
  return all.map(right => (right === 'ALL' ? 'ALL PRIVILEGES' : right))
}

/** `*.*`, `shop.*`, `shop.items`; a name alone is of the database that is used. */
function objectOf(c: Cursor): Right['on'] {
  c.eats('table')
  const part = (): string | undefined => (c.eats('*') ? undefined : c.name())
  const first = part()
  if (!c.eats('.')) return first === undefined ? { here: true } : { here: true, table: first }
  const second = part()
  return { ...(first !== undefined && { database: first }), ...(second !== undefined && { table: second }) }
}

/** In PostgreSQL everybody may do everything: what counts is whether there is somebody. */
export function grant(c: Cursor): Statement {
  let right: Right | undefined
  if (c.dialect === 'mysql') {
    const named = rights(c, ['on', 'to'])
    if (!c.eats('on')) return unsimulated('roles')
    right = { rights: named, on: objectOf(c) }
  } else while (!c.sees('to')) if (c.take().kind === 'end') c.refuse()
  c.expect('to')
  const to = c.several(() => ({ name: account(c), ...password(c) }))
  const option = c.eats('with', 'grant', 'option') || c.eats('with', 'admin', 'option')
  if (c.next.kind !== 'end') return unsimulated(`GRANT with ${c.next.value.toUpperCase()}`)
  return { kind: 'grant', to, option, ...(right && { right }) }
}

export function revoke(c: Cursor): Statement {
  const named = rights(c, ['on', 'from'])
  const on = c.eats('on') ? objectOf(c) : undefined
  c.expect('from')
  return { kind: 'revoke', rights: named, ...(on && { on }), from: c.several(() => account(c)) }
}
