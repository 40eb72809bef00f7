/** Databases and other daemons as images: their names, tags, ports, where they keep their data, which clients they bring. */
import type { Signal } from '../../processes/process.ts'
import type { Versions } from '../versions.ts'

export interface DaemonImage {
  name: string
  repositories: string
  tags: RegExp
  megabytes: number
  port: number
  /** What its image has installed besides a minimal Debian. */
  packages?: readonly string[]
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
const VERSIONED = /^(latest|lts|stable|alpine|apache|management|innovation|v?\d+(\.\d+){0,3})([-.][\w.]+)*$/

/** One that has nothing but a name, a size and a port. */
export const plain = (name: string, repositories: string, megabytes: number, port: number): DaemonImage => ({
  name,
  repositories,
  tags: VERSIONED,
  megabytes,
  port,
})

export const POSTGRES = ['psql', 'pg_isready', 'pg_dump', 'createdb', 'dropdb', 'createuser', 'dropuser']
export const MYSQL = ['mysql', 'mysqladmin', 'mysqldump']

export const DAEMONS: readonly DaemonImage[] = [
  {
    name: 'mysqld',
    repositories:
      'docker.io/library/mysql docker.io/library/percona docker.io/mysql/mysql-server docker.io/weaveworksdemos/catalogue-db',
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
    packages: ['openssl', 'procps'],
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
    packages: ['less', 'openssl'],
    repositories: 'docker.io/library/postgres',
    tags: VERSIONED,
    megabytes: 150,
    port: 5432,
    directory: '/var/lib/postgresql/data',
    stopSignal: 'INT',
    clients: POSTGRES,
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
    packages: ['jq', 'openssl', 'procps'],
    repositories: 'docker.io/library/mongo docker.io/weaveworksdemos/user-db',
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
  plain('memcached', 'docker.io/library/memcached', 30, 11_211),
  {
    name: 'rabbitmq-server',
    packages: ['openssl', 'procps'],
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
    ...plain('etcd', 'registry.k8s.io/etcd k8s.gcr.io/etcd quay.io/coreos/etcd gcr.io/etcd-development/etcd', 60, 2379),
    clients: ['etcdctl'],
  },
  plain(
    'fluentd',
    'docker.io/fluent/fluentd docker.io/library/fluentd quay.io/fluentd_elasticsearch/fluentd registry.k8s.io/fluentd-gcp registry.k8s.io/fluentd-elasticsearch docker.io/fluent/fluentd-kubernetes-daemonset',
    50,
    0,
  ),
  plain('fluent-bit', 'docker.io/fluent/fluent-bit cr.fluentbit.io/fluent/fluent-bit', 35, 2020),
  plain('prometheus', 'docker.io/prom/prometheus quay.io/prometheus/prometheus', 110, 9090),
  plain('node_exporter', 'docker.io/prom/node-exporter quay.io/prometheus/node-exporter', 12, 9100),
  plain('grafana', 'docker.io/grafana/grafana', 120, 3000),
  plain('jenkins', 'docker.io/jenkins/jenkins', 280, 8080),
  plain('catalina', 'docker.io/library/tomcat', 150, 8080),
  plain('elasticsearch', 'docker.io/library/elasticsearch docker.elastic.co/elasticsearch/elasticsearch', 600, 9200),
  plain('kibana', 'docker.io/library/kibana docker.elastic.co/kibana/kibana', 420, 5601),
  plain('alertmanager', 'docker.io/prom/alertmanager quay.io/prometheus/alertmanager', 30, 9093),
  plain('loki', 'docker.io/grafana/loki', 35, 3100),
  plain('registry', 'docker.io/library/registry', 10, 5000),
  plain('traefik', 'docker.io/library/traefik', 45, 80),
  plain('envoy', 'docker.io/envoyproxy/envoy', 70, 9901),
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
  plain('nats-server', 'docker.io/library/nats', 7, 4222),
  plain('mosquitto', 'docker.io/library/eclipse-mosquitto', 6, 1883),
  {
    name: 'minio',
    repositories: 'docker.io/minio/minio quay.io/minio/minio',
    tags: /^(latest|RELEASE\.[\w.-]+)$/,
    megabytes: 60,
    port: 9000,
    directory: '/data',
  },
  plain('influxd', 'docker.io/library/influxdb', 120, 8086),
  plain('couchdb', 'docker.io/library/couchdb', 90, 5984),
  plain('kafka', 'docker.io/apache/kafka docker.io/confluentinc/cp-kafka docker.io/wurstmeister/kafka', 210, 9092),
  plain('keycloak', 'quay.io/keycloak/keycloak', 220, 8080),
  plain('sonarqube', 'docker.io/library/sonarqube', 450, 9000),
  plain('caddy', 'docker.io/library/caddy', 18, 80),
  plain('ghost', 'docker.io/library/ghost', 170, 2368),
  plain('adminer', 'docker.io/library/adminer', 45, 8080),
  plain('phpmyadmin', 'docker.io/library/phpmyadmin docker.io/phpmyadmin/phpmyadmin', 200, 80),
  plain('nextcloud', 'docker.io/library/nextcloud', 500, 80),
  plain('drupal', 'docker.io/library/drupal', 220, 80),
  plain('joomla', 'docker.io/library/joomla', 260, 80),
  plain('mongo-express', 'docker.io/library/mongo-express', 60, 8081),
]
