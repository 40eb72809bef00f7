/** Somebody who works on a server's databases: statements in, rows or a few words out. */

import { type Content, merge, type Table } from './catalog.ts'
import { copyRows } from './copy.ts'
import { type Definition, define } from './definitions.ts'
import { type Dialect, fail, unsimulated } from './dialect.ts'
import type { Circumstances } from './functions.ts'
import { hostOf } from './mysql-lists.ts'
import { mysqlTable } from './mysql-tables.ts'
import type { Outcome } from './outcome.ts'
import { parse } from './parser.ts'
import { postgresTable } from './postgres-tables.ts'
import { type Asking, refuseReading, refuseUnlessAllowed } from './rights.ts'
import { run, type World } from './select.ts'
import { changeSetting, refuseWriting, type Settings, settingOf } from './settings.ts'
import { show } from './showing.ts'
import type { Surroundings, Visitor } from './surroundings.ts'
import type { Named, Of, Statement } from './tree.ts'
import { answered, changeable } from './views.ts'
import { insert, type Place, remove, update } from './write.ts'

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
  replication?(statement: Of<'follow' | 'replica'>): Outcome
}

/** What a session finds at its server. */
export interface Home {
  readonly options: EngineOptions
  content: Content
  readonly sessions: Set<Session>
  readonly startedAt: number
  statements: number
  readonly connections: number
}

/** Takes what a statement has made of all that is kept. */
type Keep = (content: Content) => void

/** Statements that end a transaction of MySQL by themselves: all that define something. */
const COMMITS = /^(create|drop|add|rename|truncate|grant|revoke)/

export class Session {
  readonly user: string
  /** From where: `localhost` through the server's socket, else an address. */
  readonly host: string
  readonly connection: number
  database: string | undefined
  /** Whether it may write where others may only read, as a replica's own does. */
  isReplication = false
  readonly #engine: Home
  readonly #settings: Settings
  readonly #port: number | undefined
  readonly #since: number
  /** When something was asked last, and what. */
  #asked: number
  #statement = ''
  /** Of a transaction: what there was when it began, and what it has made of it. */
  #transaction:
    | { before: Content; mine: Content; failed: boolean; statements: { sql: string; database: string | undefined }[] }
    | undefined

  constructor(
    engine: Home,
    user: string,
    database: string | undefined,
    connection: number,
    from?: { ip: string; port: number },
  ) {
    this.#engine = engine
    this.user = user
    this.host = from?.ip ?? 'localhost'
    this.#port = from?.port
    this.#since = engine.options.clock.now()
    this.#asked = this.#since
    this.database = database
    this.connection = connection
    this.#settings = { all: engine.options.variables, own: new Map() }
  }

  /** It has gone. */
  leave(): void {
    this.#engine.sessions.delete(this)
  }

  get visitor(): Visitor {
    return {
      connection: this.connection,
      user: this.user,
      host: this.host,
      ...(this.#port !== undefined && { port: this.#port }),
      database: this.database,
      since: this.#since,
      asked: this.#asked,
      statement: this.#statement,
    }
  }

  /** What the server tells of itself. */
  get #surroundings(): Surroundings {
    const { options, sessions, startedAt, statements, connections } = this.#engine
    return {
      content: this.#content,
      version: options.version,
      settings: options.variables,
      visitors: [...sessions].map(({ visitor }) => visitor),
      asking: this.visitor,
      startedAt,
      now: options.clock.now(),
      connections,
      statements,
    }
  }

