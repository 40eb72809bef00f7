/** What agnhost's subcommands are built from: logs and HTTP as a Go program has them. */

import { parseDuration } from '../../../../clock/duration.ts'
import { parseIPv4 } from '../../../../network/addresses.ts'
import type { Certificate } from '../../../../network/tls.ts'
import { resolveHost } from '../../../commands/network/resolve.ts'
import { isErrno } from '../../../errno.ts'
import { byteLength } from '../../../files/tree.ts'
import { escapeHtml } from '../../../network/go-html.ts'
import { httpGet } from '../../../network/http-client.ts'
import { type HttpRequest, type HttpResponse, httpDate, REASONS, serveHttp } from '../../../network/serving.ts'
import type { Proc } from '../../../processes/proc.ts'
import type { Process, Program } from '../../../processes/process.ts'
import type { Flags } from './cobra.ts'

export type Subcommand = (process: Process, flags: Flags) => ReturnType<Program>

/** Milliseconds of a Go duration such as 1m30s; undefined when it is none. */
export function durationOf(text: string): number | undefined {
  try {
    return parseDuration(text)
  } catch {
    return undefined
  }
}

/** A line of klog, as Go's own log is turned into. */
export const klog = (process: Process, text: string, at = 'log.go:245'): string => {
  const [date, time] = new Date(process.clock.now()).toISOString().split('T') as [string, string]
  return `I${date.slice(5).replace('-', '')} ${time.slice(0, -1)}000 ${String(process.pid).padStart(7)} ${at}] ${text}\n`
}

/** Logs from inside a handler, which cannot wait. */
export const log = (process: Process, text: string): void => void process.fds[2]?.write(process, klog(process, text))

/** log.Fatal. */
export async function fatal(process: Process, text: string): Promise<number> {
  await process.write(2, klog(process, text))
  return 1
}

/** Ends the process from inside a handler. */
export function exitWith(process: Process, code: number): void {
  process.on('USR2', () => process.exit(code))
  ;(process as Proc).signal('USR2')
}

/** JSON as encoding/json writes it: what HTML would mind is escaped. */
export const goJson = (value: unknown, indent?: string): string =>
  JSON.stringify(value, null, indent).replace(/[<>&]/g, c => `\\u00${c.charCodeAt(0).toString(16)}`)

/** How a page begins, for Go's server, which looks where nobody has said what the body is. */
const PAGE =
  /^[\t\n\f\r ]*<(!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|!--)[ >]/i

export const text = (body: string, status = 200): HttpResponse => ({ status, body })

