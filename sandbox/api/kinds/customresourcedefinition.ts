/** CustomResourceDefinitions. */
import { defineKind } from '../kind.ts'
import type { CustomResourceDefinition } from '../types.ts'
import { name } from './columns.ts'

export const customResourceDefinition = defineKind<CustomResourceDefinition>({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  namespaced: false,
  subresources: ['status'],
  hasGeneration: true,
  setDefaults(definition) {
    const spec = (definition.spec ??= {})
    spec.scope ||= 'Namespaced'
    const names = (spec.names ??= {})
    if (names.kind) {
      names.singular ||= names.kind.toLowerCase()
      names.listKind ||= `${names.kind}List`
    }
    spec.conversion ??= { strategy: 'None' }
    spec.conversion.strategy ||= 'None'
    const webhook = spec.conversion.webhook?.clientConfig?.service
    if (webhook) webhook.port ??= 443
    definition.status ??= {}
  },
  prepareForCreate(definition) {
    definition.status = { storedVersions: [] }
    for (const version of definition.spec.versions ?? []) {
      if (version?.storage && !definition.status.storedVersions.includes(version.name)) {
        definition.status.storedVersions.push(version.name)
      }
    }
  },
  columns: [name, { name: 'Created At', type: 'date', cell: c => c.metadata.creationTimestamp }],
})
