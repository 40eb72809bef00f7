/** pods/NAME/ephemeralcontainers: debug containers may be added to a running Pod, never changed or taken away. */

import { clone } from '../formats/json.ts'
import { keepAllBut, keepMetadata } from '../kept.ts'
import type { Draft, KindDef } from '../kind.ts'
import type { RequestOptions } from '../requests/options.ts'
import type { ApiServer } from '../server.ts'
import type { KubeObject } from '../types.ts'

export function changeEphemeralContainers(
  server: ApiServer,
  kind: KindDef,
  namespace: string,
  name: string,
  change: (old: Draft) => Draft,
  options: RequestOptions,
): KubeObject {
  const limit = (draft: Draft, old: Draft): void => {
    const asked = draft.spec?.ephemeralContainers
    keepAllBut(draft, old, [])
    keepMetadata(draft, old)
    const { ephemeralContainers: _before, ...spec } = clone(old.spec)
    draft.spec = { ...spec, ...(asked?.length && { ephemeralContainers: asked }) }
  }
  const how = { ...options, subresource: 'ephemeralcontainers', limit }
  return server.update(kind, namespace, name, old => change(clone(old)), how)
}
