/** GET /metrics: the few figures that are true of this server. */
import { resourceOf } from '../../api/kind.ts'
import type { ApiServer } from '../../api/server.ts'
import { healthChecks } from './health.ts'

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores'

const family = (name: string, help: string, lines: readonly string[]): string =>
  [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines].join('\n')

/** GET /metrics/slis: how each check of its health came out. */
export function sliMetrics(): string {
  const lines = healthChecks().flatMap(([endpoint, checks]) =>
    checks.map(name => `kubernetes_healthcheck{name=${JSON.stringify(name)},type=${JSON.stringify(endpoint)}} 1`),
  )
  const help = '[STABLE] This metric records the result of a single healthcheck.'
  return `${family('kubernetes_healthcheck', help, lines.sort())}\n`
}

export function metrics({ store, registry, clock }: ApiServer, build: Readonly<Record<string, string>>): string {
  const resources = [...new Set(registry.all().map(resourceOf))].sort()
  const labels = ['gitVersion', 'goVersion', 'major', 'minor', 'platform']
    .map(key => `${key.replace(/[A-Z]/, c => `_${c.toLowerCase()}`)}=${JSON.stringify(build[key])}`)
    .join(',')
  return `${[
    family('apiserver_storage_objects', '[STABLE] Number of stored objects, by resource.', [
      ...resources.map(r => `apiserver_storage_objects{resource=${JSON.stringify(r)}} ${store.count(r)}`),
    ]),
    family('kubernetes_build_info', '[ALPHA] What this server says that it is.', [
      `kubernetes_build_info{${labels}} 1`,
    ]),
    family('podlab_store_revision', 'The revision of the last write.', [`podlab_store_revision ${store.revision}`]),
    family('podlab_time_seconds', 'The virtual time, since the Unix epoch.', [
      `podlab_time_seconds ${clock.now() / 1000}`,
    ]),
  ].join('\n')}\n`
}
