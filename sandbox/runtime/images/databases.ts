/** Databases and caches: their settings, their lines, and the little of their protocols that lessons ask for. */
import type { Connection } from '../../network/network.ts'
import type { Process } from '../process.ts'
import type { Daemon } from './daemon.ts'

/** One line in, one line out: how the clients of `daemon-clients.ts` ask a database whether it is there and lets them in. */
const database =
  (
    letsIn: (user: string, password: string, env: Record<string, string>) => boolean,
    databases: (env: Record<string, string>) => string,
  ) =>
  (process: Process, connection: Connection): void => {
    connection.onData(data => {
      const [, user = '', password = ''] = /^login (\S*) (\S*)\n/.exec(data) ?? []
      if (!data.startsWith('login ')) connection.send('its wire protocol is not simulated\r\n')
      else connection.send(letsIn(user, password, process.env) ? `welcome ${databases(process.env)}\n` : 'denied\n')
      connection.close()
    })
    connection.onClose(() => connection.close())
  }

const mysqlLetsIn = (user: string, password: string, env: Record<string, string>): boolean =>
  user === 'root'
    ? password === (env.MYSQL_ROOT_PASSWORD ?? env.MARIADB_ROOT_PASSWORD ?? '')
    : user === (env.MYSQL_USER ?? env.MARIADB_USER) && password === (env.MYSQL_PASSWORD ?? env.MARIADB_PASSWORD ?? '')

const mysqlDatabases = (env: Record<string, string>): string =>
  ['information_schema', 'mysql', 'performance_schema', 'sys', env.MYSQL_DATABASE ?? env.MARIADB_DATABASE ?? '']
    .filter(Boolean)
    .sort()
    .join(' ')

/** memcached's text protocol, which one can type. */
function memcached(process: Process, connection: Connection): void {
  const values = stores.get(process) ?? new Map<string, { flags: string; data: string }>()
  stores.set(process, values)
  let buffer = ''
  connection.onData(data => {
    buffer += data
    for (;;) {
      const [, line] = /^([^\n]*?)\r?\n/.exec(buffer) ?? []
      if (line === undefined) return
      const [command = '', key = '', flags = '0', , bytes = '0'] = line.split(' ')
      let rest = buffer.slice(buffer.indexOf('\n') + 1)
      if (/^(set|add|replace)$/.test(command)) {
        const size = Number(bytes)
        if (rest.length < size + 1) return
        const stored = command === 'set' || (command === 'add') !== values.has(key)
        if (stored) values.set(key, { flags, data: rest.slice(0, size) })
        rest = rest.slice(size).replace(/^\r?\n/, '')
        connection.send(stored ? 'STORED\r\n' : 'NOT_STORED\r\n')
      } else if (command === 'get' || command === 'gets') {
        const found = values.get(key)
        connection.send(
          `${found ? `VALUE ${key} ${found.flags} ${found.data.length}\r\n${found.data}\r\n` : ''}END\r\n`,
        )
      } else if (command === 'delete') connection.send(values.delete(key) ? 'DELETED\r\n' : 'NOT_FOUND\r\n')
      else if (command === 'version') connection.send('VERSION 1.6.38\r\n')
      else if (command === 'stats')
        connection.send(`STAT pid ${process.pid}\r\nSTAT version 1.6.38\r\nSTAT curr_items ${values.size}\r\nEND\r\n`)
      else if (command === 'quit') return connection.close()
      else connection.send('ERROR\r\n')
      buffer = rest
    }
  })
  connection.onClose(() => connection.close())
}

const stores = new WeakMap<Process, Map<string, { flags: string; data: string }>>()

