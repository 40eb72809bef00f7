/** DaemonSets. */

import { within } from '../../parts.ts'
import { deepEqual } from '../formats/json.ts'
import { type Draft, defineKind } from '../kind.ts'
import { badRequest } from '../status.ts'
import type { DaemonSet } from '../types.ts'
import { age, containerColumns, formatLabels, formatSelector, name } from './columns.ts'
import { setPodTemplateDefaults } from './pod/defaults.ts'
import { workloads } from './validation/parts.ts'

const NO_STATUS = { currentNumberScheduled: 0, desiredNumberScheduled: 0, numberMisscheduled: 0, numberReady: 0 }
/** The template's generation, which apps/v1 keeps in this annotation. */
const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation'

/** @throws BadRequest where it is no number: such a text has no place in the internal form. */
function templateGeneration({ metadata }: Draft): number {
  const given: unknown = metadata?.annotations?.[TEMPLATE_GENERATION]
  if (given === undefined) return 0
  if (/^[+-]?\d+$/.test(String(given))) return Number(given)
  const why = `strconv.ParseInt: parsing ${JSON.stringify(given)}: invalid syntax`
  throw badRequest(`DaemonSet in version "v1" cannot be handled as a DaemonSet: ${why}`)
}

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
    setTemplateGeneration(set, templateGeneration(set))
  },
  prepareForCreate(set) {
    set.status = { ...NO_STATUS }
    setTemplateGeneration(set, Math.max(1, templateGeneration(set)))
  },
  prepareForStatusUpdate(set, old) {
    setTemplateGeneration(set, templateGeneration(old))
  },
  prepareForUpdate(set, old) {
    const changed = !deepEqual(set.spec.template, old.spec.template)
    setTemplateGeneration(set, templateGeneration(old) + (changed ? 1 : 0))
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
