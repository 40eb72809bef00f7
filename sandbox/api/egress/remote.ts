/** Servers outside: where they are, and their answers, read as client-go reads them. */
import { isObject } from '../formats/json.ts'
import type { ApiServer } from '../server.ts'
import type { Service } from '../types.ts'
import type { Call, Reply } from './outside.ts'

/** What configurations of webhooks say about where one is. */
export interface ClientConfig {
  service?: { namespace: string; name: string; port?: number; path?: string }
  url?: string
  caBundle?: string
}

/** @param query of the URL, with its question mark */
export function addressOf(
  server: ApiServer,
  { service, url, caBundle }: ClientConfig,
  query = '',
): Pick<Call, 'url' | 'place' | 'caBundle'> {
  const bundle = caBundle ? { caBundle } : {}
  if (!service) return { url: `${url}${query}`, place: () => undefined, ...bundle }
  const { namespace, name, port = 443, path = '' } = service
  return {
    url: `https://${name}.${namespace}.svc:${port}${path}${query}`,
    place: () => placeOf(server, namespace, name, port),
    ...bundle,
  }
}

/** The API server resolves Services itself, to their cluster IP. */
export function placeOf(server: ApiServer, namespace: string, name: string, port: number): ReturnType<Call['place']> {
  const service = server.context.find('services', namespace, name) as Service | undefined
  if (!service) return { error: `service ${JSON.stringify(name)} not found` }
  const { type, clusterIP, externalName, ports = [] } = service.spec
  if (type === 'ExternalName') return { error: `dial tcp: lookup ${externalName}: no such host` }
  if (!clusterIP || clusterIP === 'None') return { error: 'cannot route to service with ClusterIP "None"' }
  return ports.some(p => p.port === port)
    ? { ip: clusterIP, port }
    : { error: `no service port ${port} found for service ${JSON.stringify(name)}` }
}

export type Answer = { uid: string } & ({ value: Record<string, unknown> } | { error: string })

export function readReply(reply: Reply): Answer {
  const { uid } = reply
  if ('error' in reply) return { uid, error: reply.error }
  if (reply.status < 200 || reply.status > 206) return { uid, error: refused(reply.status, reply.body) }
  try {
    const value: unknown = JSON.parse(reply.body)
    if (isObject(value)) return { uid, value }
    return {
      uid,
      error: `couldn't get version/kind; json parse error: json: cannot unmarshal ${goKind(value)} into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }`,
    }
  } catch {
    return { uid, error: `couldn't get version/kind; json parse error: ${syntaxFault(reply.body)}` }
  }
}

const goKind = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)

function syntaxFault(text: string): string {
  const first = text.trimStart()[0]
  return first === undefined || /[[{"\d\-tfn]/.test(first)
    ? 'unexpected end of JSON input'
    : `invalid character '${first}' looking for beginning of value`
}

/** What client-go says of a status that came without a Status. */
function refused(status: number, body: string): string {
  const own = statusMessage(body)
  if (own !== undefined) return own
  switch (status) {
    case 400:
      return 'the server rejected our request for an unknown reason'
    case 401:
      return 'the server has asked for the client to provide credentials'
    case 403:
      return body || 'unknown'
    case 404:
      return 'the server could not find the requested resource'
    case 405:
      return 'the server does not allow this method on the requested resource'
    case 409:
      return 'the server reported a conflict'
    case 415:
      return body || 'unknown'
    case 429:
      return 'the server has received too many requests and has asked us to try again later'
    case 503:
      return 'the server is currently unable to handle the request'
    case 504:
      return 'the server was unable to return a response in the time allotted, but may still be processing the request'
    default:
      if (status >= 500)
        return `an error on the server (${JSON.stringify(body.trim() || 'unknown')}) has prevented the request from succeeding`
      return `the server responded with the status code ${status} but did not return more details`
  }
}

function statusMessage(body: string): string | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) && value.kind === 'Status' && typeof value.message === 'string' ? value.message : undefined
  } catch {
    return undefined
  }
}
