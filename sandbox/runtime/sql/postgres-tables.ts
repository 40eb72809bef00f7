/** PostgreSQL's tables about itself: its catalog and information_schema, as far as they are asked for here. */
import type { Table } from './catalog.ts'
import { unsimulated } from './dialect.ts'
import { made, moment, type Surroundings } from './surroundings.ts'
import type { Value } from './values.ts'

/** Where numbers of what people have made begin. */
const FIRST_OID = 16_384

const OIDS: Readonly<Record<string, number>> = { template1: 1, template0: 4, postgres: 5 }

const databases = ({ content }: Surroundings): { name: string; oid: number }[] => {
  let next = FIRST_OID
  return [...content.databases.keys()].map(name => ({ name, oid: Object.hasOwn(OIDS, name) ? OIDS[name]! : next++ }))
}

/** Who made the first database, and owns all. */
const owner = ({ content }: Surroundings): string => content.accounts.keys().next().value ?? 'postgres'

const own = ({ content, asking }: Surroundings): Table[] => [
  ...(content.databases.get(asking.database ?? '')?.values() ?? []),
]

type Make = (server: Surroundings) => Table

const ROLE =
  'rolname rolsuper:bool rolinherit:bool rolcreaterole:bool rolcreatedb:bool rolcanlogin:bool rolreplication:bool rolconnlimit:int rolpassword rolvaliduntil rolbypassrls:bool rolconfig oid:oid'

/** Roles that are there from the beginning, for rights that can be given. */
const OWN_ROLES =
  'pg_database_owner pg_read_all_data pg_write_all_data pg_monitor pg_read_all_settings pg_read_all_stats pg_stat_scan_tables pg_read_server_files pg_write_server_files pg_execute_server_program pg_signal_backend pg_checkpoint'.split(
    ' ',
  )

/** Numbers of the roles that somebody has made, by name. */
const roleIds = ({ content }: Surroundings): Map<string, number> =>
  new Map([...content.accounts.keys()].map((name, i) => [name, i ? FIRST_OID + i : 10]))

const roles = (server: Surroundings): Value[][] => {
  const first = owner(server)
  return [
    ...OWN_ROLES.map((name, i): Value[] => [
      name,
      false,
      true,
      false,
      false,
      false,
      false,
      -1,
      '********',
      null,
      false,
      null,
      6171 + i,
    ]),
    ...[...roleIds(server)].map(([name, oid]): Value[] => {
      const all = name === first
      return [name, all, true, all, all, true, all, -1, '********', null, all, null, oid]
    }),
  ]
}

const keyed = (table: Table): Table['keys'] => table.keys.filter(({ kind }) => kind !== 'foreign')

const DEFINITIONS: Readonly<Record<string, string>> = { primary: 'UNIQUE ', unique: 'UNIQUE ', index: '' }

const CATALOG: Readonly<Record<string, Make>> = {
  pg_database: server =>
    made(
      'pg_database',
      'oid:oid datname datdba:oid encoding:int datlocprovider datistemplate:bool datallowconn:bool datconnlimit:int datcollate datctype',
      databases(server).map(({ name, oid }) => [
        oid,
        name,
        10,
        6,
        'c',
        name.startsWith('template'),
        name !== 'template0',
        -1,
        'en_US.utf8',
        'en_US.utf8',
      ]),
    ),
  pg_stat_activity: server => {
    const ids = new Map(databases(server).map(({ name, oid }) => [name, oid]))
    const users = roleIds(server)
    return made(
      'pg_stat_activity',
      'datid:oid datname pid:int usesysid:oid usename application_name client_addr client_hostname client_port:int backend_start:timestamptz xact_start:timestamptz query_start:timestamptz state_change:timestamptz wait_event_type wait_event state backend_type query',
      [
        ...server.visitors.map((visitor): Value[] => {
          const active = visitor.connection === server.asking.connection
          return [
            ids.get(visitor.database ?? '') ?? null,
            visitor.database ?? null,
            visitor.connection,
            users.get(visitor.user) ?? null,
            visitor.user,
            'psql',
            visitor.host === 'localhost' ? null : visitor.host,
            null,
            visitor.port ?? -1,
            moment(visitor.since),
            active ? moment(visitor.asked) : null,
            moment(visitor.asked),
            moment(visitor.asked),
            active ? null : 'Client',
            active ? null : 'ClientRead',
            active ? 'active' : 'idle',
            'client backend',
            visitor.statement,
          ]
        }),
        ...WORKERS.map(([type, event], i): Value[] => [
          null,
          null,
          60 + i,
          ...(type.startsWith('logical') ? [10, owner(server)] : [null, null]),
          '',
          null,
          null,
          null,
          moment(server.startedAt),
          null,
          null,
          null,
          'Activity',
          event,
          null,
          type,
          '',
        ]),
      ],
    )
  },
  pg_roles: server => made('pg_roles', ROLE, roles(server)),
  pg_user: server =>
    made(
      'pg_user',
      'usename usesysid:oid usecreatedb:bool usesuper:bool userepl:bool usebypassrls:bool passwd valuntil useconfig',
      roles(server)
        .filter(([name]) => !OWN_ROLES.includes(String(name)))
        .map(([name, , , , , , , , password, , , , oid]) => {
          const all = name === owner(server)
          return [name!, oid!, all, all, all, all, password!, null, null]
        }),
    ),
  pg_tables: server =>
    made(
      'pg_tables',
      'schemaname tablename tableowner tablespace hasindexes:bool hasrules:bool hastriggers:bool rowsecurity:bool',
      own(server)
        .filter(({ view }) => !view)
        .map(table => [
          'public',
          table.name,
          owner(server),
          null,
          keyed(table).length > 0,
          false,
          table.keys.some(({ kind }) => kind === 'foreign'),
          false,
        ]),
    ),
  pg_views: server =>
    made(
      'pg_views',
      'schemaname viewname viewowner definition',
      own(server).flatMap(({ name, view }) => (view ? [['public', name, owner(server), ` ${view.select};`]] : [])),
    ),
  pg_indexes: server =>
    made(
      'pg_indexes',
      'schemaname tablename indexname tablespace indexdef',
      own(server).flatMap(table =>
        keyed(table).map(({ kind, name, columns }) => [
          'public',
          table.name,
          name,
          null,
          `CREATE ${DEFINITIONS[kind] ?? ''}INDEX ${name} ON public.${table.name} USING btree (${columns.join(', ')})`,
        ]),
      ),
    ),
  pg_stat_user_tables: server =>
    made(
      'pg_stat_user_tables',
      'relid:oid schemaname relname n_live_tup:bigint n_dead_tup:bigint',
      own(server)
        .filter(({ view }) => !view)
        .map((table, i) => [FIRST_OID + i, 'public', table.name, table.rows.length, 0]),
    ),
  pg_namespace: () =>
    made('pg_namespace', 'oid:oid nspname nspowner:oid', [
      [99, 'pg_toast', 10],
      [11, 'pg_catalog', 10],
      [2200, 'public', 6171],
      [13_000, 'information_schema', 10],
    ]),
  pg_extension: () =>
    made('pg_extension', 'oid:oid extname extowner:oid extnamespace:oid extrelocatable:bool extversion', [
      [13_569, 'plpgsql', 10, 11, false, '1.0'],
    ]),
  pg_settings: ({ settings }) =>
    made(
      'pg_settings',
      'name setting unit category',
      [...settings].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, setting]) => [name, setting, null, null]),
    ),
}

