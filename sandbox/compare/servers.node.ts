/** The two servers that are asked: a real one, and ours, made for this. */
import { readFileSync } from 'node:fs'
import http, { type IncomingMessage } from 'node:http'
import https, { type RequestOptions } from 'node:https'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'
import { createCluster } from '../cluster.ts'
import { serve } from '../http/node/node.ts'
import type { Answer } from './answers.ts'
import type { Json } from './questions.ts'

/** A watch has said what it had to say when nothing came for so long. */
const SILENT_AFTER_MS = 400
/** Nothing takes so long but what will never be answered. */
const UNANSWERED_AFTER_MS = 10_000

export interface Asked {
  method: string
  path: string
  headers?: Readonly<Record<string, string>>
  body?: string
}

export const asJson = (method: string, path: string, body?: Json): Asked => ({
  method,
  path,
  headers: { 'content-type': 'application/json' },
  ...(body !== undefined && { body: JSON.stringify(body) }),
})

/** A JSON text as its value, several of them as a list, anything else as it is. */
export function jsonValue(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    const lines = text.split('\n').filter(Boolean)
    if (lines.length < 2 || !lines.every(line => line.startsWith('{"'))) return text
    return lines.map(jsonValue)
  }
}

/** The lines of a watch; one object by its name is none, whatever is asked. */
export function eventsOf(text: string): Json {
  const value = jsonValue(text)
  const isObject = typeof value === 'object' && value !== null && 'kind' in value
  return isObject ? value : [value].flat()
}

const IS_WATCH = /\?(?:.*&)?watch=(?:1|true)|\/watch\//

/** Where a server listens, and what proves who asks. */
export interface Server {
  url: string
  headers?: Readonly<Record<string, string>>
  tls?: Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'rejectUnauthorized'>
}

/** Sent as it is written: nothing tidies paths, adds headers or follows where it is sent. */
function send({ url, headers, tls }: Server, asked: Asked, signal: AbortSignal): Promise<IncomingMessage> {
  const { hostname, port, protocol } = new URL(url)
  const { method, path, body } = asked
  const all = { ...headers, ...asked.headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) }
  const options: RequestOptions = { hostname, port, path, method, headers: all, signal, agent: false, ...tls }
  return new Promise((resolve, reject) => {
    const request = (protocol === 'https:' ? https : http).request(options, resolve)
    request.once('error', reject)
    request.end(body)
  })
}

/** Headers that say something of the answer itself. */
const TELLING = [
  'allow',
  'cache-control',
  'content-encoding',
  'location',
  'retry-after',
  'vary',
  'www-authenticate',
  'x-content-type-options',
]
/** Those whose text every server makes up for itself. */
const THERE = [
  'audit-id',
  'etag',
  'last-modified',
  'x-kubernetes-pf-flowschema-uid',
  'x-kubernetes-pf-prioritylevel-uid',
]

function tellingOf({ headers }: IncomingMessage): Record<string, string> {
  const told = TELLING.flatMap(name => (headers[name] === undefined ? [] : [[name, String(headers[name])]]))
  return Object.fromEntries([...told, ...THERE.filter(name => headers[name]).map(name => [name, 'its own'])])
}

/** How a text is laid out, which its value does not tell. */
const layoutOf = (text: string): string =>
  `${/^\{\n {2}"/.test(text) ? 'indented' : 'as it comes'}${text.endsWith('\n') ? ', a line' : ''}`

const unpacked = (bytes: Buffer, encoding: string | undefined): string =>
  (encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8')

export async function ask(server: Server, asked: Asked): Promise<Answer> {
  const given = new AbortController()
  let silence = setTimeout(() => given.abort(), UNANSWERED_AFTER_MS)
  try {
    const response = await send(server, asked, given.signal)
    const { statusCode: code = 0, headers: sent, rawHeaders } = response
    const isWatch = asked.method === 'GET' && IS_WATCH.test(asked.path) && code === 200
    if (isWatch) {
      clearTimeout(silence)
      silence = setTimeout(() => given.abort(), SILENT_AFTER_MS)
    }
    const pieces: Buffer[] = []
    try {
      for await (const piece of response) {
        pieces.push(piece as Buffer)
        silence.refresh()
      }
    } catch (error) {
      if (!given.signal.aborted) throw error
    }
    const text = unpacked(Buffer.concat(pieces), sent['content-encoding'])
    const warnings = rawHeaders.filter((_, i) => i % 2 && /^warning$/i.test(rawHeaders[i - 1]!))
    const type = sent['content-type'] ?? ''
    const headers = { ...tellingOf(response), layout: layoutOf(text) }
    return { code, type, headers, warnings, body: isWatch ? eventsOf(text) : jsonValue(text) }
  } catch (error) {
    // A server that breaks on a request closes the connection; one that is not there is another matter.
    const isClosed = ['ECONNRESET', 'EPIPE'].includes((error as { code?: string }).code ?? '')
    if (!given.signal.aborted && !isClosed) throw error
    return { code: 0, type: '', warnings: [], body: 'no answer' }
  } finally {
    clearTimeout(silence)
  }
}

/** What a kubeconfig holds, each part by itself in base64 or in a file. */
interface Kubeconfig {
  clusters: { name: string; cluster: { server: string; [key: string]: unknown } }[]
  users: { name: string; user: { token?: string; [key: string]: unknown } }[]
  contexts: { name: string; context: { cluster: string; user: string } }[]
  'current-context': string
}

/** The real server, as the current context of a kubeconfig has it: by a token or a certificate. */
export function realServer(file: string): Server {
  const config = parse(readFileSync(file, 'utf8')) as Kubeconfig
  const at = config.contexts.find(({ name }) => name === config['current-context'])!.context
  const { cluster } = config.clusters.find(({ name }) => name === at.cluster)!
  const { user } = config.users.find(({ name }) => name === at.user)!
  const held = (of: Record<string, unknown>, key: string): Buffer | undefined => {
    const [data, path] = [of[`${key}-data`], of[key]]
    if (typeof data === 'string') return Buffer.from(data, 'base64')
    return typeof path === 'string' ? readFileSync(path) : undefined
  }
  const [ca, cert, key] = [
    held(cluster, 'certificate-authority'),
    held(user, 'client-certificate'),
    held(user, 'client-key'),
  ]
  return {
    url: cluster.server,
    headers: user.token ? { authorization: `Bearer ${user.token}` } : {},
    tls: {
      ...(ca && { ca }),
      ...(cert && key && { cert, key }),
      rejectUnauthorized: !cluster['insecure-skip-tls-verify'],
    },
  }
}

/** No controllers run here either: the real one has none. */
export async function own(): Promise<{ server: Server; pass(seconds: number): Promise<void>; close(): Promise<void> }> {
  const cluster = createCluster({ seed: 'compare' })
  const { port, close } = await serve({ api: cluster.api, port: 0, onActivity: () => {}, onFault: () => undefined })
  await cluster.clock.advance(1000)
  const pass = (seconds: number): Promise<void> => cluster.clock.advance(seconds * 1000)
  return { server: { url: `http://127.0.0.1:${port}` }, pass, close }
}
