/** Statements that define something: databases, tables, views, indexes, accounts. */
import { changeAccounts } from './accounts.ts'
import { alter } from './alter.ts'
import { type Content, type Table, withTable } from './catalog.ts'
import { changeDatabases } from './databases.ts'
import { createTable, dropTables } from './define.ts'
import { type Dialect, fail } from './dialect.ts'
import type { Outcome } from './outcome.ts'
import type { World } from './select.ts'
import type { Named, Of } from './tree.ts'
import { createView, dropViews } from './views.ts'

export type Definition = Of<
  | 'createDatabase'
  | 'dropDatabase'
  | 'createTable'
  | 'dropTable'
  | 'truncate'
  | 'createView'
  | 'dropView'
  | 'addColumn'
  | 'dropColumn'
  | 'renameTable'
  | 'createIndex'
  | 'createUser'
  | 'dropUser'
  | 'grant'
  | 'revoke'
>

/** The session in which something is defined. */
export interface Defining {
  dialect: Dialect
  version: string
  user: string
  /** The one that is in use. */
  database: string | undefined
  /** The database that a name means; the one in use without a name. @throws SqlError */
  databaseOf(name?: string): string
  /** @throws SqlError */
  table(named: Pick<Named, 'database' | 'table' | 'at'>): { database: string; table: Table }
  world: World
}

/** @returns all that is kept afterwards, and what is said of it @throws SqlError */
export function define(statement: Definition, content: Content, by: Defining): { content: Content; outcome: Outcome } {
  switch (statement.kind) {
    case 'createDatabase':
    case 'dropDatabase':
      return changeDatabases(content, statement)
    case 'createTable':
      return createTable(statement, content, by.databaseOf(statement.table.database), by.dialect)
    case 'dropTable':
      return dropTables(statement, content, by.databaseOf, by.dialect)
    case 'truncate': {
      const { database, table } = withoutView(by.table(statement.table))
      const next = by.dialect === 'mysql' ? 1 : table.next
      const emptied = withTable(content, database, table.name, { ...table, rows: [], next })
      return { content: emptied, outcome: { tag: 'TRUNCATE TABLE', affected: 0 } }
    }
    case 'createView': {
      const made = createView(statement, content, by.databaseOf(statement.view.database), by.world)
      return { content: made, outcome: { tag: 'CREATE VIEW', affected: 0 } }
    }
    case 'dropView': {
      const notices = statement.views
        .filter(({ database, table }) => !content.databases.get(by.databaseOf(database))?.has(table))
        .map(({ table }) => `view "${table}" does not exist, skipping`)
      const left = dropViews(statement, content, by.databaseOf)
      return { content: left, outcome: { tag: 'DROP VIEW', affected: 0, notices } }
    }
    case 'addColumn':
    case 'dropColumn':
    case 'renameTable':
    case 'createIndex': {
      const { database, table } = withoutView(by.table(statement.table))
      return alter(statement, content, database, table, by.world)
    }
    case 'createUser':
    case 'dropUser':
    case 'grant':
    case 'revoke':
      return changeAccounts(content, statement, by)
  }
}

/** A view is no table that could be emptied or altered. @throws SqlError */
function withoutView<T extends { table: Table }>(found: T): T {
  if (found.table.view) fail({ kind: 'notATable', name: found.table.name })
  return found
}
