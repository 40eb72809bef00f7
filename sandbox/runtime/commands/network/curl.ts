/** `curl`: by HTTP and HTTPS, with its exit codes. */
import { bytesOfText } from '../../../bytes.ts'
import { isErrno } from '../../errno.ts'
import { byteLength } from '../../files/tree.ts'
import { lettersOf } from '../bytes/base64.ts'
import { type Call, type Command, type Options, print } from '../command.ts'
import { connect } from './connect.ts'
import { Meter } from './curl-meter.ts'
import { CurlUsage, curlOptions, HINT } from './curl-options.ts'
import { Retries, type Trouble } from './curl-retry.ts'
import { type Transfer, writeOut } from './curl-write-out.ts'
import { exchange, parseUrl } from './exchange.ts'
import { curlTls } from './https.ts'

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

/** One try of one address. */
async function curlOne(call: Call, flags: Options, given: string): Promise<Outcome> {
  const { process } = call
  const started = process.clock.now()
  const elsewhere = flags.has('O') || (flags.value('o') ?? '-') !== '-' || !process.fds[1]?.isTerminal
  const meter =
    elsewhere && !flags.has('s') && !flags.has('no-progress-meter') ? new Meter(process, flags.has('#')) : undefined
  const transfer: Transfer = { url: given, method: 'GET', redirects: 0, retries: 0, received: 0, sent: 0, head: 0 }
  let refused = false
  let retryAfter: number | undefined
  const ended = (failure?: { code: number; message: string }): Outcome => ({
    code: failure?.code ?? 0,
    refused,
    status: transfer.status,
    retryAfter,
    transfer,
    tookMs: process.clock.now() - started,
    ...(failure && { failure }),
  })
  const fail = async (code: number, message: string): Promise<Outcome> => {
    if (!flags.has('s') || flags.has('S')) await process.write(2, `curl: (${code}) ${message}\n`)
    return ended({ code, message })
  }
  const failAfterAll = async (code: number, message: string): Promise<Outcome> => {
    await meter?.end()
    return fail(code, message)
  }
  const maxMs = flags.value('m') ? Number(flags.value('m')) * 1000 : undefined
  const connectMs = flags.value('connect-timeout') ? Number(flags.value('connect-timeout')) * 1000 : maxMs
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
  else if (cookie !== undefined) return fail(2, 'cookies in files are not simulated')
  const data = flags.values('d').map(text => (text.startsWith('@') ? process.fs.readFile(text.slice(1)) : text))
  const body = data.length && !flags.has('G') ? data.join('&') : undefined
  if (body !== undefined) headers['Content-Type'] ??= 'application/x-www-form-urlencoded'
  await meter?.begin()
  let location = data.length && flags.has('G') ? `${given}?${data.join('&')}` : given
  for (let hops = 0; hops < 50; hops++) {
    const url = parseUrl(location)
    Object.assign(transfer, { url: location, scheme: url.scheme.toUpperCase(), redirects: hops })
    if (url.scheme !== 'http' && url.scheme !== 'https') return fail(1, `Protocol "${url.scheme}" not supported`)
    const opened = await connect(
      process,
      resolved(flags.values('resolve'), url) ?? url.host,
      url.port,
      connectMs === undefined ? {} : { timeoutMs: connectMs },
    )
    const took = process.clock.now() - started
    if ('failure' in opened) {
      if (opened.failure === 'ENOTFOUND') return fail(6, `Could not resolve host: ${url.host}`)
      if (opened.failure === 'TIMEOUT')
        return failAfterAll(
          28,
          flags.has('connect-timeout') && !opened.resolving
            ? `Failed to connect to ${url.host} port ${url.port} after ${took} ms: Timeout was reached`
            : `${opened.resolving ? 'Resolving' : 'Connection'} timed out after ${took} milliseconds`,
        )
      refused = opened.failure === 'ECONNREFUSED'
      return failAfterAll(
        7,
        `Failed to connect to ${url.host} port ${url.port} after ${took} ms: Couldn't connect to server`,
      )
    }
    transfer.connected = { ip: opened.ip, port: url.port, afterMs: took }
    let { connection } = opened
    if (url.scheme === 'https') {
      const secured = await curlTls(
        process,
        connection,
        url.host,
        flags,
        maxMs === undefined ? undefined : started + maxMs,
      )
      if (secured === 'timeout') return failAfterAll(28, 'SSL connection timeout')
      if ('code' in secured) {
        connection.close()
        return failAfterAll(secured.code, secured.words)
      }
      connection = secured.connection
    }
    const method = flags.value('X') ?? (flags.has('I') ? 'HEAD' : body === undefined ? 'GET' : 'POST')
    transfer.method = method
    if (flags.has('v'))
      await process.write(
        2,
        `*   Trying ${opened.ip}:${url.port}...\n* Connected to ${url.host} (${opened.ip}) port ${url.port}\n> ${method} ${url.target} HTTP/1.1\n> Host: ${url.host}\n${Object.entries(
          headers,
        )
          .map(([k, v]) => `> ${k}: ${v}\n`)
          .join('')}> \n`,
      )
    const simple = !['i', 'I', 'o', 'O', 'L'].some(flag => flags.has(flag))
    let streamed = 0
    const answer = await exchange(
      process,
      connection,
      url,
      { method, headers: { ...headers, Connection: 'close' }, ...(body === undefined ? {} : { body }) },
      maxMs === undefined ? undefined : started + maxMs,
      simple
        ? piece => {
            streamed += byteLength(piece)
            return print(call, piece)
          }
        : undefined,
      meter && (() => meter.catchUp()),
    )
    if (answer === 'timeout')
      return failAfterAll(
        28,
        `Operation timed out after ${process.clock.now() - started} milliseconds with 0 bytes received`,
      )
    if (!answer) return failAfterAll(52, 'Empty reply from server')
    retryAfter = Number(answer.headers.get('retry-after')) || undefined
    const head = `${answer.head}\r\n\r\n`
    Object.assign(transfer, {
      status: answer.status,
      head: byteLength(head),
      firstByteMs: process.clock.now() - started,
      contentType: answer.headers.get('content-type'),
      redirectUrl: redirectOf(answer, url),
    })
    if (flags.has('v')) await process.write(2, head.replaceAll('\r\n', '\n').replace(/^/gm, '< '))
    const received = streamed + (method === 'HEAD' ? 0 : byteLength(answer.body))
    const length = answer.headers.get('content-length')
    const expected = length === undefined ? undefined : Number(length)
    const sent = body === undefined ? 0 : byteLength(body)
    transfer.sent = sent
    if (answer.status >= 400 && flags.has('f')) {
      await meter?.end({ received: 0, expected, sent })
      return fail(22, `The requested URL returned error: ${answer.status}`)
    }
    if (flags.has('L') && answer.status >= 300 && answer.status < 400 && answer.headers.get('location')) {
      await meter?.end({ received, expected, sent })
      location = redirectOf(answer, url)!
      continue
    }
    transfer.received = received
    const file = flags.value('o') ?? (flags.has('O') ? url.target.split('?')[0]!.split('/').pop() : undefined)
    const text = (flags.has('i') || flags.has('I') ? head : '') + (flags.has('I') ? '' : answer.body)
    if (file && file !== '-') {
      transfer.file = file
      try {
        const stream = process.fs.open(file, 'w')
        await stream.write(process, text)
        stream.close()
        await meter?.end({ received, expected, sent })
      } catch (error) {
        if (!isErrno(error)) throw error
        return failAfterAll(23, 'client returned ERROR on write')
      }
    } else {
      await print(call, text)
      await meter?.end({ received, expected, sent })
    }
    return ended()
  }
  return fail(47, 'Maximum (50) redirects followed')
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
