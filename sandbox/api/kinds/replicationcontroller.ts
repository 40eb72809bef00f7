/** ReplicationControllers, the ancestors of ReplicaSets. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { ReplicationController } from '../types.ts'
import { age, containerColumns, formatLabels, name } from './columns.ts'
import { setPodTemplateDefaults } from './pod/defaults.ts'
import { workloads } from './validation/parts.ts'

export const replicationController = defineKind<ReplicationController>({
  group: '',
  version: 'v1',
  kind: 'ReplicationController',
  plural: 'replicationcontrollers',
  shortNames: ['rc'],
  categories: ['all'],
  namespaced: true,
  subresources: ['scale', 'status'],
  hasGeneration: true,
  // For the sake of old clients; kubectl always says what it wants.
  defaultPropagation: 'Orphan',
  setDefaults(controller) {
    const spec = (controller.spec ??= {})
    spec.replicas ??= 1
    if (spec.template) {
      setPodTemplateDefaults(spec.template)
      const { labels } = spec.template.metadata
      if (labels && !Object.keys(spec.selector ?? {}).length) spec.selector = { ...labels }
      if (labels && !Object.keys(controller.metadata?.labels ?? {}).length)
        (controller.metadata ??= {}).labels = { ...labels }
    }
    controller.status ??= {}
    controller.status.replicas ??= 0
  },
  prepareForCreate(controller) {
    controller.status = { replicas: 0 }
  },
  checks: within(workloads, checks => checks.replicationController),
  columns: [
    name,
    { name: 'Desired', type: 'integer', cell: r => r.spec.replicas ?? 0 },
    { name: 'Current', type: 'integer', cell: r => r.status.replicas },
    { name: 'Ready', type: 'integer', cell: r => r.status.readyReplicas ?? 0 },
    age,
    ...containerColumns<ReplicationController>(r => r.spec.template),
    { name: 'Selector', priority: 1, cell: r => formatLabels(r.spec.selector) },
  ],
  selectableFields: ({ status }) => ({ 'status.replicas': String(status.replicas) }),
})
