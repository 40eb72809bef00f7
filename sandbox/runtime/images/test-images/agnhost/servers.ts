/** agnhost's smaller servers: liveness, serve-hostname, porter, test-webserver, grpc-health-checking. */

import { forever, type HttpResponse } from '../../../network/serving.ts'
import type { Process } from '../../../processes/process.ts'
import { exitWith, goJson, listen, log, notFound, type Subcommand, serveUdp, text } from './go.ts'

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
      case '/redirect': {
        const location = request.query.get('loc') ?? ''
        const body = `<a href="${location}">Found</a>.\n\n`
        return respond({
          status: 302,
          headers: { 'Content-Type': 'text/html; charset=utf-8', Location: location },
          body,
        })
      }
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
  const port = flags.number('port', 9376)
  const { hostname } = process
  const [tcp, udp, http] = [flags.boolean('tcp'), flags.boolean('udp'), flags.boolean('http', true)]
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
      respond({ ...text(hostname), headers: { ...text('').headers, ...headers } })
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
  for (const [name, value] of Object.entries(process.env)) {
    const [, kind = '', port = ''] = /^SERVE_(TCP_|UDP_|TLS_|SCTP_)?PORT_(\d+)$/.exec(name) ?? []
    if (!port) continue
    if (kind === 'UDP_') {
      serveUdp(process, Number(port), () => value)
      log(process, `Started UDP server on port ${port}`)
    } else if (kind === 'SCTP_') {
      log(process, `server on port "${port}" failed: SCTP is not simulated`)
    } else {
      const file = kind === 'TLS_' ? process.env.CERT_FILE || '/localhost.crt' : undefined
      if (file && !process.fs.exists(file)) {
        log(process, `tls server on port "${port}" with certFile ${JSON.stringify(file)} failed`)
        continue
      }
      const failed = await listen(
        process,
        Number(port),
        ({ method }, respond) =>
          respond(
            flags.boolean('json-response')
              ? {
                  status: 200,
                  headers: { 'Content-Type': 'application/json' },
                  body: goJson({ Method: method, Body: value }),
                }
              : text(value),
          ),
        file ? { issuer: process.fs.readFile(file), names: ['example.com', '127.0.0.1'] } : undefined,
      )
      if (failed !== undefined) log(process, `server on port "${port}" failed`)
    }
  }
  return forever(process)
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
  const failed = await listen(process, flags.number('port', 80), (request, respond) => {
    const answer = file(request)
    respond({ ...answer, headers: { ...FILE_HEADERS, ...answer.headers } })
  })
  return failed ?? forever(process)
}

export const grpcHealthChecking: Subcommand = async (process, flags) => {
  const started = process.clock.now()
  const port = flags.number('port', 5000)
  const httpPort = flags.number('http-port', 8080)
  const unhealthyAfter = flags.number('delay-unhealthy-sec', -1)
  const service = flags.text('service', '')
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
