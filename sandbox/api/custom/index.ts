/** Loads the handling of CustomResourceDefinitions when the first one is made. */
import type { WatchEvent } from '../client.ts'
import { definitions } from '../kinds/validation/parts.ts'
import type { ApiServer } from '../server.ts'
import type { KubeObject } from '../types.ts'

const RESOURCE = 'customresourcedefinitions.apiextensions.k8s.io'

export function serveCustomResources(server: ApiServer): void {
  const kind = server.registry.resource(RESOURCE)
  if (!kind) return
  let follow: ((event: WatchEvent<KubeObject>) => void) | undefined
  server.watch(kind, {}, event => {
    follow ??= definitions.now.followDefinitions(server, kind)
    follow(event)
  })
}
