/** Where nginx listens: servers of one port share it, told apart by name, and by TLS they show a certificate. */
import { type Certificate, certificateOf } from '../../../../network/tls.ts'
import type { Process } from '../../../processes/process.ts'
import type { Server } from './config.ts'
import type { Exchange } from './exchange.ts'
import { fitsHost } from './maps.ts'
import { capture, pattern } from './patterns.ts'
import { at, ConfigError, type Directive } from './syntax.ts'

export interface Listen {
  address: string
  port: number
  ssl: boolean
  default: boolean
  place: Directive
}

export interface Place extends Listen {
  servers: Server[]
  /** Who answers whom no name fits. */
  first: Server
}

const OPTIONS =
  /^(default_server|default|ssl|http2|quic|reuseport|deferred|bind|udp|(backlog|rcvbuf|sndbuf|fastopen|setfib|so_keepalive|ipv6only|accept_filter)=\S+)$/

/** One of IPv6 is the same place as that of IPv4 here. @throws ConfigError */
export function readListen(d: Directive): Listen[] {
  const [asked = '', ...options] = d.args
  if (asked.startsWith('unix:')) throw at('listening on a socket of UNIX is not simulated', d)
  const [, host = '', digits] = /^\d+$/.test(asked)
    ? ['', '', asked]
    : (/^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(asked) ?? [])
  const port = digits === undefined ? 80 : Number(digits)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw at(`invalid port in "${asked}" of the "listen" directive`, d)
  const name = host.startsWith('[') ? '' : host
  if (name && name !== '*' && name !== 'localhost' && !/^(\d+\.){3}\d+$/.test(name))
    throw at(`host not found in "${asked}" of the "listen" directive`, d)
  for (const option of options) {
    if (option === 'proxy_protocol') throw at('"proxy_protocol" of the "listen" directive is not simulated', d)
    if (!OPTIONS.test(option)) throw at(`invalid parameter "${option}"`, d)
  }
  const address = name === 'localhost' ? '127.0.0.1' : !name || name === '*' ? '0.0.0.0' : name
  return [
    {
      address,
      port,
      ssl: options.includes('ssl'),
      default: options.includes('default_server') || options.includes('default'),
      place: d,
    },
  ]
}

/** @param warn what is said of a name that two servers have @throws ConfigError */
export function listeningPlaces(servers: readonly Server[], warn: (text: string) => void): Place[] {
  const places = new Map<string, Place>()
  const everywhere = new Set(
    servers.flatMap(({ listen }) => listen.filter(({ address }) => address === '0.0.0.0').map(({ port }) => port)),
  )
  const taken = new Set<string>()
  for (const server of servers) {
    const here = new Set<string>()
    for (const listen of server.listen) {
      // Who listens everywhere listens there too.
      const address = everywhere.has(listen.port) ? '0.0.0.0' : listen.address
      const where = `${address}:${listen.port}`
      const place = places.get(where)
      if (!place) places.set(where, { ...listen, address, servers: [server], first: server })
      else {
        if (listen.default && !here.has(where)) {
          if (place.default) throw at(`a duplicate default server for ${listen.address}:${listen.port}`, listen.place)
          place.default = true
          place.first = server
        }
        place.ssl ||= listen.ssl
        if (!place.servers.includes(server)) place.servers.push(server)
      }
      if (here.has(where)) continue
      here.add(where)
      for (const name of server.names.length ? server.names : ['']) {
        const key = `${where} ${name}`
        if (taken.has(key)) warn(`conflicting server name "${name}" on ${listen.address}:${listen.port}, ignored`)
        taken.add(key)
      }
    }
  }
  return [...places.values()]
}

/** The one whose name is asked for: exactly, by a beginning with `*`, by an end with it, by a pattern; else the first. */
export function serverFor({ servers, first }: Place, x: Exchange): Server {
  if (servers.length === 1 && !servers[0]!.names.some(name => name.startsWith('~'))) return first
  const host = (x.request.headers.get('host') ?? '').replace(/:\d+$/, '').toLowerCase()
  const having = (fits: (name: string) => boolean): Server | undefined => servers.find(({ names }) => names.some(fits))
  const patterned = (): Server | undefined =>
    having(name => {
      const match = name.startsWith('~') && pattern(name.slice(1), true, x.server.listen[0]!.place).exec(host)
      if (match) capture(x, match)
      return Boolean(match)
    })
  const longest = (sign: RegExp): Server | undefined =>
    servers
      .flatMap(server =>
        server.names.filter(name => sign.test(name) && fitsHost(name, host)).map(name => ({ server, name })),
      )
      .sort((a, b) => b.name.length - a.name.length)[0]?.server
  return having(name => name === host) ?? longest(/^\*?\./) ?? longest(/\.\*$/) ?? patterned() ?? first
}

/** What each server with TLS shows. @throws ConfigError for a certificate that cannot be read */
export function certificatesOf(process: Process, servers: readonly Server[]): ReadonlyMap<Server, Certificate> {
  const shown = new Map<Server, Certificate>()
  for (const server of servers) {
    const secure = server.listen.find(({ ssl }) => ssl)
    if (!secure) continue
    const { certificate: file, key } = server
    if (!file) throw at('no "ssl_certificate" is defined for the "listen ... ssl" directive', secure.place)
    for (const [what, path, call] of [
      ['certificate', file, 'PEM_read_bio_X509_AUX'],
      ['certificate key', key ?? file, 'PEM_read_bio_PrivateKey'],
    ] as const) {
      if (!process.fs.exists(path))
        throw new ConfigError(
          `cannot load ${what} "${path}": BIO_new_file() failed (SSL: error:80000002:system library::No such file or directory:calling fopen(${path}, r) error:10000080:BIO routines::no such file)`,
        )
      if (!process.fs.readFile(path).includes('-----BEGIN'))
        throw new ConfigError(
          `cannot load ${what} "${path}": ${call}() failed (SSL: error:0480006C:PEM routines::no start line:Expecting: ${what === 'certificate' ? 'TRUSTED CERTIFICATE' : 'ANY PRIVATE KEY'})`,
        )
    }
    const pem = process.fs.readFile(file)
    shown.set(server, certificateOf(pem) ?? { issuer: pem.trim(), names: [...server.names] })
  }
  return shown
}

/** What who speaks no TLS gets from a port that does. */
export const PLAIN_TO_TLS = (version: string): string => {
  const title = '400 The plain HTTP request was sent to HTTPS port'
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n<center>${title.slice(4)}</center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`
  return `HTTP/1.1 400 Bad Request\r\nServer: nginx/${version}\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`
}
