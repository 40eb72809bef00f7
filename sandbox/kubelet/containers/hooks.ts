/** Lifecycle hooks: postStart and preStop by exec, httpGet or sleep. */
import type { DialResult, HttpTarget } from '../../runtime/cri.ts'
import { type NodeContext, rpcText } from '../node-context.ts'
import type { Instance } from '../pods/instances.ts'
import { execCommand } from '../probes/exec.ts'
import { asked, authority, headersFor } from '../probes/http.ts'
import { dialled } from '../probes/outcome.ts'
import { resolvePort } from '../probes/port.ts'
import { sleep, type Task } from '../task.ts'
import type { HandlerSpec, Pod } from '../types.ts'
import { formatPod } from '../types.ts'

/** A kubelet waits for a hook as long as it takes. */
const HTTP_TIMEOUT = Number.POSITIVE_INFINITY

/** Runs a hook to its end. @returns what went wrong, in the kubelet's words; undefined when all went well */
export function* runHook(
  node: NodeContext,
  pod: Pod,
  run: Instance,
  ips: readonly string[],
  hook: HandlerSpec,
): Task<string | undefined> {
  const where = `for Container "${run.name}" in Pod "${formatPod(pod)}" failed - error`
  if (hook.exec) {
    const argv = hook.exec.command ?? []
    const outcome = yield* execCommand(node, run.container, argv)
    if ('error' in outcome) {
      return `Exec lifecycle hook (${list(argv)}) ${where}: ${rpcText(outcome.error)}, message: ""`
    }
    const { status, stdout, stderr } = outcome
    if (!status || status.code === 0) return undefined
    const error = `command '${argv.join(' ')}' exited with ${status.code}: ${stderr}`
    return `Exec lifecycle hook (${list(argv)}) ${where}: ${error}, message: ${JSON.stringify(stdout + stderr)}`
  }
  if (hook.httpGet) {
    const { path = '/', host, scheme = 'HTTP' } = hook.httpGet
    const port = resolvePort(hook.httpGet.port, run.spec)
    const ip = host || ips[0] || ''
    const error =
      typeof port === 'string'
        ? port
        : yield* httpError(node, pod, {
            ip,
            port,
            path: path.startsWith('/') ? path : `/${path}`,
            scheme: scheme as 'HTTP' | 'HTTPS',
            headers: headersFor(hook.httpGet, 'lifecycle'),
          })
    return error && `HTTP lifecycle hook (${path}) ${where}: ${error}`
  }
  if (hook.sleep) {
    yield sleep(node.clock, hook.sleep.seconds * 1000)
    return undefined
  }
  // What the API takes for the sake of old manifests, and no kubelet runs.
  const { port = '', host = '' } = hook.tcpSocket ?? {}
  const words = typeof port === 'number' ? `{0 ${port} }` : `{1 0 ${port}}`
  const socket = hook.tcpSocket ? `&TCPSocketAction{Port:${words},Host:${host},}` : 'nil'
  return `Cannot run handler: invalid handler: &LifecycleHandler{Exec:nil,HTTPGet:nil,TCPSocket:${socket},Sleep:nil,}`
}

/** Any answer will do, whatever its status. Who expects TLS is content without, and an event tells of it. */
function* httpError(node: NodeContext, pod: Pod, target: HttpTarget): Task<string | undefined> {
  const get = (from: HttpTarget): Task<DialResult> => dialled(done => node.runtime.httpGet(from, HTTP_TIMEOUT, done))
  const result = yield* get(target)
  if (result.ok) return undefined
  if (target.scheme === 'HTTPS' && result.error.includes('server gave HTTP response to HTTPS client')) {
    const plain = {
      ...target,
      scheme: 'HTTP' as const,
      headers: target.headers.filter(h => h.name !== 'Authorization'),
    }
    if ((yield* get(plain)).ok) {
      const message = `request to HTTPS lifecycle hook ${authority(target)} got HTTP response, retry with HTTP succeeded`
      node.podEvent(pod, 'Warning', 'LifecycleHTTPFallback', message)
      return undefined
    }
  }
  return asked(target, result.error)
}

/** As Go prints a list of strings. */
const list = (words: readonly string[]): string => `[${words.join(' ')}]`
