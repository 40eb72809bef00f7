/** What a node's daemons say at their ports, in the words of Go's server: health, and that the kubelet's API wants credentials. */
import { endpointSlice as sliceKind } from '../api/kinds/endpointslice.ts'
import { event as eventKind } from '../api/kinds/event.ts'
import { node as nodeKind } from '../api/kinds/node.ts'
import type { KubeObject } from '../api/types.ts'
import type { Connection } from '../network/network.ts'
import { recordEvent } from '../proxy/events.ts'
import { byteLength } from '../runtime/files/tree.ts'
import {
  acceptHttps,
  GO_BAD_REQUEST,
  type HttpRequest,
  httpDate,
  REASONS,
  RequestReader,
} from '../runtime/network/serving.ts'
import type { Daemon, NodePortsOptions, ServiceName } from './node-ports.ts'

interface Answer {
  status: number
  body: string
  headers?: Readonly<Record<string, string>>
}

const NO_SNIFF = { 'X-Content-Type-Options': 'nosniff' }
const JSON_TYPE = { 'Content-Type': 'application/json', ...NO_SNIFF }

const text = (body: string, status = 200): Answer => ({ status, body, headers: NO_SNIFF })
const NOT_FOUND = text('404 page not found\n', 404)
const notSimulated = (what: string): Answer => text(`not simulated: ${what}\n`, 501)

/** Answers whoever has connected to a daemon's port. */
export function converse(options: NodePortsOptions, daemon: Daemon, connection: Connection): void {
  if (daemon !== 'kubelet') {
    answerRequests(options, daemon, connection)
    return
  }
  const { name, ip } = options.node
  acceptHttps(
    connection,
    { issuer: `${name}-ca`, names: [name, ip] },
    secured => answerRequests(options, daemon, secured),
    () => connection.close(),
  )
}

function answerRequests(options: NodePortsOptions, daemon: Daemon, connection: Connection): void {
  const reader = new RequestReader(connection.remote)
  connection.onData(data => {
    reader.push(data)
    for (let request = reader.next(); request; request = reader.next()) {
      if (request === 'unreadable') {
        connection.send(GO_BAD_REQUEST)
        connection.close()
        return
      }
      const closes = request.headers.get('connection')?.toLowerCase() === 'close'
      connection.send(format(options, answerTo(options, daemon, request), request.method, closes))
      if (closes) {
        connection.close()
        return
      }
    }
  })
  connection.onClose(() => connection.close())
}

function format(
  { clock }: NodePortsOptions,
  { status, body, headers }: Answer,
  method: string,
  closes: boolean,
): string {
  const lines = {
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
    Date: httpDate(clock.now()),
    'Content-Length': String(byteLength(body)),
    ...(closes && { Connection: 'close' }),
  }
  const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${REASONS[status] ?? ''}\r\n${head.join('')}\r\n${method === 'HEAD' ? '' : body}`
}

function answerTo(options: NodePortsOptions, daemon: Daemon, { path, target, headers }: HttpRequest): Answer {
  if (typeof daemon === 'object') return localPods(options, daemon)
  switch (daemon) {
    case 'kubelet health':
      if (path === '/healthz') return text(/[?&]verbose\b/.test(target) ? '[+]ping ok\nhealthz check passed\n' : 'ok')
      return path === '/healthz/ping' ? { status: 200, body: 'ok' } : NOT_FOUND
    case 'kubelet':
      if (headers.get('authorization') === undefined) return { status: 401, body: 'Unauthorized' }
      return notSimulated("the kubelet's port; ask by way of the API server (/api/v1/nodes/NAME/proxy/)")
    case 'proxy metrics':
      if (path === '/healthz') return text('ok')
      if (path === '/proxyMode') return text('iptables')
      return path === '/metrics' || path === '/configz' ? notSimulated(`${path} of kube-proxy`) : NOT_FOUND
    case 'proxy health':
      return path === '/healthz' || path === '/livez' ? proxyHealth(options, path) : NOT_FOUND
  }
}

/** A time as Go prints one in JSON. */
const goTime = (ms: number): string => new Date(ms).toISOString().replace(/\.?0*Z$/, 'Z')

function proxyHealth({ clock, client, node, rulesChangedAt }: NodePortsOptions, path: string): Answer {
  const now = goTime(clock.now())
  const { metadata, spec } = client.find(nodeKind, '', node.name) ?? {}
  const leaves = metadata?.deletionTimestamp || spec?.taints?.some(t => t.key === 'ToBeDeletedByClusterAutoscaler')
  const eligible = path === '/healthz' ? { nodeEligible: !leaves } : {}
  const changed = goTime(rulesChangedAt())
  const family = { lastUpdated: changed, healthy: true }
  const status = path === '/healthz' && leaves ? 503 : 200
  const health = {
    // A healthy proxy always reports itself as up to date.
    lastUpdated: status === 200 ? now : changed,
    currentTime: now,
    ...eligible,
    healthy: true,
    status: { IPv4: family, IPv6: family },
  }
  return { status, body: JSON.stringify(health), headers: JSON_TYPE }
}

/** Whether a Service has ready Pods here: to a load balancer a reason to send its clients to this node or to others. */
function localPods({ client, node }: NodePortsOptions, { namespace = '', name }: ServiceName): Answer {
  const slices = client.withLabels(sliceKind, namespace, { 'kubernetes.io/service-name': name })
  const ready = slices
    .flatMap(slice => slice.endpoints ?? [])
    .filter(e => e.nodeName === node.name && (e.conditions?.ready ?? true))
  const count = new Set(ready.flatMap(e => e.addresses)).size
  const said = { service: { namespace, name }, localEndpoints: count, serviceProxyHealthy: true }
  return {
    status: count ? 200 : 503,
    body: JSON.stringify(said, null, '\t'),
    headers: { ...JSON_TYPE, 'X-Load-Balancing-Endpoint-Weight': String(count) },
  }
}

/** That somebody else has the port of a Service's health. */
export function tellOfTaken({ client, clock, node }: NodePortsOptions, of: ServiceName, port: number): void {
  const { namespace = '', name } = of
  const why = `listen tcp4 0.0.0.0:${port}: bind: address already in use`
  const subject = { apiVersion: 'v1', kind: 'Service', metadata: { namespace, name } } as KubeObject
  recordEvent({ client, clock, kind: eventKind }, node.name, subject, {
    type: 'Warning',
    reason: 'FailedToStartServiceHealthcheck',
    action: 'Listen',
    message: `node ${node.name} failed to start healthcheck "${namespace}/${name}" on port ${port}: ${why}`,
  })
}
