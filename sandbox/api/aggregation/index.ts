/** Where the server turns to those who follow APIServices, once there is one. */
import type { WatchEvent } from '../client.ts'
import { rare } from '../kinds/validation/parts.ts'
import type { ApiServer } from '../server.ts'
import type { KubeObject } from '../types.ts'

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
