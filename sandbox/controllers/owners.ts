/** Ownership: ownerReferences, and adopting or releasing objects by selector. */
import type { Client, WatchEvent } from '../api/client.ts'
import { apiVersionOf, type KindDef } from '../api/kind.ts'
import { type LabelSelector, matches, type Requirement, requirementsOf, selects } from '../api/requests/selectors.ts'
import { isReason } from '../api/status.ts'
import type { KubeObject, ObjectMeta } from '../api/types.ts'
import { type Key, keyOf, type Watch, watch } from './controller.ts'

export type OwnerReference = NonNullable<ObjectMeta['ownerReferences']>[number]

export function controllerRefOf(object: KubeObject): OwnerReference | undefined {
  const { ownerReferences } = object.metadata
  if (ownerReferences)
    for (let i = 0; i < ownerReferences.length; i++) if (ownerReferences[i]!.controller) return ownerReferences[i]
  return undefined
}

/** The controlling owner, if it is of this kind (of any version). */
export function controllerOf(object: KubeObject, kind: KindDef): OwnerReference | undefined {
  const ref = controllerRefOf(object)
  return ref && ref.kind === kind.kind && groupOf(ref.apiVersion) === kind.group ? ref : undefined
}

export const groupOf = (apiVersion: string): string => apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')))

export const newControllerRef = (owner: KubeObject, kind: KindDef): OwnerReference => ({
  apiVersion: apiVersionOf(kind),
  kind: kind.kind,
  name: owner.metadata.name,
  uid: owner.metadata.uid,
  controller: true,
  blockOwnerDeletion: true,
})

export interface ClaimOptions<T> {
  /** Which objects may be taken or let go. */
  wanted?: (object: T) => boolean
  /** What adopted objects get, and released ones lose. */
  finalizer?: string
}

/**
 * Objects that `owner` controls, after it has let go of those its selector no longer selects and has taken those it
 * selects that nobody controls.
 */
export function claim<T extends KubeObject>(
  client: Client,
  kind: KindDef<T>,
  ownerKind: KindDef,
  owner: KubeObject,
  selector: LabelSelector | undefined,
  { wanted = every, finalizer }: ClaimOptions<T> = {},
): readonly T[] {
  const requirements = requirementsOf(selector)
  const dying = owner.metadata.deletionTimestamp !== undefined
  const owned = client.ownedBy(kind, owner.metadata.uid)
  const claimed = requirements ? chosen(owned, requirements, wanted) : []
  if (claimed !== owned && !dying) {
    const kept = new Set(claimed)
    for (const object of owned) if (wanted(object) && !kept.has(object)) release(client, kind, object, owner, finalizer)
  }
  if (dying || !requirements) return claimed
  const adopted: T[] = []
  for (const object of client.orphans(kind, owner.metadata.namespace ?? '')) {
    if (object.metadata.deletionTimestamp || !matches(requirements, object.metadata.labels) || !wanted(object)) continue
    adopted.push(adopt(client, kind, object, ownerKind, owner, finalizer))
  }
  return adopted.length ? [...claimed, ...adopted] : claimed
}

const every = (): boolean => true

/** Nearly always all of them, so nearly never a second list; asked for of thousands again and again, so without closures. */
function chosen<T extends KubeObject>(
  objects: readonly T[],
  requirements: readonly Requirement[],
  wanted: (object: T) => boolean,
): readonly T[] {
  // Those of one template share their labels, which are looked at once.
  let labels: ObjectMeta['labels'] | null = null
  let selected = false
  let some: T[] | undefined
  for (let i = 0; i < objects.length; i++) {
    const object = objects[i]!
    if (object.metadata.labels !== labels) {
      labels = object.metadata.labels
      selected = matches(requirements, labels)
    }
    if (!selected || !wanted(object)) some ??= objects.slice(0, i)
    else some?.push(object)
  }
  return some ?? objects
}

function adopt<T extends KubeObject>(
  client: Client,
  kind: KindDef<T>,
  object: T,
  ownerKind: KindDef,
  owner: KubeObject,
  finalizer: string | undefined,
): T {
  const { namespace = '', name, ownerReferences = [], finalizers = [], uid } = object.metadata
  return client.patch(kind, namespace, name, {
    metadata: {
      ownerReferences: [...ownerReferences, newControllerRef(owner, ownerKind)],
      ...(finalizer && !finalizers.includes(finalizer) && { finalizers: [...finalizers, finalizer] }),
      uid,
    },
  })
}

function release<T extends KubeObject>(
  client: Client,
  kind: KindDef<T>,
  object: T,
  owner: KubeObject,
  finalizer: string | undefined,
): void {
  const { namespace = '', name, ownerReferences = [], finalizers, uid } = object.metadata
  const owners = ownerReferences.filter(ref => ref.uid !== owner.metadata.uid)
  const held = finalizers?.filter(f => f !== finalizer)
  try {
    client.patch(kind, namespace, name, {
      metadata: {
        ownerReferences: owners.length ? owners : null,
        ...(held && { finalizers: held.length ? held : null }),
        uid,
      },
    })
  } catch (error) {
    // Gone, or another object of that name: nothing to let go of.
    if (!isReason(error, 'NotFound') && !isReason(error, 'Invalid')) throw error
  }
}

/** Wakes the controlling owner of an object when `matters` says that it has changed in a way that concerns it. */
export function watchOwned<T extends KubeObject>(
  kind: KindDef<T>,
  ownerKind: KindDef,
  matters: (old: T, object: T) => boolean,
): Watch {
  return watch<T>(kind, ({ type, object, old }: WatchEvent<T>): Key[] => {
    if (type === 'MODIFIED' && old && !matters(old, object)) return []
    const namespace = object.metadata.namespace ?? ''
    const now = controllerOf(object, ownerKind)?.name
    const before = old && controllerOf(old, ownerKind)?.name
    const keys: Key[] = now === undefined ? [] : [{ namespace, name: now }]
    if (before !== undefined && before !== now) keys.push({ namespace, name: before })
    return keys
  })
}

/** Wakes the owners whose selector selects an object that nobody controls. */
export function watchOrphans<T extends KubeObject, O extends KubeObject>(
  kind: KindDef<T>,
  ownerKind: KindDef<O>,
  selectorOf: (owner: O) => LabelSelector | undefined,
): Watch {
  return watch<T>(kind, ({ type, object, old }: WatchEvent<T>, client): Key[] => {
    if (type === 'DELETED' || object.metadata.deletionTimestamp || controllerRefOf(object)) return []
    const changed = !old || old.metadata.labels !== object.metadata.labels || controllerRefOf(old) !== undefined
    if (!changed) return []
    return client
      .list(ownerKind, { namespace: object.metadata.namespace ?? '' })
      .filter(owner => selects(selectorOf(owner), object.metadata.labels))
      .map(keyOf)
  })
}
