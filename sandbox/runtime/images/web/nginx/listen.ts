/** Where nginx listens: servers of one port share it, told apart by name, and by TLS they show a certificate. */
import { type Certificate, certificateOf } from '../../../../network/tls.ts'
import type { Process } from '../../../process.ts'
import type { Listen, Server } from './config.ts'
import { placeOf } from './config.ts'

export interface Place extends Listen {
  servers: Server[]
}

export function listeningPlaces(servers: readonly Server[]): Place[] {
  const places = new Map<number, Place>()
  for (const server of servers) {
    for (const listen of server.listen) {
      const place = places.get(listen.port)
      if (place) place.servers.push(server)
      else places.set(listen.port, { ...listen, servers: [server] })
    }
  }
  return [...places.values()]
}

const fits = (name: string, host: string): boolean =>
  name.startsWith('*.') ? host.endsWith(name.slice(1)) : name.toLowerCase() === host

/** The one whose name is asked for; the first when there is none. */
export function serverFor(servers: readonly Server[], hostHeader: string | undefined): Server {
  const host = (hostHeader ?? '').replace(/:\d+$/, '').toLowerCase()
  return servers.find(({ names }) => names.some(name => fits(name, host))) ?? servers[0]!
}

/** What each server with TLS shows; or what nginx says of a certificate that it cannot read. */
export function certificatesOf(
  process: Process,
  servers: readonly Server[],
): ReadonlyMap<Server, Certificate> | string {
  const shown = new Map<Server, Certificate>()
  for (const server of servers) {
    if (!server.listen.some(({ ssl }) => ssl)) continue
    const { certificate: file, key } = server
    if (!file)
      return `no "ssl_certificate" is defined for the "listen ... ssl" directive in ${placeOf(process, 'server')}`
    for (const [what, path, call] of [
      ['certificate', file, 'PEM_read_bio_X509_AUX'],
      ['certificate key', key ?? file, 'PEM_read_bio_PrivateKey'],
    ] as const) {
      if (!process.fs.exists(path))
        return `cannot load ${what} "${path}": BIO_new_file() failed (SSL: error:80000002:system library::No such file or directory:calling fopen(${path}, r) error:10000080:BIO routines::no such file)`
      if (!process.fs.readFile(path).includes('-----BEGIN'))
        return `cannot load ${what} "${path}": ${call}() failed (SSL: error:0480006C:PEM routines::no start line:Expecting: ${what === 'certificate' ? 'TRUSTED CERTIFICATE' : 'ANY PRIVATE KEY'})`
    }
    const pem = process.fs.readFile(file)
    shown.set(server, certificateOf(pem) ?? { issuer: pem.trim(), names: server.names })
  }
  return shown
}

/** What who speaks no TLS gets from a port that does. */
export const PLAIN_TO_TLS = (version: string): string => {
  const title = '400 The plain HTTP request was sent to HTTPS port'
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n<center>${title.slice(4)}</center>\r\n<hr><center>nginx/${version}</center>\r\n</body>\r\n</html>\r\n`
  return `HTTP/1.1 400 Bad Request\r\nServer: nginx/${version}\r\nContent-Type: text/html\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`
}
