/** The two sorts of updates: of an object's status, and of everything else. Each keeps what is not its own, and says what is wrong. */
import { type FieldError, joined } from './fields.ts'
import { deepEqual } from './formats/json.ts'
import { keepAllBut, keepMetadata } from './kept.ts'
import type { Checks, Draft, KindContext, KindDef, Subresource } from './kind.ts'
import { commonMetaUpdate } from './kinds/validation/metadata.ts'
import type { UpdateOptions } from './requests/options.ts'
import type { KubeObject } from './types.ts'

/** Of the status, owners are kept, as they may not be taken by who may only report. */
export function updateStatus(
  kind: KindDef,
  draft: Draft,
  old: KubeObject,
  checks: Checks | undefined,
  context: KindContext,
): FieldError[] {
  keepAllBut(draft, old, ['status'])
  if (kind.statusAlone) keepMetadata(draft, old)
  if (old.metadata.ownerReferences) draft.metadata.ownerReferences = old.metadata.ownerReferences
  else delete draft.metadata.ownerReferences
  kind.prepareForStatusUpdate?.(draft, old, context)
  const common = commonMetaUpdate(kind.namespaced, draft, old)
  return joined(common, checks?.validateStatusUpdate?.(draft, old) ?? [])
}

/** @param checked what validation may know, which is told of dry runs */
export function updateAllButStatus(
  kind: KindDef,
  draft: Draft,
  old: KubeObject,
  checks: Checks | undefined,
  context: KindContext,
  checked: KindContext,
  { limit, subresource }: UpdateOptions,
): FieldError[] {
  if (kind.subresources?.includes('status')) {
    if (old.status === undefined) delete draft.status
    else draft.status = old.status
  }
  limit?.(draft, old)
  kind.prepareForUpdate?.(draft, old, context)
  const { generation } = old.metadata
  if (draft.metadata.generation === generation && countsAsChange(kind, draft, old))
    draft.metadata.generation = (generation ?? 0) + 1
  const common = commonMetaUpdate(kind.namespaced, draft, old)
  // The most specific rules that the kind has.
  const specific =
    checks?.validateSubresource?.[subresource as Subresource]?.(draft, old) ??
    checks?.validateUpdate?.(draft, old, checked) ??
    checks?.validate?.(draft, checked)
  return joined(common, specific ?? [])
}

function countsAsChange(kind: KindDef, object: KubeObject, old: KubeObject): boolean {
  if (typeof kind.hasGeneration === 'function') return kind.hasGeneration(object, old)
  return Boolean(kind.hasGeneration) && !deepEqual(object.spec, old.spec)
}
