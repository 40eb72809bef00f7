/** agnhost's smaller servers: liveness, serve-hostname, porter, test-webserver, grpc-health-checking. */

import { forever, type HttpResponse } from '../../../network/serving.ts'
import type { Process } from '../../../processes/process.ts'
import { certificateFrom } from './certificates.ts'
import {
  addressOf,
  exitWith,
  fatal,
  goJson,
  type Handler,
  listen,
  log,
  notFound,
  redirect,
  type Subcommand,
  serveUdp,
  text,
  tryListen,
} from './go.ts'

/** Time since the process began, as Go prints a duration. */
const since = (process: Process, started: number): string => `${(process.clock.now() - started) / 1000}s`

/** Healthy for ten seconds, then not: the example of the page about liveness probes. */
export const liveness: Subcommand = async process => {
  const started = process.clock.now()
  const failed = await listen(process, 8080, (request, respond) => {
    const number = (name: string, fallback: number): number => Number(request.query.get(name) || fallback)
    const seconds = (process.clock.now() - started) / 1000
    switch (request.path) {
      case '/started':
        return respond(text(since(process, started)))
      case '/healthz':
        return respond(seconds > 10 ? text(`error: ${seconds}`, 500) : text('ok'))
      case '/redirect':
        return respond(redirect(request.method, request.query.get('loc') ?? '', 302))
      case '/sleep-headers': {
        const wait = number('time', 0)
        process.clock.after(wait * 1000, () => respond(text(`Slept for ${wait} secs\n`, number('code', 500))))
        return
      }
      default:
        return respond(notFound)
    }
  })
  return failed ?? forever(process)
}

export const serveHostname: Subcommand = async (process, flags) => {
  const port = flags.number('port')
  const { hostname } = process
  const [tcp, udp, http] = [flags.boolean('tcp'), flags.boolean('udp'), flags.boolean('http')]
  if (http && (tcp || udp)) {
    log(process, "Can't server TCP/UDP mode and HTTP mode at the same time")
    return 1
  }
  if (tcp) {
    process.net.listen('TCP', port, connection => {
      log(process, `TCP request from ${connection.remote.ip}:${connection.remote.port}`)
      connection.send(hostname)
      connection.close()
    })
  }
  if (udp) {
    serveUdp(process, port, (_message, from) => {
      log(process, `UDP request from ${from}`)
      return hostname
    })
  }
  if (http) {
    const headers: Record<string, string> = flags.boolean('close') ? { Connection: 'close' } : {}
    const failed = await listen(process, port, ({ remote }, respond) => {
      log(process, `HTTP request from ${remote.ip}:${remote.port}`)
      respond({ ...text(hostname), headers })
    })
    if (failed !== undefined) return failed
  }
  log(process, `Serving on port ${port}.`)
  process.on('TERM', () => {
    log(process, 'Shutting down after receiving signal: terminated.')
    log(process, 'Awaiting pod deletion.')
    process.clock.after(60_000, () => exitWith(process, 0))
  })
  return forever(process)
}

/** Every variable SERVE_PORT_N is what is served on port N. */
export const porter: Subcommand = async (process, flags) => {
  const asJson = flags.boolean('json-response')
  for (const [name, value] of Object.entries(process.env)) {
    const [, kind = '', port] = /^SERVE_(TCP_|UDP_|TLS_|SCTP_)?PORT_(.*)$/.exec(name) ?? []
    if (port === undefined) continue
    const at = addressOf(`0.0.0.0:${port}`)
    if (kind === 'SCTP_') return fatal(process, 'Failed to listen SCTP. error:protocol not supported')
    if (kind === 'UDP_') {
      if (typeof at === 'string') return fatal(process, `UDP: failed to resolve address: ${at.replace('tcp/', 'udp/')}`)
      serveUdp(process, at.port, () => value)
      log(process, `Started UDP server on port ${port}`)
      continue
    }
    const [file, key] = [process.env.CERT_FILE || 'localhost.crt', process.env.KEY_FILE || 'localhost.key']
    const shown = kind === 'TLS_' ? certificateFrom(process, file, key) : undefined
    const handle: Handler = ({ method }, respond) =>
      respond(
        asJson
          ? {
              status: 200,
              headers: { 'Content-Type': 'application/json' },
              body: goJson({ Method: method, Body: value }),
            }
          : text(value),
      )
    const problem =
      typeof at === 'string'
        ? `listen tcp: ${at}`
        : typeof shown === 'string'
          ? shown
          : tryListen(process, { port: at.port, handle, certificate: shown, address: '0.0.0.0' })
    if (problem === undefined) continue
    const files = `with certFile=${JSON.stringify(file)}, keyFile=${JSON.stringify(key)} `
    log(
      process,
      `${kind === 'TLS_' ? 'tls ' : ''}server on port "${port}" ${kind === 'TLS_' ? files : ''}failed: ${problem}`,
    )
  }
  return forever(process)
}

