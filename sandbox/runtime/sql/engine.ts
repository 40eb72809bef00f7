/** A server's databases and who works on them: statements in, rows or a few words out. */

import { alter } from './alter.ts'
import { type Content, merge, type Table, withAccount, withDatabase, withTable } from './catalog.ts'
import { tableOf } from './define.ts'
import { type Dialect, fail, unsimulated } from './dialect.ts'
import type { Circumstances } from './functions.ts'
import { parse } from './parser.ts'
import { checkReferences } from './references.ts'
import { type Rows as Found, run, type World } from './select.ts'
import { changeSetting, type Settings, settingOf } from './settings.ts'
import { listColumns, listDatabases, listOfServer, listSettings, listTables, showCreate } from './show.ts'
import type { Named, Statement } from './tree.ts'
import { answered, changeable, createView, dropViews } from './views.ts'
import { insert, type Place, remove, update } from './write.ts'

/** What came of a statement. */
export interface Outcome {
  /** What was found. */
  found?: Found
  /** What PostgreSQL says was done: `INSERT 0 1`. */
  tag: string
  /** Rows changed, where something was. */
  affected?: number
  /** Of an UPDATE: rows that it was for. */
  matched?: number
  /** Of several rows at once: how many. */
  records?: number
  /** The database that is used from now on. */
  database?: string
  /** What PostgreSQL remarks of what need not be done. */
  notices?: readonly string[]
}

export interface EngineOptions {
  dialect: Dialect
  version: string
  content: Content
  /** Settings, as SHOW VARIABLES has them; some of them change. */
  variables: Map<string, string>
  clock: { now(): number }
  random: () => number
  /** Told of each change of what is kept, and of the statement that made it. */
  onChange(content: Content, statement: { sql: string; database: string | undefined }): void
  /** What a server does with statements about replication. */
  replication?(statement: Extract<Statement, { kind: 'follow' | 'replica' }>): Outcome
}

export class Engine {
  readonly options: EngineOptions
  content: Content
  #connections = 7

  constructor(options: EngineOptions) {
    this.options = options
    this.content = options.content
  }

  session(user: string, database?: string): Session {
    return new Session(this, user, database, this.count())
  }

  /** The number of one who comes, whether let in or not. */
  count(): number {
    return ++this.#connections
  }
}

/** Statements that end a transaction of MySQL by themselves. */
const COMMITS = /^(create|drop|alter|truncate|grant)/i

export class Session {
  readonly user: string
  readonly connection: number
  database: string | undefined
  /** Whether it may write where others may only read, as a replica's own does. */
  isReplication = false
  readonly #engine: Engine
  readonly #settings: Settings
  /** Of a transaction: what there was when it began, and what it has made of it. */
  #transaction:
    | { before: Content; mine: Content; failed: boolean; statements: { sql: string; database: string | undefined }[] }
    | undefined

  constructor(engine: Engine, user: string, database: string | undefined, connection: number) {
    this.#engine = engine
    this.user = user
    this.database = database
    this.connection = connection
    this.#settings = { all: engine.options.variables, own: new Map() }
  }

  get inTransaction(): boolean {
    return this.#transaction !== undefined
  }

