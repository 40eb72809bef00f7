/** Accounts of a server: made, changed, given rights and dropped. */
import { type Content, type Granted, withAccount } from './catalog.ts'
import { type Dialect, fail } from './dialect.ts'
import type { Outcome } from './outcome.ts'
import { EVERYTHING, objectOf, ofDatabase } from './rights.ts'
import type { Statement } from './tree.ts'

/** With more rights; those to the same object are one entry, in the order in which MySQL names them. */
function withRights(rights: readonly Granted[], more: Granted): Granted[] {
  const before = rights.find(({ on }) => on === more.on)
  const all = [...new Set([...(before?.rights ?? []), ...more.rights])]
  const joined = all.includes('ALL PRIVILEGES') ? ['ALL PRIVILEGES'] : all
  const entry = { on: more.on, rights: joined, option: more.option || (before?.option ?? false) }
  return [...rights.filter(({ on }) => on !== more.on), entry]
}

/** A first user of a database, as the image's entrypoint makes one. */
export const withFirstUser = (content: Content, name: string, database: string): Content =>
  withAccount(content, name, {
    password: '',
    ...content.accounts.get(name),
    rights: [{ on: ofDatabase(database), rights: ['ALL PRIVILEGES'], option: false }],
  })

/** A statement about accounts, and what comes of it. */
export function changeAccounts(
  content: Content,
  statement: Extract<Statement, { kind: 'createUser' | 'dropUser' | 'grant' | 'revoke' }>,
  who: { dialect: Dialect; version: string; database: string | undefined; user: string },
): { content: Content; outcome: Outcome } {
  switch (statement.kind) {
    case 'createUser': {
      const { name = who.user, password, alter, mayExist } = statement
      const known = content.accounts.get(name)
      const outcome = { tag: alter ? 'ALTER ROLE' : 'CREATE ROLE', affected: 0 }
      // Who is there and need not be made, or is not and need not change, stays so.
      if (alter !== Boolean(known)) {
        if (mayExist) return { content, outcome }
        fail(alter ? { kind: 'unknownRole', roles: [name], command: 'ALTER USER' } : { kind: 'roleExists', role: name })
      }
      return {
        content: withAccount(content, name, { ...known, password: password ?? known?.password ?? '' }),
        outcome,
      }
    }
    case 'dropUser': {
      const lacking = statement.names.filter(name => !content.accounts.has(name))
      if (lacking.length && !statement.mayLack) fail({ kind: 'unknownRole', roles: lacking, command: 'DROP USER' })
      const notices = lacking.map(name => `role "${name}" does not exist, skipping`)
      const left = statement.names.reduce((now, name) => withAccount(now, name, undefined), content)
      return { content: left, outcome: { tag: 'DROP ROLE', affected: 0, notices } }
    }
    case 'grant':
      return { content: granted(content, statement, who), outcome: { tag: 'GRANT', affected: 0 } }
    case 'revoke':
      return { content: revoked(content, statement, who.database), outcome: { tag: 'REVOKE', affected: 0 } }
  }
}

/** Servers before MySQL 8, and MariaDB, make an account of somebody whom they are given a password of. */
function granted(
  content: Content,
  { to, right, option }: Extract<Statement, { kind: 'grant' }>,
  { dialect, version, database }: { dialect: Dialect; version: string; database: string | undefined },
): Content {
  let after = content
  const makes = dialect === 'mysql' && !/^[89]\./.test(version)
  for (const { name, password } of to) {
    if (makes && password !== undefined) after = withAccount(after, name, { ...after.accounts.get(name), password })
    else if (dialect === 'postgres' && /^(public|current_user)$/.test(name)) continue
    else if (password !== undefined || !after.accounts.has(name)) fail({ kind: 'grantToNobody', role: name })
    if (!right) continue
    const account = after.accounts.get(name)!
    const more = { on: objectOf(right.on, database), rights: right.rights, option }
    after = withAccount(after, name, { ...account, rights: withRights(account.rights ?? [], more) })
  }
  return after
}

function revoked(
  content: Content,
  { from, rights, on }: Extract<Statement, { kind: 'revoke' }>,
  database: string | undefined,
): Content {
  let after = content
  for (const name of from) {
    const account = after.accounts.get(name) ?? fail({ kind: 'noSuchGrant', user: name })
    const object = on && objectOf(on, database)
    const known = account.rights ?? []
    if (object !== undefined && object !== EVERYTHING && !known.some(one => one.on === object))
      fail({ kind: 'noSuchGrant', user: name })
    const left = known.flatMap((one): Granted[] => {
      if (object !== undefined && one.on !== object) return [one]
      const stay = rights.includes('ALL PRIVILEGES') ? [] : one.rights.filter(right => !rights.includes(right))
      return stay.length ? [{ ...one, rights: stay }] : []
    })
    after = withAccount(after, name, { ...account, rights: left })
  }
  return after
}
