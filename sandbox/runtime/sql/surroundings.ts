/** What a server knows beside its data, and shows in tables of its own: who is connected, since when it runs, its settings. */
import type { Column, Content, Row, Table } from './catalog.ts'
import type { Type } from './values.ts'

export interface Visitor {
  connection: number
  user: string
  /** From where: `localhost` through the server's socket, else an address. */
  host: string
  /** Of a connection by the network. */
  port?: number
  database: string | undefined
  /** When it came, and when it last asked something; in ms. */
  since: number
  asked: number
  /** What it is asking, or has asked last. */
  statement: string
}

export interface Surroundings {
  content: Content
  version: string
  settings: ReadonlyMap<string, string>
  visitors: readonly Visitor[]
  /** Who asks. */
  asking: Visitor
  /** In ms. */
  startedAt: number
  now: number
  /** How many have come, and how many statements there were. */
  connections: number
  statements: number
}

const FAMILIES: Readonly<Record<string, Type['family']>> = {
  int: 'integer',
  bigint: 'integer',
  oid: 'integer',
  bool: 'boolean',
  datetime: 'datetime',
}

const NAMES: Readonly<Record<string, string>> = { bool: 'boolean' }

/**
 * A table that nobody has made.
 * @param columns `name:type`; a type that is not named is a text
 */
export function made(name: string, columns: string, rows: readonly Row[]): Table {
  return {
    name,
    columns: columns
      .trim()
      .split(/\s+/)
      .map((word): Column => {
        const [called = '', type = 'varchar(64)'] = word.split(':')
        return {
          name: called,
          type: { family: FAMILIES[type] ?? 'text', name: NAMES[type] ?? type },
          notNull: false,
          counts: false,
        }
      }),
    keys: [],
    rows,
    next: 1,
  }
}

/** With parts of a second and the time zone, as PostgreSQL shows it. */
export const moment = (ms: number): string => `${new Date(ms).toISOString().replace('T', ' ').replace('Z', '')}+00`

/** `2026-11-27 03:15:42` */
export const dateTime = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
