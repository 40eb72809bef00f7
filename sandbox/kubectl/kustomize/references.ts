/** Names that changed are changed wherever others speak of them. */
import { KubectlError } from '../errors.ts'
import { isRecord, type Obj } from '../objects.ts'
import { changeField, isMeant } from './fields.ts'
import { type Item, idsOf, idText, isClusterScoped } from './item.ts'
import { REFERENCES } from './tables.ts'

export function fixReferences(items: readonly Item[]): void {
  for (const referrer of items)
    for (const [kind, specs] of Object.entries(REFERENCES))
      for (const spec of specs)
        if (isMeant(spec, referrer.object))
          changeField(referrer.object, spec, value => renamed(items, referrer, kind, spec.path, value))
}

function renamed(items: readonly Item[], referrer: Item, kind: string, path: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map(v => renamed(items, referrer, kind, path, v))
  if (typeof value === 'string') {
    if (path === 'roleRef/name' && referrer.object.roleRef?.kind !== kind) return value
    if (path === 'spec/scaleTargetRef/name' && referrer.object.spec.scaleTargetRef.kind !== kind) return value
    return referred(items, referrer, kind, value)?.object.metadata.name ?? value
  }
  if (!isRecord(value) || typeof value.name !== 'string') return value
  // Of a reference with a namespace both are those of what is meant.
  const { namespace } = value
  const within =
    namespace === undefined
      ? items
      : items.filter(i => idsOf(i).some(id => id.kind === kind && id.namespace === namespace))
  const found =
    value.kind === undefined || value.kind === kind ? referred(within, referrer, kind, value.name) : undefined
  if (!found) return value
  const meant = found.object.metadata
  return { ...value, name: meant.name, ...(meant.namespace && { namespace: meant.namespace }) }
}

/** Whom a resource means by a name that some resource has, or once had. */
function referred(items: readonly Item[], referrer: Item, kind: string, name: string): Item | undefined {
  const known = items.filter(
    i => idsOf(i).some(id => id.kind === kind && id.name === name) && sees(referrer.object, i.object),
  )
  if (known.length <= 1) return known[0]
  const near = known.filter(i => i.affixes === referrer.affixes)
  const left = near.length ? near : known
  if (left.every(i => i.object.metadata.name === left[0]!.object.metadata.name)) return left[0]
  throw new KubectlError(`found multiple possible referrals: ${left.map(i => idText(i.object)).join(', ')}`)
}

const sees = (referrer: Obj, object: Obj): boolean =>
  isClusterScoped(referrer) ||
  isClusterScoped(object) ||
  object.kind === 'ServiceAccount' ||
  (referrer.metadata?.namespace || 'default') === (object.metadata?.namespace || 'default')
