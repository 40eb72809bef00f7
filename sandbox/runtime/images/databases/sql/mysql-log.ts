/** The logs of MySQL (5.7 and since 8) and of their entrypoint: a first start with a server for the scripts, later starts, the end. */
import { type LogStep, second } from '../../daemons/log-steps.ts'

/** What an entrypoint written in bash says. */
export const entrypoint = (text: string, level = 'Note'): LogStep => ({
  text: now => `${second(now)}+00:00 [${level}] [Entrypoint]: ${text}`,
})

/** `2026-11-27T03:15:42.123456Z 0 …` */
const line = (text: string, cpuMs = 0, thread = 0): LogStep => ({
  cpuMs,
  text: now => `${new Date(now).toISOString().slice(0, 23)}000Z ${thread} ${text}`,
})

const startsWith5 = (version: string): boolean => version.startsWith('5.')

const zones: readonly LogStep[] = ['iso3166.tab', 'leap-seconds.list', 'zone.tab', 'zone1970.tab'].map(
  name => `Warning: Unable to load '/usr/share/zoneinfo/${name}' as time zone. Skipping it.`,
)

const linked = "'/var/lib/mysql/mysql.sock' -> '/var/run/mysqld/mysqld.sock'"

function entering(version: string): LogStep[] {
  const begun = entrypoint(`Entrypoint script for MySQL Server ${version}-1.el${startsWith5(version) ? 7 : 9} started.`)
  return [begun, entrypoint("Switching to dedicated user 'mysql'"), begun]
}

/** Why the entrypoint gives up. */
export const refusal = (version: string, why: string): LogStep[] => [...entering(version), entrypoint(why, 'ERROR')]

/** With databases that are there. */
export const again = (version: string): LogStep[] => [...entering(version), linked]

/** Up to the server for the scripts. */
export const beforeScripts = (version: string): LogStep[] => [
  ...entering(version),
  entrypoint('Initializing database files'),
  ...initializing(version),
  entrypoint('Database files initialized'),
  entrypoint('Starting temporary server'),
  ...(startsWith5(version) ? [entrypoint('Waiting for server startup')] : []),
  ...starting(version, 123, 0),
  entrypoint('Temporary server started.'),
  linked,
  ...zones,
]

export const afterScripts = (version: string): LogStep[] => [
  entrypoint('Stopping temporary server'),
  ...stopping(version, startsWith5(version) ? undefined : 'root', 10),
  entrypoint('Temporary server stopped'),
  '',
  entrypoint('MySQL init process done. Ready for start up.'),
  '',
]

const IMPLICIT =
  '[Warning] TIMESTAMP with implicit DEFAULT value is deprecated. Please use --explicit_defaults_for_timestamp server option (see documentation for more details).'

/** 8.0 was started with a flag that it thinks old. */
const hostCache = (version: string): LogStep[] =>
  version.startsWith('8.0')
    ? [
        line(
          "[Warning] [MY-011068] [Server] The syntax '--skip-host-cache' is deprecated and will be removed in a future release. Please use SET GLOBAL host_cache_size=0 instead.",
        ),
      ]
    : []

function initializing(version: string): LogStep[] {
  if (startsWith5(version))
    return [
      line(IMPLICIT),
      line('[Warning] InnoDB: New log files created, LSN=45790', 500),
      line('[Warning] InnoDB: Creating foreign key constraint system tables.', 200),
      line(
        '[Warning] No existing UUID has been found, so we assume that this is the first time that this server has been started. Generating a new UUID: 5f2f5a3e-ea1c-11f0-9d6b-0242ac110002.',
      ),
      line("[Warning] Gtid table is not ready to be used. Table 'mysql.gtid_executed' cannot be opened."),
      line('[Warning] A deprecated TLS version TLSv1 is enabled. Please use TLSv1.2 or higher.', 500),
      line('[Warning] A deprecated TLS version TLSv1.1 is enabled. Please use TLSv1.2 or higher.'),
      line('[Warning] CA certificate ca.pem is self signed.'),
      line(
        '[Warning] root@localhost is created with an empty password ! Please consider switching off the --initialize-insecure option.',
        300,
        1,
      ),
    ]
  return [
    ...(version.startsWith('8.0') ? [] : [line('[System] [MY-015017] [Server] MySQL Server Initialization - start.')]),
    ...hostCache(version),
    line(
      `[System] [MY-013169] [Server] /usr/sbin/mysqld (mysqld ${version}) initializing of server in progress as process 80`,
    ),
    line('[System] [MY-013576] [InnoDB] InnoDB initialization has started.', 10, 1),
    line('[System] [MY-013577] [InnoDB] InnoDB initialization has ended.', 500, 1),
    line(
      '[Warning] [MY-010453] [Server] root@localhost is created with an empty password ! Please consider switching off the --initialize-insecure option.',
      800,
      6,
    ),
    ...(version.startsWith('8.0')
      ? []
      : [line('[System] [MY-015018] [Server] MySQL Server Initialization - end.', 200)]),
  ]
}

