/** DaemonSets. */

import { within } from '../../parts.ts'
import { type Draft, defineKind } from '../kind.ts'
import type { DaemonSet } from '../types.ts'
import { age, containerColumns, formatLabels, formatSelector, name } from './columns.ts'
import { setPodTemplateDefaults } from './pod/defaults.ts'
import { workloads } from './validation/parts.ts'

const NO_STATUS = { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 }
/** The template's generation, which apps/v1 keeps in this annotation. */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation'

const setTemplateGeneration = (set: Draft, generation: number): void => {
  set.metadata.annotations = { ...set.metadata.annotations, [TEMPLATE_GENERATION]: String(generation) }
}

export const daemonSet = defineKind<DaemonSet>({
  group: 'apps',
  version: 'v1',
  kind: 'DaemonSet',
  plural: 'daemonsets',
  shortNames: ['ds'],
  categories: ['all'],
  namespaced: true,
  subresources: ['status'],
  hasGeneration: true,
  setDefaults(set) {
    const spec = (set.spec ??= {})
    const strategy = (spec.updateStrategy ??= {})
    strategy.type ||= 'RollingUpdate'
    if (strategy.type === 'RollingUpdate') {
      strategy.rollingUpdate ??= {}
      strategy.rollingUpdate.maxUnavailable ??= 1
      strategy.rollingUpdate.maxSurge ??= 0
    }
    spec.revisionHistoryLimit ??= 10
    setPodTemplateDefaults((spec.template ??= {}))
    set.status = { ...NO_STATUS, ...set.status }
  },
  prepareForCreate(set) {
    set.status = { ...NO_STATUS }
    setTemplateGeneration(set, Math.max(1, Number(set.metadata.annotations?.[TEMPLATE_GENERATION]) || 1))
  },
  prepareForUpdate(set, old) {
    const before = Number(old.metadata.annotations?.[TEMPLATE_GENERATION]) || 0
    const changed = JSON.stringify(set.spec.template) !== JSON.stringify(old.spec.template)
    setTemplateGeneration(set, before + (changed ? 1 : 0))
  },
  checks: within(workloads, checks => checks.daemonSet),
  columns: [
    name,
    { name: 'Desired', type: 'integer', cell: d => d.status.desiredNumberScheduled },
    { name: 'Current', type: 'integer', cell: d => d.status.currentNumberScheduled },
    { name: 'Ready', type: 'integer', cell: d => d.status.numberReady },
    { name: 'Up-to-date', type: 'integer', cell: d => d.status.updatedNumberScheduled ?? 0 },
    { name: 'Available', type: 'integer', cell: d => d.status.numberAvailable ?? 0 },
    { name: 'Node Selector', cell: d => formatLabels(d.spec.template.spec?.nodeSelector) },
    age,
    ...containerColumns<DaemonSet>(d => d.spec.template),
    { name: 'Selector', priority: 1, cell: d => formatSelector(d.spec.selector) },
  ],
})
