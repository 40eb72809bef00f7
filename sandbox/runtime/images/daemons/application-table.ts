/** More daemons as images: exporters and collectors, search, and applications with a page of their own. */
import { type DaemonImage, plain } from './table.ts'

const SELENIUM = /^(latest|nightly|[34][\w.-]*)$/

export const APPLICATIONS: readonly DaemonImage[] = [
  plain('redis_exporter', 'docker.io/oliver006/redis_exporter quay.io/oliver006/redis_exporter', 5, 9121),
  plain(
    'postgres_exporter',
    'docker.io/prometheuscommunity/postgres-exporter quay.io/prometheuscommunity/postgres-exporter',
    10,
    9187,
  ),
  plain('mysqld_exporter', 'docker.io/prom/mysqld-exporter quay.io/prometheus/mysqld-exporter', 10, 9104),
  plain('nginx-prometheus-exporter', 'docker.io/nginx/nginx-prometheus-exporter', 6, 9113),
  plain('pushgateway', 'docker.io/prom/pushgateway quay.io/prometheus/pushgateway', 12, 9091),
  plain('blackbox_exporter', 'docker.io/prom/blackbox-exporter quay.io/prometheus/blackbox-exporter', 12, 9115),
  plain('statsd_exporter', 'docker.io/prom/statsd-exporter quay.io/prometheus/statsd-exporter', 12, 9102),
  plain('kube-state-metrics', 'registry.k8s.io/kube-state-metrics/kube-state-metrics', 14, 8080),
  plain('prometheus-example-app', 'quay.io/brancz/prometheus-example-app', 6, 8080),
  plain('promtail', 'docker.io/grafana/promtail', 60, 9080),
  plain('jaeger', 'docker.io/jaegertracing/all-in-one docker.io/jaegertracing/jaeger', 35, 16686),
  plain('zipkin', 'docker.io/openzipkin/zipkin', 110, 9411),
  plain('otelcol', 'docker.io/otel/opentelemetry-collector docker.io/otel/opentelemetry-collector-contrib', 90, 4317),
  plain('telegraf', 'docker.io/library/telegraf', 100, 0),
  plain('logstash', 'docker.io/library/logstash docker.elastic.co/logstash/logstash', 440, 9600),
  plain('filebeat', 'docker.elastic.co/beats/filebeat docker.io/elastic/filebeat', 160, 0),
  plain('opensearch', 'docker.io/opensearchproject/opensearch', 550, 9200),
  plain('solr', 'docker.io/library/solr', 290, 8983),
  plain('neo4j', 'docker.io/library/neo4j', 270, 7474),
  plain('cockroach', 'docker.io/cockroachdb/cockroach', 190, 26257),
  plain('rethinkdb', 'docker.io/library/rethinkdb', 50, 8080),
  plain('clickhouse-server', 'docker.io/clickhouse/clickhouse-server docker.io/yandex/clickhouse-server', 180, 8123),
  {
    ...plain('sqlservr', 'mcr.microsoft.com/mssql/server', 560, 1433),
    tags: /^(latest|20\d\d-(latest|CU\d+)[\w.-]*)$/,
  },
  plain('pgadmin4', 'docker.io/dpage/pgadmin4', 190, 80),
  plain('gitea', 'docker.io/gitea/gitea', 60, 3000),
  plain('nexus', 'docker.io/sonatype/nexus3', 350, 8081),
  plain('wildfly', 'docker.io/jboss/wildfly quay.io/wildfly/wildfly', 320, 8080),
  plain('jetty', 'docker.io/library/jetty', 220, 8080),
  plain('odoo', 'docker.io/library/odoo', 680, 8069),
  plain('redmine', 'docker.io/library/redmine', 210, 3000),
  { ...plain('selenium-hub', 'docker.io/selenium/hub', 240, 4444), tags: SELENIUM },
  {
    ...plain(
      'selenium-node',
      'docker.io/selenium/node-chrome docker.io/selenium/node-firefox docker.io/selenium/standalone-chrome',
      480,
      5555,
    ),
    tags: SELENIUM,
  },
  plain('vaultwarden', 'docker.io/vaultwarden/server', 80, 80),
  plain('portainer', 'docker.io/portainer/portainer-ce', 90, 9000),
]
