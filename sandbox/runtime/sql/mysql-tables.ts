/** MySQL's tables about itself: information_schema and mysql.user, as far as they are asked for here. */

import type { Table } from './catalog.ts'
import { unsimulated } from './dialect.ts'
import { engines, indexes, indexesOf, isMaria, processes, status, tableFacts } from './mysql-lists.ts'
import { maySee } from './rights.ts'
import { listColumns } from './show.ts'
import { made, type Surroundings } from './surroundings.ts'
import type { Value } from './values.ts'

/** Of the databases that somebody sees: their tables. */
const tablesOf = ({ content, asking }: Surroundings): { database: string; table: Table }[] =>
  [...content.databases]
    .filter(([name]) => maySee(content, asking.user, name))
    .flatMap(([database, tables]) => [...tables.values()].map(table => ({ database, table })))

type Make = (server: Surroundings) => Table

const INFORMATION: Readonly<Record<string, Make>> = {
  schemata: ({ content, asking }) =>
    made(
      'SCHEMATA',
      'CATALOG_NAME SCHEMA_NAME DEFAULT_CHARACTER_SET_NAME DEFAULT_COLLATION_NAME SQL_PATH DEFAULT_ENCRYPTION',
      [...content.databases.keys()]
        .filter(name => maySee(content, asking.user, name))
        .map(name => {
          const isUtf8 = name === 'information_schema' || name === 'sys'
          return [
            'def',
            name,
            isUtf8 ? 'utf8mb3' : 'utf8mb4',
            isUtf8 ? 'utf8mb3_general_ci' : 'utf8mb4_0900_ai_ci',
            null,
            'NO',
          ]
        }),
    ),
  tables: server =>
    made(
      'TABLES',
      'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME TABLE_TYPE ENGINE VERSION:int ROW_FORMAT TABLE_ROWS:bigint AVG_ROW_LENGTH:bigint DATA_LENGTH:bigint MAX_DATA_LENGTH:bigint INDEX_LENGTH:bigint DATA_FREE:bigint AUTO_INCREMENT:bigint CREATE_TIME:datetime UPDATE_TIME:datetime CHECK_TIME:datetime TABLE_COLLATION CHECKSUM:bigint CREATE_OPTIONS TABLE_COMMENT',
      tablesOf(server).map(({ database, table }) => [
        'def',
        database,
        table.name,
        table.view ? 'VIEW' : 'BASE TABLE',
        ...tableFacts(table, server),
      ]),
    ),
  columns: server =>
    made(
      'COLUMNS',
      'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION:int COLUMN_DEFAULT IS_NULLABLE DATA_TYPE CHARACTER_MAXIMUM_LENGTH:bigint COLUMN_TYPE COLUMN_KEY EXTRA PRIVILEGES COLUMN_COMMENT',
      tablesOf(server).flatMap(({ database, table }) =>
        listColumns(table).rows.map(
          ([name = '', type = '', nullable = '', key = '', byDefault = null, extra = ''], i) => [
            'def',
            database,
            table.name,
            name,
            i + 1,
            byDefault,
            nullable,
            /^\w+/.exec(String(type))?.[0] ?? '',
            table.columns[i]?.type.length ?? null,
            type,
            key,
            extra,
            'select,insert,update,references',
            '',
          ],
        ),
      ),
    ),
  statistics: server =>
    made(
      'STATISTICS',
      'TABLE_CATALOG TABLE_SCHEMA TABLE_NAME NON_UNIQUE:int INDEX_SCHEMA INDEX_NAME SEQ_IN_INDEX:int COLUMN_NAME COLLATION CARDINALITY:bigint NULLABLE INDEX_TYPE',
      tablesOf(server).flatMap(({ database, table }) =>
        indexes(table, server.version).rows.map(row => [
          'def',
          database,
          table.name,
          row[1]!,
          database,
          ...[2, 3, 4, 5, 6, 9, 10].map(place => row[place] ?? null),
        ]),
      ),
    ),
  table_constraints: server =>
    made(
      'TABLE_CONSTRAINTS',
      'CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_SCHEMA TABLE_NAME CONSTRAINT_TYPE ENFORCED',
      tablesOf(server).flatMap(({ database, table }) =>
        table.keys
          .filter(({ kind }) => kind !== 'index')
          .map(({ kind, name }) => [
            'def',
            database,
            kind === 'primary' ? 'PRIMARY' : name,
            database,
            table.name,
            kind === 'foreign' ? 'FOREIGN KEY' : kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE',
            'YES',
          ]),
      ),
    ),
  key_column_usage: server =>
    made(
      'KEY_COLUMN_USAGE',
      'CONSTRAINT_CATALOG CONSTRAINT_SCHEMA CONSTRAINT_NAME TABLE_CATALOG TABLE_SCHEMA TABLE_NAME COLUMN_NAME ORDINAL_POSITION:int REFERENCED_TABLE_SCHEMA REFERENCED_TABLE_NAME REFERENCED_COLUMN_NAME',
      tablesOf(server).flatMap(({ database, table }) =>
        [...indexesOf(table), ...table.keys.filter(key => key.kind === 'foreign' && !indexesOf(table).includes(key))]
          .filter(({ kind }) => kind !== 'index')
          .flatMap(({ kind, name, columns, references }) =>
            columns.map((column, i): Value[] => [
              'def',
              database,
              kind === 'primary' ? 'PRIMARY' : name,
              'def',
              database,
              table.name,
              column,
              i + 1,
              references ? database : null,
              references?.table ?? null,
              references?.columns[i] ?? null,
            ]),
          ),
      ),
    ),
  processlist: server =>
    made(
      'PROCESSLIST',
      'ID:bigint USER HOST DB COMMAND TIME:int STATE INFO',
      processes(server, true).rows.map(row => row.slice(0, 8)),
    ),
  engines: ({ version }) => made('ENGINES', 'ENGINE SUPPORT COMMENT TRANSACTIONS XA SAVEPOINTS', engines(version).rows),
  global_status: server => made('GLOBAL_STATUS', 'VARIABLE_NAME VARIABLE_VALUE', status(server)),
  global_variables: ({ settings }) => made('GLOBAL_VARIABLES', 'VARIABLE_NAME VARIABLE_VALUE', [...settings]),
}

