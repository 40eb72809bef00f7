/** What agnhost's subcommands are built from: flags, logs and HTTP as a Go program has them. */

import { parseDuration } from '../../../../clock/duration.ts'
import type { Certificate } from '../../../../network/tls.ts'
import { isErrno } from '../../../errno.ts'
import { escapeHtml } from '../../../network/go-html.ts'
import { httpGet } from '../../../network/http-client.ts'
import { type HttpRequest, type HttpResponse, REASONS, serveHttp } from '../../../network/serving.ts'
import type { Proc } from '../../../processes/proc.ts'
import type { Process, Program } from '../../../processes/process.ts'

export type Subcommand = (process: Process, flags: Flags) => ReturnType<Program>

export interface Flags {
  /** Words that are no flags. */
  readonly args: readonly string[]
  text(name: string, fallback: string): string
  number(name: string, fallback: number): number
  boolean(name: string, fallback?: boolean): boolean
  /** Milliseconds. */
  duration(name: string, fallback: number): number
}

/** @param short letters that stand for a flag's name */
export function readFlags(
  words: readonly string[],
  booleans: ReadonlySet<string>,
  short: Record<string, string>,
): Flags {
  const given = new Map<string, string>()
  const args: string[] = []
  for (let i = 0; i < words.length; i++) {
    const match = /^--?([\w-]+)(?:=(.*))?$/s.exec(words[i]!)
    if (!match) {
      args.push(words[i]!)
      continue
    }
    const name = short[match[1]!] ?? match[1]!
    given.set(name, match[2] ?? (booleans.has(name) ? 'true' : (words[++i] ?? '')))
  }
  return {
    args,
    text: (name, fallback) => given.get(name) ?? fallback,
    number: (name, fallback) => Number(given.get(name) ?? fallback),
    boolean: (name, fallback = false) => (given.get(name) ?? String(fallback)) === 'true',
    duration: (name, fallback) => durationOf(given.get(name) ?? '') ?? fallback,
  }
}

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

export const text = (body: string, status = 200): HttpResponse => ({
  status,
  headers: { 'Content-Type': `text/${PAGE.test(body) ? 'html' : 'plain'}; charset=utf-8` },
  body,
})

/** http.Redirect: a page that only those see who ask for one. */
export function redirect(method: string, location: string, status: number): HttpResponse {
  const isPage = method === 'GET' || method === 'HEAD'
  return {
    status,
    headers: { Location: location, ...(isPage && { 'Content-Type': 'text/html; charset=utf-8' }) },
    body: method === 'GET' ? `<a href="${escapeHtml(location)}">${REASONS[status] ?? ''}</a>.\n\n` : '',
  }
}

export const notFound = text('404 page not found\n', 404)

export type Respond = (response: HttpResponse) => void
/** Answers now or later; what it returns means nothing. */
export type Handler = (request: HttpRequest, respond: Respond) => unknown

/** Listens, by TLS when there is a certificate. @returns an exit code when that failed, after it has been told */
export async function listen(
  process: Process,
  port: number,
  handle: Handler,
  certificate?: Certificate,
): Promise<number | undefined> {
  try {
    serveHttp(process, { port, handle, go: true, ...(certificate && { certificate }) })
    return undefined
  } catch (error) {
    if (!isErrno(error) && !(error instanceof Error)) throw error
    return fatal(process, `listen tcp :${port}: bind: ${error.message.toLowerCase()}`)
  }
}

/** GET, as Go's client does it. */
export function get(
  process: Process,
  ip: string,
  port: number,
  path: string,
  done: (result: { body: string } | { error: string }) => void,
): void {
  const headers = [
    { name: 'User-Agent', value: 'Go-http-client/1.1' },
    { name: 'Accept', value: '' },
  ]
  httpGet(process.clock, process.net, { ip, port, path, scheme: 'HTTP', headers }, 5000, result =>
    done(result.ok ? { body: result.body ?? '' } : { error: result.error }),
  )
}

/** Answers each datagram that comes to a port. @throws an Error with code EADDRINUSE */
export function serveUdp(
  process: Process,
  port: number,
  answer: (message: string, from: string) => string | undefined,
  address?: string,
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
