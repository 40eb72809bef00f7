/** Versions of groups that another server serves, behind an APIService; followed once there is one. */
import type { WatchEvent } from '../client.ts'
import { rare } from '../kinds/validation/parts.ts'
import type { Call } from '../outside.ts'
import { placeOf } from '../remote.ts'
import type { ApiServer } from '../server.ts'
import type { APIService, KubeObject } from '../types.ts'

export const API_SERVICES = 'apiservices.apiregistration.k8s.io'

export function serveAggregation(server: ApiServer): void {
  const kind = server.registry.resource(API_SERVICES)
  if (!kind) return
  let follow: ((event: WatchEvent<KubeObject>) => void) | undefined
  server.watch(kind, {}, event => {
    follow ??= rare.now.followApiServices(server, kind)
    follow(event)
  })
}

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
    ...(spec.caBundle && { caBundle: spec.caBundle as unknown as string }),
  }
}
