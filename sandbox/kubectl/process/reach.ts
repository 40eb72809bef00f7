/**
 * The way from a machine of the simulation to the API server: over its network, by name and address, through TLS. Once it is
 * clear that the API server is there and believed, requests go to it in process.
 */
import { type Certificate, distrust } from '../../network/tls.ts'
import { connect } from '../../runtime/commands/network/connect.ts'
import { secure } from '../../runtime/commands/network/https.ts'
import { resolvConf } from '../../runtime/commands/network/resolve.ts'
import { noTls } from '../../runtime/network/http-client.ts'
import type { Process } from '../../runtime/processes/process.ts'
import { ConnectionError, type RestConfig } from '../io.ts'

/** How long client-go tries to connect, and waits for the first exchange of TLS. */
const DIAL_MS = 30_000
const HANDSHAKE_MS = 10_000

/** @param own what the API server of this cluster shows  @throws ConnectionError in the words of Go's net package */
export async function reachServer(process: Process, config: RestConfig, own: Certificate): Promise<void> {
  const url = new URL(config.server.includes('://') ? config.server : `http://${config.server}`)
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const opened = await connect(process, url.hostname, port, { timeoutMs: DIAL_MS })
  if ('failure' in opened) throw failedToConnect(process, url.hostname, port, opened)
  const { connection } = opened
  try {
    if (url.protocol !== 'https:') throw new ConnectionError(`not simulated: an API server without TLS at ${url.host}`)
    const name = config.tlsServerName || url.hostname
    const secured = await secure(process, connection, name, process.clock.now() + HANDSHAKE_MS)
    if (secured === 'timeout') throw new ConnectionError('net/http: TLS handshake timeout')
    if (!secured) throw new ConnectionError('EOF')
    if ('plain' in secured) throw new ConnectionError(noTls(secured.plain))
    const { certificate } = secured
    if (!config.insecure) believe(certificate, name, config.caData)
    if (JSON.stringify(certificate) !== JSON.stringify(own))
      throw new ConnectionError(`not simulated: the server at ${url.host} is not the API server of this cluster`)
  } finally {
    connection.close()
  }
}

function failedToConnect(
  process: Process,
  host: string,
  port: number,
  { failure, ip }: { failure: string; ip?: string },
): ConnectionError {
  const dial = `dial tcp ${ip ?? ''}:${port}:`
  switch (failure) {
    case 'ENOTFOUND':
      return new ConnectionError(`dial tcp: lookup ${host} on ${resolvConf(process).nameserver}:53: no such host`)
    case 'ECONNREFUSED':
      return new ConnectionError(`${dial} connect: connection refused`, `${host}:${port}`)
    case 'EHOSTUNREACH':
      return new ConnectionError(`${dial} connect: no route to host`)
    case 'ENETUNREACH':
      return new ConnectionError(`${dial} connect: network is unreachable`)
    default:
      return new ConnectionError(ip ? `${dial} i/o timeout` : `dial tcp: lookup ${host}: i/o timeout`)
  }
}

function believe(certificate: Certificate, host: string, authorities: string | undefined): void {
  const problem = distrust(certificate, host, authorities)
  if (!problem) return
  const words = 'tls: failed to verify certificate: x509: certificate'
  if (problem === 'unknown issuer') throw new ConnectionError(`${words} signed by unknown authority`)
  const isAddress = (name: string): boolean => /^[\d.]+$/.test(name)
  const valid = certificate.names.filter(name => isAddress(name) === isAddress(host)).join(', ')
  throw new ConnectionError(`${words} is valid for ${valid}, not ${host}`)
}
