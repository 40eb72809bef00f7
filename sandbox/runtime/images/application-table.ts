/** More daemons as images: exporters and collectors, search, and applications with a page of their own. */
import { type DaemonImage, VERSIONED } from './daemon-table.ts'

const ROWS: readonly (readonly [name: string, repositories: string, megabytes: number, port: number])[] = [
  ['redis_exporter', 'docker.io/oliver006/redis_exporter quay.io/oliver006/redis_exporter', 5, 9121],
  [
    'postgres_exporter',
    'docker.io/prometheuscommunity/postgres-exporter quay.io/prometheuscommunity/postgres-exporter',
    10,
    9187,
  ],
  ['mysqld_exporter', 'docker.io/prom/mysqld-exporter quay.io/prometheus/mysqld-exporter', 10, 9104],
  ['nginx-prometheus-exporter', 'docker.io/nginx/nginx-prometheus-exporter', 6, 9113],
  ['pushgateway', 'docker.io/prom/pushgateway quay.io/prometheus/pushgateway', 12, 9091],
  ['blackbox_exporter', 'docker.io/prom/blackbox-exporter quay.io/prometheus/blackbox-exporter', 12, 9115],
  ['statsd_exporter', 'docker.io/prom/statsd-exporter quay.io/prometheus/statsd-exporter', 12, 9102],
  ['kube-state-metrics', 'registry.k8s.io/kube-state-metrics/kube-state-metrics', 14, 8080],
  ['prometheus-example-app', 'quay.io/brancz/prometheus-example-app', 6, 8080],
  ['promtail', 'docker.io/grafana/promtail', 60, 9080],
  ['jaeger', 'docker.io/jaegertracing/all-in-one docker.io/jaegertracing/jaeger', 35, 16686],
  ['zipkin', 'docker.io/openzipkin/zipkin', 110, 9411],
  ['otelcol', 'docker.io/otel/opentelemetry-collector docker.io/otel/opentelemetry-collector-contrib', 90, 4317],
  ['telegraf', 'docker.io/library/telegraf', 100, 0],
  ['logstash', 'docker.io/library/logstash docker.elastic.co/logstash/logstash', 440, 9600],
  ['filebeat', 'docker.elastic.co/beats/filebeat docker.io/elastic/filebeat', 160, 0],
  ['opensearch', 'docker.io/opensearchproject/opensearch', 550, 9200],
  ['solr', 'docker.io/library/solr', 290, 8983],
  ['neo4j', 'docker.io/library/neo4j', 270, 7474],
  ['cockroach', 'docker.io/cockroachdb/cockroach', 190, 26257],
  ['rethinkdb', 'docker.io/library/rethinkdb', 50, 8080],
  ['clickhouse-server', 'docker.io/clickhouse/clickhouse-server docker.io/yandex/clickhouse-server', 180, 8123],
  ['sqlservr', 'mcr.microsoft.com/mssql/server', 560, 1433],
  ['pgadmin4', 'docker.io/dpage/pgadmin4', 190, 80],
  ['gitea', 'docker.io/gitea/gitea', 60, 3000],
  ['nexus', 'docker.io/sonatype/nexus3', 350, 8081],
  ['wildfly', 'docker.io/jboss/wildfly quay.io/wildfly/wildfly', 320, 8080],
  ['jetty', 'docker.io/library/jetty', 220, 8080],
  ['odoo', 'docker.io/library/odoo', 680, 8069],
  ['redmine', 'docker.io/library/redmine', 210, 3000],
  ['selenium-hub', 'docker.io/selenium/hub', 240, 4444],
  [
    'selenium-node',
    'docker.io/selenium/node-chrome docker.io/selenium/node-firefox docker.io/selenium/standalone-chrome',
    480,
    5555,
  ],
  ['vaultwarden', 'docker.io/vaultwarden/server', 80, 80],
  ['portainer', 'docker.io/portainer/portainer-ce', 90, 9000],
]

const TAGS: Readonly<Record<string, RegExp>> = {
  sqlservr: /^(latest|20\d\d-(latest|CU\d+)[\w.-]*)$/,
  'selenium-hub': /^(latest|nightly|[34][\w.-]*)$/,
  'selenium-node': /^(latest|nightly|[34][\w.-]*)$/,
}

export const APPLICATIONS: readonly DaemonImage[] = ROWS.map(([name, repositories, megabytes, port]) => ({
  name,
  repositories,
  tags: TAGS[name] ?? VERSIONED,
  megabytes,
  port,
}))
