/** agnhost netexec: a server that tells who it is, dials others and runs commands. */
import { resolveHost } from '../../../commands/network/resolve.ts'
import { forever, type HttpRequest, type HttpResponse } from '../../../network/serving.ts'
import type { Proc } from '../../../processes/proc.ts'
import type { Process, Stream } from '../../../processes/process.ts'
import { certificateFrom } from './certificates.ts'
import {
  durationOf,
  exitWith,
  fatal,
  fault,
  get,
  goJson,
  type Handler,
  isAddress,
  listen,
  log,
  type Respond,
  redirect,
  type Subcommand,
  serveUdp,
  text,
} from './go.ts'

/** In Go's spelling, without Host, which its requests hold elsewhere. */
const allHeaders = ({ headers }: HttpRequest): string =>
  goJson(
    Object.fromEntries(
      [...headers]
        .filter(([name]) => name !== 'host')
        .map(([name, value]) => [name.replace(/(^|-)[a-z]/g, letter => letter.toUpperCase()), [value]] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
  )

/** Nodes have no module for it. */
const NO_SCTP = 'protocol not supported'
/** Of what fails at once. */
const MOST_TRIES = 10_000

type Route = (process: Process, request: HttpRequest, respond: Respond) => unknown

const query = (request: HttpRequest, name: string): string => request.query.get(name) ?? ''

const noInteger = (code: string): HttpResponse =>
  text(`argument 'code' must be an integer or empty, got ${JSON.stringify(code)}\n`)

const hostname: Route = (process, { path }, respond) => {
  log(process, `GET ${path}`)
  respond(text(process.hostname))
}

const goTime = (process: Process): string => {
  const { startedAt } = process as Proc
  const now = process.clock.now()
  const seconds = new Date(now)
    .toISOString()
    .slice(0, -1)
    .replace('T', ' ')
    .replace(/\.?0+$/, '')
  return `${seconds} +0000 UTC m=+${((now - startedAt) / 1000).toFixed(9)}`
}

const ROUTES: Readonly<Record<string, Route>> = {
  '/': (process, _request, respond) => {
    log(process, 'GET /')
    respond(text(`NOW: ${goTime(process)}`))
  },
  '/clientip': (process, { remote }, respond) => {
    log(process, 'GET /clientip')
    respond(text(`${remote.ip}:${remote.port}`))
  },
  '/dial': dial,
  '/echo': (process, request, respond) => {
    const [msg, code] = [query(request, 'msg'), query(request, 'code')]
    log(process, `GET /echo?msg=${msg}&code=${code}`)
    if (code && !/^[+-]?\d+$/.test(code)) respond(noInteger(code))
    else respond(text(msg, Number(code || 200)))
  },
  '/exit': exit,
  '/header': (process, request, respond) => {
    const key = query(request, 'key')
    log(process, key ? `GET /header?key=${key}` : 'GET /header')
    respond(text(key ? (request.headers.get(key.toLowerCase()) ?? '') : allHeaders(request)))
  },
  '/hostname': hostname,
  '/hostName': hostname,
  '/redirect': (process, request, respond) => {
    const [location, code] = [query(request, 'location'), query(request, 'code')]
    log(process, `${request.method} /redirect?msg=${location}&code=${code}`)
    if (code && !/^[+-]?\d+$/.test(code)) return respond(noInteger(code))
    respond(redirect(request.method, location, Number(code || 302)))
  },
  '/shell': shell,
  '/shutdown': process => {
    log(process, 'GET /shutdown')
    exitWith(process, 0)
  },
  '/upload': upload,
}

function exit(process: Process, request: HttpRequest, respond: Respond) {
  const [code, timeout, wait] = [query(request, 'code'), query(request, 'timeout'), query(request, 'wait')]
  log(process, `GET /exit?code=${code}&timeout=${timeout}&wait=${wait}`)
  for (const [name, value] of Object.entries({ timeout, wait }))
    if (value && durationOf(value) === undefined)
      return respond(
        text(`argument '${name}' must be a valid golang duration or empty, got ${JSON.stringify(value)}\n`),
      )
  if (code && !/^\d+$/.test(code))
    return respond(text(`argument 'code' must be an integer [0-127] or empty, got ${JSON.stringify(code)}\n`))
  log(
    process,
    `Will begin shutdown in ${wait || '0s'}, allowing ${timeout || '0s'} for connections to close, then will exit with ${code || 0}`,
  )
  process.clock.after(durationOf(wait) ?? 0, () => exitWith(process, Number(code || 0)))
}

/** Asks another server, several times when wanted, and tells what it said. */
function dial(process: Process, request: HttpRequest, respond: Respond) {
  const [host, port, what] = [query(request, 'host'), query(request, 'port'), query(request, 'request')]
  const [protocol, tries] = [query(request, 'protocol'), query(request, 'tries')]
  log(process, `GET /dial?host=${host}&protocol=${protocol}&port=${port}&request=${what}&tries=${tries}`)
  const bad = (words: string): void => respond(fault(words, 400))
  if (tries && !/^\d+$/.test(tries))
    return bad(`tries parameter is invalid. strconv.Atoi: parsing ${JSON.stringify(tries)}: invalid syntax`)
  if (!what) return bad('request parameter not specified. <nil>')
  const kind = protocol.toLowerCase() || 'http'
  if (kind !== 'http' && kind !== 'udp' && kind !== 'sctp') return bad(`unsupported protocol. ${protocol}`)
  const ip = resolveHost(process, host).ips[0]
  if (!ip) return bad(`host and/or port param are invalid. lookup ${host}: no such host`)
  if (kind === 'sctp') {
    const attempts = Number(tries || 1)
    if (attempts > MOST_TRIES) return respond(fault(`more than ${MOST_TRIES} tries are not simulated`, 501))
    const errors = Array(attempts).fill(`sctp dial failed. err:${NO_SCTP}`)
    return respond(text(goJson(attempts ? { errors } : {})))
  }
  const responses: string[] = []
  const errors: string[] = []
  let left = Number(tries || 1)
  let lastFailed = true
  const next = (): void => {
    if (left-- <= 0) {
      respond(text(goJson({ ...(errors.length && { errors }), ...(!lastFailed && responses.length && { responses }) })))
      return
    }
    const done = (result: { body: string } | { error: string }): void => {
      lastFailed = 'error' in result || result.body === ''
      if ('error' in result) errors.push(result.error)
      else responses.push(result.body)
      next()
    }
    if (kind === 'udp') askByUdp(process, ip, Number(port), what, done)
    else get(process, ip, Number(port), `/${what}`, done)
  }
  next()
}

function askByUdp(
  process: Process,
  ip: string,
  port: number,
  what: string,
  done: (result: { body: string } | { error: string }) => void,
): void {
  const failed = (why: string): void => done({ error: `reading from udp connection failed. err:'${why}'` })
  process.net.connect('UDP', ip, port, result => {
    if ('failure' in result) return failed(`read udp ${process.net.ips[0]}->${ip}:${port}: connection refused`)
    const { connection } = result
    const timer = process.clock.after(5000, () => {
      connection.close()
      failed(`read udp ${connection.local.ip}:${connection.local.port}->${ip}:${port}: i/o timeout`)
    })
    connection.onData(body => {
      process.clock.cancel(timer)
      connection.close()
      done({ body })
    })
    connection.send(what)
  })
}

function shell(process: Process, request: HttpRequest, respond: Respond) {
  const command = query(request, 'shellCommand') || query(request, 'cmd')
  log(process, `GET /shell?cmd=${command}`)
  let output = ''
  const sink: Stream = {
    isTerminal: false,
    read: async () => '',
    write: async (_, data) => {
      output += data
    },
    close() {},
  }
  const child = process.spawn({ argv: ['/bin/sh', '-c', command], fds: { 1: sink, 2: sink } })
  ;(child as Proc).onEnd(({ code, signal }) => {
    const error = signal ? `signal: ${signal.toLowerCase()}` : code ? `exit status ${code}` : ''
    const said = { ...(error && { error }), ...(output && { output }) }
    const pairs = Object.entries(said).map(([name, value]) => `${name}:${value}`)
    log(process, `Output: map[${pairs.join(' ')}]`)
    respond(text(goJson(said)))
  })
}

function upload(process: Process, request: HttpRequest, respond: Respond) {
  log(process, 'GET /upload')
  const boundary = /boundary="?([^";]+)"?/.exec(request.headers.get('content-type') ?? '')?.[1]
  const part = boundary && request.body.split(`--${boundary}`).find(p => /name="file"/.test(p))
  if (!part) return respond(text(goJson({ error: 'Unable to upload file.' })))
  const path = `/uploads/upload${process.random.int(1_000_000_000)}`
  process.fs.writeFile(path, part.slice(part.indexOf('\r\n\r\n') + 4).replace(/\r\n$/, ''))
  process.fs.chmod(path, 0o700)
  log(process, `Wrote upload to ${path}`)
  respond(text(goJson({ output: path }), 201))
}

