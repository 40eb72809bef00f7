/** PodTemplates, kept for whoever wants them; nothing runs them. */
import { defineKind } from '../kind.ts'
import type { PodTemplate } from '../types.ts'
import { containerColumns, formatLabels, name } from './columns.ts'
import { setPodTemplateDefaults } from './pod/defaults.ts'
import { validatePodTemplate } from './pod/validate/template.ts'
import { templateWarnings } from './pod/validate/workload.ts'
import { objectMeta, objectMetaUpdate } from './validation/metadata.ts'

export const podTemplate = defineKind<PodTemplate>({
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  plural: 'podtemplates',
  namespaced: true,
  hasGeneration: (o, old) => JSON.stringify(o.template) !== JSON.stringify(old.template),
  setDefaults(podTemplate) {
    setPodTemplateDefaults((podTemplate.template ??= {}))
  },
  validate: ({ metadata, template }) => [...objectMeta(metadata, true), ...validatePodTemplate(template, 'template')],
  validateUpdate: (podTemplate, old) => [
    ...objectMetaUpdate(podTemplate, old),
    ...validatePodTemplate(podTemplate.template, 'template', { oldSpec: old.template?.spec }),
  ],
  warnings: templateWarnings('template', false),
  columns: [
    name,
    ...containerColumns<PodTemplate>(t => t.template).map(column => ({ ...column, priority: 0 })),
    { name: 'Pod Labels', cell: t => formatLabels(t.template?.metadata?.labels) },
  ],
})
