/** namespaces/NAME/finalize: the only way to change spec.finalizers; the last one gone, the namespace goes. */
import { preconditionFailed } from '../deletion.ts'
import { invalidObject } from '../fields.ts'
import { clone } from '../formats/json.ts'
import { askedMetadata, refuseOtherName } from '../kept.ts'
import type { Draft, KindDef } from '../kind.ts'
import { namespaceFinalizers } from '../kinds/validation/cluster.ts'
import { objectMetaUpdate } from '../kinds/validation/metadata.ts'
import type { RequestOptions } from '../requests/options.ts'
import type { ApiServer } from '../server.ts'
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
  refuseOtherName(asked, name)
  const uid = asked.metadata?.uid
  if (uid && uid !== old.metadata.uid) throw preconditionFailed(kind, old, uid)
  const given = asked.metadata?.resourceVersion
  if (given && given !== old.metadata.resourceVersion) throw modifiedSince(kind, name)
  const finalizers = asked.spec?.finalizers
  const { finalizers: _dropped, ...rest } = (old.spec ?? {}) as { finalizers?: string[] }
  const spec = { ...rest, ...(finalizers?.length && { finalizers }) }
  const draft: Draft = { ...old, metadata: askedMetadata(asked, old), spec }
  kind.setDefaults?.(draft, server.context)
  const errors = [
    ...objectMetaUpdate(draft, old),
    ...namespaceFinalizers(draft.spec.finalizers, i => `spec.finalizers[${i}]`),
  ]
  if (errors.length) throw invalidObject(kind.kind, kind.group, name, errors)
  return server.replace(kind, old, draft, { ...options, subresource: 'finalize' })
}