/** A server that stands still, for `git clone` to find. */
export const fakeGitserver: Subcommand = async process => {
  const problem = tryListen(process, { port: 8000, handle: (_, respond) => respond(text('I am a fake git server')) })
  return problem === undefined ? forever(process) : 0
}

const FILE_HEADERS = {
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Headers': 'DNT,X-Mx-ReqToken,Keep-Alive,User-Agent,X-Requested-With,Cache-Control,Content-Type',
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Allow-Origin': '*',
  'Cache-Control': 'private',
}

/** The container's files. */
export const testWebserver: Subcommand = async (process, flags) => {
  const file = ({ path }: { path: string }): HttpResponse => {
    const { fs } = process
    if (!fs.exists(path)) return notFound
    if (fs.stat(path).type !== 'directory') return text(fs.readFile(path))
    if (!path.endsWith('/')) return { status: 301, headers: { Location: `${path.split('/').pop()}/` } }
    const names = fs.readdir(path).map(name => {
      const below = `${path}${name}`
      return fs.exists(below) && fs.stat(below).type === 'directory' ? `${name}/` : name
    })
    return {
      status: 200,
      headers: { 'Content-Type': 'text/html; charset=utf-8' },
      body: `<!doctype html>\n<meta name="viewport" content="width=device-width">\n<pre>\n${names.map(n => `<a href="${n}">${n}</a>\n`).join('')}</pre>\n`,
    }
  }
  const failed = await listen(process, flags.number('port'), (request, respond) => {
    const answer = file(request)
    respond({ ...answer, headers: { ...FILE_HEADERS, ...answer.headers } })
  })
  return failed ?? forever(process)
}

export const grpcHealthChecking: Subcommand = async (process, flags) => {
  const started = process.clock.now()
  const port = flags.number('port')
  const httpPort = flags.number('http-port')
  const unhealthyAfter = flags.number('delay-unhealthy-sec')
  const service = flags.text('service')
  let forced: boolean | undefined
  const failed = await listen(process, httpPort, (request, respond) => {
    if (request.path !== '/make-not-serving' && request.path !== '/make-serving') return respond(notFound)
    forced = request.path === '/make-serving'
    log(process, forced ? 'Mark as healthy' : 'Mark as unhealthy')
    respond(text(since(process, started)))
  })
  if (failed !== undefined) return failed
  log(process, `Http server starting to listen on :${httpPort}`)
  process.net.listen('TCP', port, connection => {
    connection.onData(data => {
      log(process, `Serving the Check request for health check, started at ${new Date(started).toISOString()}`)
      const seconds = (process.clock.now() - started) / 1000
      const serving = forced ?? (unhealthyAfter < 0 || seconds < unhealthyAfter)
      const asked = /^grpc-health (\S*)/.exec(data)?.[1]
      connection.send(`grpc-health ${asked !== service ? 'SERVICE_UNKNOWN' : serving ? 'SERVING' : 'NOT_SERVING'}\r\n`)
    })
    connection.onClose(() => connection.close())
  })
  log(process, `gRPC server starting to listen on :${port}`)
  return forever(process)
}
