/** Wakes the Services that select a Pod when something about it changes that matters to those who connect to it. */
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { service as serviceKind } from '../../api/kinds/service/index.ts'
import type { Pod, Service } from '../../api/types.ts'
import { type Key, keyOf, type Watch, watch } from '../controller.ts'
import { isReady } from '../pods.ts'

/** Asked of every Service at most changes of any Pod. */
function selects({ spec: { selector } }: Service, labels: Record<string, string> | undefined): boolean {
  if (!selector) return false
  for (const key in selector) if (labels?.[key] !== selector[key]) return false
  return true
}

const unchanged = (a: Pod, b: Pod): boolean =>
  a.metadata.labels === b.metadata.labels &&
  a.metadata.deletionTimestamp === b.metadata.deletionTimestamp &&
  a.status.podIP === b.status.podIP &&
  a.status.phase === b.status.phase &&
  a.spec.nodeName === b.spec.nodeName &&
  isReady(a) === isReady(b)

export const watchPodsOfServices = (): Watch =>
  watch(podKind, ({ object, old }, client): Key[] => {
    if (old && unchanged(old, object)) return []
    const { labels, namespace = '' } = object.metadata
    const before = old && old.metadata.labels !== labels ? old.metadata.labels : undefined
    const keys: Key[] = []
    for (const service of client.list(serviceKind, { namespace }))
      if (selects(service, labels) || (before && selects(service, before))) keys.push(keyOf(service))
    return keys
  })
