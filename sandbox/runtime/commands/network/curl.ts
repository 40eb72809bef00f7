/** `curl`: by HTTP and HTTPS, with its exit codes. */
import { bytesOfText } from '../../../bytes.ts'
import type { Connection } from '../../../network/network.ts'
import { isErrno } from '../../errno.ts'
import { byteLength } from '../../files/tree.ts'
import type { HttpAnswer } from '../../network/http-client.ts'
import { lettersOf } from '../bytes/base64.ts'
import { type Call, type Command, type Options, print } from '../command.ts'
import { connect } from './connect.ts'
import { Meter } from './curl-meter.ts'
import { CurlUsage, curlOptions, HINT } from './curl-options.ts'
import { Retries, type Trouble } from './curl-retry.ts'
import * as verbose from './curl-verbose.ts'
import { type Transfer, writeOut } from './curl-write-out.ts'
import { exchange, parseUrl, type Url } from './exchange.ts'
import { curlTls } from './https.ts'
import { resolveHost } from './resolve.ts'

/** How a transfer has ended, and what is known of it. */
interface Outcome extends Trouble {
  transfer: Transfer
  tookMs: number
  failure?: { code: number; message: string }
}

export const curl: Command = async call => {
  if (/^(-V|--version)$/.test(call.args[0] ?? ''))
    return print(
      call,
      'curl 8.14.1 (x86_64-pc-linux-gnu) libcurl/8.14.1\nRelease-Date: 2025-06-04\nProtocols: http https\n',
    )
  const { process } = call
  let flags: Options
  try {
    flags = curlOptions(call)
  } catch (error) {
    if (!(error instanceof CurlUsage)) throw error
    await process.write(2, `curl: ${error.message}\n${HINT}`)
    return 2
  }
  if (!flags.rest.length) {
    await process.write(2, HINT)
    return 2
  }
  const format = flags.value('w')
  let code = 0
  for (const given of flags.rest) {
    const retries = new Retries(process, flags)
    let outcome = await curlOne(call, flags, given)
    while (await retries.again(outcome)) outcome = await curlOne(call, flags, given)
    const { transfer, tookMs, failure } = outcome
    code = outcome.code
    transfer.retries = retries.made
    if (format) await writeOut(call, format, transfer, tookMs, failure)
  }
  return code
}

/** Ends a try, with curl's exit code and its sentence. */
class Failed extends Error {
  readonly code: number
  /** Whether the progress meter says its last first: of what fails before anything could have been transferred it shows nothing more. */
  readonly endsMeter: boolean

  constructor(code: number, message: string, endsMeter = false) {
    super(message)
    this.code = code
    this.endsMeter = endsMeter
  }
}

/** One try of one address, with all that is followed from there. Times are virtual milliseconds. */
interface Try {
  call: Call
  flags: Options
  meter: Meter | undefined
  transfer: Transfer
  started: number
  /** The end of `--max-time`. */
  deadline: number | undefined
  refused: boolean
  /** Seconds that the server wants to be left alone. */
  retryAfter: number | undefined
}

/** What is asked of every address of a try. */
interface Wanted {
  headers: Record<string, string>
  body: string | undefined
}

const MOST_HOPS = 50
/** Redirects after which what was posted becomes a GET, unless `-X` names another method. */
const FETCHED_ELSEWHERE: ReadonlySet<number> = new Set([301, 302, 303])

async function curlOne(call: Call, flags: Options, given: string): Promise<Outcome> {
  const { process } = call
  const started = process.clock.now()
  const elsewhere = flags.has('O') || (flags.value('o') ?? '-') !== '-' || !process.fds[1]?.isTerminal
  const isMetered = elsewhere && !flags.has('s') && !flags.has('no-progress-meter')
  const t: Try = {
    call,
    flags,
    meter: isMetered ? new Meter(process, flags.has('#')) : undefined,
    transfer: { url: given, method: 'GET', redirects: 0, retries: 0, received: 0, sent: 0, head: 0 },
    started,
    deadline: flags.value('m') ? started + Number(flags.value('m')) * 1000 : undefined,
    refused: false,
    retryAfter: undefined,
  }
  let failure: Outcome['failure']
  try {
    await follow(t, given)
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    const { code, message } = error
    if (error.endsMeter) await t.meter?.end()
    await tell(t, verbose.failed(message))
    if (!flags.has('s') || flags.has('S')) await process.write(2, `curl: (${code}) ${message}\n`)
    failure = { code, message }
  }
  const { transfer, refused, retryAfter } = t
  const tookMs = process.clock.now() - started
  return {
    code: failure?.code ?? 0,
    refused,
    status: transfer.status,
    retryAfter,
    transfer,
    tookMs,
    ...(failure && { failure }),
  }
}

