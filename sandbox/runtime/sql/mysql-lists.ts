/** What MySQL's SHOW lists of its server and of tables, beside names and columns. */

import type { Key, Table } from './catalog.ts'
import { fail } from './dialect.ts'
import { grantsOf, mayEverywhere } from './rights.ts'
import type { Rows } from './select.ts'
import { isLike, listed, ORDER } from './show.ts'
import { dateTime, type Surroundings, type Visitor } from './surroundings.ts'
import type { Value } from './values.ts'

export const isMaria = (version: string): boolean => Number.parseInt(version, 10) >= 10

const isOld = (version: string): boolean => version.startsWith('5.')

/** Of a server that has one, the thread that runs events by itself. */
const SCHEDULER = 5

export function processes({ visitors, asking, content, now, version, startedAt }: Surroundings, full: boolean): Rows {
  const maria = isMaria(version)
  const seen = visitors.filter(({ user }) => user === asking.user || mayEverywhere(content, asking.user, 'PROCESS'))
  const seconds = (from: number): number => Math.floor((now - from) / 1000)
  const row = (visitor: Visitor): Value[] => {
    const asks = visitor.connection === asking.connection
    const info = full ? visitor.statement : visitor.statement.slice(0, 100)
    return [
      visitor.connection,
      visitor.user,
      visitor.port === undefined ? visitor.host : `${visitor.host}:${visitor.port}`,
      visitor.database ?? null,
      asks ? 'Query' : 'Sleep',
      seconds(asks ? now : visitor.asked),
      asks ? (isOld(version) || maria ? 'starting' : 'init') : '',
      asks ? info : null,
      ...(maria ? ['0.000'] : []),
    ]
  }
  const scheduler: Value[] = [
    SCHEDULER,
    'event_scheduler',
    'localhost',
    null,
    'Daemon',
    seconds(startedAt),
    'Waiting on empty queue',
    null,
  ]
  return listed(
    `Id User Host db Command Time State Info${maria ? ' Progress' : ''}`,
    [...(maria || isOld(version) ? [] : [scheduler]), ...seen.map(row)],
    'Id Time',
  )
}

export function status(server: Surroundings): [string, string][] {
  const { visitors, connections, statements, now, startedAt } = server
  const uptime = Math.floor((now - startedAt) / 1000)
  const numbers: Record<string, number | string> = {
    Aborted_clients: 0,
    Aborted_connects: 0,
    Connections: connections,
    Innodb_buffer_pool_pages_total: 8192,
    Innodb_page_size: 16384,
    Max_used_connections: Math.max(1, visitors.length),
    Open_tables: [...server.content.databases.values()].reduce((sum, tables) => sum + tables.size, 0),
    Queries: statements,
    Questions: statements,
    Slow_queries: 0,
    Ssl_cipher: '',
    Threads_cached: 0,
    Threads_connected: visitors.length,
    Threads_created: Math.max(1, visitors.length),
    Threads_running: isOld(server.version) ? 1 : 2,
    Uptime: uptime,
    Uptime_since_flush_status: uptime,
  }
  return Object.entries(numbers).map(([name, value]) => [name, String(value)])
}

export const statusLike = (server: Surroundings, like: string | undefined): Rows =>
  listed(
    'Variable_name Value',
    status(server).filter(([name]) => isLike(name, like)),
  )

/** Different values of the first columns of a key. */
function cardinality({ columns, rows }: Table, names: readonly string[]): number {
  const places = names.map(name => columns.findIndex(column => column.name === name))
  return new Set(rows.map(row => JSON.stringify(places.map(place => row[place] ?? null)))).size
}

/** Keys of a table in MySQL's order; a reference brings an index of its own where there is none. */
export const indexesOf = (of: Table): Key[] =>
  of.keys
    .filter(
      ({ kind, columns }) =>
        kind !== 'foreign' ||
        !of.keys.some(other => other.kind !== 'foreign' && columns.every((column, i) => other.columns[i] === column)),
    )
    .sort((a, b) => ORDER[a.kind] - ORDER[b.kind])

export function indexes(of: Table, version: string): Rows {
  const newer = !isOld(version) && !isMaria(version)
  return listed(
    `Table Non_unique Key_name Seq_in_index Column_name Collation Cardinality Sub_part Packed Null Index_type Comment Index_comment${
      newer ? ' Visible Expression' : isMaria(version) ? ' Ignored' : ''
    }`,
    indexesOf(of).flatMap(({ kind, name, columns }) =>
      columns.map((column, i): Value[] => [
        of.name,
        kind === 'primary' || kind === 'unique' ? 0 : 1,
        kind === 'primary' ? 'PRIMARY' : name,
        i + 1,
        column,
        'A',
        cardinality(of, columns.slice(0, i + 1)),
        null,
        null,
        of.columns.find(each => each.name === column)?.notNull ? '' : 'YES',
        'BTREE',
        '',
        '',
        ...(newer ? ['YES', null] : isMaria(version) ? ['NO'] : []),
      ]),
    ),
    'Non_unique Seq_in_index Cardinality Sub_part',
  )
}

