/** A database as the classroom uses it: PostgreSQL's SQL, embedded or on a server. */

export type Row = Record<string, unknown>
export type Param = string | number | boolean | null | Date

export interface Queries {
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