const WORKERS: readonly (readonly [string, string])[] = [
  ['autovacuum launcher', 'AutoVacuumMain'],
  ['logical replication launcher', 'LogicalLauncherMain'],
  ['checkpointer', 'CheckpointerMain'],
  ['background writer', 'BgWriterHibernate'],
  ['walwriter', 'WalWriterMain'],
]

const INFORMATION: Readonly<Record<string, Make>> = {
  schemata: server =>
    made(
      'schemata',
      'catalog_name schema_name schema_owner',
      ['information_schema', 'pg_catalog', 'pg_toast', 'public'].map(name => [
        server.asking.database ?? null,
        name,
        name === 'public' ? 'pg_database_owner' : owner(server),
      ]),
    ),
  tables: server =>
    made(
      'tables',
      'table_catalog table_schema table_name table_type is_insertable_into',
      own(server).map(({ name, view }) => [
        server.asking.database ?? null,
        'public',
        name,
        view ? 'VIEW' : 'BASE TABLE',
        view ? 'NO' : 'YES',
      ]),
    ),
  columns: server =>
    made(
      'columns',
      'table_catalog table_schema table_name column_name ordinal_position:int column_default is_nullable data_type character_maximum_length:int',
      own(server).flatMap(table =>
        table.columns.map((column, i) => [
          server.asking.database ?? null,
          'public',
          table.name,
          column.name,
          i + 1,
          column.counts ? `nextval('${table.name}_${column.name}_seq'::regclass)` : (column.defaultText ?? null),
          column.notNull ? 'NO' : 'YES',
          column.type.name.replace(/\(.*/, ''),
          column.type.length ?? null,
        ]),
      ),
    ),
  table_constraints: server =>
    made(
      'table_constraints',
      'constraint_catalog constraint_schema constraint_name table_catalog table_schema table_name constraint_type',
      own(server).flatMap(table =>
        table.keys
          .filter(({ kind }) => kind !== 'index')
          .map(({ kind, name }) => [
            server.asking.database ?? null,
            'public',
            name,
            server.asking.database ?? null,
            'public',
            table.name,
            kind === 'foreign' ? 'FOREIGN KEY' : kind === 'primary' ? 'PRIMARY KEY' : 'UNIQUE',
          ]),
      ),
    ),
}

/** A table of the server's own, by the schema and the name that it is asked for with. @throws SqlError for one that is not simulated */
export function postgresTable(server: Surroundings, schema: string | undefined, name: string): Table | undefined {
  const among = schema === 'information_schema' ? INFORMATION : CATALOG
  if (schema !== undefined && schema !== 'information_schema' && schema !== 'pg_catalog') return undefined
  if (Object.hasOwn(among, name)) return among[name]!(server)
  return schema !== undefined || name.startsWith('pg_') ? unsimulated(`${schema ?? 'pg_catalog'}.${name}`) : undefined
}
