/** nginx's proxy_pass: hands a request on to another server and its answer back. */
import type { ConnectFailure } from '../../../../network/network.ts'
import { resolveHost } from '../../../commands/resolve.ts'
import { responseReader } from '../../../http-client.ts'
import type { Process } from '../../../process.ts'
import type { HttpRequest, HttpResponse } from '../../../serving.ts'
import { byteLength } from '../../../tree.ts'

export interface Upstream {
  /** As it stands in the configuration. */
  text: string
  host: string
  port: number
  /** Who answers: the address itself, or the servers of the group that has its name. */
  servers: readonly { host: string; port: number }[]
  /** What replaces the location's part of the path; undefined hands the path on as it came. */
  path?: string
  headers: readonly (readonly [name: string, value: string])[]
}

/** Servers of `upstream NAME { … }` blocks, by name. */
export type Groups = ReadonlyMap<string, Upstream['servers']>

export const readGroups = (text: string): Groups =>
  new Map(
    [...text.matchAll(/\bupstream\s+(\S+)\s*\{([^}]*)\}/g)].map(([, name, body]) => [
      name!,
      [...body!.matchAll(/\bserver\s+([^\s;:]+)(?::(\d+))?[^;]*;/g)].map(([, host, port]) => ({
        host: host!,
        port: Number(port ?? 80),
      })),
    ]),
  )

/** Reads proxy_pass and proxy_set_header out of the body of a location. */
export function readUpstream(body: string, groups: Groups): Upstream | undefined {
  const text = /\bproxy_pass\s+([^;]+);/.exec(body)?.[1]?.trim()
  const [, host, port, path] = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(text ?? '') ?? []
  if (!text || !host) return undefined
  const headers = [...body.matchAll(/\bproxy_set_header\s+(\S+)\s+("[^"]*"|[^;]*);/g)].map(
    ([, name, value]) => [name!, value!.replace(/^"|"$/g, '').trim()] as const,
  )
  const own = { host, port: Number(port ?? 80) }
  return { text, ...own, servers: groups.get(host) ?? [own], ...(path === undefined ? {} : { path }), headers }
}

/** Names are looked up once, when nginx reads its configuration. */
export const addressOf = (process: Process, host: string): string | undefined => resolveHost(process, host).ips[0]

const WORDS: Record<ConnectFailure, string> = {
  ECONNREFUSED: '111: Connection refused',
  ETIMEDOUT: '110: Connection timed out',
  EHOSTUNREACH: '113: No route to host',
  ENETUNREACH: '101: Network is unreachable',
}

const CONNECT_TIMEOUT_MS = 60_000
const READ_TIMEOUT_MS = 60_000

/** Headers of one connection, which are not handed on. */
const OWN = new Set(['connection', 'keep-alive', 'content-length', 'date', 'server', 'transfer-encoding'])

/** `done` gets the answer, or the status of the error page and what the error log says. */
export function proxy(
  process: Process,
  upstream: Upstream,
  server: { ip: string; port: number },
  location: string,
  request: HttpRequest,
  done: (result: HttpResponse | { failed: 502 | 504; why: string; url: string }) => void,
): void {
  const target = upstream.path === undefined ? request.target : upstream.path + request.target.slice(location.length)
  const { ip, port } = server
  const url = `http://${ip}:${port}${target}`
  let over = false
  const finish = (result: HttpResponse | { failed: 502 | 504; why: string }): void => {
    if (over) return
    over = true
    process.clock.cancel(timer)
    done('failed' in result ? { ...result, url } : result)
  }
  const silent = (why: string) => () => {
    giveUp()
    finish({ failed: 504, why })
  }
  let timer = process.clock.after(
    CONNECT_TIMEOUT_MS,
    silent('upstream timed out (110: Connection timed out) while connecting to upstream'),
  )
  let giveUp = process.net.connect('TCP', ip, port, result => {
    if (over) return
    process.clock.cancel(timer)
    if ('failure' in result)
      return finish({ failed: 502, why: `connect() failed (${WORDS[result.failure]}) while connecting to upstream` })
    const { connection } = result
    giveUp = () => connection.close()
    timer = process.clock.after(
      READ_TIMEOUT_MS,
      silent('upstream timed out (110: Connection timed out) while reading response header from upstream'),
    )
    const reader = responseReader(answer => {
      connection.close()
      if (!answer)
        return finish({
          failed: 502,
          why: 'upstream prematurely closed connection while reading response header from upstream',
        })
      finish({
        status: answer.status,
        headers: Object.fromEntries([...answer.headers].filter(([name]) => !OWN.has(name)).map(titled)),
        body: answer.body,
      })
    })
    connection.onData(reader.data)
    connection.onClose(reader.end)
    connection.send(head(upstream, target, request) + request.body)
  })
}

const titled = ([name, value]: [string, string]): [string, string] => [
  name.replace(/(^|-)[a-z]/g, start => start.toUpperCase()).replace(/^Etag$/, 'ETag'),
  value,
]

/** What goes out: the client's headers, with nginx's own two and those of proxy_set_header in their place. */
function head(upstream: Upstream, target: string, request: HttpRequest): string {
  const set = new Map<string, [name: string, value: string]>()
  for (const [name, value] of [
    ['Host', '$proxy_host'],
    ['Connection', 'close'],
    ...upstream.headers,
    ...(request.body ? [['Content-Length', String(byteLength(request.body))]] : []),
  ] as [string, string][])
    set.set(name.toLowerCase(), [name, variables(value, upstream, request)])
  for (const [name, value] of request.headers)
    if (!set.has(name) && !OWN.has(name)) set.set(name, [titled([name, ''])[0], value])
  const lines = [...set.values()].filter(([, value]) => value !== '').map(([name, value]) => `${name}: ${value}\r\n`)
  return `${request.method} ${target} HTTP/1.0\r\n${lines.join('')}\r\n`
}

function variables(value: string, upstream: Upstream, request: HttpRequest): string {
  const host = request.headers.get('host') ?? ''
  const forwarded = request.headers.get('x-forwarded-for')
  const known: Record<string, string> = {
    proxy_host: upstream.port === 80 ? upstream.host : `${upstream.host}:${upstream.port}`,
    http_host: host,
    host: host.replace(/:\d+$/, ''),
    remote_addr: request.remote.ip,
    proxy_add_x_forwarded_for: forwarded ? `${forwarded}, ${request.remote.ip}` : request.remote.ip,
    scheme: 'http',
    request_uri: request.target,
  }
  return value.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => known[name] ?? whole)
}