/** From address to address, as redirects lead. @throws Failed */
async function follow(t: Try, given: string): Promise<void> {
  const { flags, meter, transfer } = t
  const { fs } = t.call.process
  const headers = headersOf(flags)
  const data = flags.values('d').map(text => (text.startsWith('@') ? fs.readFile(text.slice(1)) : text))
  const body = data.length && !flags.has('G') ? data.join('&') : undefined
  let wanted: Wanted = { headers, body }
  if (body !== undefined && !hasHeader(headers, 'content-type'))
    wanted = { headers: { ...headers, 'Content-Type': 'application/x-www-form-urlencoded' }, body }
  await meter?.begin()
  let location = data.length && flags.has('G') ? `${given}?${data.join('&')}` : given
  for (let hops = 0; hops < MOST_HOPS; hops++) {
    const url = parseUrl(location)
    Object.assign(transfer, { url: location, scheme: url.scheme.toUpperCase(), redirects: hops })
    if (url.scheme !== 'http' && url.scheme !== 'https') throw new Failed(1, `Protocol "${url.scheme}" not supported`)
    const connection = await secured(t, url, await opened(t, url))
    const { answer, streamed } = await ask(t, url, connection, wanted)
    const length = answer.headers.get('content-length')
    const progress = {
      received: streamed + (transfer.method === 'HEAD' ? 0 : byteLength(answer.body)),
      expected: length === undefined ? undefined : Number(length),
      sent: transfer.sent,
    }
    if (answer.status >= 400 && flags.has('f')) {
      await meter?.end({ ...progress, received: 0 })
      throw new Failed(22, `The requested URL returned error: ${answer.status}`)
    }
    const next = flags.has('L') && answer.headers.get('location') ? redirectOf(answer, url) : undefined
    if (next === undefined) {
      transfer.received = progress.received
      await keep(t, url, answer)
      await tell(t, verbose.left(url, answer))
      await meter?.end(progress)
      return
    }
    await meter?.end(progress)
    await tell(t, verbose.left(url, answer) + verbose.further(next))
    location = next
    // What is elsewhere is fetched, and not sent again.
    if (FETCHED_ELSEWHERE.has(answer.status)) wanted = { headers, body: undefined }
  }
  throw new Failed(47, `Maximum (${MOST_HOPS}) redirects followed`)
}

const hasHeader = (headers: Readonly<Record<string, string>>, name: string): boolean =>
  Object.keys(headers).some(key => key.toLowerCase() === name)

/** A header that is given replaces curl's own, and comes before what other options would make of it. @throws Failed */
function headersOf(flags: Options): Record<string, string> {
  const headers: Record<string, string> = { 'User-Agent': flags.value('A') ?? 'curl/8.14.1', Accept: '*/*' }
  for (const header of flags.values('H')) {
    const at = header.indexOf(':')
    const name = header.slice(0, at).trim()
    const old = Object.keys(headers).find(key => key.toLowerCase() === name.toLowerCase())
    if (old) delete headers[old]
    headers[name] = header.slice(at + 1).trim()
  }
  const bearer = flags.value('oauth2-bearer')
  if (bearer !== undefined) headers.Authorization ??= `Bearer ${bearer}`
  const user = flags.value('u')
  if (user !== undefined) headers.Authorization ??= `Basic ${lettersOf(bytesOfText(user))}`
  const referer = flags.value('e')
  if (referer !== undefined) headers.Referer ??= referer
  const cookie = flags.value('b')
  if (cookie?.includes('=')) headers.Cookie ??= cookie
  else if (cookie !== undefined) throw new Failed(2, 'cookies in files are not simulated')
  return headers
}

/** @throws Failed where nobody can be reached */
async function opened(t: Try, url: Url): Promise<Connection> {
  const { process } = t.call
  const limit = t.flags.value('connect-timeout') || t.flags.value('m')
  const given = resolved(t.flags.values('resolve'), url)
  const host = given ?? url.host
  // Asks the name server once more, which nobody else should pay for.
  if (t.flags.has('v')) await tell(t, verbose.trying(url, resolveHost(process, host).ips, given !== undefined))
  const made = await connect(process, host, url.port, limit ? { timeoutMs: Number(limit) * 1000 } : {})
  const took = process.clock.now() - t.started
  if (!('failure' in made)) {
    t.transfer.connected = { ip: made.ip, port: url.port, afterMs: took }
    return made.connection
  }
  if (made.failure === 'ENOTFOUND') throw new Failed(6, `Could not resolve host: ${url.host}`)
  const failed = `Failed to connect to ${url.host} port ${url.port} after ${took} ms`
  if (made.failure === 'TIMEOUT') {
    const isOfConnecting = t.flags.has('connect-timeout') && !made.resolving
    const what = made.resolving ? 'Resolving' : 'Connection'
    throw new Failed(
      28,
      isOfConnecting ? `${failed}: Timeout was reached` : `${what} timed out after ${took} milliseconds`,
      true,
    )
  }
  t.refused = made.failure === 'ECONNREFUSED'
  throw new Failed(7, `${failed}: Couldn't connect to server`, true)
}