/** @param port 0: only by its socket */
export function starting(version: string, pid: number, port: number): LogStep[] {
  if (startsWith5(version)) return starting5(version, pid, port)
  const at = port ? "Bind-address: '::' port: 33060, socket" : 'Socket'
  return [
    ...(version.startsWith('8.0') ? [] : [line('[System] [MY-015015] [Server] MySQL Server - start.')]),
    ...hostCache(version),
    line(`[System] [MY-010116] [Server] /usr/sbin/mysqld (mysqld ${version}) starting as process ${pid}`),
    line('[System] [MY-013576] [InnoDB] InnoDB initialization has started.', 10, 1),
    line('[System] [MY-013577] [InnoDB] InnoDB initialization has ended.', 200, 1),
    line('[Warning] [MY-010068] [Server] CA certificate ca.pem is self signed.', 100),
    line(
      '[System] [MY-013602] [Server] Channel mysql_main configured to support TLS. Encrypted connections are now supported for this channel.',
    ),
    line(
      "[Warning] [MY-011810] [Server] Insecure configuration for --pid-file: Location '/var/run/mysqld' in the path is accessible to all OS users. Consider choosing a different directory.",
    ),
    line(`[System] [MY-011323] [Server] X Plugin ready for connections. ${at}: /var/run/mysqld/mysqlx.sock`, 20),
    line(
      `[System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '${version}'  socket: '/var/run/mysqld/mysqld.sock'  port: ${port}  MySQL Community Server - GPL.`,
    ),
  ]
}

function starting5(version: string, pid: number, port: number): LogStep[] {
  const note = (text: string, cpuMs = 0): LogStep => line(`[Note] ${text}`, cpuMs)
  const warning = (text: string): LogStep => line(`[Warning] ${text}`)
  const listening = [
    note(`Server hostname (bind-address): '*'; port: ${port}`),
    note('IPv6 is available.'),
    note("  - '::' resolves to '::';"),
    note("Server socket created on IP: '::'."),
  ]
  return [
    line(IMPLICIT),
    note(`mysqld (mysqld ${version}) starting as process ${pid} ...`),
    note('InnoDB: PUNCH HOLE support available', 10),
    note('InnoDB: Mutexes and rw_locks use GCC atomic builtins'),
    note('InnoDB: Uses event mutexes'),
    note('InnoDB: GCC builtin __atomic_thread_fence() is used for memory barrier'),
    note('InnoDB: Compressed tables use zlib 1.2.13'),
    note('InnoDB: Using Linux native AIO'),
    note('InnoDB: Number of pools: 1'),
    note('InnoDB: Using CPU crc32 instructions'),
    note('InnoDB: Initializing buffer pool, total size = 128M, instances = 1, chunk size = 128M'),
    note('InnoDB: Completed initialization of buffer pool', 20),
    note(
      'InnoDB: If the mysqld execution user is authorized, page cleaner thread priority can be changed. See the man page of setpriority().',
    ),
    note('InnoDB: Highest supported file format is Barracuda.'),
    note('InnoDB: Creating shared tablespace for temporary tables', 50),
    note("InnoDB: Setting file './ibtmp1' size to 12 MB. Physically writing the file full; Please wait ..."),
    note("InnoDB: File './ibtmp1' size is now 12 MB.", 50),
    note('InnoDB: 96 redo rollback segment(s) found. 96 redo rollback segment(s) are active.'),
    note('InnoDB: 32 non-redo rollback segment(s) are active.'),
    note('InnoDB: Waiting for purge to start'),
    note(`InnoDB: ${version} started; log sequence number 2768291`, 50),
    note('InnoDB: Loading buffer pool(s) from /var/lib/mysql/ib_buffer_pool'),
    note("Plugin 'FEDERATED' is disabled."),
    note(
      'Found ca.pem, server-cert.pem and server-key.pem in data directory. Trying to enable SSL support using them.',
      10,
    ),
    note('Skipping generation of SSL certificates as certificate files are present in data directory.'),
    warning('A deprecated TLS version TLSv1 is enabled. Please use TLSv1.2 or higher.'),
    warning('A deprecated TLS version TLSv1.1 is enabled. Please use TLSv1.2 or higher.'),
    warning('CA certificate ca.pem is self signed.'),
    note('Skipping generation of RSA key pair as key files are present in data directory.'),
    ...(port ? listening : []),
    warning(
      "Insecure configuration for --pid-file: Location '/var/run/mysqld' in the path is accessible to all OS users. Consider choosing a different directory.",
    ),
    note('Event Scheduler: Loaded 0 events', 10),
    note('mysqld: ready for connections.'),
    `Version: '${version}'  socket: '/var/run/mysqld/mysqld.sock'  port: ${port}  MySQL Community Server (GPL)`,
  ]
}