export const DATABASES: Readonly<Record<string, Daemon>> = {
  mysqld: {
    port: 3306,
    memory: 380_000_000,
    version: '8.4.3',
    lines: { '5.6': '5.6.51', '5.7': '5.7.44', '8.0': '8.0.40', '8': '8.4.3', '8.4': '8.4.3', '9': '9.1.0' },
    startMs: 200,
    refuses: env =>
      ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD', 'MARIADB_ROOT_PASSWORD'].some(
        name => env[name],
      )
        ? undefined
        : '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n    You need to specify one of the following as an environment variable:\n    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD',
    ready: [
      '[System] [MY-010116] [Server] /usr/sbin/mysqld (mysqld {version}) starting as process 1',
      "[System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. Version: '{version}'  socket: '/var/run/mysqld/mysqld.sock'  port: 3306  MySQL Community Server - GPL.",
    ],
    stopping: [
      '[System] [MY-013172] [Server] Received SHUTDOWN from user <via user signal>. Shutting down mysqld (Version: {version}).',
      '[System] [MY-010910] [Server] /usr/sbin/mysqld: Shutdown complete (mysqld {version})  MySQL Community Server - GPL.',
    ],
    converse: database(mysqlLetsIn, mysqlDatabases),
  },
  mariadbd: {
    port: 3306,
    memory: 120_000_000,
    version: '11.6.2',
    lines: { '10.6': '10.6.20', '10.11': '10.11.10', '11': '11.6.2', '11.4': '11.4.4' },
    startMs: 200,
    refuses: env =>
      Object.keys(env).some(name => /^(MYSQL|MARIADB)_(ROOT_PASSWORD|ALLOW_EMPTY|RANDOM_ROOT)/.test(name) && env[name])
        ? undefined
        : '[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n\tYou need to specify one of MARIADB_ROOT_PASSWORD, MARIADB_ROOT_PASSWORD_HASH, MARIADB_ALLOW_EMPTY_ROOT_PASSWORD and MARIADB_RANDOM_ROOT_PASSWORD',
    ready: [
      '0 [Note] Starting MariaDB {version}-MariaDB-ubu2404 as process 1',
      '0 [Note] mariadbd: ready for connections.',
      "Version: '{version}-MariaDB-ubu2404'  socket: '/run/mysqld/mysqld.sock'  port: 3306  mariadb.org binary distribution",
    ],
    stopping: ['0 [Note] mariadbd: Shutdown complete'],
    converse: database(mysqlLetsIn, mysqlDatabases),
  },
  postgres: {
    port: 5432,
    memory: 40_000_000,
    version: '17.2',
    lines: { '12': '12.22', '13': '13.18', '14': '14.15', '15': '15.10', '16': '16.6', '17': '17.2', '18': '18.0' },
    startMs: 200,
    refuses: env =>
      env.POSTGRES_PASSWORD || env.POSTGRES_HOST_AUTH_METHOD
        ? undefined
        : 'Error: Database is uninitialized and superuser password is not specified.\n       You must specify POSTGRES_PASSWORD to a non-empty value for the\n       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".',
    ready: [
      'LOG:  starting PostgreSQL {version} (Debian {version}-1.pgdg120+1) on x86_64-pc-linux-gnu',
      'LOG:  listening on IPv4 address "0.0.0.0", port 5432',
      'LOG:  database system is ready to accept connections',
    ],
    stopping: ['LOG:  received fast shutdown request', 'LOG:  database system is shut down'],
    converse: database(
      (user, password, env) =>
        user === (env.POSTGRES_USER ?? 'postgres') &&
        (env.POSTGRES_HOST_AUTH_METHOD === 'trust' || password === env.POSTGRES_PASSWORD),
      env => env.POSTGRES_DB ?? env.POSTGRES_USER ?? 'postgres',
    ),
  },
  mongod: {
    port: 27_017,
    memory: 160_000_000,
    startMs: 200,
    plain: true,
    ready: [
      '{"s":"I","c":"CONTROL","ctx":"initandlisten","msg":"MongoDB starting"}',
      '{"s":"I","c":"NETWORK","ctx":"listener","msg":"Waiting for connections","attr":{"port":27017,"ssl":"off"}}',
    ],
    stopping: ['{"s":"I","c":"CONTROL","ctx":"SignalHandler","msg":"Received signal"}'],
    converse: database(
      (user, password, env) =>
        user === '' || (user === env.MONGO_INITDB_ROOT_USERNAME && password === (env.MONGO_INITDB_ROOT_PASSWORD ?? '')),
      () => 'admin config local',
    ),
  },
  memcached: {
    port: 11_211,
    memory: 2_000_000,
    ready: [],
    stopping: ['Signal handled: Terminated.'],
    plain: true,
    converse: memcached,
  },
}
