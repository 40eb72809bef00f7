/** Versions of groups that another server serves, behind an APIService: which they are, and how it is asked. */
import type { Call } from '../egress/outside.ts'
import { placeOf } from '../egress/remote.ts'
import type { ApiServer } from '../server.ts'
import type { APIService } from '../types.ts'
import { API_SERVICES } from './local.ts'

/** The APIService of a version of a group that is not served here. */
export function remoteService(server: ApiServer, group: string, version: string): APIService | undefined {
  const found = server.store.count(API_SERVICES)
    ? (server.context.find(API_SERVICES, '', `${version}.${group}`) as APIService | undefined)
    : undefined
  return found?.spec.service ? found : undefined
}

export const remoteServices = (server: ApiServer): readonly APIService[] =>
  server.store.count(API_SERVICES)
    ? (server.context.list(API_SERVICES) as readonly APIService[]).filter(a => a.spec.service)
    : []

export const isAvailable = ({ status }: APIService): boolean =>
  status?.conditions?.some(c => c.type === 'Available' && c.status === 'True') ?? false

/** A request to the server behind an APIService. @param pathAndQuery as the client has asked */
export function callTo(server: ApiServer, { spec }: APIService, pathAndQuery: string): Omit<Call, 'key' | 'body'> {
  const { namespace = '', name = '', port = 443 } = spec.service ?? {}
  const place = placeOf(server, namespace, name, port)
  const host = place && 'ip' in place ? place.ip : `${name}.${namespace}.svc`
  return {
    url: `https://${host}:${port}${pathAndQuery}`,
    serverName: `${name}.${namespace}.svc`,
    place: () => placeOf(server, namespace, name, port),
    timeoutSeconds: 30,
    ...(spec.insecureSkipTLSVerify && { insecure: true }),
    ...(spec.caBundle && { caBundle: spec.caBundle }),
  }
}
