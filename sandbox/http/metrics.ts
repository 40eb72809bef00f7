/** GET /metrics: the few figures that are true of this server. */
import { resourceOf } from '../api/kind.ts'
import type { ApiServer } from '../api/server.ts'

const family = (name: string, help: string, lines: readonly string[]): string =>
  [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines].join('\n')

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
