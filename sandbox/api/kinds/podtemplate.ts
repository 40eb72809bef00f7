/** PodTemplates, kept for whoever wants them; nothing runs them. */
import { within } from '../../parts.ts'
import { deepEqual } from '../formats/json.ts'
import { defineKind } from '../kind.ts'
import type { PodTemplate } from '../types.ts'
import { containerColumns, formatLabels, name } from './columns.ts'
import { setPodTemplateDefaults } from './pod/defaults.ts'
import { workloads } from './validation/parts.ts'

export const podTemplate = defineKind<PodTemplate>({
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  plural: 'podtemplates',
  namespaced: true,
  hasGeneration: (o, old) => !deepEqual(o.template, old.template),
  setDefaults(podTemplate) {
    setPodTemplateDefaults((podTemplate.template ??= {}))
  },
  checks: within(workloads, checks => checks.podTemplate),
  columns: [
    name,
    ...containerColumns<PodTemplate>(t => t.template).map(column => ({ ...column, priority: 0 })),
    { name: 'Pod Labels', cell: t => formatLabels(t.template?.metadata?.labels) },
  ],
})
