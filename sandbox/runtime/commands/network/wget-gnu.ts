/** `wget` of GNU (1.21): the same requests as busybox' in other words, with exit codes of its own, and many tries. */
import { distrust } from '../../../network/tls.ts'
import { isErrno } from '../../errno.ts'
import { byteLength } from '../../files/tree.ts'
import type { HttpAnswer } from '../../network/http-client.ts'
import { type Call, DECIMAL, numberIn, type Options, options, Refusal } from '../command.ts'
import { strftime } from '../system/date.ts'
import { connect, lookupFailure } from './connect.ts'
import { exchange, parseUrl, type Url } from './exchange.ts'
import { secure } from './https.ts'
import { lookupHost } from './resolve.ts'

const LONG = {
  quiet: 'q',
  'output-document': 'O',
  'directory-prefix': 'P',
  timeout: 'T',
  'connect-timeout': 'T',
  'read-timeout': 'T',
  'dns-timeout': 'T',
  tries: 't',
  'server-response': 'S',
  'user-agent': 'U',
  spider: 'spider',
  'no-verbose': 'no-verbose',
  'no-clobber': 'no-clobber',
  header: 'header:',
  'post-data': 'post-data:',
  'no-check-certificate': 'no-check-certificate',
  'ca-certificate': 'ca-certificate:',
  'content-on-error': 'content-on-error',
  'retry-connrefused': 'retry-connrefused',
  'no-hsts': 'no-hsts',
  continue: 'c',
  'inet4-only': '4',
}

const [GENERIC, FILES, NETWORK, TLS, SERVER] = [1, 3, 4, 5, 8]
const TRIES = 20
const LONGEST_PAUSE_S = 10
const NO_TERMINAL_ROW = 50
const KIB = 1024

/** With as many digits as have a meaning: 2.9K, 68K. */
function human(bytes: number): string {
  const power = Math.min(3, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(KIB)))
  const value = bytes / KIB ** power
  return `${power ? value.toFixed(value < 10 ? 1 : 0) : value}${['', 'K', 'M', 'G'][power]}`
}

const three = (value: number): string => value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2)

/** How many bytes came in a second, and of which sort. */
function rate(bytes: number, ms: number): [amount: string, unit: string] {
  const perSecond = (bytes * 1000) / Math.max(1, ms)
  const power = perSecond < KIB ? 0 : perSecond < KIB ** 2 ? 1 : perSecond < KIB ** 3 ? 2 : 3
  return [three(perSecond / KIB ** power), ['', 'K', 'M', 'G'][power]!]
}

const took = (ms: number): string => {
  const seconds = ms / 1000
  return `${seconds >= 10 ? seconds.toFixed(0) : seconds >= 1 ? seconds.toFixed(1) : Number(seconds.toPrecision(1))}s`
}

/** What is shown of the way of a file: a bar on a terminal, else a row of dots for each 50 KiB. */
function progress(name: string, bytes: number, known: boolean, ms: number, terminal: boolean): string {
  const [amount, unit] = rate(bytes, ms)
  if (terminal) {
    const size =
      bytes < KIB ? String(bytes) : `${three(bytes / KIB ** (bytes < KIB ** 2 ? 1 : 2))}${bytes < KIB ** 2 ? 'K' : 'M'}`
    const bar = known ? `100%[${'='.repeat(19)}>]` : `    [ ${'<=>'.padEnd(18)} ]`
    return `\n${name.slice(0, 19).padEnd(19)} ${bar} ${size.padStart(7)}  --.-KB/s    in ${took(ms).padEnd(8)}\n\n`
  }
  const chunks = Math.floor(bytes / KIB)
  let text = '\n'
  for (let from = 0; from === 0 || from < chunks; from += NO_TERMINAL_ROW) {
    const here = Math.min(NO_TERMINAL_ROW, chunks - from)
    const dots = '.'.repeat(here).replace(/.{10}(?=.)/g, '$& ')
    const last = from + NO_TERMINAL_ROW >= chunks
    const part = known && bytes ? `${last ? 100 : Math.floor(((from + here) * KIB * 100) / bytes)}%` : ''
    text += `${`${from}K`.padStart(7)} ${dots.padEnd(54)}${part.padStart(4)} ${amount.padStart(4)}${unit || ' '}${last ? `=${took(ms)}` : ' 0s'}\n`
  }
  return `${text}\n`
}

/** Says nothing with -q, and only what matters with -nv. */
interface Voice {
  say(text: string): Promise<void>
  always(text: string): Promise<void>
  brief: boolean
}

