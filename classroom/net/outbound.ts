/**
 * Requests to addresses that a person has named: over https, to hosts of the public internet, with limits. What is inside
 * our own network is reached only where whoever runs the server has listed its host.
 */
import { lookup } from 'node:dns'
import { request as plain } from 'node:http'
import { request as secure } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublic } from './addresses.ts'

/** @throws OutboundError when the address may not be asked, or nothing answers */
export type Outbound = (url: string, options?: OutboundOptions) => Promise<Answer>
export interface OutboundOptions {
  method?: 'GET' | 'POST' | 'PUT'
  headers?: Record<string, string>
  body?: string
}
export interface Answer {
  status: number
  header(name: string): string | undefined
  text: string
}

export class OutboundError extends Error {}

const TIMEOUT_MS = 10_000
const LARGEST_BYTES = 2 * 1024 * 1024

/** @throws OutboundError where the address is not one that may be named */
export function checkUrl(text: string, ownHosts: ReadonlySet<string>): URL {
  if (!URL.canParse(text)) throw new OutboundError(`"${text.slice(0, 200)}" is no address`)
  const url = new URL(text)
  const listed = ownHosts.has(url.host)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && listed))
    throw new OutboundError(`${url.origin}: only https is asked`)
  if (url.username || url.password) throw new OutboundError(`${url.host}: an address with a password in it`)
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  if (!listed && isIP(bare) && !isPublic(bare)) throw new OutboundError(`${url.host} is not a public address`)
  return url
}

/**
 * @param ownHosts `host` or `host:port` as they stand in addresses, which may be private and need no TLS
 * @param resolve what names mean
 */
export function createOutbound(ownHosts: ReadonlySet<string> = new Set(), resolve: typeof lookup = lookup): Outbound {
  /** Connects to what was looked at, so that a name cannot mean another address a moment later. */
  const publicOnly: LookupFunction = (name, options, done) => {
    resolve(name, { ...options, all: true }, (error, addresses) => {
      const own = error ? undefined : addresses.find(({ address }) => !isPublic(address))
      if (error || own || !addresses[0])
        done(error ?? new OutboundError(`${name} is not a public address`), options.all ? [] : '', 4)
      else if (options.all) done(null, addresses)
      else done(null, addresses[0].address, addresses[0].family)
    })
  }
  return async (text, { method = 'GET', headers = {}, body } = {}) => {
    const url = checkUrl(text, ownHosts)
    const request = url.protocol === 'https:' ? secure : plain
    return new Promise((answered, reject) => {
      const failed = (error: Error): void =>
        reject(error instanceof OutboundError ? error : new OutboundError(`${url.host}: ${error.message}`))
      const sent = request(
        url,
        {
          method,
          headers: { 'User-Agent': 'podlab', ...headers, 'Content-Length': String(Buffer.byteLength(body ?? '')) },
          signal: AbortSignal.timeout(TIMEOUT_MS),
          ...(!ownHosts.has(url.host) && { lookup: publicOnly }),
        },
        response => {
          const chunks: Buffer[] = []
          let size = 0
          response.on('data', (chunk: Buffer) => {
            size += chunk.length
            if (size > LARGEST_BYTES) sent.destroy(new OutboundError(`${url.host}: the answer is too large`))
            else chunks.push(chunk)
          })
          response.on('error', failed)
          response.on('end', () =>
            // A redirection is not followed: where it leads, nobody has named.
            answered({
              status: response.statusCode ?? 0,
              header: name => [response.headers[name.toLowerCase()]].flat()[0],
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          )
        },
      )
      sent.on('error', failed)
      sent.end(body)
    })
  }
}

/** @throws OutboundError on any other status than success, and on what is no JSON */
export function jsonOf(answer: Answer, from: string): unknown {
  if (answer.status < 200 || answer.status > 299) throw new OutboundError(`${from} answers ${answer.status}`)
  try {
    return JSON.parse(answer.text)
  } catch {
    throw new OutboundError(`${from} answers with something else than JSON`)
  }
}
