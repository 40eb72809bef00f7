/** StatefulSets. */
import { within } from '../../parts.ts'
import { type Draft, defineKind, type KindContext } from '../kind.ts'
import type { StatefulSet } from '../types.ts'
import { age, containerColumns, name } from './columns.ts'
import { setClaimDefaults } from './persistentvolumeclaim/defaults.ts'
import { setPodTemplateDefaults } from './pod/defaults.ts'
import { workloads } from './validation/parts.ts'

export const statefulSet = defineKind<StatefulSet>({
  group: 'apps',
  version: 'v1',
  kind: 'StatefulSet',
  plural: 'statefulsets',
  shortNames: ['sts'],
  categories: ['all'],
  namespaced: true,
  subresources: ['scale', 'status'],
  hasGeneration: true,
  setDefaults(set, { opened }) {
    const spec = (set.spec ??= {})
    spec.podManagementPolicy ||= 'OrderedReady'
    const strategy = (spec.updateStrategy ??= {})
    if (!strategy.type) {
      strategy.type = 'RollingUpdate'
      strategy.rollingUpdate ??= {}
    }
    if (strategy.type === 'RollingUpdate' && strategy.rollingUpdate) {
      strategy.rollingUpdate.partition ??= 0
      if (opened('MaxUnavailableStatefulSet')) strategy.rollingUpdate.maxUnavailable ??= 1
    }
    const retention = (spec.persistentVolumeClaimRetentionPolicy ??= {})
    retention.whenDeleted ||= 'Retain'
    retention.whenScaled ||= 'Retain'
    spec.replicas ??= 1
    spec.revisionHistoryLimit ??= 10
    setPodTemplateDefaults((spec.template ??= {}))
    for (const claim of spec.volumeClaimTemplates ?? []) {
      if (!claim) continue
      // Whatever the client calls it.
      claim.apiVersion = 'v1'
      claim.kind = 'PersistentVolumeClaim'
      setClaimDefaults(claim)
    }
    set.status ??= {}
    set.status.replicas ??= 0
    set.status.availableReplicas ??= 0
  },
  prepareForCreate(set, context) {
    set.status = { replicas: 0, availableReplicas: 0 }
    dropWhatIsGated(set, context)
  },
  prepareForUpdate: (set, _, context) => dropWhatIsGated(set, context),
  checks: within(workloads, checks => checks.statefulSet),
  columns: [
    name,
    { name: 'Ready', cell: s => `${s.status.readyReplicas ?? 0}/${s.spec.replicas ?? 0}` },
    age,
    ...containerColumns<StatefulSet>(s => s.spec.template),
  ],
})

/** Several Pods at a time are replaced only where a gate has been opened. */
function dropWhatIsGated({ spec }: Draft, { opened }: KindContext): void {
  if (!opened('MaxUnavailableStatefulSet')) delete spec.updateStrategy?.rollingUpdate?.maxUnavailable
}
