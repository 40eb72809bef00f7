/** Conversion between the version of a request's URL and the version that is stored. */
import { withOwners } from '../../api/apply/owners.ts'
import { clone } from '../../api/formats/json.ts'
import type { Draft, KindDef } from '../../api/kind.ts'
import type { KubeObject } from '../../api/types.ts'
import type { ResourceRequest } from '../request-info.ts'

/** The kind of the URL, and the kind that is stored. */
export interface Target extends ResourceRequest {
  kind: KindDef
  held: KindDef
}

const inVersion = (t: Target, object: KubeObject): KubeObject =>
  t.kind.convert
    ? t.kind.convert([object])[0]
    : t.kind.stored
      ? (t.kind.stored.fromStored(clone(object)) as KubeObject)
      : object
export function fromHeld(t: Target, kept: KubeObject): KubeObject {
  // A subresource may answer with an object of another kind.
  if (kept.kind !== t.held.kind) return kept
  const found = inVersion(t, withOwners(t.held, kept))
  return t.kind.read ? t.kind.read(found) : found
}

/** A Table's cells come from the stored version whatever the URL's is; each version of a custom kind has its own. */
export const asKept = ({ kind }: Target, asTable: boolean): boolean => asTable && !kind.convert && !kind.read

/** A list's objects in the URL's version; a conversion webhook gets all of them in one call. */
export function shownItems(t: Target, items: readonly KubeObject[], asTable: boolean): readonly KubeObject[] {
  // A table's rows leave managers out.
  if (asKept(t, asTable)) return items
  const { convert, read } = t.kind
  if (!convert) return items.map(o => fromHeld(t, o))
  const converted: readonly KubeObject[] = convert(items.map(o => withOwners(t.held, o)))
  return read ? converted.map(read) : converted
}
export const toHeld = (t: Target, draft: Draft): Draft => (t.kind.stored ? t.kind.stored.toStored(draft) : draft)