  get #asking(): Asking {
    const { user, host, database } = this
    return { user, host, database, version: this.#engine.options.version }
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

  /** @param data the lines for a COPY from the client @throws SqlError */
  execute(sql: string, data = ''): Outcome {
    this.#asked = this.#engine.options.clock.now()
    this.#statement = sql
    this.#engine.statements++
    try {
      return this.#execute(sql, data)
    } catch (error) {
      if (this.#transaction && this.#dialect === 'postgres') this.#transaction.failed = true
      throw error
    }
  }

  #execute(sql: string, data: string): Outcome {
    const statement = parse(sql, this.#dialect)
    if (this.#transaction?.failed && statement.kind !== 'rollback' && statement.kind !== 'commit')
      fail({ kind: 'aborted' })
    if (this.#dialect === 'mysql' && !this.isReplication) refuseUnlessAllowed(this.#content, this.#asking, statement)
    if (this.#transaction && this.#dialect === 'mysql' && COMMITS.test(statement.kind)) this.#commit()
    const before = this.#content
    let after = before
    const keep = (content: Content): void => {
      after = content
    }
    const outcome = this.#do(statement, keep, data)
    if (after === before) return outcome
    if (!this.isReplication) refuseWriting(this.#engine.options.variables, this.user)
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
      user: this.#dialect === 'mysql' ? `${this.user}@${this.host}` : this.user,
      account: this.#dialect === 'mysql' ? `${this.user}@${hostOf(this.user, this.host)}` : this.user,
      startedAt: this.#engine.startedAt,
      address: this.host === 'localhost' ? undefined : { ip: this.host, port: this.#port },
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

  #place(keep: Keep): Place {
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
    // MySQL knows this one in capital letters too.
    const name = /^information_schema$/i.test(database) ? database.toLowerCase() : database
    return this.#content.databases.has(name) ? name : fail({ kind: 'unknownDatabase', database })
  }

  #table({ database, table: name, at }: Pick<Named, 'database' | 'table' | 'at'>): { database: string; table: Table } {
    const schema = this.#dialect === 'postgres' ? database : undefined
    const place = this.#databaseOf(schema === undefined ? database : this.database)
    const kept = schema === undefined ? this.#content.databases.get(place)!.get(name) : undefined
    const table = kept ?? this.#own(schema ?? place, name)
    const called = schema === undefined ? name : `${schema}.${name}`
    return table ? { database: place, table } : fail({ kind: 'unknownTable', database: place, table: called, at })
  }

  /** A table about the server itself. */
  #own(database: string, name: string): Table | undefined {
    if (this.#dialect === 'mysql') return mysqlTable(this.#surroundings, database, name)
    return postgresTable(this.#surroundings, database === this.database ? undefined : database, name)
  }

  /**
   * With its rows; those of a view are found anew.
   * @param through views that are being answered from it
   */
  #read(named: Pick<Named, 'database' | 'table' | 'at'>, through: readonly Table[] = []): Table {
    const { database: place, table } = this.#table(named)
    // Who made a view reads its tables.
    if (this.#dialect === 'mysql' && !through.length && !this.isReplication)
      refuseReading(this.#content, this.#asking, place, table.name)
    if (!table.view) return table
    const { database } = table.view
    if (through.includes(table)) fail({ kind: 'viewOfItself', database, view: table.name })
    const all = [...through, table]
    return answered(table, {
      ...this.#world(),
      table: inner => this.#read(this.#dialect === 'mysql' ? { database, ...inner } : inner, all),
    })
  }

  #do(statement: Statement, keep: Keep, data: string): Outcome {
    switch (statement.kind) {
      case 'select': {
        const found = run(statement, this.#world())
        return { found, tag: `SELECT ${found.rows.length}` }
      }
      case 'show':
        return this.#show(statement)

      case 'insert':
        return insert(statement, this.#place(keep))
      case 'update':
        return update(statement, this.#place(keep))
      case 'delete':
        return remove(statement, this.#place(keep))
      case 'copy':
        return copyRows(statement, this.#table(statement.table).table, data, this.#place(keep))

      case 'use':
        this.database = this.#databaseOf(statement.database)
        return { tag: '', database: this.database }
      case 'set':
        return this.#set(statement)
      case 'begin':
        return this.#begin()
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
      default:
        return this.#define(statement, keep)
    }
  }

  #define(statement: Definition, keep: Keep): Outcome {
    const made = define(statement, this.#content, {
      dialect: this.#dialect,
      version: this.#engine.options.version,
      user: this.user,
      database: this.database,
      databaseOf: name => this.#databaseOf(name),
      table: named => this.#table(named),
      world: this.#world(),
    })
    keep(made.content)
    const isOwn = statement.kind === 'dropDatabase' && this.database === statement.name
    if (isOwn && this.#dialect === 'mysql') this.database = undefined
    return made.outcome
  }

  #show(statement: Of<'show'>): Outcome {
    return show(statement, {
      dialect: this.#dialect,
      server: this.#surroundings,
      settings: this.#settings,
      tables: database => [...this.#content.databases.get(this.#databaseOf(database))!.values()],
      table: named => this.#table(named).table,
    })
  }

  #begin(): Outcome {
    if (this.#transaction && this.#dialect === 'mysql') this.#commit()
    const { content } = this.#engine
    this.#transaction ??= { before: content, mine: content, failed: false, statements: [] }
    return { tag: 'BEGIN', affected: 0 }
  }

  #set({ name, value, global }: Of<'set'>): Outcome {
    const text = value.kind === 'literal' ? String(value.value) : unsimulated('a reckoned setting')
    changeSetting(this.#settings, { name, value: text, global }, this.#dialect)
    return { tag: 'SET', affected: 0 }
  }
}
