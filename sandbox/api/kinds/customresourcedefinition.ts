/** CustomResourceDefinitions. */
import { within } from '../../parts.ts'
import { type Draft, defineKind } from '../kind.ts'
import type { CustomResourceDefinition } from '../types.ts'
import { plainColumns } from './columns.ts'
import { definitions } from './validation/parts.ts'

/** Held by every definition that is being deleted until all objects of its kind have gone. */
export const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io'

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
    const names = (spec.names ??= {})
    if (names.kind) {
      names.singular ||= names.kind.toLowerCase()
      names.listKind ||= `${names.kind}List`
    }
    spec.conversion ??= { strategy: 'None' }
    const webhook = spec.conversion.webhook?.clientConfig?.service
    if (webhook) webhook.port ??= 443
    definition.status ??= {}
  },
  prepareForCreate(definition) {
    const stored = definition.spec.versions?.find((version: Draft) => version?.storage)
    definition.status = {
      conditions: null,
      acceptedNames: { plural: '', kind: '' },
      storedVersions: stored ? [stored.name] : [],
    }
  },
  prepareForUpdate(definition) {
    // Objects may be kept in every version that has been the one for it; who has moved them all says so in the status.
    const stored = definition.spec.versions?.find((version: Draft) => version?.storage)?.name
    const known: string[] = definition.status?.storedVersions ?? []
    if (stored && !known.includes(stored))
      definition.status = { ...definition.status, storedVersions: [...known, stored] }
  },
  markForDeletion({ metadata, status, ...rest }, now) {
    const finalizers = metadata.finalizers ?? []
    const pending = {
      type: 'Terminating',
      status: 'True',
      lastTransitionTime: now,
      reason: 'InstanceDeletionPending',
      message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
    }
    return {
      ...rest,
      metadata: {
        ...metadata,
        deletionTimestamp: now,
        finalizers: finalizers.includes(CLEANUP) ? finalizers : [...finalizers, CLEANUP],
      },
      status: { ...status, conditions: [...(status?.conditions ?? []), pending] },
    }
  },
  checks: within(definitions, checks => checks.customResourceDefinition),
  columns: plainColumns,
})
