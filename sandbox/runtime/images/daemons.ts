/** Databases and other daemons: they start, check their settings, listen, log and stop as the real ones do. What they do is in `daemon-programs.ts`. */
import type { Directory } from '../fs.ts'
import type { Signal } from '../process.ts'
import { binary, type CarryingProgram, carriedLazily, lazily } from '../programs.ts'
import { alpineBase, debianBase, executable, type Image, PATH, SLIM_LACKS } from './image.ts'

interface Daemon {
  name: string
  repositories: string
  tags: RegExp
  megabytes: number
  port: number
  /** Where it keeps its data. */
  directory?: string
  stopSignal?: Signal
  clients?: readonly string[]
  /** Arguments that it is started with. */
  args?: readonly string[]
}

const VERSIONED = /^(latest|lts|stable|alpine|apache|management|innovation|v?\d+(\.\d+){0,3})([-.][\w.]+)*$/

const DAEMONS: readonly Daemon[] = [
  {
    name: 'mysqld',
    repositories: 'docker.io/library/mysql docker.io/library/percona docker.io/mysql/mysql-server',
    tags: VERSIONED,
    megabytes: 170,
    port: 3306,
    directory: '/var/lib/mysql',
    clients: ['mysql', 'mysqladmin'],
  },
  {
    name: 'mariadbd',
    repositories: 'docker.io/library/mariadb',
    tags: VERSIONED,
    megabytes: 120,
    port: 3306,
    directory: '/var/lib/mysql',
    clients: ['mariadb', 'mariadb-admin', 'mysql', 'mysqladmin'],
  },
  {
    name: 'postgres',
    repositories: 'docker.io/library/postgres',
    tags: VERSIONED,
    megabytes: 150,
    port: 5432,
    directory: '/var/lib/postgresql/data',
    stopSignal: 'INT',
    clients: ['psql', 'pg_isready'],
  },
  {
    name: 'mongod',
    repositories: 'docker.io/library/mongo',
    tags: VERSIONED,
    megabytes: 280,
    port: 27_017,
    directory: '/data/db',
    clients: ['mongosh', 'mongo'],
  },
  { name: 'memcached', repositories: 'docker.io/library/memcached', tags: VERSIONED, megabytes: 30, port: 11_211 },
  {
    name: 'rabbitmq-server',
    repositories: 'docker.io/library/rabbitmq',
    tags: VERSIONED,
    megabytes: 110,
    port: 5672,
    clients: ['rabbitmq-diagnostics'],
  },
  {
    name: 'etcd',
    repositories: 'registry.k8s.io/etcd k8s.gcr.io/etcd quay.io/coreos/etcd gcr.io/etcd-development/etcd',
    tags: VERSIONED,
    megabytes: 60,
    port: 2379,
  },
  {
    name: 'fluentd',
    repositories: 'docker.io/fluent/fluentd docker.io/library/fluentd quay.io/fluentd_elasticsearch/fluentd',
    tags: VERSIONED,
    megabytes: 50,
    port: 0,
  },
  {
    name: 'fluent-bit',
    repositories: 'docker.io/fluent/fluent-bit cr.fluentbit.io/fluent/fluent-bit',
    tags: VERSIONED,
    megabytes: 35,
    port: 2020,
  },
  {
    name: 'prometheus',
    repositories: 'docker.io/prom/prometheus quay.io/prometheus/prometheus',
    tags: VERSIONED,
    megabytes: 110,
    port: 9090,
  },
  {
    name: 'node_exporter',
    repositories: 'docker.io/prom/node-exporter quay.io/prometheus/node-exporter',
    tags: VERSIONED,
    megabytes: 12,
    port: 9100,
  },
  { name: 'grafana', repositories: 'docker.io/grafana/grafana', tags: VERSIONED, megabytes: 120, port: 3000 },
  { name: 'jenkins', repositories: 'docker.io/jenkins/jenkins', tags: VERSIONED, megabytes: 280, port: 8080 },
  { name: 'catalina', repositories: 'docker.io/library/tomcat', tags: VERSIONED, megabytes: 150, port: 8080 },
  {
    name: 'elasticsearch',
    repositories: 'docker.io/library/elasticsearch docker.elastic.co/elasticsearch/elasticsearch',
    tags: VERSIONED,
    megabytes: 600,
    port: 9200,
  },
  {
    name: 'kibana',
    repositories: 'docker.io/library/kibana docker.elastic.co/kibana/kibana',
    tags: VERSIONED,
    megabytes: 420,
    port: 5601,
  },
  {
    name: 'alertmanager',
    repositories: 'docker.io/prom/alertmanager quay.io/prometheus/alertmanager',
    tags: VERSIONED,
    megabytes: 30,
    port: 9093,
  },
  { name: 'loki', repositories: 'docker.io/grafana/loki', tags: VERSIONED, megabytes: 35, port: 3100 },
  { name: 'registry', repositories: 'docker.io/library/registry', tags: VERSIONED, megabytes: 10, port: 5000 },
  { name: 'traefik', repositories: 'docker.io/library/traefik', tags: VERSIONED, megabytes: 45, port: 80 },
  { name: 'haproxy', repositories: 'docker.io/library/haproxy', tags: VERSIONED, megabytes: 40, port: 0 },
  { name: 'envoy', repositories: 'docker.io/envoyproxy/envoy', tags: VERSIONED, megabytes: 70, port: 9901 },
  {
    name: 'vault',
    repositories: 'docker.io/hashicorp/vault docker.io/library/vault',
    tags: VERSIONED,
    megabytes: 160,
    port: 8200,
    args: ['server', '-dev'],
  },
  {
    name: 'consul',
    repositories: 'docker.io/hashicorp/consul docker.io/library/consul',
    tags: VERSIONED,
    megabytes: 60,
    port: 8500,
    args: ['agent', '-dev', '-client', '0.0.0.0'],
  },
  { name: 'nats-server', repositories: 'docker.io/library/nats', tags: VERSIONED, megabytes: 7, port: 4222 },
  {
    name: 'mosquitto',
    repositories: 'docker.io/library/eclipse-mosquitto',
    tags: VERSIONED,
    megabytes: 6,
    port: 1883,
  },
  {
    name: 'minio',
    repositories: 'docker.io/minio/minio quay.io/minio/minio',
    tags: /^(latest|RELEASE\.[\w.-]+)$/,
    megabytes: 60,
    port: 9000,
    directory: '/data',
  },
  { name: 'influxd', repositories: 'docker.io/library/influxdb', tags: VERSIONED, megabytes: 120, port: 8086 },
  { name: 'couchdb', repositories: 'docker.io/library/couchdb', tags: VERSIONED, megabytes: 90, port: 5984 },
  {
    name: 'kafka',
    repositories: 'docker.io/apache/kafka docker.io/confluentinc/cp-kafka',
    tags: VERSIONED,
    megabytes: 210,
    port: 9092,
  },
  { name: 'keycloak', repositories: 'quay.io/keycloak/keycloak', tags: VERSIONED, megabytes: 220, port: 8080 },
  { name: 'sonarqube', repositories: 'docker.io/library/sonarqube', tags: VERSIONED, megabytes: 450, port: 9000 },
  { name: 'caddy', repositories: 'docker.io/library/caddy', tags: VERSIONED, megabytes: 18, port: 80 },
  { name: 'ghost', repositories: 'docker.io/library/ghost', tags: VERSIONED, megabytes: 170, port: 2368 },
  { name: 'adminer', repositories: 'docker.io/library/adminer', tags: VERSIONED, megabytes: 45, port: 8080 },
  {
    name: 'phpmyadmin',
    repositories: 'docker.io/library/phpmyadmin docker.io/phpmyadmin/phpmyadmin',
    tags: VERSIONED,
    megabytes: 200,
    port: 80,
  },
  { name: 'nextcloud', repositories: 'docker.io/library/nextcloud', tags: VERSIONED, megabytes: 500, port: 80 },
  { name: 'drupal', repositories: 'docker.io/library/drupal', tags: VERSIONED, megabytes: 220, port: 80 },
  { name: 'joomla', repositories: 'docker.io/library/joomla', tags: VERSIONED, megabytes: 260, port: 80 },
  {
    name: 'mongo-express',
    repositories: 'docker.io/library/mongo-express',
    tags: VERSIONED,
    megabytes: 60,
    port: 8081,
  },
]

