/** The way from the API server into a node: logs, exec, attach and port-forward, refused in the kubelet's words. */
import type {
  ExecOptions,
  ExitResult,
  NodeProxy,
  RemoteConnection,
  RemoteSession,
  TextStream,
} from '../../api/egress/node-proxy.ts'
import { StatusError } from '../../api/status.ts'
import type { Pod } from '../../api/types.ts'
import { part } from '../../parts.ts'
import type { ExecSession } from '../../runtime/cri.ts'
import type { Kubelet } from '../kubelet.ts'
import { errorText } from '../node-context.ts'
import type { Instance } from '../pods/instances.ts'
import { latest } from '../pods/instances.ts'
import type { PodWorker } from '../pods/worker.ts'
import { logStream, runForLogs } from './logs.ts'

/** The port that the API server finds a kubelet at. */
const PORT = '10250'
const kubeletServer = part("a kubelet's own API", () => import('./index.ts'))

const internal = (message: string): StatusError => new StatusError(500, 'InternalError', message)

/** A stream that says one thing and ends. */
const saying = (text: string): TextStream => ({
  open(write, end) {
    write(text)
    end()
    return () => {}
  },
})

/** @param kubeletOf the kubelet of a node by its name */
export function nodeProxy(kubeletOf: (nodeName: string) => Kubelet | undefined): NodeProxy {
  const reach = (pod: Pod, path: string): Kubelet => {
    const name = pod.spec.nodeName ?? ''
    const kubelet = kubeletOf(name)
    if (!kubelet) {
      throw new StatusError(404, 'NotFound', `nodes "${name}" not found`, { name, kind: 'nodes' })
    }
    const { ip } = kubelet.node
    const dial = (why: string): StatusError =>
      internal(`Get "https://${ip}:10250/${path}": dial tcp ${ip}:10250: ${why}`)
    if (!kubelet.isPowered) throw dial('connect: no route to host')
    if (!kubelet.isConnected) throw dial('i/o timeout')
    if (!kubelet.isRunning) throw dial('connect: connection refused')
    return kubelet
  }
  const running = (pod: Pod, container: string, action: string): Instance => {
    const path = `${action}/${pod.metadata.namespace}/${pod.metadata.name}/${container}`
    const worker = reach(pod, path).worker(pod.metadata.uid)
    const run = worker && latest(worker.runtime, container)
    if (run?.state !== 'running') {
      const { name, namespace } = pod.metadata
      const missing =
        action === 'attach'
          ? `container ${container} not found in pod ${name}_${namespace}`
          : `container not found ("${container}")`
      throw internal(`unable to upgrade connection: ${missing}`)
    }
    return run
  }
  const attempt = (what: string, open: () => ExecSession): RemoteSession => {
    try {
      return session(open())
    } catch (error) {
      // The runtime's stream server and the one behind it each put their words in front.
      throw internal(`Internal error occurred: Internal error occurred: error ${what} container: ${errorText(error)}`)
    }
  }
  return {
    ownPort: kubeletServer,
    ask(name, port, request) {
      const kubelet = kubeletOf(name)
      if (!kubelet) throw new StatusError(404, 'NotFound', `nodes "${name}" not found`, { name, kind: 'nodes' })
      const unreachable = (why: string): StatusError => {
        const message = `error trying to reach service: dial tcp ${kubelet.node.ip}:${port || PORT}: ${why}`
        return new StatusError(503, 'ServiceUnavailable', message)
      }
      if (!kubelet.isPowered) throw unreachable('connect: no route to host')
      if (!kubelet.isConnected) throw unreachable('i/o timeout')
      if (!kubelet.isRunning || (port && port !== PORT)) throw unreachable('connect: connection refused')
      return kubeletServer.now.answer(kubelet, request)
    },
    logs(pod, options) {
      const path = `containerLogs/${pod.metadata.namespace}/${pod.metadata.name}/${options.container}`
      const kubelet = reach(pod, path)
      const worker = kubelet.worker(pod.metadata.uid)
      if (!worker) return saying(`pod "${pod.metadata.name}" cannot be found - no logs available`)
      return logsOf(worker, options, kubelet.node.clock.now())
    },
    checkConnect(pod, container, subresource) {
      running(pod, container, subresource)
    },
    exec(pod, { container, command, stdin, tty }: ExecOptions) {
      const run = running(pod, container, 'exec')
      return attempt('executing command in', () => run.container.exec({ argv: command, stdin, tty }))
    },
    attach(pod, { container, stdin, tty }) {
      const run = running(pod, container, 'attach')
      const attached = attempt('attaching to', () => run.container.attach({ stdin, tty }))
      // Nobody asked for this process: however it ends, having looked at it went well.
      return { ...attached, onExit: handler => attached.onExit(() => handler({ code: 0 })) }
    },
    portForward(pod, port, done) {
      const path = `portForward/${pod.metadata.namespace}/${pod.metadata.name}`
      const kubelet = reach(pod, path)
      const sandbox = kubelet.worker(pod.metadata.uid)?.runtime
      if (!sandbox?.sandbox || !sandbox.sandboxReady) {
        done({ error: `pod not found ("${pod.metadata.name}_${pod.metadata.namespace}")` })
        return
      }
      kubelet.node.runtime.connect(sandbox.sandbox, port, result => {
        if ('stream' in result) done({ connection: result.stream as RemoteConnection })
        else done(result)
      })
    },
  }
}

function logsOf(worker: PodWorker, options: Parameters<NodeProxy['logs']>[1], now: number): TextStream {
  const { id, run } = runForLogs(worker, options.container, options.previous)
  if (!run) return saying(`unable to retrieve container logs for ${id}`)
  return logStream(run.container.logs, options, now)
}

function session(exec: ExecSession): RemoteSession {
  return {
    writeStdin: data => exec.writeStdin(data),
    closeStdin: () => exec.closeStdin(),
    resize: (columns, rows) => exec.resize(columns, rows),
    onOutput: handler => exec.onOutput(handler),
    onExit: handler => exec.onExit(({ code }) => handler({ code } satisfies ExitResult)),
    close: () => exec.close(),
  }
}
