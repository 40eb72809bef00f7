/** What daemons do: they start, say so, answer, and stop when they are told to. */

import { forever, serveHttp } from '../../network/serving.ts'
import type { CarryingProgram } from '../../programs.ts'
import { rabbitmq } from '../brokers/rabbitmq.ts'
import { DATABASES } from '../databases/databases.ts'
import { etcd } from '../databases/etcd/server.ts'
import { readSettingFiles } from '../databases/setting-files.ts'
import { versionOf } from '../versions.ts'
import { APPLICATIONS } from './applications.ts'
import type { Daemon } from './daemon.ts'
import { followFiles } from './log-collector.ts'
import { writeLast, writeSteps } from './log-steps.ts'
import { STAMPS } from './stamps.ts'

const DAEMONS: Readonly<Record<string, Daemon>> = {
  ...DATABASES,
  ...APPLICATIONS,
  'rabbitmq-server': {
    port: 5672,
    memory: 120_000_000,
    startMs: 2000,
    version: '4.0.5',
    stamp: 'rabbitmq',
    ready: ['[info] <0.9.0> Starting RabbitMQ {version}', '[info] <0.9.0> Server startup complete; 4 plugins started.'],
    stopping: ['[info] <0.9.0> SIGTERM received - shutting down'],
    serve: rabbitmq,
  },
  etcd: {
    port: 2379,
    memory: 30_000_000,
    stamp: 'none',
    ready: [
      '{"level":"info","caller":"etcdmain/etcd.go:73","msg":"Running: ","args":["etcd"]}',
      '{"level":"info","caller":"embed/serve.go:188","msg":"serving client traffic insecurely; this is strongly discouraged!","traffic":"grpc+http","address":"[::]:2379"}',
    ],
    stopping: [
      '{"level":"info","caller":"osutil/interrupt_unix.go:64","msg":"received signal; shutting down","signal":"terminated"}',
    ],
    version: '3.6.4',
    serve: (process, version) => etcd(process, /\d[\d.]*\d/.exec(version)?.[0] ?? '3.6.4'),
  },
  fluentd: {
    port: 0,
    memory: 60_000_000,
    startMs: 300,
    stamp: 'fluentd',
    ready: ['[info]: starting fluentd-1.16.5 pid=1 ruby="3.2.3"', '[info]: #0 fluentd worker is now running worker=0'],
    stopping: ['[info]: Received graceful stop', '[info]: Worker 0 finished with status 0'],
    also: process => followFiles(process, 'fluentd'),
  },
  'fluent-bit': {
    port: 0,
    memory: 20_000_000,
    stamp: 'fluentBit',
    ready: ['[ info] [fluent bit] version=3.2.4, commit=unknown, pid=1', '[ info] [sp] stream processor started'],
    stopping: ['[engine] caught signal (SIGTERM)', '[ info] [engine] service has stopped (0 pending tasks)'],
    also: process => followFiles(process, 'fluent-bit'),
  },
  prometheus: {
    port: 9090,
    memory: 60_000_000,
    stamp: 'slog',
    ready: ['level=INFO source=main.go msg="Server is ready to receive web requests."'],
    page: { body: 'Prometheus Server is Healthy.\n' },
  },
  node_exporter: {
    port: 9100,
    memory: 12_000_000,
    stamp: 'slog',
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
    stamp: 'jenkins',
    ready: ['INFO    hudson.lifecycle.Lifecycle#onReady: Jenkins is fully up and running'],
    page: { body: '<html><title>Sign in [Jenkins]</title></html>\n', type: 'text/html' },
  },
  catalina: {
    port: 8080,
    memory: 150_000_000,
    startMs: 800,
    stamp: 'tomcat',
    ready: ['INFO [main] org.apache.catalina.startup.Catalina.start Server startup in [812] milliseconds'],
    page: { body: '<html><title>Apache Tomcat</title></html>\n', type: 'text/html' },
  },
  elasticsearch: {
    port: 9200,
    memory: 900_000_000,
    startMs: 10_000,
    stamp: 'none',
    ready: ['{"type":"server","level":"INFO","component":"o.e.n.Node","message":"started"}'],
    page: { body: '{\n  "tagline" : "You Know, for Search"\n}\n', type: 'application/json' },
  },
  kibana: {
    port: 5601,
    memory: 600_000_000,
    startMs: 8000,
    version: '8.17.0',
    stamp: 'none',
    ready: [
      '{"type":"log","tags":["info","http","server","Kibana"],"message":"http server running at http://0.0.0.0:5601"}',
    ],
    page: { body: '<html><title>Elastic</title></html>\n', type: 'text/html' },
  },
  alertmanager: {
    port: 9093,
    memory: 20_000_000,
    version: '0.27.0',
    stamp: 'slog',
    ready: [
      'level=info msg="Starting Alertmanager" version="(version={version})"',
      'level=info component=tls_config msg="Listening on" address=[::]:9093',
    ],
    page: { body: 'OK' },
  },
  loki: {
    port: 3100,
    memory: 60_000_000,
    version: '3.3.1',
    stamp: 'logfmt',
    ready: ['level=info msg="Loki started" startup_time=412ms'],
    page: { body: 'ready\n' },
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
    version: '3.3.1',
    stamp: 'traefik',
    ready: ['INF Traefik version {version} built'],
    page: { body: '404 page not found\n' },
  },
  envoy: {
    port: 9901,
    memory: 30_000_000,
    version: '1.32.3',
    stamp: 'envoy',
    ready: ['[info][main] starting main dispatch loop'],
    page: { body: 'LIVE\n' },
  },
  vault: {
    port: 8200,
    memory: 90_000_000,
    version: '1.18.3',
    stamp: 'none',
    ready: [
      '==> Vault server configuration:\n\n             Api Address: http://0.0.0.0:8200\n                 Storage: inmem\n                 Version: Vault v{version}\n',
      '==> Vault server started! Log data will stream in below:\n',
    ],
    stopping: ['==> Vault shutdown triggered'],
    page: {
      body: '{"initialized":true,"sealed":false,"standby":false,"performance_standby":false,"version":"{version}"}\n',
      type: 'application/json',
    },
  },
  consul: {
    port: 8500,
    memory: 60_000_000,
    version: '1.20.1',
    stamp: 'none',
    ready: ["==> Starting Consul agent...\n               Version: '{version}'\n", '==> Consul agent running!'],
    page: { body: '"127.0.0.1:8300"', type: 'application/json' },
  },
  'nats-server': {
    port: 4222,
    memory: 12_000_000,
    version: '2.10.24',
    stamp: 'nats',
    ready: [
      '[INF] Starting nats-server',
      '[INF]   Version:  {version}',
      '[INF] Listening for client connections on 0.0.0.0:4222',
      '[INF] Server is ready',
    ],
    stopping: ['[INF] Initiating Shutdown...', '[INF] Server Exiting..'],
  },
  mosquitto: {
    port: 1883,
    memory: 3_000_000,
    version: '2.0.20',
    stamp: 'seconds',
    ready: [
      'mosquitto version {version} starting',
      'Opening ipv4 listen socket on port 1883.',
      'mosquitto version {version} running',
    ],
    stopping: ['mosquitto version {version} terminating'],
  },
  minio: {
    port: 9000,
    memory: 120_000_000,
    stamp: 'none',
    ready: ['MinIO Object Storage Server', 'API: http://0.0.0.0:9000'],
    stopping: ['INFO: Exiting on signal: TERMINATED'],
    page: { body: '' },
  },
  influxd: {
    port: 8086,
    memory: 70_000_000,
    version: '2.7.11',
    stamp: 'logfmt',
    ready: [
      'info\tWelcome to InfluxDB\t{"version": "v{version}"}',
      'info\tListening\t{"service": "tcp-listener", "transport": "http", "addr": ":8086", "port": 8086}',
    ],
    page: {
      body: '{"name":"influxdb","message":"ready for queries and writes","status":"pass","version":"v{version}"}',
      type: 'application/json',
    },
  },
  couchdb: {
    port: 5984,
    memory: 60_000_000,
    version: '3.4.2',
    ready: ['[info] nonode@nohost <0.9.0> -------- Apache CouchDB has started. Time to relax.'],
    page: {
      body: '{"couchdb":"Welcome","version":"{version}","vendor":{"name":"The Apache Software Foundation"}}\n',
      type: 'application/json',
    },
  },
  kafka: {
    port: 9092,
    memory: 420_000_000,
    startMs: 4000,
    version: '3.9.0',
    stamp: 'kafka',
    ready: [
      'INFO Kafka version: {version} (org.apache.kafka.common.utils.AppInfoParser)',
      'INFO [KafkaRaftServer nodeId=1] Kafka Server started (kafka.server.KafkaRaftServer)',
    ],
    stopping: ['INFO [BrokerServer id=1] shutdown completed (kafka.server.BrokerServer)'],
  },
  keycloak: {
    port: 8080,
    memory: 500_000_000,
    startMs: 8000,
    version: '26.0.7',
    stamp: 'comma',
    ready: ['INFO  [io.quarkus] (main) Keycloak {version} on JVM started in 8.1s. Listening on: http://0.0.0.0:8080'],
    page: { body: '<html><title>Welcome to Keycloak</title></html>\n', type: 'text/html' },
  },
  sonarqube: {
    port: 9000,
    memory: 1_200_000_000,
    startMs: 20_000,
    stamp: 'space',
    ready: ['INFO  app[][o.s.a.SchedulerImpl] SonarQube is operational'],
    page: { body: '<html><title>SonarQube</title></html>\n', type: 'text/html' },
  },
  caddy: {
    port: 80,
    memory: 15_000_000,
    stamp: 'none',
    ready: ['{"level":"info","logger":"http.log","msg":"server running","name":"srv0","protocols":["h1","h2","h3"]}'],
    page: { body: '<html><title>Caddy works!</title></html>\n', type: 'text/html' },
  },
  ghost: {
    port: 2368,
    memory: 150_000_000,
    startMs: 2000,
    stamp: 'space',
    ready: ['INFO Ghost booted in 2.1s', 'INFO Ghost server started in 1.0s'],
    page: { body: '<html><title>Ghost</title></html>\n', type: 'text/html' },
  },
  adminer: {
    port: 8080,
    memory: 20_000_000,
    ready: ['PHP 8.4.2 Development Server (http://[::]:8080) started'],
    page: { body: '<html><title>Login - Adminer</title></html>\n', type: 'text/html' },
  },
  phpmyadmin: {
    port: 80,
    memory: 30_000_000,
    stamp: 'none',
    ready: ["AH00094: Command line: 'apache2 -D FOREGROUND'"],
    page: { body: '<html><title>phpMyAdmin</title></html>\n', type: 'text/html' },
  },
  nextcloud: {
    port: 80,
    memory: 60_000_000,
    startMs: 4000,
    stamp: 'none',
    ready: ["AH00094: Command line: 'apache2 -D FOREGROUND'"],
    page: { body: '<html><title>Nextcloud</title></html>\n', type: 'text/html' },
  },
  drupal: {
    port: 80,
    memory: 30_000_000,
    stamp: 'none',
    ready: ["AH00094: Command line: 'apache2 -D FOREGROUND'"],
    page: { body: '<html><title>Choose language | Drupal</title></html>\n', type: 'text/html' },
  },
  joomla: {
    port: 80,
    memory: 30_000_000,
    stamp: 'none',
    ready: ["AH00094: Command line: 'apache2 -D FOREGROUND'"],
    page: { body: '<html><title>Joomla Web Installer</title></html>\n', type: 'text/html' },
  },
  'mongo-express': {
    port: 8081,
    memory: 60_000_000,
    startMs: 800,
    stamp: 'none',
    ready: ['Mongo Express server listening at http://0.0.0.0:8081'],
    page: { body: '<html><title>Home - Mongo Express</title></html>\n', type: 'text/html' },
  },
}

