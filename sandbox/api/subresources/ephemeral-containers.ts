/** pods/NAME/ephemeralcontainers: debug containers may be added to a running Pod, never changed or taken away. */

import { invalidObject } from '../fields.ts'
import { clone, deepEqual } from '../json.ts'
import type { Draft, KindDef } from '../kind.ts'
import { type ApiServer, keepAllBut, type RequestOptions } from '../server.ts'
import { modifiedSince } from '../status.ts'
import type { KubeObject, Pod } from '../types.ts'

export function changeEphemeralContainers(
  server: ApiServer,
  kind: KindDef,
  namespace: string,
  name: string,
  change: (old: Draft) => Draft,
  options: RequestOptions,
): KubeObject {
  const old = server.get(kind, namespace, name) as Pod
  const draft: Draft = change(clone(old))
  const given = draft.metadata?.resourceVersion
  if (given && given !== old.metadata.resourceVersion) throw modifiedSince(kind, name)
  const asked = draft.spec?.ephemeralContainers
  keepAllBut(draft, old, [])
  draft.metadata = { ...old.metadata }
  draft.spec = { ...clone(old.spec), ...(asked?.length && { ephemeralContainers: asked }) }
  kind.setDefaults?.(draft, server.context)
  const checks = kind.checks?.now
  const errors =
    checks?.validateSubresource?.ephemeralcontainers?.(draft, old) ?? checks?.validate?.(draft, server.context) ?? []
  if (errors.length) throw invalidObject(kind.kind, kind.group, name, errors)
  if (!deepEqual(draft.spec, old.spec) && old.metadata.generation)
    draft.metadata.generation = old.metadata.generation + 1
  return server.replace(kind, old, draft, { ...options, subresource: 'ephemeralcontainers' })
}
