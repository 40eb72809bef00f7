/** The store's indexes: objects by owner, by label, by node. */
import type { Store } from '../store/store.ts'
import type { KubeObject } from './types.ts'

const INDEXED_LABELS = new Set([
  'pods',
  'replicasets.apps',
  'endpointslices.discovery.k8s.io',
  'controllerrevisions.apps',
])

const NO_KEYS: readonly string[] = []

export function addIndexes(store: Store, resource: string): void {
  // Events are the most numerous, and have no owners.
  if (resource === 'events' || store.hasIndex(resource, 'owner')) return
  const orphanKeys = singleKeys(namespace => `orphan/${namespace}`)
  store.addIndex(resource, 'owner', object => {
    const { ownerReferences, namespace = '' } = (object as KubeObject).metadata
    return (ownerReferences && ownerKeys(ownerReferences)) ?? orphanKeys(namespace)
  })
  if (INDEXED_LABELS.has(resource)) {
    store.addIndex(resource, 'label', object => {
      const { namespace, labels } = (object as KubeObject).metadata
      return labels ? labelKeys(labels, namespace ?? '') : NO_KEYS
    })
  }
  if (resource === 'pods') {
    const nodeKeys = singleKeys(node => node)
    store.addIndex(resource, 'node', object => {
      const node = (object as { spec?: { nodeName?: string } }).spec?.nodeName
      return node ? nodeKeys(node) : NO_KEYS
    })
  }
}

/** Lists of one key each, kept: they are asked for at every write, and the same list tells that nothing has changed. */
function singleKeys(keyOf: (name: string) => string): (name: string) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  return name => {
    let keys = known.get(name)
    if (!keys) {
      if (known.size >= 10_000) known.clear()
      known.set(name, (keys = [keyOf(name)]))
    }
    return keys
  }
}

type OwnerReferences = NonNullable<KubeObject['metadata']['ownerReferences']>

/** Versions of an object share their references, too. */
const keysOfOwners = new WeakMap<OwnerReferences, readonly string[]>()

/** Under whom an object is found; undefined where nobody controls it. */
function ownerKeys(references: OwnerReferences): readonly string[] | undefined {
  const known = keysOfOwners.get(references)
  if (known) return known
  for (let i = 0; i < references.length; i++) {
    if (!references[i]!.controller) continue
    const keys = [references[i]!.uid]
    keysOfOwners.set(references, keys)
    return keys
  }
  return undefined
}

/** Versions of an object share their labels, and a key is asked for at every write. */
const keysOfLabels = new WeakMap<object, { namespace: string; keys: readonly string[] }>()

function labelKeys(labels: Readonly<Record<string, string>>, namespace: string): readonly string[] {
  const known = keysOfLabels.get(labels)
  if (known?.namespace === namespace) return known.keys
  const keys: string[] = []
  for (const key in labels) keys.push(`${namespace}/${key}=${labels[key]}`)
  keysOfLabels.set(labels, { namespace, keys })
  return keys
}