/** A page of InnoDB, in which each table begins. */
const PAGE = 16_384

/** Columns of information_schema.TABLES that SHOW TABLE STATUS has too, from ENGINE on. */
export function tableFacts(of: Table, { startedAt }: Surroundings): Value[] {
  if (of.view)
    return [
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      null,
      dateTime(startedAt),
      null,
      null,
      null,
      null,
      null,
      'VIEW',
    ]
  const keys = indexesOf(of).filter(({ kind }) => kind !== 'primary').length
  const counts = of.columns.some(column => column.counts)
  return [
    'InnoDB',
    10,
    'Dynamic',
    of.rows.length,
    of.rows.length ? Math.floor(PAGE / of.rows.length) : 0,
    PAGE,
    0,
    keys * PAGE,
    0,
    counts ? of.next : null,
    dateTime(startedAt),
    null,
    null,
    'utf8mb4_0900_ai_ci',
    null,
    '',
    '',
  ]
}

export const tableStatus = (tables: readonly Table[], server: Surroundings, like: string | undefined): Rows =>
  listed(
    'Name Engine Version Row_format Rows Avg_row_length Data_length Max_data_length Index_length Data_free Auto_increment Create_time Update_time Check_time Collation Checksum Create_options Comment',
    tables.filter(({ name }) => isLike(name, like)).map(of => [of.name, ...tableFacts(of, server)]),
    'Version Rows Avg_row_length Data_length Max_data_length Index_length Data_free Auto_increment Checksum',
  )

const MYSQL_ENGINES: readonly (readonly Value[])[] = [
  ['ndbcluster', 'NO', 'Clustered, fault-tolerant tables', null, null, null],
  ['FEDERATED', 'NO', 'Federated MySQL storage engine', null, null, null],
  ['MEMORY', 'YES', 'Hash based, stored in memory, useful for temporary tables', 'NO', 'NO', 'NO'],
  ['InnoDB', 'DEFAULT', 'Supports transactions, row-level locking, and foreign keys', 'YES', 'YES', 'YES'],
  ['PERFORMANCE_SCHEMA', 'YES', 'Performance Schema', 'NO', 'NO', 'NO'],
  ['MyISAM', 'YES', 'MyISAM storage engine', 'NO', 'NO', 'NO'],
  ['ndbinfo', 'NO', 'MySQL Cluster system information storage engine', null, null, null],
  ['MRG_MYISAM', 'YES', 'Collection of identical MyISAM tables', 'NO', 'NO', 'NO'],
  ['BLACKHOLE', 'YES', '/dev/null storage engine (anything you write to it disappears)', 'NO', 'NO', 'NO'],
  ['CSV', 'YES', 'CSV storage engine', 'NO', 'NO', 'NO'],
  ['ARCHIVE', 'YES', 'Archive storage engine', 'NO', 'NO', 'NO'],
]

const MARIA_ENGINES: readonly (readonly Value[])[] = [
  ['CSV', 'YES', 'Stores tables as CSV files', 'NO', 'NO', 'NO'],
  ['MRG_MyISAM', 'YES', 'Collection of identical MyISAM tables', 'NO', 'NO', 'NO'],
  ['MEMORY', 'YES', 'Hash based, stored in memory, useful for temporary tables', 'NO', 'NO', 'NO'],
  [
    'Aria',
    'YES',
    'Crash-safe tables with MyISAM heritage. Used for internal temporary tables and privilege tables',
    'NO',
    'NO',
    'NO',
  ],
  ['MyISAM', 'YES', 'Non-transactional engine with good performance and small data footprint', 'NO', 'NO', 'NO'],
  ['SEQUENCE', 'YES', 'Generated tables filled with sequential values', 'YES', 'NO', 'YES'],
  [
    'InnoDB',
    'DEFAULT',
    'Supports transactions, row-level locking, foreign keys and encryption for tables',
    'YES',
    'YES',
    'YES',
  ],
  ['PERFORMANCE_SCHEMA', 'YES', 'Performance Schema', 'NO', 'NO', 'NO'],
]

export const engines = (version: string): Rows =>
  listed('Engine Support Comment Transactions XA Savepoints', isMaria(version) ? MARIA_ENGINES : MYSQL_ENGINES)

export function grants(server: Surroundings, of: string | undefined): Rows {
  const { content, asking, version } = server
  const user = of ?? asking.user
  if (!content.accounts.has(user)) fail({ kind: 'noSuchGrant', user })
  const host = hostOf(user, of === undefined ? asking.host : '%')
  return {
    columns: [{ name: `Grants for ${user}@${host}` }],
    rows: grantsOf(content, user, host, isOld(version) ? "'" : '`').map(line => [line]),
  }
}

/** The account that counts for somebody who comes from a host: root has one of its own for the server's machine. */
export const hostOf = (user: string, from: string): string => (user === 'root' && from === 'localhost' ? from : '%')