export async function gnuWget(call: Call): Promise<number> {
  // -nv, -nc and their likes are words of two letters.
  const args = call.args.map(arg => ({ '-nv': '--no-verbose', '-nc': '--no-clobber' })[arg] ?? arg)
  const flags = options({ ...call, args }, 'qO:P:T:t:SU:c4', LONG)
  const { process } = call
  secondsIn(flags)
  if (flags.has('c')) throw new Refusal('--continue: not simulated', 2)
  if (!flags.rest.length) {
    await process.write(
      2,
      "wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n",
    )
    return GENERIC
  }
  const quiet = flags.has('q')
  const brief = flags.has('no-verbose')
  const say = (text: string): Promise<void> => (quiet ? Promise.resolve() : process.write(2, text))
  const voice: Voice = { say: text => (brief ? Promise.resolve() : say(text)), always: say, brief }
  let code = 0
  for (const address of flags.rest) code = (await fetchOne(call, flags, address, voice)) || code
  return code
}

/** @throws Refusal of what is no number */
const secondsIn = (flags: Options): number | undefined =>
  numberIn(flags.value('T'), value => `--timeout: Invalid time period '${value}'`, { form: DECIMAL, code: 2 })

async function fetchOne(call: Call, flags: Options, given: string, voice: Voice): Promise<number> {
  const { process } = call
  const tries = Number(flags.value('t') ?? TRIES) || Number.POSITIVE_INFINITY
  const stamp = (): string => strftime('%F %T', process.clock.now())
  const document = flags.value('O')
  let address = given
  for (let attempt = 1, hops = 0; ; ) {
    const url = parseUrl(address)
    const port = url.port === (url.scheme === 'https' ? 443 : 80) ? '' : `:${url.port}`
    const full = `${url.scheme}://${url.host}${port}${url.target}`
    const file = document ?? fileIn(flags.value('P'), url)
    if (flags.has('no-clobber') && file !== '-' && process.fs.exists(file)) {
      await voice.always(`File '${file}' already there; not retrieving.\n${document ? '' : '\n'}`)
      return document ? GENERIC : 0
    }
    if (attempt === 1 && hops === 0 && flags.has('spider'))
      await voice.say('Spider mode enabled. Check if remote file exists.\n')
    await voice.say(`--${stamp()}--  ${attempt > 1 ? `(try:${String(attempt).padStart(2)})  ` : ''}${full}\n`)
    const began = process.clock.now()
    const got = await request(call, flags, url, voice, attempt)
    if (typeof got === 'number') return got
    if (typeof got === 'string') {
      const over = attempt >= tries
      await voice.always(`${got}\n${over ? 'Giving up' : 'Retrying'}.\n\n`)
      if (over) return NETWORK
      await process.sleep(Math.min(attempt++, LONGEST_PAUSE_S) * 1000)
      continue
    }
    const [status = '', ...headers] = got.head.split('\r\n')
    await voice.say(
      flags.has('S')
        ? `\n${[status, ...headers].map(line => `  ${line}\n`).join('')}`
        : `${status.replace(/^HTTP\/\d\.\d /, '')}\n`,
    )
    const next = got.headers.get('location')
    if (got.status >= 300 && got.status < 400 && next) {
      if (++hops > 20) {
        await voice.always('20 redirections exceeded.\n')
        return SERVER
      }
      await voice.say(`Location: ${next} [following]\n`)
      address = new URL(next, full).href
      continue
    }
    if (got.status >= 400) {
      const why = `${stamp()} ERROR ${got.status}: ${status.replace(/^HTTP\/\d\.\d \d+ ?/, '')}.\n`
      if (flags.has('spider')) await voice.always('Remote file does not exist -- broken link!!!\n\n')
      else await voice.always(voice.brief ? `${full}:\n${why}` : `${why}\n`)
      if (!flags.has('content-on-error')) return SERVER
    }
    const length = got.headers.get('content-length')
    const type = got.headers.get('content-type')?.split(';')[0]
    const size =
      length === undefined ? 'unspecified' : Number(length) < KIB ? length : `${length} (${human(Number(length))})`
    await voice.say(`Length: ${size}${type ? ` [${type}]` : ''}\n`)
    if (flags.has('spider')) {
      await voice.always(
        voice.brief ? `${stamp()} URL: ${full} ${status.replace(/^HTTP\/\d\.\d /, '')}\n` : 'Remote file exists.\n\n',
      )
      return 0
    }
    const kept = await keep(call, voice, got, { file, full, length, ms: process.clock.now() - began, stamp })
    return got.status >= 400 ? SERVER : kept
  }
}

/** Where a file goes that has no name of its own: never over one that is there. */
function fileIn(prefix: string | undefined, { target }: Url): string {
  const name = target.split('?')[0]!.split('/').pop() || 'index.html'
  return prefix === undefined ? name : `${prefix.replace(/\/$/, '')}/${name}`
}

