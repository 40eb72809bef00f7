/** Databases and other daemons as images: their names, tags, ports, where they keep their data, which clients they bring. */
import type { Signal } from '../process.ts'
import type { Versions } from './versions.ts'

export interface DaemonImage {
  name: string
  repositories: string
  tags: RegExp
  megabytes: number
  port: number
  /** Where it keeps its data. */
  directory?: string
  stopSignal?: Signal
  /** May depend on the version. */
  clients?: readonly string[] | ((version: string) => readonly string[])
  version?: Versions
  /** Arguments that it is started with. */
  args?: readonly string[]
}

/** Tags of versions, and what else is usual. */
export const VERSIONED = /^(latest|lts|stable|alpine|apache|management|innovation|v?\d+(\.\d+){0,3})([-.][\w.]+)*$/

export const MYSQL = ['mysql', 'mysqladmin', 'mysqldump']

export const DAEMONS: readonly DaemonImage[] = [
  {
    name: 'mysqld',
    repositories: 'docker.io/library/mysql docker.io/library/percona docker.io/mysql/mysql-server',
    tags: VERSIONED,
    megabytes: 170,
    port: 3306,
    directory: '/var/lib/mysql',
    clients: MYSQL,
    version: {
      variable: 'MYSQL_VERSION',
      latest: '9.4.0',
      lines: {
        '5': '5.7.44',
        '5.6': '5.6.51',
        '5.7': '5.7.44',
        '8': '8.4.6',
        '8.0': '8.0.43',
        '8.4': '8.4.6',
        '9': '9.4.0',
        lts: '8.4.6',
        oraclelinux: '9.4.0',
      },
      suffix: '-1.el9',
    },
  },
  {
    name: 'mariadbd',
    repositories: 'docker.io/library/mariadb',
    tags: VERSIONED,
    megabytes: 120,
    port: 3306,
    directory: '/var/lib/mysql',
    // The names of MySQL's own have gone with 11.
    clients: version => [
      ...(Number.parseInt(version, 10) < 11 ? MYSQL : []),
      'mariadb',
      'mariadb-admin',
      'mariadb-dump',
    ],
    version: {
      variable: 'MARIADB_VERSION',
      latest: '12.0.2',
      lines: {
        '10': '10.11.14',
        '10.5': '10.5.29',
        '10.6': '10.6.23',
        '10.11': '10.11.14',
        '11': '11.8.3',
        '11.4': '11.4.8',
        '11.8': '11.8.3',
        lts: '11.8.3',
      },
      suffix: '+maria~ubu2404',
    },
  },
  {
    name: 'postgres',
    repositories: 'docker.io/library/postgres',
    tags: VERSIONED,
    megabytes: 150,
    port: 5432,
    directory: '/var/lib/postgresql/data',
    stopSignal: 'INT',
    clients: ['psql', 'pg_isready', 'pg_dump'],
    version: {
      variable: 'PG_VERSION',
      latest: '18.0',
      lines: {
        '9.6': '9.6.24',
        '10': '10.23',
        '11': '11.22',
        '12': '12.22',
        '13': '13.22',
        '14': '14.19',
        '15': '15.14',
        '16': '16.10',
        '17': '17.6',
        '18': '18.0',
      },
      suffix: '-1.pgdg13+1',
    },
  },
  {
    name: 'mongod',
    repositories: 'docker.io/library/mongo',
    tags: VERSIONED,
    megabytes: 280,
    port: 27_017,
    directory: '/data/db',
    clients: version => (Number.parseInt(version, 10) < 6 ? ['mongosh', 'mongo'] : ['mongosh']),
    version: {
      variable: 'MONGO_VERSION',
      latest: '8.0.13',
      lines: {
        '3': '3.6.23',
        '3.4': '3.4.24',
        '3.6': '3.6.23',
        '4': '4.4.29',
        '4.0': '4.0.28',
        '4.2': '4.2.24',
        '4.4': '4.4.29',
        '5': '5.0.31',
        '5.0': '5.0.31',
        '6': '6.0.26',
        '6.0': '6.0.26',
        '7': '7.0.24',
        '7.0': '7.0.24',
        '8': '8.0.13',
        '8.0': '8.0.13',
      },
    },
  },
  { name: 'memcached', repositories: 'docker.io/library/memcached', tags: VERSIONED, megabytes: 30, port: 11_211 },
  {
    name: 'rabbitmq-server',
    repositories: 'docker.io/library/rabbitmq',
    tags: VERSIONED,
    megabytes: 110,
    port: 5672,
    clients: ['rabbitmq-diagnostics', 'rabbitmqctl'],
    version: {
      variable: 'RABBITMQ_VERSION',
      latest: '4.1.4',
      lines: {
        '3': '3.13.7',
        '3.8': '3.8.34',
        '3.9': '3.9.29',
        '3.10': '3.10.25',
        '3.11': '3.11.28',
        '3.12': '3.12.14',
        '3.13': '3.13.7',
        '4': '4.1.4',
      },
    },
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
    repositories:
      'docker.io/fluent/fluentd docker.io/library/fluentd quay.io/fluentd_elasticsearch/fluentd registry.k8s.io/fluentd-gcp registry.k8s.io/fluentd-elasticsearch docker.io/fluent/fluentd-kubernetes-daemonset',
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
