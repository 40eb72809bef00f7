/**
 * kubectl as a program of the simulated machine: one more command in the learner's shell.
 *
 * It asks the API in process, and everything that takes time blocks by the process' own system calls, so that virtual
 * time passes as it should.
 */

import type { ExitResult, NodeProxy, RemoteConnection, RemoteSession } from '../api/node-proxy.ts'
import type { Outcome } from '../api/outside.ts'
import type { Pod } from '../api/types.ts'
import { ADMIN, ANONYMOUS } from '../api/user.ts'
import type { Api } from '../http/api.ts'
import { type ConnectRequest, connecting } from '../http/connect.ts'
import { type ApiResponse as Answer, type ApiRequest, isStream } from '../http/exchange.ts'
import { refusal } from '../http/handler.ts'
import { warningHeader } from '../http/warnings.ts'
import type { Certificate } from '../network/tls.ts'
import type { Process, Program } from '../runtime/process.ts'
import { COOKED, RAW, terminalOf } from '../runtime/terminal.ts'
import { Inbox } from './inbox.ts'
import {
  type ApiResponse,
  type Channel,
  ConnectionError,
  ERROR,
  type Forwarding,
  type Io,
  type Lead,
  RESIZE,
  Refused,
  type RestConfig,
  STDERR,
  STDIN,
  STDOUT,
  type Transport,
} from './io.ts'
import { runKubectl } from './main.ts'
import { absolute, processFiles } from './process-files.ts'
import { reachServer } from './reach.ts'

/** The machine that kubectl runs on. */
export interface Host {
  api: Api
  /** What the API server shows to who connects over the network. */
  certificate: Certificate
  /** A server that is reached directly, as the administrator: the one that the learner's own kubeconfig names. */
  server?: string
  /** Opens a file in the learner's editor, blocking the process; null when it was closed without saving. */
  edit?(process: Process, path: string, text: string): Promise<string | null>
}

export const kubectlProgram =
  (host: Host): Program =>
  process =>
    runKubectl(process.argv.slice(1), processIo(process, host))

function transport(process: Process, host: Host, config: RestConfig): Transport {
  const { api } = host
  const direct = host.server !== undefined && config.server.replace(/\/$/, '') === host.server
  let reached = direct
  const reach = async (): Promise<void> => {
    if (direct) {
      const { host: address } = new URL(config.server)
      if (!api.availability.up) throw new ConnectionError(`dial tcp ${address}: connect: connection refused`, address)
    } else if (!reached || !api.availability.up) {
      await reachServer(process, config, host.certificate)
      reached = true
    }
  }
  const identity: Record<string, string> = {
    ...(config.token && { authorization: `Bearer ${config.token}` }),
    ...(config.impersonate && { 'impersonate-user': config.impersonate.user! }),
    ...(config.impersonate?.uid && { 'impersonate-uid': config.impersonate.uid }),
    ...(config.impersonate?.groups.length && { 'impersonate-group': config.impersonate.groups.join(', ') }),
  }
  const user = direct ? ADMIN : ANONYMOUS
  const upgrade = (path: string): ApiRequest => ({ method: 'GET', url: path, headers: identity, body: '', user })
  return {
    async request(path, init = {}) {
      await reach()
      const headers: Record<string, string> = { ...identity }
      for (const [name, value] of Object.entries(init.headers ?? {})) headers[name.toLowerCase()] = value
      const asked = { method: init.method ?? 'GET', url: path, headers, body: init.body ?? '', user }
      const parts = api.missing(asked)
      if (parts) await process.load(parts)
      const answered = answerTo(process, api, asked)
      const answer = answered instanceof Promise ? await answered : answered
      // Controllers see a write at once, and before this client's next request.
      if (init.method && init.method !== 'GET') await process.block<void>(wake => process.clock.soon(wake))
      return response(process, answer)
    },
    async channel(path) {
      await reach()
      return openChannel(process, api, upgrade(path))
    },
    async forward(path, leads) {
      await reach()
      return forward(process, api, upgrade(path), leads)
    },
  }
}

/** A promise only where a webhook is asked first. */
function answerTo(process: Process, api: Api, asked: ApiRequest): Answer | Promise<Answer> {
  let given: Answer | undefined
  let wake: ((answer: Answer) => void) | undefined
  api.answer(asked, answer => {
    given = answer
    wake?.(answer)
  })
  return (
    given ??
    process.block<Answer>(woken => {
      wake = woken
    })
  )
}

