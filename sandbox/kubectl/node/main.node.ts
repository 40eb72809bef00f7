/** kubectl in Node: any KUBECONFIG, real files, a real terminal, the real time. */

import { access, constants, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { bytesOfText, IncomingText, textOfBytes } from '../../bytes.ts'
import { headerText } from '../../http/warnings.ts'
import {
  type ApiResponse,
  type Channel,
  ConnectionError,
  type Files,
  type Forwarding,
  type Io,
  type Lead,
  Refused,
  type RequestInit,
  type RestConfig,
  type Transport,
} from '../io.ts'
import { runKubectl } from '../main.ts'
import { bindWords } from './bind-words.ts'
import { pieces, whole } from './pieces.node.ts'

const code = (e: unknown): string | undefined => (e as NodeJS.ErrnoException)?.code

const files: Files = {
  async read(path) {
    try {
      return textOfBytes(await readFile(path))
    } catch (e) {
      if (code(e) === 'ENOENT' || code(e) === 'ENOTDIR') return undefined
      throw e
    }
  },
  write: (path, data, mode) => writeFile(path, bytesOfText(data), { mode: mode ?? 0o644 }),
  async list(path) {
    try {
      return (await readdir(path)).sort()
    } catch {
      return undefined
    }
  },
  async kind(path) {
    try {
      return (await stat(path)).isDirectory() ? 'directory' : 'file'
    } catch {
      return undefined
    }
  },
  modified: path =>
    stat(path).then(
      s => s.mtimeMs,
      () => undefined,
    ),
  executable: path =>
    access(path, constants.X_OK).then(
      () => true,
      () => false,
    ),
  mkdir: async path => void (await mkdir(path, { recursive: true })),
  remove: path => rm(path, { recursive: true, force: true }),
}

/** Go's words for a connection that did not come about. */
function connectionError(e: unknown, url: URL): ConnectionError {
  const error = e as NodeJS.ErrnoException & { errors?: NodeJS.ErrnoException[] }
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  const cause = error.code ?? error.errors?.[0]?.code
  switch (cause) {
    case 'ECONNREFUSED':
      return new ConnectionError(
        `dial tcp ${url.hostname}:${port}: connect: connection refused`,
        url.port ? url.host : `${url.host}`,
      )
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ConnectionError(`dial tcp: lookup ${url.hostname}: no such host`)
    case 'ECONNRESET':
      return new ConnectionError('EOF')
    case 'ETIMEDOUT':
      return new ConnectionError(`dial tcp ${url.hostname}:${port}: i/o timeout`)
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return new ConnectionError('tls: failed to verify certificate: x509: certificate signed by unknown authority')
    default:
      return new ConnectionError(error.message)
  }
}

function authHeaders(config: RestConfig): Record<string, string | string[]> {
  return {
    'User-Agent': 'kubectl/v1.33.1 (podlab)',
    ...(config.token && { Authorization: `Bearer ${config.token}` }),
    ...(!config.token &&
      config.username && { Authorization: `Basic ${btoa(`${config.username}:${config.password ?? ''}`)}` }),
    ...(config.impersonate && { 'Impersonate-User': config.impersonate.user! }),
    ...(config.impersonate?.uid && { 'Impersonate-Uid': config.impersonate.uid }),
    ...(config.impersonate?.groups.length && { 'Impersonate-Group': [...config.impersonate.groups] }),
  }
}

const tlsOptions = (config: RestConfig): object => ({
  ca: config.caData,
  cert: config.certData,
  key: config.keyData,
  rejectUnauthorized: !config.insecure,
  ...(config.tlsServerName && { servername: config.tlsServerName }),
})

async function transport(config: RestConfig, path: string, init: RequestInit): Promise<ApiResponse> {
  const base = config.server.includes('://') ? config.server : `http://${config.server}`
  const url = new URL(base.replace(/\/$/, '') + path)
  if (!/^https?:$/.test(url.protocol))
    throw new ConnectionError(`unsupported protocol scheme "${url.protocol.slice(0, -1)}"`)
  const { request } = url.protocol === 'https:' ? await import('node:https') : await import('node:http')
  const body = init.body === undefined ? undefined : bytesOfText(init.body)
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const r = request(url, {
      method: init.method ?? 'GET',
      headers: {
        ...authHeaders(config),
        ...init.headers,
        ...(body && { 'Content-Length': body.length }),
      },
      ...(url.protocol === 'https:' && tlsOptions(config)),
    })
    r.on('response', resolve)
    r.on('error', e => reject(connectionError(e, url)))
    r.end(body)
  })
  return {
    status: response.statusCode ?? 0,
    header: name => {
      const value = response.headers[name]
      const text = Array.isArray(value) ? value.join(', ') : value
      return text && headerText(text)
    },
    headers: () =>
      Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, headerText(String(value))])),
    text: () => whole(response),
    async *chunks() {
      try {
        yield* pieces(response)
      } catch (e) {
        const broken = ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code(e) ?? '')
        if (!broken && (e as Error).message !== 'aborted') throw e
      }
    },
    cancel: () => response.destroy(),
  }
}

