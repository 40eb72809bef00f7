/** StatefulSets. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
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
  setDefaults(set) {
    const spec = (set.spec ??= {})
    spec.podManagementPolicy ||= 'OrderedReady'
    const strategy = (spec.updateStrategy ??= {})
    if (!strategy.type) {
      strategy.type = 'RollingUpdate'
      strategy.rollingUpdate ??= {}
    }
    if (strategy.type === 'RollingUpdate' && strategy.rollingUpdate) {
      strategy.rollingUpdate.partition ??= 0
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
  prepareForCreate(set) {
    set.status = { replicas: 0, availableReplicas: 0 }
    dropWhatIsGated(set)
  },
  prepareForUpdate: dropWhatIsGated,
  checks: within(workloads, checks => checks.statefulSet),
  columns: [
    name,
    { name: 'Ready', cell: s => `${s.status.readyReplicas ?? 0}/${s.spec.replicas ?? 0}` },
    age,
    ...containerColumns<StatefulSet>(s => s.spec.template),
  ],
})

/** Several Pods at a time are replaced only where a gate is opened, which is closed by default in 1.36. */
function dropWhatIsGated({ spec }: Draft): void {
  delete spec.updateStrategy?.rollingUpdate?.maxUnavailable
}
