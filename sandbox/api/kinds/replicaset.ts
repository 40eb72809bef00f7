/** ReplicaSets. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { ReplicaSet } from '../types.ts'
import { age, containerColumns, formatSelector, name } from './columns.ts'
import { setPodTemplateDefaults } from './pod/defaults.ts'
import { workloads } from './validation/parts.ts'

export const replicaSet = defineKind<ReplicaSet>({
  group: 'apps',
  version: 'v1',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  shortNames: ['rs'],
  categories: ['all'],
  namespaced: true,
  subresources: ['scale', 'status'],
  hasGeneration: true,
  setDefaults(set) {
    const spec = (set.spec ??= {})
    spec.replicas ??= 1
    setPodTemplateDefaults((spec.template ??= {}))
    set.status ??= {}
    set.status.replicas ??= 0
  },
  prepareForCreate(set) {
    set.status = { replicas: 0 }
  },
  checks: within(workloads, checks => checks.replicaSet),
  columns: [
    name,
    { name: 'Desired', type: 'integer', cell: r => r.spec.replicas ?? 0 },
    { name: 'Current', type: 'integer', cell: r => r.status.replicas },
    { name: 'Ready', type: 'integer', cell: r => r.status.readyReplicas ?? 0 },
    age,
    ...containerColumns<ReplicaSet>(r => r.spec.template),
    { name: 'Selector', priority: 1, cell: r => formatSelector(r.spec.selector) },
  ],
})
