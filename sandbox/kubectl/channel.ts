/** exec and attach within the simulation: what a WebSocket would carry, handed over in the same process. */
import type { ExitResult, RemoteSession } from '../api/node-proxy.ts'
import { StatusError } from '../api/status.ts'
import type { UserInfo } from '../api/user.ts'
import { authorizeResource, impersonate } from '../http/authorization.ts'
import { connectRequest } from '../http/connect.ts'
import type { Api } from '../http/handler.ts'
import { parseResourcePath } from '../http/request-info.ts'
import type { Process } from '../runtime/process.ts'
import { Inbox } from './inbox.ts'
import { type Channel, ERROR, RESIZE, Refused, STDERR, STDIN, STDOUT } from './io.ts'

/** @throws Refused with the server's answer */
export function openChannel(
  api: Api,
  process: Process,
  path: string,
  headers: Record<string, string>,
  user: UserInfo,
): Channel {
  const inbox = new Inbox<{ channel: number; data: string }>(process, () => session?.close())
  let session: RemoteSession | undefined
  let tty = false
  let wanted = { stdout: true, stderr: true }
  try {
    const url = new URL(path, 'http://api')
    const info = parseResourcePath(url.pathname)
    if (!info || !api.nodes) throw new StatusError(404, 'NotFound', 'the server could not find the requested resource')
    if (info.subresource !== 'exec' && info.subresource !== 'attach') {
      throw new StatusError(501, 'NotImplemented', `not simulated: ${info.subresource} from the workstation`)
    }
    const who = impersonate(api.server, { method: 'GET', url: path, headers, body: '', user }, user)
    authorizeResource(api.server, who, info, 'create', true)
    const asked = connectRequest(api.server, info.namespace, info.name, info.subresource, url.searchParams, {
      user: who,
    })
    if (asked.subresource === 'portforward') throw new StatusError(501, 'NotImplemented', 'not simulated: port-forward')
    const { pod, container, command, stdin } = asked
    tty = asked.tty
    wanted = asked
    api.nodes.checkConnect(pod, container, asked.subresource)
    try {
      session =
        asked.subresource === 'exec'
          ? api.nodes.exec(pod, { container, command, stdin, tty })
          : api.nodes.attach(pod, { container, stdin, tty })
    } catch (error) {
      inbox.push({ channel: ERROR, data: JSON.stringify(ending({ code: 1, error: (error as Error).message })) })
      inbox.end()
    }
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    throw new Refused(error.code, JSON.stringify(error.status))
  }
  session?.onOutput((stream, data) => {
    const out = stream === 'stdout' || tty
    if (out ? wanted.stdout : wanted.stderr) inbox.push({ channel: out ? STDOUT : STDERR, data })
  })
  session?.onExit(result => {
    inbox.push({ channel: ERROR, data: JSON.stringify(ending(result)) })
    inbox.end()
  })
  return {
    receive: () => inbox.next(),
    send(channel, data) {
      if (channel === STDIN && data) session?.writeStdin(data)
      if (channel !== RESIZE) return
      const { Width, Height } = JSON.parse(data) as { Width?: number; Height?: number }
      if (Width && Height) session?.resize(Width, Height)
    },
    end: channel => {
      if (channel === STDIN) session?.closeStdin()
    },
    close: () => session?.close(),
  }
}

/** The Status that ends a session, on the error channel. */
function ending({ code, error }: ExitResult): object {
  if (error !== undefined) {
    const causes = [{ message: error }]
    return { metadata: {}, status: 'Failure', message: error, reason: 'InternalError', details: { causes }, code: 500 }
  }
  if (code === 0) return { metadata: {}, status: 'Success' }
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  }
}