const daemon = (name: string): CarryingProgram =>
  carriedLazily(
    () => import('./daemon-programs.ts'),
    m => m.daemon(name),
  )

const client = (name: string): CarryingProgram =>
  lazily(
    () => import('./daemon-clients.ts'),
    m => m.client(name),
  )

export const daemons: readonly Image[] = DAEMONS.map(({ clients = [], args = [], ...d }) => ({
  repositories: d.repositories.split(' '),
  tags: d.tags,
  megabytes: d.megabytes,
  entrypoint: ['docker-entrypoint.sh'],
  cmd: [d.name, ...args],
  env: { PATH },
  exposedPorts: d.port ? [d.port] : [],
  ...(d.stopSignal ? { stopSignal: d.stopSignal } : {}),
  base: d.megabytes < 50 ? alpineBase() : debianBase(undefined, SLIM_LACKS),
  files(root: Directory, tag: string) {
    if (d.directory) root.mkdir(d.directory)
    root.write(`/usr/local/bin/${d.name}`, binary(d.name, tag), { mode: 0o755 })
    for (const name of clients) executable(root, `/usr/local/bin/${name}`, name)
    root.write(
      '/usr/local/bin/docker-entrypoint.sh',
      `#!/bin/sh\nset -e\nif [ "\${1#-}" != "$1" ]; then\n\tset -- ${d.name} "$@"\nfi\nexec "$@"\n`,
      { mode: 0o755 },
    )
  },
  programs: Object.fromEntries([[d.name, daemon(d.name)], ...clients.map(name => [name, client(name)] as const)]),
}))
