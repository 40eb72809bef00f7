/** Databases and caches: their settings, their lines, and the little of their protocols that lessons ask for. */
import type { Process } from '../../processes/process.ts'
import type { Daemon } from '../daemons/daemon.ts'
import { type LogStep, textOf } from '../daemons/log-steps.ts'
import { memcached } from './memcached.ts'
import { mongod } from './mongo/server.ts'
import { SETTING_FILES } from './setting-files.ts'
import * as mariadb from './sql/mariadb-log.ts'
import * as mysql from './sql/mysql-log.ts'
import { dataDirectory, mysqlServer } from './sql/mysql-server.ts'
import { postgresDirectory, postgresServer } from './sql/postgres-server.ts'

const OPTIONS = ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD']

/** What MySQL's entrypoint does not begin a database with. */
function unsuitable(env: Readonly<Record<string, string>>): string | undefined {
  const options = OPTIONS.map(name => `\n    - ${name}`).join('')
  if (!OPTIONS.some(name => env[name]))
    return `Database is uninitialized and password option is not specified\n    You need to specify one of the following as an environment variable:${options}`
  if (env.MYSQL_USER === 'root')
    return `MYSQL_USER="root", MYSQL_USER and MYSQL_PASSWORD are for configuring a regular user and cannot be used for the root user\n    Remove MYSQL_USER="root" and use one of the following to control the root user password:${options}`
  return undefined
}

const MARIADB_LACKS =
  'Database is uninitialized and password option is not specified\n\tYou need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD'

/** As the entrypoint would write it now. */
const told = (steps: readonly LogStep[], { clock }: Process): string =>
  steps.map(step => textOf(step, clock.now())).join('\n')

export const DATABASES: Readonly<Record<string, Daemon>> = {
  mysqld: {
    about: '/usr/sbin/mysqld  Ver {version} for Linux on x86_64 (MySQL Community Server - GPL)',
    port: 3306,
    settings: SETTING_FILES.mysql,
    memory: 380_000_000,
    refuses(process, version) {
      const why = dataDirectory(process).isNew ? unsuitable(process.env) : undefined
      return why && told(mysql.refusal(version, why), process)
    },
    ready: [],
    serve: mysqlServer,
  },
  mariadbd: {
    about: 'mariadbd  Ver {version}-MariaDB for debian-linux-gnu on x86_64 (mariadb.org binary distribution)',
    port: 3306,
    settings: SETTING_FILES.mariadb,
    memory: 120_000_000,
    refuses(process, version) {
      if (process.env.MARIADB_ROOT_PASSWORD_HASH || process.env.MARIADB_PASSWORD_HASH)
        return 'mariadb: passwords that are given as hashes are not simulated'
      const suits =
        !dataDirectory(process).isNew ||
        Object.entries(process.env).some(
          ([name, value]) => /^(MYSQL|MARIADB)_(ROOT_PASSWORD|ALLOW_EMPTY|RANDOM_ROOT)/.test(name) && value,
        )
      return suits ? undefined : told(mariadb.refusal(version, MARIADB_LACKS), process)
    },
    ready: [],
    serve: mysqlServer,
  },
  postgres: {
    about: 'postgres (PostgreSQL) {version} (Debian {version}-1.pgdg13+1)',
    port: 5432,
    settings: SETTING_FILES.postgres,
    memory: 40_000_000,
    refuses: process =>
      !postgresDirectory(process).isNew ||
      process.env.POSTGRES_PASSWORD ||
      process.env.POSTGRES_HOST_AUTH_METHOD === 'trust'
        ? undefined
        : 'Error: Database is uninitialized and superuser password is not specified.\n       You must specify POSTGRES_PASSWORD to a non-empty value for the\n       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".\n\n       You may also use "POSTGRES_HOST_AUTH_METHOD=trust" to allow all\n       connections without a password. This is *not* recommended.\n\n       See PostgreSQL documentation about "trust":\n       https://www.postgresql.org/docs/current/auth-trust.html',
    ready: [],
    serve: postgresServer,
  },
  mongod: {
    about: 'db version v{version}',
    port: 27_017,
    settings: SETTING_FILES.mongo,
    memory: 160_000_000,
    ready: [],
    serve: mongod,
  },
  memcached: {
    port: 11_211,
    memory: 2_000_000,
    version: '1.6.38',
    ready: [],
    stopping: ['Signal handled: Terminated.'],
    stamp: 'none',
    serve: memcached,
  },
}
