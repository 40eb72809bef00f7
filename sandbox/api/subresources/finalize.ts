/** namespaces/NAME/finalize: the only way to change spec.finalizers; the last one gone, the namespace goes. */
import { invalidObject } from '../fields.ts'
import { clone } from '../json.ts'
import { askedMetadata } from '../kept.ts'
import type { Draft, KindDef } from '../kind.ts'
import { objectMetaUpdate } from '../kinds/validation/metadata.ts'
import type { ApiServer, RequestOptions } from '../server.ts'
import { modifiedSince } from '../status.ts'
import type { KubeObject } from '../types.ts'

export function finalizeNamespace(
  server: ApiServer,
  kind: KindDef,
  name: string,
  change: (old: Draft) => Draft,
  options: RequestOptions,
): KubeObject {
  const old = server.get(kind, '', name)
  const asked = change(clone(old))
  const given = asked.metadata?.resourceVersion
  if (given && given !== old.metadata.resourceVersion) throw modifiedSince(kind, name)
  const finalizers = asked.spec?.finalizers
  const { finalizers: _dropped, ...rest } = (old.spec ?? {}) as { finalizers?: string[] }
  const spec = { ...rest, ...(finalizers?.length && { finalizers }) }
  const draft: Draft = { ...old, metadata: askedMetadata(asked, old), spec }
  const errors = objectMetaUpdate(draft, old)
  if (errors.length) throw invalidObject(kind.kind, kind.group, name, errors)
  return server.replace(kind, old, draft, { ...options, subresource: 'finalize' })
}