export const daemon = (name: string): CarryingProgram => {
  const it = DAEMONS[name]!
  return async (process, tag) => {
    const version = versionOf({ latest: it.version ?? '' }, tag)
    const said = (text: string): string => text.replaceAll('{version}', version)
    const line = (text: string): string => `${STAMPS[it.stamp ?? 'iso'](process.clock.now())}${said(text)}\n`
    if (it.about && /^(--version|-V)$/.test(process.argv[1] ?? '')) {
      await process.write(1, `${said(it.about)}\n`)
      return 0
    }
    const refusal = (it.settings && readSettingFiles(process, it.settings)) ?? it.refuses?.(process, version)
    if (refusal) {
      await process.write(2, `${refusal}\n`)
      return 1
    }
    process.memory = it.memory
    if (it.startMs) await process.compute(it.startMs)
    const { page } = it
    const server = await it.serve?.(process, version)
    await writeSteps(process, server?.lines ?? [])
    if (server?.fatal !== undefined) {
      if (server.fatal) await process.write(2, `${server.fatal}\n`)
      return server.code ?? 1
    }
    try {
      if (page) {
        const answer = {
          status: 200,
          headers: { 'Content-Type': page.type ?? 'text/plain; charset=utf-8' },
          body: said(page.body),
        }
        serveHttp(process, { port: it.port, handle: (_request, respond) => respond(answer) })
      } else if (it.port) {
        process.net.listen('TCP', it.port, connection => {
          if (server) server.converse(connection)
          else connection.onData(() => connection.close())
        })
      }
    } catch {
      await process.write(2, line(`could not bind to port ${it.port}: Address already in use`))
      return 1
    }
    const log = server?.log
    if (log) await writeSteps(process, log.ready())
    else for (const text of it.ready) await process.write(2, line(text))
    const stop = (): void => {
      if (log) writeLast(process, log.stopping())
      else for (const text of it.stopping ?? []) void process.fds[2]?.write(process, line(text))
      process.exit(0)
    }
    process.on('TERM', stop)
    process.on('INT', stop)
    await it.also?.(process)
    await server?.run?.()
    return forever(process)
  }
}