function response(process: Process, answer: Answer): ApiResponse {
  const { body } = answer
  const warnings = answer.warnings.map(warningHeader).join(', ')
  let stop = (): void => {}
  async function* chunks(): AsyncGenerator<string> {
    if (!isStream(body)) {
      yield typeof body === 'string' ? body : await process.load(body)
      return
    }
    const queue = new Inbox<string>(process, () => stop())
    stop = body.open(
      piece => queue.push(piece),
      () => queue.end(),
    )
    try {
      for (;;) {
        const piece = await queue.next()
        if (piece === undefined) return
        yield piece
      }
    } finally {
      stop()
    }
  }
  let ofRequest: Record<string, string> | undefined
  return {
    status: answer.status,
    header: name =>
      name === 'warning'
        ? warnings || undefined
        : (answer.headers[name] ?? (ofRequest ??= answer.ofRequest?.() ?? {})[name]),
    async text() {
      let text = ''
      for await (const piece of chunks()) text += piece
      return text
    },
    chunks,
    cancel: () => stop(),
  }
}

/** The Status that ends a session. */
const ending = ({ code, error }: ExitResult): string =>
  JSON.stringify(
    error !== undefined
      ? { status: 'Failure', message: error, reason: 'InternalError' }
      : code === 0
        ? { status: 'Success' }
        : {
            status: 'Failure',
            reason: 'NonZeroExitCode',
            details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
          },
  )

/** What a client says whose connection was broken off. */
const CUT = 'error reading from error stream: next reader: websocket: close 1006 (abnormal closure): unexpected EOF'

interface Asked {
  asked: ConnectRequest
  nodes: NodeProxy
}

/** What a request for exec, attach or port-forward is about. @throws Refused with the server's answer */
async function asking(process: Process, api: Api, request: ApiRequest): Promise<Asked> {
  let outcome: Outcome<Asked> | undefined
  let wake: ((found: Outcome<Asked>) => void) | undefined
  const work = (): Asked => {
    const asked = connecting(api.server, request)
    if (!asked || !api.nodes) throw new Error('not simulated: no connection to a node')
    if (asked.subresource !== 'portforward') api.nodes.checkConnect(asked.pod, asked.container, asked.subresource)
    return { asked, nodes: api.nodes }
  }
  api.server.outside.carry(work, found => {
    outcome = found
    wake?.(found)
  })
  outcome ??= await process.block<Outcome<Asked>>(woken => {
    wake = woken
  })
  if ('value' in outcome) return outcome.value
  const { status, body } = refusal(outcome.error)
  throw new Refused(status, String(body))
}

/** exec and attach, as the socket of http/ would carry them. */
async function openChannel(process: Process, api: Api, request: ApiRequest): Promise<Channel> {
  const { asked, nodes } = await asking(process, api, request)
  if (asked.subresource === 'portforward') throw new Error('a port is not a channel')
  const { tty } = asked
  let session: RemoteSession
  try {
    session = asked.subresource === 'exec' ? nodes.exec(asked.pod, asked) : nodes.attach(asked.pod, asked)
  } catch (error) {
    const { status, body } = refusal(error)
    throw new Refused(status, String(body))
  }
  const queue = new Inbox<{ channel: number; data: string }>(process, () => close())
  const forget = api.availability.opened(() => {
    session.close()
    queue.push({ channel: ERROR, data: CUT })
    queue.end()
  })
  const close = (): void => {
    forget()
    session.close()
  }
  session.onOutput((stream, data) => queue.push({ channel: stream === 'stdout' || tty ? STDOUT : STDERR, data }))
  session.onExit(result => {
    forget()
    queue.push({ channel: ERROR, data: ending(result) })
    queue.end()
  })
  return {
    receive: () => queue.next(),
    send(channel, data) {
      if (channel === STDIN) session.writeStdin(data)
      else if (channel === RESIZE) {
        const { Width, Height } = JSON.parse(data) as { Width: number; Height: number }
        session.resize(Width, Height)
      }
    },
    end: channel => channel === STDIN && session.closeStdin(),
    close,
  }
}

