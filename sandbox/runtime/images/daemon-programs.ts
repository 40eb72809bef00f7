/** What databases and other daemons do: their settings, their lines, the little of their protocols that lessons ask for. */
import type { Connection } from '../../network/network.ts'
import type { Process, Program } from '../process.ts'
import { forever, serveHttp } from '../serving.ts'
import { followFiles } from './log-collector.ts'

interface Daemon {
  port: number
  memory: number
  /** Why it will not start, as its entrypoint says. */
  refuses?(env: Record<string, string>): string | undefined
  /** CPU until it listens. */
  startMs?: number
  ready: readonly string[]
  stopping?: readonly string[]
  /** Before each line; the time, when it has none of its own. */
  plain?: boolean
  /** Answers HTTP with this. */
  page?: { body: string; type?: string }
  converse?(process: Process, connection: Connection): void
  also?(process: Process): void | Promise<void>
}

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

/** The health protocol in short, as the kubelet's grpc probe speaks it here. */
function grpcHealth(_process: Process, connection: Connection): void {
  connection.onData(data => connection.send(data.startsWith('grpc-health ') ? 'grpc-health SERVING\r\n' : ''))
  connection.onClose(() => connection.close())
}

const DAEMONS: Readonly<Record<string, Daemon>> = {
  mysqld: {
    port: 3306,
    memory: 380_000_000,
    startMs: 200,
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
    converse: database(mysqlLetsIn, env =>
      ['information_schema', 'mysql', 'performance_schema', 'sys', env.MYSQL_DATABASE ?? env.MARIADB_DATABASE ?? '']
        .filter(Boolean)
        .sort()
        .join(' '),
    ),
  },
  postgres: {
    port: 5432,
    memory: 40_000_000,
    startMs: 200,
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
  'rabbitmq-server': {
    port: 5672,
    memory: 120_000_000,
    startMs: 2000,
    ready: ['[info] <0.9.0> Starting RabbitMQ 4.0.5', '[info] <0.9.0> Server startup complete; 4 plugins started.'],
    stopping: ['[info] <0.9.0> SIGTERM received - shutting down'],
  },
  etcd: {
    port: 2379,
    memory: 30_000_000,
    plain: true,
    ready: [
      '{"level":"info","caller":"etcdmain/etcd.go:73","msg":"Running: ","args":["etcd"]}',
      '{"level":"info","caller":"embed/serve.go:188","msg":"serving client traffic insecurely; this is strongly discouraged!","traffic":"grpc+http","address":"[::]:2379"}',
    ],
    stopping: [
      '{"level":"info","caller":"osutil/interrupt_unix.go:64","msg":"received signal; shutting down","signal":"terminated"}',
    ],
    converse: grpcHealth,
  },
  fluentd: {
    port: 0,
    memory: 60_000_000,
    startMs: 300,
    ready: ['[info]: starting fluentd-1.16.5 pid=1 ruby="3.2.3"', '[info]: #0 fluentd worker is now running worker=0'],
    stopping: ['[info]: Received graceful stop', '[info]: Worker 0 finished with status 0'],
    also: process => followFiles(process, 'fluentd'),
  },
  'fluent-bit': {
    port: 0,
    memory: 20_000_000,
    ready: ['[ info] [fluent bit] version=3.2.4, commit=unknown, pid=1', '[ info] [sp] stream processor started'],
    stopping: ['[engine] caught signal (SIGTERM)', '[ info] [engine] service has stopped (0 pending tasks)'],
    also: process => followFiles(process, 'fluent-bit'),
  },
  prometheus: {
    port: 9090,
    memory: 60_000_000,
    ready: ['level=INFO source=main.go msg="Server is ready to receive web requests."'],
    page: { body: 'Prometheus Server is Healthy.\n' },
  },
  node_exporter: {
    port: 9100,
    memory: 12_000_000,
    ready: ['level=INFO source=tls_config.go msg="Listening on" address=[::]:9100'],
    page: { body: '# HELP node_boot_time_seconds Node boot time, in unixtime.\n# TYPE node_boot_time_seconds gauge\n' },
  },
  grafana: {
    port: 3000,
    memory: 90_000_000,
    startMs: 800,
    ready: ['logger=http.server level=info msg="HTTP Server Listen" address=[::]:3000 protocol=http'],
    page: { body: '{"database":"ok","version":"11.4.0"}\n', type: 'application/json' },
  },
  jenkins: {
    port: 8080,
    memory: 400_000_000,
    startMs: 8000,
    ready: ['INFO    hudson.lifecycle.Lifecycle#onReady: Jenkins is fully up and running'],
    page: { body: '<html><title>Sign in [Jenkins]</title></html>\n', type: 'text/html' },
  },
  catalina: {
    port: 8080,
    memory: 150_000_000,
    startMs: 800,
    ready: ['INFO [main] org.apache.catalina.startup.Catalina.start Server startup in [812] milliseconds'],
    page: { body: '<html><title>Apache Tomcat</title></html>\n', type: 'text/html' },
  },
  elasticsearch: {
    port: 9200,
    memory: 900_000_000,
    startMs: 10_000,
    plain: true,
    ready: ['{"type":"server","level":"INFO","component":"o.e.n.Node","message":"started"}'],
    page: { body: '{\n  "tagline" : "You Know, for Search"\n}\n', type: 'application/json' },
  },
  registry: {
    port: 5000,
    memory: 10_000_000,
    ready: ['level=info msg="listening on [::]:5000"'],
    page: { body: '{}', type: 'application/json' },
  },
  traefik: {
    port: 80,
    memory: 40_000_000,
    ready: ['INF Traefik version 3.3.1 built'],
    page: { body: '404 page not found\n' },
  },
  caddy: {
    port: 80,
    memory: 15_000_000,
    plain: true,
    ready: ['{"level":"info","logger":"http.log","msg":"server running","name":"srv0","protocols":["h1","h2","h3"]}'],
    page: { body: '<html><title>Caddy works!</title></html>\n', type: 'text/html' },
  },
  ghost: {
    port: 2368,
    memory: 150_000_000,
    startMs: 2000,
    ready: ['INFO Ghost booted in 2.1s', 'INFO Ghost server started in 1.0s'],
    page: { body: '<html><title>Ghost</title></html>\n', type: 'text/html' },
  },
  adminer: {
    port: 8080,
    memory: 20_000_000,
    ready: ['PHP 8.4.2 Development Server (http://[::]:8080) started'],
    page: { body: '<html><title>Login - Adminer</title></html>\n', type: 'text/html' },
  },
  'mongo-express': {
    port: 8081,
    memory: 60_000_000,
    startMs: 800,
    plain: true,
    ready: ['Mongo Express server listening at http://0.0.0.0:8081'],
    page: { body: '<html><title>Home - Mongo Express</title></html>\n', type: 'text/html' },
  },
}

export const daemon = (name: string): Program => {
  const it = DAEMONS[name]!
  return async process => {
    const line = (text: string): string =>
      `${it.plain ? '' : `${new Date(process.clock.now()).toISOString()} `}${text}\n`
    const refusal = it.refuses?.(process.env)
    if (refusal) {
      await process.write(2, `${refusal}\n`)
      return 1
    }
    process.memory = it.memory
    if (it.startMs) await process.compute(it.startMs)
    const { page } = it
    try {
      if (page) {
        const answer = {
          status: 200,
          headers: { 'Content-Type': page.type ?? 'text/plain; charset=utf-8' },
          body: page.body,
        }
        serveHttp(process, { port: it.port, handle: (_request, respond) => respond(answer) })
      } else if (it.port) {
        process.net.listen('TCP', it.port, connection => {
          if (it.converse) it.converse(process, connection)
          else connection.onData(() => connection.close())
        })
      }
    } catch {
      await process.write(2, line(`could not bind to port ${it.port}: Address already in use`))
      return 1
    }
    for (const text of it.ready) await process.write(2, line(text))
    const stop = (): void => {
      for (const text of it.stopping ?? []) void process.fds[2]?.write(process, line(text))
      process.exit(0)
    }
    process.on('TERM', stop)
    process.on('INT', stop)
    await it.also?.(process)
    return forever(process)
  }
}
