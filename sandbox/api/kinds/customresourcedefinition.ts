/** CustomResourceDefinitions. */
import { within } from '../../parts.ts'
import { type Draft, defineKind } from '../kind.ts'
import type { CustomResourceDefinition } from '../types.ts'
import { plainColumns } from './columns.ts'
import { definitions } from './validation/parts.ts'

/** Held by every definition that is being deleted until all objects of its kind have gone. */
export const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io'

/** In which its objects are kept. */
const storageVersion = ({ spec }: Draft): string | undefined =>
  spec.versions?.find((version: Draft) => version?.storage)?.name

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
    const status = (definition.status ??= {})
    const stored = storageVersion(definition)
    if (!status.storedVersions?.length && stored !== undefined) status.storedVersions = [stored]
  },
  prepareForCreate(definition) {
    const stored = storageVersion(definition)
    definition.status = {
      conditions: null,
      acceptedNames: { plural: '', kind: '' },
      storedVersions: stored === undefined ? [] : [stored],
    }
  },
  prepareForUpdate(definition) {
    // Objects may be kept in every version that has been the one for it; who has moved them all says so in the status.
    const stored = storageVersion(definition)
    const known: string[] = definition.status?.storedVersions ?? []
    if (stored !== undefined && !known.includes(stored))
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
