/** What accounts may do, which MySQL asks before each statement. */
import type { Account, Content, Granted } from './catalog.ts'
import { fail } from './dialect.ts'
import { isLike } from './like.ts'
import type { Right, Statement } from './tree.ts'

/** Of which database `on` means everything. */
export const ofDatabase = (database: string): string => `\`${database}\`.*`

export const EVERYTHING = '*.*'

/** @throws SqlError when no database is used, and one is meant */
export function objectOf(on: Right['on'], used: string | undefined): string {
  const database = on.here ? (used ?? fail({ kind: 'noDatabase' })) : on.database
  if (database === undefined) return EVERYTHING
  return on.table === undefined ? ofDatabase(database) : `\`${database}\`.\`${on.table}\``
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
const may = (content: Content, user: string, right: string, database: string, table?: string): boolean =>
  OF_ALL.has(database) ||
  rightsOf(user, content.accounts.get(user)).some(
    ({ on, rights }) => covers(on, database, table) && (rights.includes('ALL PRIVILEGES') || rights.includes(right)),
  )

/** In names of databases `_` and `%` stand for others. */
function isDatabase(on: string, database: string): boolean {
  const [, pattern] = /^`(.*)`\.\*$/.exec(on) ?? []
  return pattern !== undefined && isLike(database, pattern, false)
}

/** Whether rights to `on` are rights to a table, or to all tables of a database. */
const covers = (on: string, database: string, table: string | undefined): boolean =>
  on === EVERYTHING || isDatabase(on, database) || on === `\`${database}\`.\`${table}\``

const reaches = (on: string, database: string): boolean =>
  on === EVERYTHING || isDatabase(on, database) || on.startsWith(`\`${database}\`.`)

/** Whether somebody may do anything to a table. */
const maySeeTable = (content: Content, user: string, database: string, table: string): boolean =>
  OF_ALL.has(database) ||
  rightsOf(user, content.accounts.get(user)).some(
    ({ on, rights }) => covers(on, database, table) && rights.some(right => right !== 'USAGE'),
  )

/** What SHOW GRANTS says, line by line. */
export function grantsOf(content: Content, user: string, host: string, quote: string): string[] {
  const name = `${quote}${user}${quote}@${quote}${host}${quote}`
  const lines = rightsOf(user, content.accounts.get(user)).map(
    ({ on, rights, option }) => `GRANT ${rights.join(', ')} ON ${on} TO ${name}${option ? ' WITH GRANT OPTION' : ''}`,
  )
  return lines.some(line => line.includes(' ON *.* ')) ? lines : [`GRANT USAGE ON *.* TO ${name}`, ...lines]
}

/** What a statement does to a table, as rights name it. */
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

/** Somebody at a server of MySQL, with the database that they use. */
export interface Asking {
  user: string
  host: string
  version: string
  database: string | undefined
}

/** @throws SqlError when MySQL would not show somebody the rows of a table */
export function refuseReading(content: Content, { user, host }: Asking, database: string, table: string): void {
  if (!may(content, user, 'SELECT', database, table))
    fail({ kind: 'tableDenied', user: `'${user}'@'${host}'`, command: 'SELECT', database, table })
}

/** Whether somebody may give these rights to others: those that they have themselves, with GRANT OPTION. */
const mayGive = (content: Content, user: string, wanted: readonly string[], on: string): boolean =>
  rightsOf(user, content.accounts.get(user)).some(
    one =>
      one.option &&
      (one.on === EVERYTHING || one.on === on) &&
      (one.rights.includes('ALL PRIVILEGES') || wanted.every(right => one.rights.includes(right))),
  )

/** The questions that statements raise, each of which is a refusal in MySQL's words where the answer is no. */
class Guard {
  readonly content: Content
  readonly asking: Asking

  constructor(content: Content, asking: Asking) {
    this.content = content
    this.asking = asking
  }

  /** @param privilege one of several rights, as the message lists them */
  everywhere(privilege: string): void {
    if (!privilege.split(/ or |, /).some(name => mayEverywhere(this.content, this.asking.user, name)))
      fail({ kind: 'privilegeNeeded', privilege })
  }

  /** Of what newer versions have a right of its own for. */
  superOr(right: string): void {
    this.everywhere(/^[89]\./.test(this.asking.version) ? `SUPER or ${right}` : 'SUPER')
  }

  database(name: string, allowed: boolean): void {
    if (!allowed) fail({ kind: 'databaseDenied', user: this.asking.user, database: name })
  }

  seen(name: string | undefined): void {
    if (name !== undefined && this.content.databases.has(name))
      this.database(name, maySee(this.content, this.asking.user, name))
  }

  table(right: string, named: { database?: string; table: string }): void {
    const place = named.database ?? this.asking.database
    if (place !== undefined && !may(this.content, this.asking.user, right, place, named.table))
      this.denied(right, place, named.table)
  }

  denied(command: string, database: string, table: string): never {
    const { user, host } = this.asking
    return fail({ kind: 'tableDenied', user: `'${user}'@'${host}'`, command, database, table })
  }
}

type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>

/** Whoever gives rights, or takes them back, has to have them with GRANT OPTION; roles are for who makes accounts. */
function refuseGiving(guard: Guard, statement: Of<'grant' | 'revoke'>): void {
  const { content, asking } = guard
  const { user, database: used } = asking
  const given = statement.kind === 'grant' ? statement.right : statement
  if (!given?.on) {
    guard.everywhere('CREATE USER')
    return
  }
  const on = objectOf(given.on, used)
  const place = given.on.database ?? used ?? ''
  if (mayGive(content, user, given.rights, on) || mayGive(content, user, given.rights, ofDatabase(place))) return
  if (on === EVERYTHING) fail({ kind: 'accessDenied', user, password: Boolean(content.accounts.get(user)?.password) })
  if (given.on.table !== undefined) guard.denied('GRANT', place, given.on.table)
  guard.database(place, false)
}

function refuseShowing(guard: Guard, statement: Of<'show'>): void {
  const { content, asking } = guard
  const { user, database: used } = asking
  switch (statement.what) {
    case 'tables':
    case 'tableStatus':
    case 'createDatabase':
      guard.seen(statement.database ?? used)
      return
    case 'columns':
    case 'index':
    case 'create': {
      const { database: place = used, table: name } = statement.table!
      if (place !== undefined && !maySeeTable(content, user, place, name))
        guard.denied(statement.what === 'create' ? 'SHOW' : 'SELECT', place, name)
      return
    }
    case 'grants':
      if ((statement.account ?? user) !== user) guard.database('mysql', may(content, user, 'SELECT', 'mysql'))
      return
    default:
  }
}

/** @throws SqlError when MySQL would not let somebody do that; reading is asked for table by table */
export function refuseUnlessAllowed(content: Content, asking: Asking, statement: Statement): void {
  const { user } = asking
  if (mayEverywhere(content, user, 'ALL PRIVILEGES')) return
  const guard = new Guard(content, asking)
  switch (statement.kind) {
    case 'use':
      guard.seen(statement.database)
      return
    case 'createDatabase':
      guard.database(statement.name, may(content, user, 'CREATE', statement.name))
      return
    case 'dropDatabase':
      guard.database(statement.name, may(content, user, 'DROP', statement.name))
      return
    case 'dropTable':
      for (const one of statement.tables) guard.table('DROP', one)
      return
    case 'createView':
      guard.table('CREATE VIEW', statement.view)
      return
    case 'dropView':
      for (const one of statement.views) guard.table('DROP', one)
      return
    case 'createUser':
      // A password of one's own may be changed by everybody.
      if (!statement.alter || (statement.name ?? user) !== user) guard.everywhere('CREATE USER')
      return
    case 'dropUser':
      guard.everywhere('CREATE USER')
      return
    case 'grant':
    case 'revoke':
      refuseGiving(guard, statement)
      return
    case 'show':
      refuseShowing(guard, statement)
      return
    case 'set':
      if (statement.global) guard.superOr('SYSTEM_VARIABLES_ADMIN')
      return
    case 'follow':
      guard.superOr('REPLICATION_SLAVE_ADMIN')
      return
    case 'replica':
      if (statement.verb === 'start' || statement.verb === 'stop') guard.superOr('REPLICATION_SLAVE_ADMIN')
      else guard.everywhere('SUPER, REPLICATION CLIENT')
      return
    case 'nothing':
      if (statement.right !== undefined) guard.everywhere(statement.right)
      return
    default: {
      const right = RIGHTS[statement.kind]
      if (right && 'table' in statement && statement.table) guard.table(right, statement.table)
    }
  }
}
