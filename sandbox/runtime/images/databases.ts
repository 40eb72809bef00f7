/** Databases: they start, check their settings, listen and stop as the real ones do; queries are refused. */
import type { Process, Program } from '../process.ts'
import { forever } from '../serving.ts'
import { debianBase, executable, type Image, PATH, SLIM_LACKS } from './image.ts'

interface Database {
  name: string
  repositories: readonly string[]
  tags: RegExp
  megabytes: number
  port: number
  memory: number
  directory: string
  /** Why it will not start, as its entrypoint says. */
  refuses?(env: Record<string, string>): string | undefined
  ready: readonly string[]
  stopping: readonly string[]
  client: string
  stopSignal?: 'INT'
}

const DATABASES: readonly Database[] = [
  {
    name: 'mysqld',
    repositories: ['docker.io/library/mysql', 'docker.io/library/mariadb'],
    tags: /^(latest|lts|innovation|[589](\.\d+){0,2}|1[012](\.\d+){0,2})(-[\w.]+)*$/,
    megabytes: 170,
    port: 3306,
    memory: 380_000_000,
    directory: '/var/lib/mysql',
    refuses: env =>
      ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD', 'MARIADB_ROOT_PASSWORD'].some(
        name => env[name],
      )
        ? undefined
        : '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n    You need to specify one of the following as an environment variable:\n    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD',
    ready: [
      '[System] [MY-010116] [Server] /usr/sbin/mysqld (mysqld 8.4.3) starting as process 1',
      "[System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '8.4.3'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.",
    ],
    stopping: [
      '[System] [MY-013172] [Server] Received SHUTDOWN from user <via user signal>. Shutting down mysqld (Version: 8.4.3).',
      '[System] [MY-010910] [Server] /usr/sbin/mysqld: Shutdown complete (mysqld 8.4.3)  MySQL Community Server - GPL.',
    ],
    client: 'mysql',
  },
  {
    name: 'postgres',
    repositories: ['docker.io/library/postgres'],
    tags: /^(latest|alpine|9(\.\d+)?|1\d(\.\d+)?)(-[\w.]+)*$/,
    megabytes: 150,
    port: 5432,
    memory: 40_000_000,
    directory: '/var/lib/postgresql/data',
    stopSignal: 'INT',
    refuses: env =>
      env.POSTGRES_PASSWORD || env.POSTGRES_HOST_AUTH_METHOD
        ? undefined
        : 'Error: Database is uninitialized and superuser password is not specified.\n       You must specify POSTGRES_PASSWORD to a non-empty value for the\n       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".',
    ready: [
      'LOG:  starting PostgreSQL 17.2 (Debian 17.2-1.pgdg120+1) on x86_64-pc-linux-gnu',
      'LOG:  listening on IPv4 address "0.0.0.0", port 5432',
      'LOG:  database system is ready to accept connections',
    ],
    stopping: ['LOG:  received fast shutdown request', 'LOG:  database system is shut down'],
    client: 'psql',
  },
  {
    name: 'mongod',
    repositories: ['docker.io/library/mongo'],
    tags: /^(latest|[4-8](\.\d+){0,2})(-[\w.]+)*$/,
    megabytes: 280,
    port: 27017,
    memory: 160_000_000,
    directory: '/data/db',
    ready: [
      '{"s":"I","c":"CONTROL","ctx":"initandlisten","msg":"MongoDB starting"}',
      '{"s":"I","c":"NETWORK","ctx":"listener","msg":"Waiting for connections","attr":{"port":27017,"ssl":"off"}}',
    ],
    stopping: ['{"s":"I","c":"CONTROL","ctx":"SignalHandler","msg":"Received signal"}'],
    client: 'mongosh',
  },
  {
    name: 'memcached',
    repositories: ['docker.io/library/memcached'],
    tags: /^(latest|alpine|1(\.\d+){0,2})(-[\w.]+)*$/,
    megabytes: 30,
    port: 11211,
    memory: 2_000_000,
    directory: '/tmp',
    ready: [],
    stopping: ['Signal handled: Terminated.'],
    client: '',
  },
]

const program =
  (db: Database): Program =>
  async (process: Process) => {
    const time = (): string => new Date(process.clock.now()).toISOString()
    const refusal = db.refuses?.(process.env)
    if (refusal) {
      await process.write(2, `${refusal}\n`)
      return 1
    }
    process.memory = db.memory
    await process.compute(200)
    try {
      process.net.listen('TCP', db.port, connection => {
        connection.onData(() => {
          connection.send(`${db.name}: queries are not simulated\r\n`)
          connection.close()
        })
        connection.onClose(() => connection.close())
      })
    } catch {
      await process.write(2, `${time()} could not bind to port ${db.port}: Address already in use\n`)
      return 1
    }
    for (const line of db.ready) await process.write(2, `${line.startsWith('{') ? '' : `${time()} `}${line}\n`)
    const stop = (): void => {
      for (const line of db.stopping)
        void process.fds[2]?.write(process, `${line.startsWith('{') ? '' : `${time()} `}${line}\n`)
      process.exit(0)
    }
    process.on('TERM', stop)
    process.on('INT', stop)
    return forever(process)
  }

export const databases: readonly Image[] = DATABASES.map(db => ({
  repositories: db.repositories,
  tags: db.tags,
  megabytes: db.megabytes,
  entrypoint: ['docker-entrypoint.sh'],
  cmd: [db.name],
  env: { PATH },
  exposedPorts: [db.port],
  ...(db.stopSignal ? { stopSignal: db.stopSignal } : {}),
  base: debianBase(undefined, SLIM_LACKS),
  files(root) {
    root.mkdir(db.directory)
    executable(root, `/usr/local/bin/${db.name}`, db.name)
    if (db.client) executable(root, `/usr/local/bin/${db.client}`, `unsimulated/${db.client}`)
    root.write(
      '/usr/local/bin/docker-entrypoint.sh',
      `#!/bin/sh\nset -e\nif [ "\${1#-}" != "$1" ]; then\n\tset -- ${db.name} "$@"\nfi\nexec "$@"\n`,
      { mode: 0o755 },
    )
  },
  programs: { [db.name]: program(db) },
}))
