/** /healthz, /livez and /readyz, and each of their checks by name. All of them pass: a server that is down does not answer. */
import { type ApiResponse, plain, reply } from '../exchange.ts'

const FIRST = ['ping', 'log']
const LIVE_FIRST = ['loopback-serving-certificate', 'etcd']
const READY_FIRST = ['etcd', 'etcd-readiness', 'informer-sync']
const READY_LAST = ['shutdown']
const STARTED =
  'start-apiserver-admission-initializer generic-apiserver-start-informers priority-and-fairness-config-consumer priority-and-fairness-filter storage-object-count-tracker-hook start-apiextensions-informers start-apiextensions-controllers crd-informer-synced start-system-namespaces-controller peer-endpoint-reconciler-controller start-cluster-authentication-info-controller start-kube-apiserver-identity-lease-controller start-kube-apiserver-identity-lease-garbage-collector storage-readiness start-legacy-token-tracking-controller start-service-ip-repair-controllers rbac/bootstrap-roles scheduling/bootstrap-system-priority-classes priority-and-fairness-config-producer bootstrap-controller start-kubernetes-service-cidr-controller aggregator-reload-proxy-client-cert start-kube-aggregator-informers apiservice-status-local-available-controller apiservice-status-remote-available-controller apiservice-registration-controller apiservice-discovery-controller kube-apiserver-autoregistration autoregister-completion apiservice-openapi-controller apiservice-openapiv3-controller'
/** The one in that list that is no hook. */
const COMPLETION = 'autoregister-completion'

function checksOf(endpoint: string): string[] {
  const started = STARTED.split(' ').map(name => (name === COMPLETION ? name : `poststarthook/${name}`))
  const isReady = endpoint === 'readyz'
  return [...FIRST, ...(isReady ? READY_FIRST : LIVE_FIRST), ...started, ...(isReady ? READY_LAST : [])]
}

export const healthChecks = (): [endpoint: string, checks: readonly string[]][] =>
  ['healthz', 'livez', 'readyz'].map(endpoint => [endpoint, checksOf(endpoint)])

/** Every path that `health` answers. */
export const healthPaths = (): string[] =>
  healthChecks().flatMap(([endpoint, checks]) => [`/${endpoint}`, ...checks.map(check => `/${endpoint}/${check}`)])

/** Undefined where the path is none of these. */
export function health(path: string, query: URLSearchParams): ApiResponse | undefined {
  const [, endpoint, name] = /^\/(healthz|livez|readyz)(?:\/(.+))?$/.exec(path) ?? []
  if (!endpoint) return undefined
  const checks = checksOf(endpoint)
  if (name !== undefined) return checks.includes(name) ? reply(200, 'text/plain; charset=utf-8', 'ok') : undefined
  if (!query.has('verbose')) return plain(200, 'ok')
  const excluded = query.getAll('exclude')
  const unknown = [...new Set(excluded)].filter(one => !checks.includes(one)).sort()
  const lines = checks.map(one => `[+]${one}${excluded.includes(one) ? ' excluded:' : ''} ok`)
  if (unknown.length) {
    const names = unknown.map(one => JSON.stringify(one)).join(',')
    lines.push(`warn: some health checks cannot be excluded: no matches for ${names}`)
  }
  return plain(200, `${[...lines, `${endpoint} check passed`].join('\n')}\n`)
}
