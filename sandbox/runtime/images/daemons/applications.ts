/** Exporters, collectors, search and applications: what they say when they are ready, and the page that they show. */
import type { Daemon } from './daemon.ts'

const page = (title: string): NonNullable<Daemon['page']> => ({
  body: `<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  type: 'text/html',
})

const METRICS = { body: '# HELP up Whether the target answered.\n# TYPE up gauge\nup 1\n' }

const exporter = (port: number, name: string, latest: string): Daemon => ({
  port,
  memory: 12_000_000,
  version: latest,
  stamp: 'slog',
  ready: [
    `level=INFO source=main.go msg="Starting ${name}" version="(version={version})"`,
    `level=INFO source=tls_config.go msg="Listening on" address=[::]:${port}`,
  ],
  page: METRICS,
})

export const APPLICATIONS: Readonly<Record<string, Daemon>> = {
  redis_exporter: {
    port: 9121,
    memory: 10_000_000,
    version: '1.74.0',
    stamp: 'slog',
    ready: [
      'level=info msg="Redis Metrics Exporter v{version}"',
      'level=info msg="Providing metrics at :9121/metrics"',
    ],
    page: METRICS,
  },
  postgres_exporter: exporter(9187, 'postgres_exporter', '0.17.1'),
  mysqld_exporter: exporter(9104, 'mysqld_exporter', '0.17.2'),
  'nginx-prometheus-exporter': exporter(9113, 'nginx-prometheus-exporter', '1.4.2'),
  pushgateway: exporter(9091, 'pushgateway', '1.11.1'),
  blackbox_exporter: exporter(9115, 'blackbox_exporter', '0.27.0'),
  statsd_exporter: exporter(9102, 'StatsD -> Prometheus Exporter', '0.28.0'),
  'kube-state-metrics': {
    port: 8080,
    memory: 18_000_000,
    version: '2.17.0',
    stamp: 'none',
    ready: ['kube-state-metrics version {version}', 'Started kube-state-metrics metrics server on port 8080'],
    page: METRICS,
  },
  'prometheus-example-app': {
    port: 8080,
    memory: 6_000_000,
    stamp: 'none',
    ready: [],
    page: { body: 'Hello from example application.' },
  },
  promtail: {
    port: 9080,
    memory: 40_000_000,
    stamp: 'logfmt',
    ready: ['level=info msg="Starting Promtail"', 'level=info msg="server listening on addresses" http=[::]:9080'],
    page: { body: 'ready\n' },
  },
  jaeger: {
    port: 16_686,
    memory: 40_000_000,
    stamp: 'none',
    ready: ['{"level":"info","caller":"app/server.go","msg":"Starting HTTP server","port":16686,"addr":":16686"}'],
    page: page('Jaeger UI'),
  },
  zipkin: {
    port: 9411,
    memory: 220_000_000,
    startMs: 3000,
    stamp: 'space',
    ready: [' INFO [/] 1 --- [oss-http-*:9411] c.l.a.s.Server : Serving HTTP at /[0:0:0:0:0:0:0:0]:9411'],
    page: page('Zipkin'),
  },
  otelcol: {
    port: 4317,
    memory: 60_000_000,
    stamp: 'iso',
    ready: [
      'info\tservice\tStarting otelcol...',
      'info\tservice\tEverything is ready. Begin running and processing data.',
    ],
  },
  telegraf: {
    port: 0,
    memory: 60_000_000,
    version: '1.36.1',
    stamp: 'traefik',
    ready: ['I! Loading config: /etc/telegraf/telegraf.conf', 'I! Starting Telegraf {version}'],
  },
  logstash: {
    port: 9600,
    memory: 700_000_000,
    startMs: 12_000,
    version: '8.19.4',
    stamp: 'none',
    ready: ['[INFO ][logstash.agent] Successfully started Logstash API endpoint {:port=>9600}'],
    page: { body: '{"version":"{version}","status":"green"}\n', type: 'application/json' },
  },
  filebeat: {
    port: 0,
    memory: 60_000_000,
    stamp: 'none',
    ready: ['{"log.level":"info","log.logger":"crawler","message":"Loading and starting Inputs completed."}'],
  },
  opensearch: {
    port: 9200,
    memory: 900_000_000,
    startMs: 10_000,
    version: '3.2.0',
    stamp: 'none',
    ready: ['[INFO ][o.o.n.Node] started'],
    page: { body: '{\n  "tagline" : "The OpenSearch Project: https://opensearch.org/"\n}\n', type: 'application/json' },
  },
  solr: {
    port: 8983,
    memory: 600_000_000,
    startMs: 4000,
    stamp: 'space',
    ready: ['INFO  (main) [] o.a.s.s.CoreContainerProvider Solr started'],
    page: page('Solr Admin'),
  },
  neo4j: {
    port: 7474,
    memory: 500_000_000,
    startMs: 6000,
    version: '2025.08.0',
    stamp: 'space',
    ready: ['INFO  ======== Neo4j {version} ========', 'INFO  Started.'],
    page: { body: '{"neo4j_version":"{version}","neo4j_edition":"community"}\n', type: 'application/json' },
  },
  cockroach: {
    port: 26_257,
    memory: 300_000_000,
    startMs: 2000,
    version: '25.3.1',
    stamp: 'none',
    ready: [
      'CockroachDB node starting\nbuild:               CCL v{version}\nsql:                 postgresql://root@0.0.0.0:26257/defaultdb?sslmode=disable\nstatus:              initialized new cluster',
    ],
  },
  rethinkdb: {
    port: 8080,
    memory: 60_000_000,
    stamp: 'none',
    ready: ['Listening for administrative HTTP connections on port 8080', 'Server ready'],
    page: page('RethinkDB Administration Console'),
  },
  'clickhouse-server': {
    port: 8123,
    memory: 350_000_000,
    startMs: 1500,
    stamp: 'none',
    ready: [
      "Processing configuration file '/etc/clickhouse-server/config.xml'.",
      'Logging trace to /var/log/clickhouse-server/clickhouse-server.log',
    ],
    page: { body: 'Ok.\n' },
  },
  sqlservr: {
    port: 1433,
    memory: 1_000_000_000,
    startMs: 8000,
    stamp: 'space',
    refuses: ({ env }) =>
      /^y/i.test(env.ACCEPT_EULA ?? '')
        ? undefined
        : 'The SQL Server End-User License Agreement (EULA) must be accepted before SQL\nServer can start. The license terms for this product can be downloaded from\nhttp://go.microsoft.com/fwlink/?LinkId=746388.\n\nYou can accept the EULA by specifying the --accept-eula command line option,\nsetting the ACCEPT_EULA environment variable, or using the mssql-conf tool.',
    ready: [
      'spid9s      Recovery is complete. This is an informational message only. No user action is required.',
      'Server      SQL Server is now ready for client connections. This is an informational message; no user action is required.',
    ],
  },
  pgadmin4: {
    port: 80,
    memory: 180_000_000,
    startMs: 4000,
    stamp: 'none',
    refuses: ({ env }) =>
      env.PGADMIN_DEFAULT_EMAIL && env.PGADMIN_DEFAULT_PASSWORD
        ? undefined
        : 'You need to define the PGADMIN_DEFAULT_EMAIL and PGADMIN_DEFAULT_PASSWORD or PGADMIN_DEFAULT_PASSWORD_FILE environment variables.',
    ready: ['[1] [INFO] Starting gunicorn 23.0.0', '[1] [INFO] Listening at: http://[::]:80 (1)'],
    page: page('pgAdmin 4'),
  },
  gitea: {
    port: 3000,
    memory: 120_000_000,
    startMs: 1000,
    stamp: 'go',
    ready: [
      'cmd/web.go:253:runWeb() [I] Starting Gitea on PID: 1',
      'cmd/web.go:304:listen() [I] Listen: http://0.0.0.0:3000',
    ],
    page: page('Installation - Gitea: Git with a cup of tea'),
  },
  nexus: {
    port: 8081,
    memory: 1_500_000_000,
    startMs: 25_000,
    stamp: 'comma',
    ready: [
      '+0000 INFO  [jetty-main-1] *SYSTEM org.sonatype.nexus.bootstrap.jetty.JettyServer - Started Sonatype Nexus COMMUNITY',
    ],
    page: page('Sonatype Nexus Repository'),
  },
  wildfly: {
    port: 8080,
    memory: 350_000_000,
    startMs: 3000,
    stamp: 'comma',
    ready: ['INFO  [org.jboss.as] (Controller Boot Thread) WFLYSRV0025: WildFly started in 3021ms'],
    page: page('Welcome to WildFly'),
  },
  jetty: {
    port: 8080,
    memory: 120_000_000,
    startMs: 800,
    stamp: 'space',
    ready: [':INFO :oejs.Server:main: Started oejs.Server'],
    page: page('Error 404 - Not Found'),
  },
  odoo: {
    port: 8069,
    memory: 220_000_000,
    startMs: 3000,
    stamp: 'comma',
    ready: ['1 INFO ? odoo.service.server: HTTP service (werkzeug) running on 0.0.0.0:8069'],
    page: page('Odoo'),
  },
  redmine: {
    port: 3000,
    memory: 200_000_000,
    startMs: 5000,
    stamp: 'none',
    ready: ['=> Booting Puma', '* Listening on http://0.0.0.0:3000', 'Use Ctrl-C to stop'],
    page: page('Redmine'),
  },
  'selenium-hub': {
    port: 4444,
    memory: 260_000_000,
    startMs: 2000,
    stamp: 'space',
    ready: ['INFO [Hub.execute] - Started Selenium Hub: http://0.0.0.0:4444'],
    page: {
      body: '{\n  "value": {\n    "ready": true,\n    "message": "Selenium Grid ready."\n  }\n}\n',
      type: 'application/json',
    },
  },
  'selenium-node': {
    port: 5555,
    memory: 260_000_000,
    startMs: 2000,
    stamp: 'space',
    ready: ['INFO [NodeServer.execute] - Started Selenium node: http://0.0.0.0:5555'],
    page: {
      body: '{\n  "value": {\n    "ready": true,\n    "message": "Node is ready."\n  }\n}\n',
      type: 'application/json',
    },
  },
  vaultwarden: {
    port: 80,
    memory: 40_000_000,
    stamp: 'none',
    ready: ['[INFO] Rocket has launched from http://0.0.0.0:80'],
    page: page('Vaultwarden Web'),
  },
  portainer: {
    port: 9000,
    memory: 60_000_000,
    stamp: 'go',
    ready: ['INF github.com/portainer/portainer/api/http/server.go > starting HTTP server | bind_address=:9000'],
    page: page('Portainer'),
  },
}
