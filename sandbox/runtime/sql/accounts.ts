/** Who may come in and, in MySQL, what they may do. */
import { type Account, type Content, type Granted, withAccount } from './catalog.ts'
import { type Dialect, fail } from './dialect.ts'
import type { Outcome } from './outcome.ts'
import type { Right, Statement } from './tree.ts'

/** Of which database `on` means everything. */
export const ofDatabase = (database: string): string => `\`${database}\`.*`

const EVERYTHING = '*.*'

function objectOf(on: Right['on'], used: string | undefined): string {
  const database = on.here ? (used ?? fail({ kind: 'noDatabase' })) : on.database
  if (database === undefined) return EVERYTHING
  return on.table === undefined ? ofDatabase(database) : `\`${database}\`.\`${on.table}\``
}

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
      if (!alter && known && !mayExist) fail({ kind: 'roleExists', role: name })
      if (alter && !known) fail({ kind: 'unknownRole', role: name })
      return {
        content: withAccount(content, name, { ...known, password: password ?? known?.password ?? '' }),
        outcome: { tag: alter ? 'ALTER ROLE' : 'CREATE ROLE', affected: 0 },
      }
    }
    case 'dropUser': {
      const { name, mayLack } = statement
      const known = content.accounts.has(name)
      if (!known && !mayLack) fail({ kind: 'unknownRole', role: name })
      const notices = known ? [] : [`role "${name}" does not exist, skipping`]
      return { content: withAccount(content, name, undefined), outcome: { tag: 'DROP ROLE', affected: 0, notices } }
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

/** What a user may do, for MySQL: the first user may do everything. */
const rightsOf = (user: string, account: Account | undefined): readonly Granted[] =>
  user === 'root' ? [{ on: EVERYTHING, rights: ['ALL PRIVILEGES'], option: true }] : (account?.rights ?? [])

/** Whether somebody has a right to everything. */
export const mayEverywhere = (content: Content, user: string, right: string): boolean =>
  rightsOf(user, content.accounts.get(user)).some(
    ({ on, rights }) => on === EVERYTHING && (rights.includes('ALL PRIVILEGES') || rights.includes(right)),
  )

/** Databases that everybody sees. */
const OF_ALL = new Set(['information_schema', 'performance_schema'])

/** Whether somebody sees a database at all. */
export const maySee = (content: Content, user: string, database: string): boolean =>
  OF_ALL.has(database) ||
  rightsOf(user, content.accounts.get(user)).some(
    ({ on, rights }) => reaches(on, database) && rights.some(right => right !== 'USAGE'),
  )

/** Whether somebody may do this to a table, or to all tables of a database. */
export const may = (content: Content, user: string, right: string, database: string, table?: string): boolean =>
  OF_ALL.has(database) ||
  rightsOf(user, content.accounts.get(user)).some(
    ({ on, rights }) =>
      (on === EVERYTHING || isDatabase(on, database) || on === `\`${database}\`.\`${table}\``) &&
      (rights.includes('ALL PRIVILEGES') || rights.includes(right)),
  )

/** In names of databases `_` and `%` stand for others. */
function isDatabase(on: string, database: string): boolean {
  const [, pattern] = /^`(.*)`\.\*$/.exec(on) ?? []
  if (pattern === undefined) return false
  const source = pattern.replace(/\\([_%])|[_%]|[.*+?^${}()|[\]\\]/g, (sign, literal: string | undefined) =>
    literal !== undefined ? literal : sign === '%' ? '.*' : sign === '_' ? '.' : `\\${sign}`,
  )
  return new RegExp(`^${source}$`, 'u').test(database)
}

const reaches = (on: string, database: string): boolean =>
  on === EVERYTHING || isDatabase(on, database) || on.startsWith(`\`${database}\`.`)

/** What SHOW GRANTS says, line by line. */
export function grantsOf(content: Content, user: string, host: string, quote: string): string[] {
  const name = `${quote}${user}${quote}@${quote}${host}${quote}`
  const lines = rightsOf(user, content.accounts.get(user)).map(
    ({ on, rights, option }) => `GRANT ${rights.join(', ')} ON ${on} TO ${name}${option ? ' WITH GRANT OPTION' : ''}`,
  )
  return lines.some(line => line.includes(' ON *.* ')) ? lines : [`GRANT USAGE ON *.* TO ${name}`, ...lines]
}

/** What a statement does, as rights name it. */
const RIGHTS: Readonly<Partial<Record<Statement['kind'], string>>> = {
  insert: 'INSERT',
  update: 'UPDATE',
  delete: 'DELETE',
  createTable: 'CREATE',
  truncate: 'DROP',
  addColumn: 'ALTER',
  dropColumn: 'ALTER',
  renameTable: 'ALTER',
  createIndex: 'INDEX',
}

/** @throws SqlError when MySQL would not show somebody the rows of a table */
export function refuseReading(content: Content, user: string, host: string, database: string, table: string): void {
  if (!may(content, user, 'SELECT', database, table))
    fail({ kind: 'tableDenied', user: `'${user}'@'${host}'`, command: 'SELECT', table })
}

/** @throws SqlError when MySQL would not let somebody do that; reading is asked for table by table */
export function refuseUnlessAllowed(
  content: Content,
  user: string,
  host: string,
  statement: Statement,
  used: string | undefined,
): void {
  if (mayEverywhere(content, user, 'ALL PRIVILEGES')) return
  const database = (name: string, right?: string): void => {
    if (content.databases.has(name) || right !== undefined)
      if (!(right === undefined ? maySee(content, user, name) : may(content, user, right, name)))
        fail({ kind: 'databaseDenied', user, database: name })
  }
  const table = (right: string, named: { database?: string; table: string }): void => {
    const place = named.database ?? used
    if (place !== undefined && !may(content, user, right, place, named.table))
      fail({ kind: 'tableDenied', user: `'${user}'@'${host}'`, command: right, table: named.table })
  }
  switch (statement.kind) {
    case 'use':
      database(statement.database)
      return
    case 'createDatabase':
      database(statement.name, 'CREATE')
      return
    case 'dropDatabase':
      database(statement.name, 'DROP')
      return
    case 'dropTable':
      for (const one of statement.tables) table('DROP', one)
      return
    case 'createUser':
    case 'dropUser':
      if (!mayEverywhere(content, user, 'CREATE USER') && (statement.name ?? user) !== user)
        fail({ kind: 'privilegeNeeded', privilege: 'CREATE USER' })
      return
    case 'show':
      if (statement.what === 'tables' && (statement.database ?? used) !== undefined)
        database(statement.database ?? used!)
      return
    default: {
      const right = RIGHTS[statement.kind]
      if (right && 'table' in statement && statement.table) table(right, statement.table)
    }
  }
}