async function openChannel(config: RestConfig, path: string): Promise<Channel> {
  const { WebSocket } = await import('ws')
  const url = new URL(config.server.replace(/\/$/, '').replace(/^http/, 'ws') + path)
  const socket = new WebSocket(url, ['v5.channel.k8s.io', 'v4.channel.k8s.io'], {
    headers: authHeaders(config) as Record<string, string>,
    ...tlsOptions(config),
  })
  const queue: { channel: number; data: string }[] = []
  let closed = false
  let wake: (() => void) | undefined
  const incoming = new Map<number, IncomingText>()
  const tell = (): void => {
    wake?.()
    wake = undefined
  }
  socket.on('message', (data: Buffer) => {
    const channel = data[0] ?? 0
    if (channel === 255) return
    const text = incoming.get(channel) ?? new IncomingText()
    incoming.set(channel, text)
    queue.push({ channel, data: text.push(data.subarray(1)) })
    tell()
  })
  socket.on('close', () => {
    for (const [channel, text] of incoming) if (text.pending) queue.push({ channel, data: text.end() })
    closed = true
    tell()
  })
  await new Promise<void>((resolve, reject) => {
    socket.on('open', () => resolve())
    socket.on('unexpected-response', (_request, response: IncomingMessage) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', d => {
        body += d
      })
      response.on('end', () => reject(new Refused(response.statusCode ?? 0, body)))
    })
    socket.on('error', e => reject(connectionError(e, url)))
  })
  return {
    async receive() {
      while (!queue.length && !closed) await new Promise<void>(r => (wake = r))
      return queue.shift()
    },
    send: (channel, data) => socket.send(Buffer.concat([Buffer.from([channel]), bytesOfText(data)])),
    end: channel => socket.protocol === 'v5.channel.k8s.io' && socket.send(Buffer.from([255, channel])),
    close: () => socket.close(),
  }
}

/** Listens for each lead; every connection gets a channel of its own. */
async function forward(config: RestConfig, path: string, leads: readonly Lead[]): Promise<Forwarding> {
  const { createServer } = await import('node:net')
  const events: { lead: number; error?: string }[] = []
  let wake: (() => void) | undefined
  const tell = (event: { lead: number; error?: string }): void => {
    events.push(event)
    wake?.()
  }
  const bound = await Promise.all(
    leads.map(
      (lead, i) =>
        new Promise<Forwarding['bound'][number]>(resolve => {
          const server = createServer(socket => {
            tell({ lead: i })
            join(config, `${path}?ports=${lead.remote}`, socket).catch(e =>
              tell({ lead: i, error: (e as Error).message }),
            )
          })
          server.on('error', e => resolve({ error: bindWords(e) ?? e.message }))
          server.listen(lead.local, lead.address, () => resolve({ port: (server.address() as AddressInfo).port }))
        }),
    ),
  )
  return {
    bound,
    async next() {
      while (!events.length) await new Promise<void>(r => (wake = r))
      return events.shift()!
    },
  }
}

