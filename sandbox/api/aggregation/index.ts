/** Follows APIServices, from the first one that is not served here. */
import type { WatchEvent } from '../client.ts'
import { rare } from '../kinds/validation/parts.ts'
import type { ApiServer } from '../server.ts'
import type { APIService, KubeObject } from '../types.ts'
import { API_SERVICES, LOCAL } from './local.ts'

export function serveAggregation(server: ApiServer): void {
  const kind = server.registry.resource(API_SERVICES)
  if (!kind) return
  let follow: ((event: WatchEvent<KubeObject>) => void) | undefined
  server.watch(kind, {}, event => {
    if (event.type === 'ADDED' && isSettled(event.object as APIService)) return
    follow ??= rare.now.followApiServices(server, kind)
    follow(event)
  })
}

/** Those of the server's own groups are written as they are to stay. */
const isSettled = ({ spec, status }: APIService): boolean =>
  !spec.service && status?.conditions?.[0]?.reason === LOCAL.reason
