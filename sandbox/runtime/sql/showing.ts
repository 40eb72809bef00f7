/** SHOW: each of its lists, from the table, the server or the settings that it is about. */

import type { Table } from './catalog.ts'
import { type Dialect, fail } from './dialect.ts'
import { engines, grants, indexes, processes, statusLike, tableStatus } from './mysql-lists.ts'
import type { Outcome } from './outcome.ts'
import { maySee } from './rights.ts'
import type { Rows } from './select.ts'
import { type Settings, settingOf } from './settings.ts'
import { listColumns, listDatabases, listed, listSettings, listTables, showCreate, showCreateDatabase } from './show.ts'
import type { Surroundings } from './surroundings.ts'
import type { Named, Statement } from './tree.ts'

/** From where it is asked. */
export interface Asked {
  dialect: Dialect
  server: Surroundings
  settings: Settings
  /** @throws SqlError when there is no such database, or none is used */
  tables(database: string | undefined): Table[]
  /** @throws SqlError when there is no such table */
  table(named: Named): Table
}

/** @throws SqlError */
export function show(statement: Extract<Statement, { kind: 'show' }>, asked: Asked): Outcome {
  return { found: found(statement, asked), tag: 'SHOW' }
}

function found(statement: Extract<Statement, { kind: 'show' }>, { server, settings, tables, table }: Asked): Rows {
  const { what, database, global, like, full = false } = statement
  const { content, asking, version } = server
  const used = database ?? asking.database
  switch (what) {
    case 'databases':
      return listDatabases(content, like, name => maySee(content, asking.user, name))
    case 'tables':
      return listTables(tables(database), used!, like, full)
    case 'columns':
      return listColumns(table(statement.table!), full, like)
    case 'create':
      return showCreate(table(statement.table!))
    case 'index':
      return indexes(table(statement.table!), version)
    case 'tableStatus':
      return tableStatus(tables(database), server, like)
    case 'engines':
      return engines(version)
    case 'processlist':
      return processes(server, full)
    case 'status':
      return statusLike(server, like)
    case 'grants':
      return grants(server, statement.account)
    case 'createDatabase':
      tables(database)
      return showCreateDatabase(used!)
    case 'warnings':
      return listed('Level Code Message', [], 'Code')
    case 'variables':
      return listSettings(new Map([...settings.all, ...(global ? [] : settings.own)]), like)
    case 'setting': {
      const value = settingOf(settings, like!)
      if (value === undefined) return fail({ kind: 'unknownVariable', name: like! })
      return { columns: [{ name: like! }], rows: [[value]] }
    }
  }
}