/** http.Error: a line that is nothing but text, whatever it looks like. */
export const fault = (message: string, status: number): HttpResponse => ({
  status,
  headers: { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' },
  body: `${message}\n`,
})

/** The headers in Go's order: those of the handler sorted, then the server's own, which names what the body is where nobody did. */
function inOrder(process: Process, { status, headers = {}, body = '', ...rest }: HttpResponse): HttpResponse {
  const own = Object.entries(headers).sort(([a], [b]) => (a < b ? -1 : 1))
  const type = `text/${PAGE.test(body) ? 'html' : 'plain'}; charset=utf-8`
  return {
    ...rest,
    status,
    headers: {
      ...Object.fromEntries(own),
      Date: httpDate(process.clock.now()),
      'Content-Length': String(byteLength(body)),
      ...(body && headers['Content-Type'] === undefined && { 'Content-Type': type }),
    },
    body,
  }
}

/** http.Redirect: a page that only those see who ask for one. */
export function redirect(method: string, location: string, status: number): HttpResponse {
  const isPage = method === 'GET' || method === 'HEAD'
  return {
    status,
    headers: { Location: location, ...(isPage && { 'Content-Type': 'text/html; charset=utf-8' }) },
    body: method === 'GET' ? `<a href="${escapeHtml(location)}">${REASONS[status] ?? ''}</a>.\n\n` : '',
  }
}

export const notFound = fault('404 page not found', 404)

export type Respond = (response: HttpResponse) => void
/** Answers now or later; what it returns means nothing. */
export type Handler = (request: HttpRequest, respond: Respond) => unknown

interface Served {
  port: number
  handle: Handler
  certificate?: Certificate | undefined
  /** Every one when absent. */
  address?: string
}

/** Listens, by TLS when there is a certificate. @returns what Go says when that failed */
export function tryListen(process: Process, { port, handle, certificate, address }: Served): string | undefined {
  try {
    serveHttp(process, {
      port,
      go: true,
      // Status 0 says nothing at all.
      handle: (request, respond) =>
        void handle(request, response => respond(response.status ? inOrder(process, response) : response)),
      ...(certificate && { certificate }),
      ...(address && { address }),
    })
    return undefined
  } catch (error) {
    if (!isErrno(error) && !(error instanceof Error)) throw error
    return `listen tcp ${address ?? ''}:${port}: bind: ${error.message.toLowerCase()}`
  }
}

/** Listens as `tryListen` does. @returns an exit code when that failed, after it has been told */
export async function listen(
  process: Process,
  port: number,
  handle: Handler,
  certificate?: Certificate,
): Promise<number | undefined> {
  const problem = tryListen(process, { port, handle, certificate })
  return problem === undefined ? undefined : fatal(process, problem)
}

/** Whether it is an address of either version. */
export const isAddress = (word: string): boolean =>
  parseIPv4(word) !== undefined || (/^[\da-f:.]+$/i.test(word) && URL.canParse(`http://[${word}]/`))

/** `:8080` and `127.0.0.1:8080`, as Go reads them. @returns what it says of what is no such address */
export function addressOf(text: string): { host: string; port: number } | string {
  const [, bracketed, bare, word] = /^(?:\[(.*)\]|([^:]*)):([^:]*)$/.exec(text) ?? []
  if (word === undefined)
    return `address ${text}: ${text.includes(':') ? 'too many colons' : 'missing port'} in address`
  if (!/^[-+]?\d+$/.test(word) && word) return `lookup tcp/${word}: unknown port`
  if (Number(word) < 0 || Number(word) > 65_535) return `address ${word}: invalid port`
  return { host: bracketed ?? bare ?? '', port: Number(word) }
}

/** http.ListenAndServe of an address. @param say tells what went wrong. @returns an exit code when it has been told */
export async function listenAt(
  process: Process,
  address: string,
  handle: Handler,
  say = (problem: string): Promise<number> => fatal(process, problem),
): Promise<number | undefined> {
  const at = addressOf(address)
  const problem =
    typeof at === 'string' ? `listen tcp: ${at}` : tryListen(process, { port: at.port, handle, address: at.host })
  return problem === undefined ? undefined : say(problem)
}

/** What a request came to, or what Go says of why it came to nothing. */
export type Got = { status: number; body: string } | { error: string }

/** GET, as Go's client does it. */
export function get(process: Process, ip: string, port: number, path: string, done: (result: Got) => void): void {
  const headers = [
    { name: 'User-Agent', value: 'Go-http-client/1.1' },
    { name: 'Accept', value: '' },
  ]
  httpGet(process.clock, process.net, { ip, port, path, scheme: 'HTTP', headers }, 5000, result =>
    done(result.ok ? { status: result.status ?? 200, body: result.body ?? '' } : { error: result.error }),
  )
}

/** GET of a URL whose host may be a name. */
export function getUrl(process: Process, host: string, path: string, done: (result: Got) => void): unknown {
  const url = `http://${host}${path}`
  const fail = (why: string): void => done({ error: `Get "${url}": ${why}` })
  if (!host) return fail('http: no Host in request URL')
  const [name = '', port = '80'] = host.split(':')
  const ip = resolveHost(process, name).ips[0]
  return ip ? get(process, ip, Number(port), path, done) : fail(`dial tcp: lookup ${name}: no such host`)
}

/** Answers each datagram that comes to a port. @throws an Error with code EADDRINUSE */
export function serveUdp(
  process: Process,
  port: number,
  answer: (message: string, from: string) => string | undefined,
  address = '::',
): void {
  process.net.listen(
    'UDP',
    port,
    connection => {
      const { ip, port: theirs } = connection.remote
      connection.onData(data => {
        const reply = answer(data, `${ip}:${theirs}`)
        if (reply !== undefined) connection.send(reply)
      })
      connection.onClose(() => connection.close())
    },
    address,
  )
}
