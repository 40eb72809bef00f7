/** A database as the classroom uses it: PostgreSQL's SQL, embedded or on a server. */
import type { Vault } from './vault.ts'

export type Row = Record<string, unknown>
export type Param = string | number | boolean | null | Date

export interface Queries {
  /** For what whoever steals the database must not read. */
  readonly vault: Vault
  /** @param sql with $1, $2 … for the parameters */
  query<T = Row>(sql: string, params?: readonly Param[]): Promise<T[]>
}

export interface Db extends Queries {
  /** All of it or nothing; what it throws is thrown on. */
  transaction<T>(work: (tx: Queries) => Promise<T>): Promise<T>
  /** Several statements without parameters. */
  script(sql: string): Promise<void>
  /** Hears what any instance notifies on the channel. */
  listen(channel: string, heard: (payload: string) => void): Promise<void>
  notify(channel: string, payload: string): Promise<void>
  close(): Promise<void>
}

/** The one row that there has to be. */
export async function one<T>(db: Queries, sql: string, params?: readonly Param[]): Promise<T | undefined> {
  return (await db.query<T>(sql, params))[0]
}

/** PostgreSQL keeps no NUL and no half of a character; whoever was asked for a text may send both. */
export const storable = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed()

/** Whether the database has refused a text for what `storable` would have changed. */
export const isUnstorable = (error: unknown): boolean =>
  ['22021', '22P05'].includes(String((error as { code?: unknown }).code))
