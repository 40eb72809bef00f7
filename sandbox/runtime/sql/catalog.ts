/** Databases, their tables and rows. Tables are never changed, only replaced, so that a transaction can keep its own. */
import type { Expression, Reference } from './tree.ts'
import type { Type, Value } from './values.ts'

export interface Column {
  name: string
  type: Type
  notNull: boolean
  /** Counts up by itself. */
  counts: boolean
  default?: Expression
  defaultText?: string
  /** What it becomes when its row changes and nobody says what. */
  onUpdate?: Expression
}

export interface Key {
  kind: 'primary' | 'unique' | 'index' | 'foreign'
  name: string
  columns: readonly string[]
  references?: Reference
}

export type Row = readonly Value[]

export interface Table {
  name: string
  columns: readonly Column[]
  keys: readonly Key[]
  rows: readonly Row[]
  /** What the column that counts will have next. */
  next: number
  /** Of a view: what it selects, and in which database; it has no rows of its own. */
  view?: { select: string; database: string }
}

/** What somebody may do: `on` is `*.*`, a database or a table, in MySQL's quotes. */
export interface Granted {
  on: string
  rights: readonly string[]
  /** Whether it may be given to others. */
  option: boolean
}

export interface Account {
  password: string
  /** In MySQL. */
  rights?: readonly Granted[]
}

/** All that outlives a server. */
export interface Content {
  /** database → table → what is in it */
  databases: ReadonlyMap<string, ReadonlyMap<string, Table>>
  accounts: ReadonlyMap<string, Account>
}

export const EMPTY: Content = { databases: new Map(), accounts: new Map() }

/** A copy with another table at a name, or none. */
export function withTable(content: Content, database: string, name: string, table: Table | undefined): Content {
  const tables = new Map(content.databases.get(database))
  if (table) tables.set(name, table)
  else tables.delete(name)
  return { ...content, databases: new Map(content.databases).set(database, tables) }
}

export function withDatabase(content: Content, name: string, there: boolean): Content {
  const databases = new Map(content.databases)
  if (there) databases.set(name, new Map())
  else databases.delete(name)
  return { ...content, databases }
}

export function withAccount(content: Content, name: string, account: Account | undefined): Content {
  const accounts = new Map(content.accounts)
  if (account) accounts.set(name, account)
  else accounts.delete(name)
  return { ...content, accounts }
}

/**
 * What a transaction has changed, put upon what has come to be meanwhile: tables as a whole, the last one counts.
 * Rows that both have changed are not told apart.
 */
export function merge(before: Content, mine: Content, now: Content): Content {
  if (now === before) return mine
  let merged = now
  for (const [database, tables] of mine.databases)
    for (const [name, table] of tables)
      if (before.databases.get(database)?.get(name) !== table) merged = withTable(merged, database, name, table)
  return merged
}