async function keep(
  call: Call,
  voice: Voice,
  { body }: HttpAnswer,
  about: { file: string; full: string; length: string | undefined; ms: number; stamp(): string },
): Promise<number> {
  const { process } = call
  const stdout = about.file === '-'
  let { file } = about
  const named = call.args.some(arg => /^-[a-zA-Z]*O|^--output-document/.test(arg))
  for (let n = 1; !stdout && !named && process.fs.exists(file); n++) file = `${about.file}.${n}`
  try {
    const directory = file.includes('/') ? file.slice(0, file.lastIndexOf('/')) : ''
    if (directory && !named && !process.fs.exists(directory)) process.fs.mkdir(directory, { recursive: true })
    await voice.say(`Saving to: '${stdout ? 'STDOUT' : file}'\n`)
    if (stdout) await process.write(1, body)
    else process.fs.writeFile(file, body)
  } catch (error) {
    if (!isErrno(error)) throw error
    await voice.always(`${file}: ${error.message}\n`)
    return FILES
  }
  const bytes = byteLength(body)
  const { length, ms, full } = about
  const known = length !== undefined
  const terminal = process.fds[2]?.isTerminal ?? false
  await voice.say(progress(file, bytes, known, ms, terminal))
  const counted = known ? `${bytes}/${length}` : String(bytes)
  const [amount, unit] = rate(bytes, ms)
  await voice.say(
    `${about.stamp()} (${amount} ${unit}B/s) - ${stdout ? 'written to stdout' : `'${file}' saved`} [${counted}]\n\n`,
  )
  if (voice.brief) await voice.always(`${about.stamp()} URL:${full} [${counted}] -> "${file}" [1]\n`)
  return 0
}

/** @returns the answer, an exit code, or why it may be tried again */
async function request(
  call: Call,
  flags: Options,
  url: Url,
  voice: Voice,
  attempt: number,
): Promise<HttpAnswer | number | string> {
  const { process } = call
  const seconds = secondsIn(flags)
  const timeoutMs = seconds === undefined ? undefined : seconds * 1000
  const address = /^[\d.]+$/.test(url.host)
  const { ips, silent } = await lookupHost(process, url.host, timeoutMs)
  if (!address && attempt === 1) await voice.say(`Resolving ${url.host} (${url.host})... `)
  if (!ips.length) {
    const gaveUp = silent && timeoutMs !== undefined
    await voice.say(`failed: ${gaveUp ? 'Connection timed out' : lookupFailure(silent)}.\n`)
    await voice.always(`wget: unable to resolve host address '${url.host}'\n`)
    return NETWORK
  }
  if (!address && attempt === 1) await voice.say(`${ips.join(', ')}\n`)
  await voice.say(`Connecting to ${address ? url.host : `${url.host} (${url.host})|${ips[0]}|`}:${url.port}... `)
  const opened = await connect(process, url.host, url.port, timeoutMs === undefined ? {} : { timeoutMs })
  if ('failure' in opened) {
    if (opened.failure === 'ECONNREFUSED' && flags.has('retry-connrefused')) return `failed: ${opened.message}.`
    if (opened.failure === 'TIMEOUT' || opened.failure === 'ETIMEDOUT') return 'failed: Connection timed out.'
    await voice.always(`failed: ${opened.message}.\n`)
    return NETWORK
  }
  await voice.say('connected.\n')
  let { connection } = opened
  const deadline = timeoutMs === undefined ? undefined : process.clock.now() + timeoutMs
  if (url.scheme === 'https') {
    const secured = await secure(process, connection, url.host, deadline)
    if (secured === 'timeout' || !secured || 'plain' in secured) {
      await voice.always('Unable to establish SSL connection.\n')
      return TLS
    }
    const bundle = flags.value('ca-certificate')
    const problem =
      !flags.has('no-check-certificate') &&
      distrust(secured.certificate, url.host, bundle ? process.fs.readFile(bundle) : undefined)
    if (problem) {
      await voice.always(
        problem === 'wrong name'
          ? `The certificate's owner does not match hostname '${url.host}'\n`
          : `ERROR: cannot verify ${url.host}'s certificate:\n  Unable to locally verify the issuer's authority.\nTo connect to ${url.host} insecurely, use \`--no-check-certificate'.\n`,
      )
      return TLS
    }
    connection = secured.connection
  }
  await voice.say('HTTP request sent, awaiting response... ')
  const answer = await exchange(process, connection, url, requestOf(flags), deadline)
  if (answer === 'timeout') return 'Read error (Connection timed out) in headers.'
  return answer ?? 'No data received.'
}

function requestOf(flags: Options): Parameters<typeof exchange>[3] {
  const headers: Record<string, string> = {
    'User-Agent': flags.value('U') ?? 'Wget/1.21.3',
    Accept: '*/*',
    'Accept-Encoding': 'identity',
    Connection: 'close',
  }
  for (const header of flags.values('header')) {
    const at = header.indexOf(':')
    headers[header.slice(0, at).trim()] = header.slice(at + 1).trim()
  }
  const body = flags.value('post-data')
  if (body === undefined) return { method: flags.has('spider') ? 'HEAD' : 'GET', headers }
  headers['Content-Type'] ??= 'application/x-www-form-urlencoded'
  return { method: 'POST', headers, body }
}