const PERFORMANCE = new Set(['global_status', 'global_variables', 'processlist'])

/** Other tables of the database mysql that somebody may ask for. */
const GRANT_TABLES = new Set(
  'columns_priv component db default_roles func general_log global_grants gtid_executed password_history plugin proc procs_priv proxies_priv role_edges servers slow_log tables_priv time_zone time_zone_name'.split(
    ' ',
  ),
)

/** Accounts that a server brings with it. */
const OWN = ['mysql.infoschema', 'mysql.session', 'mysql.sys']

function users({ content, version }: Surroundings): Table {
  const maria = isMaria(version)
  const plugin = maria || version.startsWith('5.') ? 'mysql_native_password' : 'caching_sha2_password'
  const own = maria ? ['mariadb.sys'] : version.startsWith('5.') ? OWN.slice(1) : OWN
  const rows = [
    ...[...content.accounts.keys()].sort().map(user => ['%', user]),
    ...[...own, ...(content.accounts.has('root') ? ['root'] : [])].sort().map(user => ['localhost', user]),
  ]
  return made(
    'user',
    'Host:char(255) User:char(32) Select_priv:enum Super_priv:enum plugin:char(64) account_locked:enum',
    rows.map(([host = '', user = '']) => [
      host,
      user,
      user === 'root' ? 'Y' : 'N',
      user === 'root' ? 'Y' : 'N',
      plugin,
      own.includes(user) ? 'Y' : 'N',
    ]),
  )
}

/** A table of the server's own, by the database and the name that it is asked for with. @throws SqlError for one that is not simulated */
export function mysqlTable(server: Surroundings, database: string, name: string): Table | undefined {
  const wanted = name.toLowerCase()
  const make = Object.hasOwn(INFORMATION, wanted) ? INFORMATION[wanted] : undefined
  switch (database.toLowerCase()) {
    case 'information_schema':
      return make ? make(server) : unsimulated(`information_schema.${name}`)
    case 'performance_schema':
      return make && PERFORMANCE.has(wanted) ? make(server) : unsimulated(`performance_schema.${name}`)
    case 'mysql':
      if (wanted === 'user') return users(server)
      return GRANT_TABLES.has(wanted) ? unsimulated(`mysql.${name}`) : undefined
    case 'sys':
      return unsimulated(`sys.${name}`)
    default:
      return undefined
  }
}