/** A socket and a port of the Pod, joined until either has gone. */
async function join(config: RestConfig, path: string, socket: Socket): Promise<void> {
  const channel = await openChannel(config, path)
  const sent = new IncomingText()
  socket.on('data', (bytes: Buffer) => channel.send(0, sent.push(bytes)))
  socket.on('close', () => channel.close())
  socket.on('error', () => channel.close())
  const greeted = new Set<number>()
  for (let m = await channel.receive(); m; m = await channel.receive()) {
    // Each channel begins with the port's number.
    if (!greeted.has(m.channel)) greeted.add(m.channel)
    else if (m.channel === 0) socket.write(bytesOfText(m.data))
    else throw new Error(m.data)
  }
  socket.end()
}

const LETTERS = 'bcdfghjklmnpqrstvwxz2456789'

async function edit(path: string): Promise<string | null> {
  const editor = process.env.KUBE_EDITOR || process.env.EDITOR || 'vi'
  const { spawn } = await import('node:child_process')
  const shell = process.env.SHELL || '/bin/bash'
  const [program, args] = /["'\\]|\s/.test(editor)
    ? [shell, ['-c', `${editor} ${JSON.stringify(path)}`]]
    : [editor, [path]]
  const words = await new Promise<string | undefined>(resolve => {
    const child = spawn(program, args, { stdio: 'inherit' })
    child.on('error', () => resolve(`unable to launch the editor ${JSON.stringify(editor)}`))
    child.on('close', status =>
      resolve(status ? `there was a problem with the editor ${JSON.stringify(editor)}` : undefined),
    )
  })
  if (words) throw new EditorError(words)
  return (await files.read(path)) ?? ''
}
class EditorError extends Error {}

let input: AsyncIterator<Buffer> | undefined
const typed = new IncomingText()

const write = (stream: NodeJS.WriteStream, text: string): Promise<void> =>
  new Promise((resolve, reject) =>
    stream.write(bytesOfText(text), e => (e ? (code(e) === 'EPIPE' ? process.exit(0) : reject(e)) : resolve())),
  )

export const nodeIo: Io = {
  transport: (config): Transport => ({
    request: (path, init = {}) => transport(config, path, init),
    channel: path => openChannel(config, path),
    forward: (path, leads) => forward(config, path, leads),
  }),
  files,
  env: process.env,
  cwd: process.cwd(),
  pid: process.pid,
  async read() {
    input ??= process.stdin[Symbol.asyncIterator]() as AsyncIterator<Buffer>
    const next = await input.next()
    return next.done ? typed.end() : typed.push(next.value)
  },
  out: text => write(process.stdout, text),
  err: text => write(process.stderr, text),
  isTerminal: fd => [process.stdin, process.stdout, process.stderr][fd]!.isTTY === true,
  size: () => (process.stdout.isTTY ? { columns: process.stdout.columns, rows: process.stdout.rows } : undefined),
  raw: on => void (process.stdin.isTTY && process.stdin.setRawMode(on)),
  onResize(notify) {
    const tell = (): void => notify({ columns: process.stdout.columns, rows: process.stdout.rows })
    process.stdout.on('resize', tell)
    return () => process.stdout.off('resize', tell)
  },
  serve: async (address, port, answer) => (await import('./serving.node.ts')).serve(address, port, answer, nodeIo),
  now: () => Date.now(),
  sleep: ms => new Promise(r => setTimeout(r, ms)),
  random: n => Array.from({ length: n }, () => LETTERS[Math.floor(Math.random() * LETTERS.length)]).join(''),
  edit: (path, text) => files.write(path, text, 0o600).then(() => edit(path)),
  background(work) {
    const done = work(nodeIo).catch(() => {})
    return { done: () => done, stop: async () => {} }
  },
}

/** Runs kubectl with this process's arguments; ends the process. */
export async function main(argv: readonly string[]): Promise<never> {
  process.on('SIGINT', () => process.exit(130))
  process.exit(await runKubectl(argv, nodeIo))
}
