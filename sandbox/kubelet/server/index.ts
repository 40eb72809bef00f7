/** The kubelet's own server, which the API server's proxy leads to: health, Pods, statistics, logs, configuration. */

import type { KubeletAnswer, KubeletRequest } from '../../api/egress/node-proxy.ts'
import { readLogOptions } from '../../api/requests/log-options.ts'
import { StatusError } from '../../api/status.ts'
import type { Kubelet } from '../kubelet.ts'
import { isStaticPod } from '../types.ts'
import { cadvisorMetrics } from './cadvisor.ts'
import { configz } from './configz.ts'
import { logFolder } from './log-folder.ts'
import { logStream, runForLogs } from './logs.ts'
import { Meter } from './meter.ts'
import { metrics, resourceMetrics } from './metrics.ts'
import { summary } from './summary.ts'

const text = (status: number, body: string): KubeletAnswer => ({ status, type: 'text/plain; charset=utf-8', body })
const json = (body: string): KubeletAnswer => ({ status: 200, type: 'application/json', body })
const figures = (body: string): KubeletAnswer => ({
  status: 200,
  type: 'text/plain; version=0.0.4; charset=utf-8; escaping=underscores',
  body,
})
const notFound = text(404, '404 page not found\n')

const HEALTH = ['ping', 'log', 'syncloop', 'device-plugin']
/** What a real one answers as well. */
const NOT_SIMULATED =
  /^\/(checkpoint|debug|exec|attach|flagz|metrics\/(probes|slis)|portForward|run|stats|statusz)(\/|$)/

const meters = new WeakMap<Kubelet, Meter>()

function meterOf(kubelet: Kubelet): Meter {
  let meter = meters.get(kubelet)
  if (!meter) meters.set(kubelet, (meter = new Meter(kubelet)))
  return meter
}

export function answer(kubelet: Kubelet, { method, path, query }: KubeletRequest): KubeletAnswer {
  const isRead = method === 'GET' || method === 'HEAD'
  if (path === '/stats/summary' && isRead)
    return json(summary(kubelet, meterOf(kubelet), query.get('only_cpu_and_memory') === 'true'))
  const refused = NOT_SIMULATED.exec(path)?.[1]
  if (refused) throw new StatusError(501, 'NotImplemented', `not simulated: /${refused} of a kubelet`)
  const [, first = '', ...rest] = path.split('/')
  if (!isRead) return KNOWN.has(first) ? text(405, '405: Method Not Allowed') : notFound
  switch (first) {
    case 'healthz':
      return health(rest.join('/'), query)
    case 'pods':
      return rest.length ? notFound : json(pods(kubelet))
    case 'runningpods':
      return json(runningPods(kubelet))
    case 'metrics':
      if (!rest.length) return figures(metrics(kubelet))
      if (rest.join() === 'cadvisor') return figures(cadvisorMetrics(kubelet))
      return rest.join() === 'resource' ? figures(resourceMetrics(kubelet)) : notFound
    case 'configz':
      return rest.length ? notFound : json(configz(kubelet))
    case 'containerLogs':
      return containerLogs(kubelet, rest, query)
    case 'logs':
      return logFolder(kubelet.node.disk.host, path) ?? notFound
  }
  return notFound
}

const KNOWN = new Set(['configz', 'containerLogs', 'healthz', 'logs', 'metrics', 'pods', 'runningpods'])

function health(check: string, query: URLSearchParams): KubeletAnswer {
  if (check) return HEALTH.includes(check) ? text(200, 'ok') : notFound
  if (!query.has('verbose')) return text(200, 'ok')
  return text(200, `${HEALTH.map(name => `[+]${name} ok\n`).join('')}healthz check passed\n`)
}

const podList = (items: readonly object[]): string =>
  JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata: {}, items })

/** Pods as the kubelet has them, with the status that it has settled on. */
const pods = (kubelet: Kubelet): string =>
  podList(
    kubelet.workers().map(({ pod, status }) => {
      const { kind: _kind, apiVersion: _version, ...rest } = pod
      const source = isStaticPod(pod) ? {} : { 'kubernetes.io/config.source': 'api' }
      const metadata = { ...pod.metadata, annotations: { ...pod.metadata.annotations, ...source } }
      return { ...rest, metadata, status }
    }),
  )

/** What the runtime has of them. */
const runningPods = (kubelet: Kubelet): string =>
  podList(
    kubelet
      .workers()
      .filter(({ runtime }) => runtime.sandboxReady)
      .map(({ pod: { metadata }, runtime }) => {
        const running = runtime.instances.filter(run => run.state === 'running')
        return {
          metadata: { name: metadata.name, namespace: metadata.namespace, uid: metadata.uid },
          spec: {
            containers: running.length
              ? running.map(run => ({ name: run.name, image: run.container.image.digest, resources: {} }))
              : null,
          },
          status: {},
        }
      }),
  )

/** A kubelet refuses in plain words, not by objects of the API. */
function orRefusal<T>(read: () => T): T | StatusError {
  try {
    return read()
  } catch (error) {
    if (error instanceof StatusError) return error
    throw error
  }
}

function containerLogs(
  kubelet: Kubelet,
  [namespace, name, container = '']: readonly string[],
  query: URLSearchParams,
): KubeletAnswer {
  const asked = orRefusal(() => readLogOptions(query))
  if (asked instanceof StatusError) return text(400, '{"message": "Unable to decode query."}')
  const { options, errors } = asked
  if (errors.length) return text(422, '{"message": "Invalid request."}')
  const worker = kubelet.workers().find(({ pod }) => pod.metadata.namespace === namespace && pod.metadata.name === name)
  if (!worker) return text(404, `pod ${JSON.stringify(name)} does not exist`)
  const { spec } = worker.pod
  const all = [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])]
  if (!all.some(c => c.name === container))
    return text(404, `container ${JSON.stringify(container)} not found in pod ${JSON.stringify(name)}`)
  const found = orRefusal(() => runForLogs(worker, container, options.previous))
  if (found instanceof StatusError) return text(found.code, found.message)
  const { id, run } = found
  if (!run) return text(200, `unable to retrieve container logs for ${id}`)
  const body = logStream(run.container.logs, { ...options, container }, kubelet.node.clock.now())
  return { status: 200, type: 'text/plain', body }
}
