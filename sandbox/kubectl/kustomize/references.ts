/** Names that changed are changed wherever others speak of them. */
import { KubectlError } from '../errors.ts'
import { isRecord, type Obj } from '../objects.ts'
import { changeField, isMeant } from './fields.ts'
import { type Item, idText, isClusterScoped, namespaceOf } from './item.ts'
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
    return referred(items, referrer, kind, value)?.object.metadata.name ?? value
  }
  if (!isRecord(value) || typeof value.name !== 'string') return value
  // Of a reference with a namespace both are those of what is meant, whatever kind it says that it is of.
  const { namespace } = value
  const found = referred(namespace === undefined ? items : within(items, namespace), referrer, kind, value.name)
  if (!found) return value
  const meant = found.object.metadata
  return { ...value, name: meant.name, ...(meant.namespace && { namespace: meant.namespace }) }
}

/** What was in a namespace at first; where nothing was, what is there now. */
function within(items: readonly Item[], namespace: string): readonly Item[] {
  const first = items.filter(({ object, before }) => {
    const at = before[0] && !isClusterScoped(object) ? before[0].namespace || 'default' : namespaceOf(object)
    return at === namespace
  })
  return first.length ? first : items.filter(i => namespaceOf(i.object) === namespace)
}

/** Whom a resource means by a name that some resource once had. */
function referred(items: readonly Item[], referrer: Item, kind: string, name: string): Item | undefined {
  const known = items.filter(
    i =>
      i.before.some(id => id.name === name) && i.before.some(id => id.kind === kind) && sees(referrer.object, i.object),
  )
  if (known.length === 1) return known[0]
  const near = known.filter(
    i => isAlike(i.prefixes, referrer.prefixes, true) && isAlike(i.suffixes, referrer.suffixes, true),
  )
  const left =
    near.length > 1
      ? near.filter(i => isAlike(i.prefixes, referrer.prefixes) && isAlike(i.suffixes, referrer.suffixes))
      : near
  if (left.every(i => i.object.metadata.name === left[0]!.object.metadata.name)) return left[0]
  throw new KubectlError(`found multiple possible referrals: ${left.map(i => idText(i.object)).join(', ')}`)
}

/** Whether the shorter list is the end of the longer one. */
function isAlike(a: readonly string[], b: readonly string[], noneIsAlike = false): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  if (!short.length) return noneIsAlike || !long.length
  return short.every((word, i) => word === long[long.length - short.length + i])
}

const sees = (referrer: Obj, object: Obj): boolean =>
  isClusterScoped(referrer) ||
  isClusterScoped(object) ||
  object.kind === 'ServiceAccount' ||
  namespaceOf(referrer) === namespaceOf(object)
