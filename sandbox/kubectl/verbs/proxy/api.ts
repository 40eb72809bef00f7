/** The way from a port of this machine to the API server: as whoever runs the proxy. */
import { bytesOfText } from '../../../bytes.ts'
import { type Answering, type ApiResponse, ConnectionError, type Io, type Reply, type RestConfig } from '../../io.ts'
import type { Filter } from './filter.ts'
import { decoded, notFound, plain } from './replies.ts'

interface ApiRoute {
  prefix: string
  /** Everything passes where there is none. */
  filter: Filter | undefined
  /** Told of a request that came to nothing. */
  failed(words: string): Promise<void>
}

/** Headers of one connection alone. */
const HOP_BY_HOP =
  /^(connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|host|content-length|accept-encoding)$/

export function toApi(config: RestConfig, { prefix, filter, failed }: ApiRoute): Answering {
  // What begins with /api is a part of the API, anything else is put in front of it.
  const stripped = prefix.startsWith('/api') ? '' : prefix
  const { host } = new URL(config.server.includes('://') ? config.server : `http://${config.server}`)
  return async (asked, io) => {
    const { method, body, headers, from } = asked
    let { target } = asked
    if (stripped) {
      const rest = target.slice(stripped.length)
      if (rest.length >= target.length) return notFound()
      target = rest.startsWith('/') ? rest : `/${rest}`
    }
    const path = decoded(target.split('?', 1)[0]!)
    if (filter && !filter.accepts(method, path, headers.host ?? '')) return plain(403, 'Forbidden')
    if (headers.upgrade)
      return plain(501, `not simulated: a connection that becomes ${headers.upgrade} on its way through kubectl proxy`)
    const passed = Object.entries(headers).filter(([name]) => !HOP_BY_HOP.test(name))
    const before = headers['x-forwarded-for']
    const sent = { ...Object.fromEntries(passed), host, 'x-forwarded-for': before ? `${before}, ${from}` : from }
    try {
      const response = await io.transport(config).request(target, { method, headers: sent, ...(body && { body }) })
      return await handedBack(io, response)
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error
      await failed(`Error while proxying request: ${error.message}`)
      return plain(500, error.message)
    }
  }
}

/** Headers in the order of their names, as Go writes them. */
async function handedBack(io: Io, response: ApiResponse): Promise<Reply> {
  const all = response.headers()
  // Nobody knows how long a watch is, or a log that is followed.
  const body = all['transfer-encoding'] === 'chunked' ? response : await response.text()
  const headers = Object.entries({
    date: new Date(io.now()).toUTCString(),
    ...all,
    ...(typeof body === 'string' && { 'content-length': String(bytesOfText(body).length) }),
  })
    .filter(([name]) => name === 'content-length' || !HOP_BY_HOP.test(name))
    .map(([name, value]) => [name.replace(/(^|-)[a-z]/g, letter => letter.toUpperCase()), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return { status: response.status, headers: Object.fromEntries(headers), body }
}