/** What the UDP server says to a message; nothing to one that it does not know. */
function datagram(process: Process, message: string, from: string, port: number): string | undefined {
  // Whatever is asked is read in small letters, what is to be echoed too.
  const words = message.trim().toLowerCase()
  if (words.startsWith('echo ')) {
    const said = words.slice('echo '.length)
    log(process, `Echoing ${said} to UDP client ${from}`)
    return said
  }
  switch (words) {
    case '':
      return undefined
    case 'hostname':
      log(process, 'Sending udp hostName response')
      return process.hostname
    case 'clientip':
      log(process, `Sending clientip back to UDP client ${from}`)
      return from
    case 'serverport':
      log(process, `Sending server port to UDP client ${port}`)
      return String(port)
    default:
      log(process, `Unknown UDP command received from ${from}: ${words}`)
      return undefined
  }
}

export const netexec: Subcommand = async (process, flags) => {
  const port = flags.number('http-port')
  const udp = flags.number('udp-port')
  const override = flags.text('http-override')
  const delay = flags.number('delay-shutdown')
  let ready = false
  let ending = false
  const handle: Handler = (given, respond) => {
    let request = given
    if (override) {
      const [path = '/', rest = ''] = override.split('?')
      request = { ...given, target: override, path, query: new URLSearchParams(rest) }
    }
    if (request.path === '/healthz') {
      log(process, 'GET /healthz')
      return respond(ready ? text('') : ({ status: 412 } satisfies HttpResponse))
    }
    if (request.path === '/serverport') {
      log(process, 'GET /serverport')
      return respond(text(String(port)))
    }
    if (request.path === '/readyz') {
      log(process, 'GET /readyz')
      if (ending) return respond(text('shutting down', 503))
      return respond(ready ? text('ok') : ({ status: 412 } satisfies HttpResponse))
    }
    const route = ROUTES[request.path] ?? ROUTES['/']!
    route(process, request, respond)
  }
  const addresses = flags.text('udp-listen-addresses')
  const listening = addresses ? [...new Set(addresses.split(','))].sort() : ['']
  const wrong = udp === -1 ? undefined : listening.find(address => address && !isAddress(address))
  if (wrong !== undefined) return fatal(process, `parseAddress: invalid address ${wrong}`)
  log(process, `Started HTTP server on port ${port}`)
  if (udp !== -1) {
    for (const address of listening) {
      serveUdp(process, udp, (message, from) => datagram(process, message, from, udp), address || undefined)
      log(process, `Started UDP server on port ${address} ${udp}`)
    }
    ready = true
  }
  const sctp = flags.number('sctp-port')
  if (sctp !== -1)
    return fatal(process, `Error occurred: failed to create listener for SCTP address :${sctp}:${NO_SCTP}`)
  const [file, key] = [flags.text('tls-cert-file'), flags.text('tls-private-key-file')]
  const certificate = file ? certificateFrom(process, file, key) : undefined
  if (typeof certificate === 'string') return fatal(process, certificate)
  const failed = await listen(process, port, handle, certificate)
  if (failed !== undefined) return failed
  process.on('TERM', () => {
    ending = true
    if (delay > 0) log(process, `Sleeping ${delay} seconds before terminating...`)
    process.clock.after(Math.max(0, delay) * 1000, () => exitWith(process, 0))
  })
  return forever(process)
}
