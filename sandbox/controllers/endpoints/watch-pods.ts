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
    const relabelled = old && old.metadata.labels !== object.metadata.labels
    return client
      .list(serviceKind, { namespace: object.metadata.namespace ?? '' })
      .filter(s => selects(s, object.metadata.labels) || (relabelled && selects(s, old.metadata.labels)))
      .map(keyOf)
  })