/** Ports of this machine that lead into a Pod. What comes through them needs no process to wake up. */
async function forward(process: Process, api: Api, request: ApiRequest, leads: readonly Lead[]): Promise<Forwarding> {
  const {
    asked: { pod },
    nodes,
  } = await asking(process, api, request)
  const events = new Inbox<{ lead: number; error?: string }>(process, () => {})
  const bound = leads.map(({ address, local, remote }, lead) => {
    try {
      const listener = process.net.listen(
        'TCP',
        local,
        connection => {
          events.push({ lead })
          joinPod(nodes, pod, remote, connection, error => events.push({ lead, error }))
        },
        address,
      )
      return { port: listener.port }
    } catch (error) {
      const used = (error as { code?: string }).code === 'EADDRINUSE'
      return { error: used ? 'address already in use' : 'permission denied' }
    }
  })
  return { bound, next: async () => (await events.next())! }
}

function joinPod(
  nodes: NodeProxy,
  pod: Pod,
  port: number,
  local: RemoteConnection,
  fail: (words: string) => void,
): void {
  const early: string[] = []
  let remote: RemoteConnection | undefined
  let gone = false
  local.onData(data => (remote ? remote.send(data) : early.push(data)))
  local.onClose(() => {
    gone = true
    remote?.close()
  })
  const joined = (result: { connection: RemoteConnection } | { error: string }): void => {
    if ('error' in result) {
      local.close()
      fail(result.error)
      return
    }
    remote = result.connection
    remote.onData(data => local.send(data))
    remote.onClose(() => local.close())
    for (const data of early.splice(0)) remote.send(data)
    if (gone) remote.close()
  }
  try {
    nodes.portForward(pod, port, joined)
  } catch (error) {
    joined({ error: (error as Error).message })
  }
}

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

/** Editors that are the page's own. */
const PANE_EDITORS = /^(vi|vim|nano)$/

/** An editor that is a program, such as `sed -i …`. */
async function runEditor(process: Process, program: string, file: string): Promise<string> {
  const argv = /["'\\\s]/.test(program) ? ['/bin/sh', '-c', `${program} ${JSON.stringify(file)}`] : [program, file]
  let child: Process
  try {
    child = process.spawn({ argv })
  } catch {
    throw new Error(`unable to launch the editor ${JSON.stringify(program)}`)
  }
  const { status } = await process.wait(child.pid)
  if (status.code) throw new Error(`there was a problem with the editor ${JSON.stringify(program)}`)
  return process.fs.readFile(file)
}

function processIo(process: Process, host: Host): Io {
  const terminal = terminalOf(process.fds[0])
  return {
    transport: config => transport(process, host, config),
    files: processFiles(process),
    env: process.env,
    cwd: process.cwd,
    pid: process.pid,
    ...(host.server !== undefined && { defaultServer: host.server }),
    read: () => process.read(0),
    out: text => process.write(1, text),
    err: text => process.write(2, text),
    isTerminal: fd => process.fds[fd]?.isTerminal ?? false,
    size: () => process.fds[1]?.size ?? process.fds[0]?.size,
    raw(on) {
      if (terminal) terminal.mode = on ? RAW : COOKED
    },
    onResize(notify) {
      process.on('WINCH', () => {
        const size = process.fds[0]?.size
        if (size) notify(size)
      })
      return () => process.on('WINCH', undefined)
    },
    now: () => process.clock.now(),
    sleep: ms => process.sleep(ms),
    random: n => Array.from({ length: n }, () => LETTERS[process.random.int(LETTERS.length)]).join(''),
    async edit(path, text) {
      const { edit } = host
      const file = absolute(process, path)
      process.fs.writeFile(file, text)
      const program = process.env.KUBE_EDITOR || process.env.EDITOR || 'vi'
      if (!PANE_EDITORS.test(program)) return runEditor(process, program, file)
      if (!edit) throw new Error('unable to launch the editor "vi"')
      const edited = await edit(process, file, text)
      if (edited !== null) process.fs.writeFile(file, edited)
      return edited ?? text
    },
    background(work) {
      const child = process.spawn({
        argv: process.argv,
        program: async own => {
          await work(processIo(own, host))
          return 0
        },
      })
      let ended = false
      const done = async (): Promise<void> => {
        if (ended) return
        ended = true
        await process.wait(child.pid)
      }
      return {
        done,
        async stop() {
          if (!ended) process.kill(child.pid, 'KILL')
          await done()
        },
      }
    },
  }
}