/** @throws Failed where the server cannot be trusted */
async function secured(t: Try, url: Url, connection: Connection): Promise<Connection> {
  if (url.scheme !== 'https') return connection
  const made = await curlTls(t.call.process, connection, url.host, t.flags, t.deadline)
  if (made === 'timeout') throw new Failed(28, 'SSL connection timeout', true)
  if ('connection' in made) return made.connection
  connection.close()
  throw new Failed(made.code, made.words, true)
}

/**
 * Sends the request and waits for the answer. Where nothing else is done with it, its body is printed as it comes.
 * @returns the bytes that have been printed beside the answer
 * @throws Failed
 */
async function ask(
  t: Try,
  url: Url,
  connection: Connection,
  { headers, body }: Wanted,
): Promise<{ answer: HttpAnswer; streamed: number }> {
  const { call, flags, meter, transfer, started } = t
  const { process } = call
  const method = flags.value('X') ?? (flags.has('I') ? 'HEAD' : body === undefined ? 'GET' : 'POST')
  transfer.method = method
  const isTold = !process.fds[1]?.isTerminal
  await tell(t, verbose.asked(url, transfer.connected?.ip ?? '', method, headers))
  if (body !== undefined) await tell(t, verbose.moved('}', byteLength(body), isTold))
  await tell(t, verbose.sent(body))
  const isPrintedAsItComes = !['i', 'I', 'o', 'O', 'L'].some(flag => flags.has(flag))
  let streamed = 0
  const answer = await exchange(
    process,
    connection,
    url,
    { method, headers, ...(body === undefined ? {} : { body }) },
    t.deadline,
    isPrintedAsItComes
      ? piece => {
          streamed += byteLength(piece)
          return print(call, piece)
        }
      : undefined,
    meter && (() => meter.catchUp()),
  )
  const took = process.clock.now() - started
  if (answer === 'timeout')
    throw new Failed(28, `Operation timed out after ${took} milliseconds with 0 bytes received`, true)
  if (!answer) throw new Failed(52, 'Empty reply from server', true)
  t.retryAfter = Number(answer.headers.get('retry-after')) || undefined
  const head = `${answer.head}\r\n\r\n`
  Object.assign(transfer, {
    status: answer.status,
    head: byteLength(head),
    firstByteMs: took,
    contentType: answer.headers.get('content-type'),
    redirectUrl: redirectOf(answer, url),
    sent: body === undefined ? 0 : byteLength(body),
  })
  await tell(t, verbose.answered(head))
  await tell(t, verbose.moved('{', method === 'HEAD' ? 0 : streamed + byteLength(answer.body), isTold))
  return { answer, streamed }
}

/** What only -v says. */
async function tell({ call, flags }: Try, words: string): Promise<void> {
  if (flags.has('v') && words) await call.process.write(2, words)
}

/** Writes an answer to where it is wanted. @throws Failed */
async function keep({ call, flags, transfer }: Try, url: Url, answer: HttpAnswer): Promise<void> {
  const { process } = call
  const head = flags.has('i') || flags.has('I') ? `${answer.head}\r\n\r\n` : ''
  const text = head + (flags.has('I') ? '' : answer.body)
  const file = flags.value('o') ?? (flags.has('O') ? url.target.split('?')[0]!.split('/').pop() : undefined)
  if (!file || file === '-') {
    await print(call, text)
    return
  }
  transfer.file = file
  try {
    const stream = process.fs.open(file, 'w')
    await stream.write(process, text)
    stream.close()
  } catch (error) {
    if (!isErrno(error)) throw error
    throw new Failed(23, 'client returned ERROR on write', true)
  }
}

/** What `--resolve HOST:PORT:ADDRESS` says of a host. */
function resolved(given: readonly string[], { host, port }: { host: string; port: number }): string | undefined {
  for (const entry of given) {
    const [, name, at, address] = /^\+?(.+?):(\d+):(.+)$/.exec(entry) ?? []
    if ((name === host || name === '*') && Number(at) === port) return address!.split(',')[0]
  }
  return undefined
}

/** Where an answer leads, in full. */
function redirectOf(
  { status, headers }: { status: number; headers: ReadonlyMap<string, string> },
  url: { scheme: string; host: string; port: number; target: string },
): string | undefined {
  const location = headers.get('location')
  if (location === undefined || status < 300 || status >= 400) return undefined
  return new URL(location, `${url.scheme}://${url.host}:${url.port}${url.target}`).href
}
