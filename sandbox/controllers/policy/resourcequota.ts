/** Counts what a namespace holds against its ResourceQuotas. Admission charges what comes; this sees to what goes. */
import { deepEqual } from '../../api/formats/json.ts'
import { type KindDef, resourceOf } from '../../api/kind.ts'
import { resourceQuota as quotaKind } from '../../api/kinds/resourcequota.ts'
import {
  type QuotaSpec,
  quotaConcerns,
  quotaMatches,
  quotaUsage,
  type Resources,
  sumResources,
} from '../../api/resources/quota.ts'
import type { KubeObject, ResourceQuota } from '../../api/types.ts'
import { type Controller, type ControllerContext, type Key, keyOf, watch } from '../controller.ts'

/** Changes of a Pod's status matter when it ends. */
const phaseOf = (object: KubeObject): unknown => (object.status as { phase?: unknown } | undefined)?.phase

/** @param kinds everything that the API serves at the moment */
export const resourceQuotaController = (kinds: () => readonly KindDef[]): Controller => ({
  name: 'resourcequota-controller',
  for: quotaKind,
  watches: kinds()
    .filter(
      kind =>
        kind.namespaced &&
        !kind.stored &&
        resourceOf(kind) !== 'events' &&
        (!kind.verbs || kind.verbs.includes('watch')),
    )
    .map(kind =>
      watch(kind, ({ type, object, old }, client) => {
        if (
          type === 'MODIFIED' &&
          (!old ||
            (phaseOf(old) === phaseOf(object) && old.metadata.deletionTimestamp === object.metadata.deletionTimestamp))
        )
          return []
        return client.list(quotaKind, { namespace: object.metadata.namespace ?? '' }).map(keyOf)
      }),
    ),
  reconcile: (key, context) => reconcile(key, context, kinds()),
})

function reconcile({ namespace, name }: Key, { client, clock }: ControllerContext, kinds: readonly KindDef[]): void {
  const quota = client.find(quotaKind, namespace, name)
  if (!quota) return
  const hard = (quota.spec?.hard ?? {}) as Resources
  let used: Resources = Object.fromEntries(Object.keys(hard).map(n => [n, '0']))
  const seen = new Set<string>()
  for (const kind of kinds) {
    const resource = resourceOf(kind)
    const names = Object.keys(hard).filter(n => quotaConcerns(resource, n))
    if (!kind.namespaced || kind.stored || seen.has(resource) || !names.length) continue
    seen.add(resource)
    for (const object of client.list(kind, { namespace })) {
      if (!quotaMatches(quota.spec as QuotaSpec, hard, resource, object)) continue
      const usage = quotaUsage(resource, object, clock.now())
      used = sumResources(
        used,
        Object.fromEntries(Object.entries(usage).filter(([n]) => names.includes(n))),
      ) as Resources
      for (const n of Object.keys(hard)) used[n] ??= '0'
    }
  }
  const status = { hard, used } as ResourceQuota['status']
  if (!deepEqual(status, quota.status)) client.updateStatus(quotaKind, { ...quota, status })
}