/** @param by an account, or the signal */
export function stopping(version: string, by: string | undefined, thread = 0): LogStep[] {
  if (!startsWith5(version))
    return [
      line(
        `[System] [MY-013172] [Server] Received SHUTDOWN from user ${by ?? '<via user signal>'}. Shutting down mysqld (Version: ${version}).`,
        0,
        thread,
      ),
      line(
        `[System] [MY-010910] [Server] /usr/sbin/mysqld: Shutdown complete (mysqld ${version})  MySQL Community Server - GPL.`,
        500,
      ),
      ...(version.startsWith('8.0') ? [] : [line('[System] [MY-015016] [Server] MySQL Server - end.')]),
    ]
  const note = (text: string, cpuMs = 0): LogStep => line(`[Note] ${text}`, cpuMs)
  return [
    note('Giving 0 client threads a chance to die gracefully'),
    note('Shutting down slave threads'),
    note('Forcefully disconnecting 0 remaining clients'),
    note('Event Scheduler: Purging the queue. 0 events'),
    note('Binlog end'),
    note("Shutting down plugin 'ngram'"),
    note("Shutting down plugin 'partition'"),
    note("Shutting down plugin 'BLACKHOLE'"),
    note("Shutting down plugin 'ARCHIVE'"),
    note("Shutting down plugin 'PERFORMANCE_SCHEMA'"),
    note("Shutting down plugin 'MRG_MYISAM'"),
    note("Shutting down plugin 'MyISAM'"),
    note("Shutting down plugin 'InnoDB'"),
    note('InnoDB: FTS optimize thread exiting.'),
    note('InnoDB: Starting shutdown...'),
    note('InnoDB: Dumping buffer pool(s) to /var/lib/mysql/ib_buffer_pool'),
    {
      text: now =>
        `${new Date(now).toISOString().slice(0, 23)}000Z 0 [Note] InnoDB: Buffer pool(s) dump completed at ${second(now)
          .slice(2)
          .replaceAll('-', '')
          .replace(/ 0?/, found => (found === ' 0' ? '  ' : ' '))}`,
    },
    note('InnoDB: Shutdown completed; log sequence number 12219349', 300),
    note('InnoDB: Removed temporary tablespace data file: "ibtmp1"'),
    note("Shutting down plugin 'MEMORY'"),
    note("Shutting down plugin 'CSV'"),
    note("Shutting down plugin 'sha256_password'"),
    note("Shutting down plugin 'mysql_native_password'"),
    note("Shutting down plugin 'binlog'"),
    note('mysqld: Shutdown complete'),
    '',
  ]
}
