/** Deployments. */
import { within } from '../../parts.ts'
import { deepEqual } from '../formats/json.ts'
import { defineKind } from '../kind.ts'
import type { Deployment } from '../types.ts'
import { age, containerColumns, name, selectorText } from './columns.ts'
import { setPodTemplateDefaults } from './pod/defaults.ts'
import { workloads } from './validation/parts.ts'

const content = ({ spec, metadata }: Deployment): unknown => [spec, metadata.annotations ?? {}]

export const deployment = defineKind<Deployment>({
  group: 'apps',
  version: 'v1',
  kind: 'Deployment',
  plural: 'deployments',
  shortNames: ['deploy'],
  categories: ['all'],
  namespaced: true,
  subresources: ['scale', 'status'],
  keptInStatus: new Set(['labels']),
  // Annotations count too: they are copied to the ReplicaSets.
  hasGeneration: (deployment, old) => !deepEqual(content(deployment), content(old)),
  setDefaults(deployment) {
    const spec = (deployment.spec ??= {})
    spec.replicas ??= 1
    const strategy = (spec.strategy ??= {})
    strategy.type ||= 'RollingUpdate'
    if (strategy.type === 'RollingUpdate') {
      strategy.rollingUpdate ??= {}
      strategy.rollingUpdate.maxUnavailable ??= '25%'
      strategy.rollingUpdate.maxSurge ??= '25%'
    }
    spec.revisionHistoryLimit ??= 10
    spec.progressDeadlineSeconds ??= 600
    setPodTemplateDefaults((spec.template ??= {}))
    deployment.status ??= {}
  },
  prepareForStatusUpdate(draft, old) {
    if (old.metadata.labels) draft.metadata.labels = old.metadata.labels
    else delete draft.metadata.labels
  },
  checks: within(workloads, checks => checks.deployment),
  columns: [
    name,
    { name: 'Ready', cell: d => `${d.status.readyReplicas ?? 0}/${d.spec.replicas ?? 0}` },
    { name: 'Up-to-date', cell: d => d.status.updatedReplicas ?? 0 },
    { name: 'Available', cell: d => d.status.availableReplicas ?? 0 },
    age,
    ...containerColumns<Deployment>(d => d.spec.template),
    { name: 'Selector', priority: 1, cell: d => selectorText(d.spec.selector) ?? '<invalid>' },
  ],
})
