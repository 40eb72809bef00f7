/** Lifecycle hooks: postStart and preStop by exec, httpGet or sleep. */
import type { Instance } from './instances.ts'
import { errorText, type NodeContext } from './node-context.ts'
import { execCommand } from './probes/exec.ts'
import { resolvePort } from './probes/port.ts'
import { sleep, type Task } from './task.ts'
import type { HandlerSpec, Pod } from './types.ts'
import { formatPod } from './types.ts'

const HTTP_TIMEOUT = 30_000

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
      return `Exec lifecycle hook (${list(argv)}) ${where}: ${errorText(outcome.error)}, message: ""`
    }
    const { status, stdout, stderr } = outcome
    if (!status || status.code === 0) return undefined
    const error = `command '${argv.join(' ')}' exited with ${status.code}: ${stderr}`
    return `Exec lifecycle hook (${list(argv)}) ${where}: ${error}, message: ${JSON.stringify(stdout + stderr)}`
  }
  if (hook.httpGet) {
    const { path = '/', host, scheme = 'HTTP', httpHeaders = [] } = hook.httpGet
    const port = resolvePort(hook.httpGet.port, run.spec)
    const ip = host || ips[0] || ''
    const error =
      typeof port === 'string'
        ? port
        : yield* httpError(node, { ip, port, path, scheme: scheme as 'HTTP', headers: httpHeaders as never })
    return error && `HTTP lifecycle hook (${path}) ${where}: ${error}`
  }
  if (hook.sleep) {
    yield sleep(node.clock, hook.sleep.seconds * 1000)
    return undefined
  }
  return 'Cannot run handler: invalid handler'
}

/** Any answer will do, whatever its status. */
function* httpError(
  node: NodeContext,
  target: Parameters<NodeContext['runtime']['httpGet']>[0],
): Task<string | undefined> {
  const result = (yield resume => node.runtime.httpGet(target, HTTP_TIMEOUT, resume)) as { ok: boolean; error?: string }
  return result.ok ? undefined : (result.error ?? '')
}

/** As Go prints a list of strings. */
const list = (words: readonly string[]): string => `[${words.join(' ')}]`
