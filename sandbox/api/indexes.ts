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
  store.addIndex(resource, 'owner', object => {
    const { ownerReferences, namespace = '' } = (object as unknown as KubeObject).metadata
    const owner = ownerReferences?.find(r => r.controller)
    return [owner?.uid ?? `orphan/${namespace}`]
  })
  if (INDEXED_LABELS.has(resource)) {
    store.addIndex(resource, 'label', object => {
      const { namespace, labels } = (object as unknown as KubeObject).metadata
      return labels ? labelKeys(labels, namespace ?? '') : NO_KEYS
    })
  }
  if (resource === 'pods') {
    store.addIndex(resource, 'node', object => {
      const node = (object as unknown as { spec?: { nodeName?: string } }).spec?.nodeName
      return node ? [node] : NO_KEYS
    })
  }
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