  get #dialect(): Dialect {
    return this.#engine.options.dialect
  }

  get #content(): Content {
    return this.#transaction?.mine ?? this.#engine.content
  }

  /** @throws SqlError */
  execute(sql: string): Outcome {
    const statement = parse(sql, this.#dialect)
    const before = this.#content
    if (this.#transaction && this.#dialect === 'mysql' && COMMITS.test(statement.kind)) this.#commit()
    let after = this.#content
    const keep = (content: Content): void => {
      after = content
    }
    let outcome: Outcome
    try {
      outcome = this.#do(statement, keep)
    } catch (error) {
      if (this.#transaction && this.#dialect === 'postgres') this.#transaction.failed = true
      throw error
    }
    if (after === before) return outcome
    this.#refuseWriting()
    const made = { sql, database: this.database }
    if (this.#transaction) {
      this.#transaction.mine = after
      this.#transaction.statements.push(made)
    } else this.#publish(after, [made])
    return outcome
  }

  #publish(content: Content, statements: readonly { sql: string; database: string | undefined }[]): void {
    // What cannot be written has not happened.
    for (const statement of statements) this.#engine.options.onChange(content, statement)
    this.#engine.content = content
  }

  #refuseWriting(): void {
    if (this.isReplication) return
    const { variables } = this.#engine.options
    for (const [name, option] of [
      ['super_read_only', '--super-read-only'],
      ['read_only', '--read-only'],
    ] as const)
      if (variables.get(name) === 'ON' && (name === 'super_read_only' || this.user !== 'root'))
        fail({ kind: 'readOnly', option })
  }

  #commit(): void {
    const transaction = this.#transaction
    this.#transaction = undefined
    if (!transaction?.statements.length || transaction.failed) return
    this.#publish(merge(transaction.before, transaction.mine, this.#engine.content), transaction.statements)
  }

  #world(): World {
    const { options } = this.#engine
    const circumstances: Circumstances = {
      now: options.clock.now(),
      user: this.#dialect === 'mysql' ? `${this.user}@%` : this.user,
      database: this.database,
      version: options.version,
      connection: this.connection,
      random: options.random,
    }
    return {
      dialect: options.dialect,
      circumstances,
      table: named => this.#read(named),
      variable: written => {
        const name = written.replace(/^global\./i, '')
        const all = { all: options.variables, own: new Map<string, string>() }
        const value = settingOf(name === written ? this.#settings : all, name.toLowerCase())
        if (value === undefined) return fail({ kind: 'unknownVariable', name })
        return /^-?\d+$/.test(value) ? Number(value) : value
      },
    }
  }

  #place(keep: (content: Content) => void): Place {
    return {
      dialect: this.#dialect,
      content: this.#content,
      world: this.#world(),
      table: named => {
        const found = this.#table(named)
        changeable(found.table)
        return found
      },
      keep,
    }
  }

  /** The database that a name means. */
  #databaseOf(database = this.database): string {
    if (database === undefined) return fail({ kind: 'noDatabase' })
    if (!this.#content.databases.has(database)) return fail({ kind: 'unknownDatabase', database })
    return database
  }

  #table({ database, table: name, at }: Pick<Named, 'database' | 'table' | 'at'>): { database: string; table: Table } {
    const place = this.#databaseOf(database)
    const table = this.#content.databases.get(place)!.get(name) ?? listOfServer(this.#content, place, name)
    return table ? { database: place, table } : fail({ kind: 'unknownTable', database: place, table: name, at })
  }

  /**
   * With its rows; those of a view are found anew.
   * @param through views that are being answered from it
   */
  #read(named: Pick<Named, 'database' | 'table' | 'at'>, through: readonly Table[] = []): Table {
    const { table } = this.#table(named)
    if (!table.view) return table
    const { database } = table.view
    if (through.includes(table)) fail({ kind: 'viewOfItself', database, view: table.name })
    const all = [...through, table]
    return answered(table, { ...this.#world(), table: inner => this.#read({ database, ...inner }, all) })
  }

  #do(statement: Statement, keep: (content: Content) => void): Outcome {
    const content = this.#content
    const mysql = this.#dialect === 'mysql'
    switch (statement.kind) {
      case 'select': {
        const found = run(statement, this.#world())
        return { found, tag: `SELECT ${found.rows.length}` }
      }
      case 'insert':
        return insert(statement, this.#place(keep))
      case 'update':
        return update(statement, this.#place(keep))
      case 'delete':
        return remove(statement, this.#place(keep))
      case 'createDatabase': {
        if (content.databases.has(statement.name)) {
          if (statement.mayExist) return { tag: 'CREATE DATABASE', affected: 1 }
          return fail({ kind: 'databaseExists', database: statement.name })
        }
        keep(withDatabase(content, statement.name, true))
        return { tag: 'CREATE DATABASE', affected: 1 }
      }
      case 'dropDatabase': {
        const tables = content.databases.get(statement.name)
        if (!tables && !statement.mayLack) return fail({ kind: 'unknownDatabase', database: statement.name })
        const notices = tables ? [] : [`database "${statement.name}" does not exist, skipping`]
        if (tables) keep(withDatabase(content, statement.name, false))
        if (mysql && this.database === statement.name) this.database = undefined
        return { tag: 'DROP DATABASE', affected: tables?.size ?? 0, notices }
      }
      case 'createTable': {
        const database = this.#databaseOf(statement.table.database)
        const { table } = statement.table
        if (content.databases.get(database)!.has(table)) {
          const notices = [`relation "${table}" already exists, skipping`]
          if (statement.mayExist) return { tag: 'CREATE TABLE', affected: 0, notices }
          return fail({ kind: 'tableExists', table })
        }
        const made = withTable(content, database, table, tableOf(statement, this.#dialect))
        checkReferences(made.databases.get(database)!, table)
        keep(made)
        return { tag: 'CREATE TABLE', affected: 0 }
      }
      case 'dropTable': {
        let left = content
        const notices: string[] = []
        for (const named of statement.tables) {
          const database = this.#databaseOf(named.database)
          const there = left.databases.get(database)!.get(named.table)
          if (there?.view) fail({ kind: 'notATable', name: mysql ? `${database}.${named.table}` : named.table })
          if (there) left = withTable(left, database, named.table, undefined)
          else if (!statement.mayLack) fail({ kind: 'tableToDrop', database, table: named.table })
          else notices.push(`table "${named.table}" does not exist, skipping`)
        }
        keep(left)
        return { tag: 'DROP TABLE', affected: 0, notices }
      }
      case 'truncate': {
        const { database, table } = this.#table(statement.table)
        if (table.view) fail({ kind: 'notATable', name: table.name })
        keep(withTable(content, database, table.name, { ...table, rows: [], next: mysql ? 1 : table.next }))
        return { tag: 'TRUNCATE TABLE', affected: 0 }
      }
      case 'createView': {
        const database = this.#databaseOf(statement.view.database)
        keep(createView(statement, content, database, this.#world()))
        return { tag: 'CREATE VIEW', affected: 0 }
      }
      case 'dropView': {
        const notices = statement.views
          .filter(({ database, table }) => !content.databases.get(this.#databaseOf(database))?.has(table))
          .map(({ table }) => `view "${table}" does not exist, skipping`)
        keep(dropViews(statement, content, name => this.#databaseOf(name)))
        return { tag: 'DROP VIEW', affected: 0, notices }
      }
      case 'addColumn':
      case 'dropColumn':
      case 'renameTable':
      case 'createIndex': {
        const { database, table } = this.#table(statement.table)
        if (table.view) fail({ kind: 'notATable', name: table.name })
        const altered = alter(statement, content, database, table, this.#world())
        keep(altered.content)
        return altered.outcome
      }
      case 'use': {
        this.database = this.#databaseOf(statement.database)
        return { tag: '', database: this.database }
      }
      case 'show':
        return this.#show(statement)
      case 'createUser': {
        const known = content.accounts.get(statement.name)
        if (!statement.alter && known && !statement.mayExist) return fail({ kind: 'roleExists', role: statement.name })
        if (statement.alter && !known) return fail({ kind: 'unknownRole', role: statement.name })
        const password = statement.password ?? known?.password ?? ''
        keep(withAccount(content, statement.name, { password }))
        return { tag: statement.alter ? 'ALTER ROLE' : 'CREATE ROLE', affected: 0 }
      }
      case 'dropUser': {
        if (!content.accounts.has(statement.name) && !statement.mayLack)
          return fail({ kind: 'unknownRole', role: statement.name })
        const known = content.accounts.has(statement.name)
        const notices = known ? [] : [`role "${statement.name}" does not exist, skipping`]
        keep(withAccount(content, statement.name, undefined))
        return { tag: 'DROP ROLE', affected: 0, notices }
      }
      case 'grant':
        keep(this.#granted(statement.to))
        return { tag: 'GRANT', affected: 0 }
      case 'set':
        return this.#set(statement)
      case 'begin':
        if (this.#transaction && mysql) this.#commit()
        this.#transaction ??= {
          before: this.#engine.content,
          mine: this.#engine.content,
          failed: false,
          statements: [],
        }
        return { tag: 'BEGIN', affected: 0 }
      case 'commit': {
        const failed = this.#transaction?.failed
        this.#commit()
        return { tag: failed ? 'ROLLBACK' : 'COMMIT', affected: 0 }
      }
      case 'rollback':
        this.#transaction = undefined
        return { tag: 'ROLLBACK', affected: 0 }
      case 'follow':
      case 'replica': {
        const { replication } = this.#engine.options
        return replication ? replication(statement) : unsimulated('replication')
      }
      case 'nothing':
        return { tag: statement.tag, affected: 0 }
    }
  }

  #show({ what, table, database, global, like }: Extract<Statement, { kind: 'show' }>): Outcome {
    const content = this.#content
    const shown = (found: Found): Outcome => ({ found, tag: 'SHOW' })
    switch (what) {
      case 'databases':
        return shown(listDatabases(content, like))
      case 'tables':
        return shown(listTables(content, this.#databaseOf(database), like))
      case 'columns':
        return shown(listColumns(this.#table(table!).table))
      case 'create':
        return shown(showCreate(this.#table(table!).table))
      case 'variables':
        return shown(listSettings(new Map([...this.#settings.all, ...(global ? [] : this.#settings.own)]), like))
      case 'setting': {
        const value = settingOf(this.#settings, like!)
        if (value === undefined) return fail({ kind: 'unknownVariable', name: like! })
        return shown({ columns: [{ name: like! }], rows: [[value]] })
      }
      default:
        return unsimulated(`SHOW ${what.toUpperCase()}`)
    }
  }

  /** Servers before MySQL 8, and MariaDB, make an account of somebody whom they are given a password of. */
  #granted(to: Extract<Statement, { kind: 'grant' }>['to']): Content {
    let content = this.#content
    const makes = this.#dialect === 'mysql' && !/^[89]\./.test(this.#engine.options.version)
    for (const { name, password } of to)
      if (makes && password !== undefined) content = withAccount(content, name, { password })
      else if (this.#dialect === 'postgres' && /^(public|current_user)$/.test(name)) continue
      else if (password !== undefined || !content.accounts.has(name)) fail({ kind: 'grantToNobody', role: name })
    return content
  }

  #set({ name, value, global }: Extract<Statement, { kind: 'set' }>): Outcome {
    const text = value.kind === 'literal' ? String(value.value) : unsimulated('a reckoned setting')
    changeSetting(this.#settings, { name, value: text, global }, this.#dialect)
    return { tag: 'SET', affected: 0 }
  }
}
