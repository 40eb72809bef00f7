/** The log of MariaDB and of its entrypoint: a first start with a server for the scripts, later starts, the end. */
import { type LogStep, second } from '../../daemons/log-steps.ts'
import { entrypoint } from './mysql-log.ts'

/** `2026-01-05  9:00:00`: the hour has no zero before it. */
const stamp = (now: number): string => second(now).replace(/ 0/, '  ')

/** `260105  9:00:00` */
const short = (now: number): string => stamp(now).slice(2).replaceAll('-', '')

const line = (text: string, cpuMs = 0, thread = 0): LogStep => ({
  cpuMs,
  text: now => `${stamp(now)} ${thread} ${text}`,
})

const note = (text: string, cpuMs = 0): LogStep => line(`[Note] ${text}`, cpuMs)

/** 10.11 is of Ubuntu 22.04, those that follow of 24.04. */
const build = (version: string): string =>
  version.startsWith('10.') ? `1:${version}+maria~ubu2204` : `1:${version}+maria~ubu2404`

/** As the server tells its version. */
const serverVersion = (version: string): string =>
  `${version}-MariaDB-${build(version).replace('1:', '').replace(`${version}+maria~`, '')}`

function entering(version: string): LogStep[] {
  const begun = entrypoint(`Entrypoint script for MariaDB Server ${build(version)} started.`)
  return [
    begun,
    entrypoint('/sys/fs/cgroup///memory.pressure not writable, functionality unavailable to MariaDB', 'Warn'),
    entrypoint("Switching to dedicated user 'mysql'"),
    begun,
  ]
}

/** Why the entrypoint gives up. */
export const refusal = (version: string, why: string): LogStep[] => [...entering(version), entrypoint(why, 'ERROR')]

/** With databases that are there. */
export const again = (version: string): LogStep[] => [...entering(version), entrypoint('MariaDB upgrade not required')]

/** Up to the server for the scripts. */
export const beforeScripts = (version: string): LogStep[] => [
  ...entering(version),
  entrypoint('Initializing database files'),
  REMINDER,
  { cpuMs: 500, text: () => '' },
  entrypoint('Database files initialized'),
  entrypoint('Starting temporary server'),
  entrypoint('Waiting for server startup'),
  ...starting(version, 103, 0),
  entrypoint('Temporary server started.'),
]

export const afterScripts = (): LogStep[] => [
  entrypoint('Stopping temporary server'),
  ...stopping('unknown'),
  entrypoint('Temporary server stopped'),
  '',
  entrypoint('MariaDB init process done. Ready for start up.'),
  '',
]

const REMINDER = `

PLEASE REMEMBER TO SET A PASSWORD FOR THE MariaDB root USER !
To do so, start the server, then issue the following command:

'/usr/bin/mariadb-secure-installation'

which will also give you the option of removing the test
databases and anonymous user created by default.  This is
strongly recommended for production servers.

See the MariaDB Knowledgebase at https://mariadb.com/kb

Please report any problems at https://mariadb.org/jira

The latest information about MariaDB is available at https://mariadb.org/.

Consider joining MariaDB's strong and vibrant community:
https://mariadb.org/get-involved/`

/** @param port 0: only by its socket */
export function starting(version: string, pid: number, port: number): LogStep[] {
  const sockets = [
    note(`Server socket created on IP: '0.0.0.0', port: '${port}'.`),
    note(`Server socket created on IP: '::', port: '${port}'.`),
  ]
  return [
    note(`Starting MariaDB ${serverVersion(version)} source revision ${REVISION} as process ${pid}`),
    note('InnoDB: Compressed tables use zlib 1.3'),
    note('InnoDB: Number of transaction pools: 1'),
    note('InnoDB: Using AVX512 instructions'),
    line(
      '[Warning] mariadbd: io_uring_queue_init() failed with EPERM: sysctl kernel.io_uring_disabled has the value 2, or 1 and the user of the process is not a member of sysctl kernel.io_uring_group. (see man 2 io_uring_setup).',
    ),
    line('[Warning] InnoDB: liburing disabled: falling back to innodb_use_native_aio=OFF'),
    note('InnoDB: Initializing buffer pool, total size = 128.000MiB, chunk size = 2.000MiB', 20),
    note('InnoDB: Completed initialization of buffer pool'),
    note('InnoDB: File system buffers for log disabled (block size=512 bytes)'),
    note('InnoDB: End of log at LSN=45518', 50),
    note('InnoDB: 128 rollback segments are active.', 50),
    note("InnoDB: Setting file './ibtmp1' size to 12.000MiB. Physically writing the file full; Please wait ..."),
    note("InnoDB: File './ibtmp1' size is now 12.000MiB."),
    note('InnoDB: log sequence number 45518; transaction id 14'),
    note("Plugin 'FEEDBACK' is disabled."),
    note("Plugin 'wsrep-provider' is disabled."),
    note('InnoDB: Loading buffer pool(s) from /var/lib/mysql/ib_buffer_pool'),
    { text: now => `${stamp(now)} 0 [Note] InnoDB: Buffer pool(s) load completed at ${short(now)}` },
    ...(port ? sockets : []),
    note('mariadbd: Event Scheduler: Loaded 0 events'),
    note('mariadbd: ready for connections.'),
    `Version: '${serverVersion(version)}'  socket: '/run/mysqld/mysqld.sock'  port: ${port}  mariadb.org binary distribution`,
  ]
}

/** Of which sources it was built. */
const REVISION = '929532a9426d085111c24c63de9c23cc54382259'

/** @param by who asked for it */
export function stopping(by: string): LogStep[] {
  return [
    note(`mariadbd (initiated by: ${by}): Normal shutdown`),
    note('InnoDB: FTS optimize thread exiting.'),
    note('InnoDB: Starting shutdown...'),
    note('InnoDB: Dumping buffer pool(s) to /var/lib/mysql/ib_buffer_pool'),
    { text: now => `${stamp(now)} 0 [Note] InnoDB: Buffer pool(s) dump completed at ${short(now)}` },
    note('InnoDB: Removed temporary tablespace data file: "./ibtmp1"', 50),
    note('InnoDB: Shutdown completed; log sequence number 45528; transaction id 15'),
    note('mariadbd: Shutdown complete'),
  ]
}

/** One who was not let in. @param why as the client is told */
export const denied = (thread: number, why: string): LogStep => line(`[Warning] ${why}`, 0, thread)
