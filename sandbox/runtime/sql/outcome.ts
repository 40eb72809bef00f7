/** What a statement came to. */
import type { Rows as Found } from './select.ts'

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
  /** Lines that COPY gives. */
  copied?: string
  /** The database that is used from now on. */
  database?: string
  /** What PostgreSQL remarks of what need not be done. */
  notices?: readonly string[]
}
