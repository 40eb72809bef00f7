/** namespaces/NAME/finalize: the only way to change spec.finalizers; the last one gone, the namespace goes. */
import { type FieldError, invalid, invalidObject } from '../fields.ts'
import { clone } from '../json.ts'
import { askedMetadata } from '../kept.ts'
import type { Draft, KindDef } from '../kind.ts'
import { objectMetaUpdate } from '../kinds/validation/metadata.ts'
import type { RequestOptions } from '../options.ts'
import type { ApiServer } from '../server.ts'
import { modifiedSince } from '../status.ts'
import type { KubeObject } from '../types.ts'

/** Those of a namespace's spec: the standard one, or names with a domain. */
const qualifiedFinalizers = (finalizers: readonly string[] = []): FieldError[] =>
  finalizers.flatMap((one, i) =>
    one === 'kubernetes' || one.includes('/') ? [] : [invalid(`spec.finalizers[${i}]`, one, UNQUALIFIED)],
  )
const UNQUALIFIED = 'name is neither a standard finalizer name nor is it fully qualified'

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
  kind.setDefaults?.(draft, server.context)
  const errors = [...objectMetaUpdate(draft, old), ...qualifiedFinalizers(draft.spec.finalizers)]
  if (errors.length) throw invalidObject(kind.kind, kind.group, name, errors)
  return server.replace(kind, old, draft, { ...options, subresource: 'finalize' })
}
