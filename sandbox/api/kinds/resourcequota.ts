/** ResourceQuotas. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { ResourceQuota } from '../types.ts'
import { age, name } from './columns.ts'
import { setResourceListDefaults } from './resources.ts'
import { configuration } from './validation/parts.ts'

function usage({ status }: ResourceQuota, limits: boolean): string {
  return Object.keys(status.hard ?? {})
    .filter(resource => resource.startsWith('limits.') === limits)
    .sort()
    .map(resource => `${resource}: ${status.used?.[resource] ?? 0}/${status.hard![resource]}`)
    .join(', ')
}

export const resourceQuota = defineKind<ResourceQuota>({
  group: '',
  version: 'v1',
  kind: 'ResourceQuota',
  plural: 'resourcequotas',
  shortNames: ['quota'],
  namespaced: true,
  subresources: ['status'],
  setDefaults(quota) {
    quota.spec ??= {}
    quota.status ??= {}
    setResourceListDefaults(quota.spec.hard)
    setResourceListDefaults(quota.status.hard)
    setResourceListDefaults(quota.status.used)
  },
  checks: within(configuration, checks => checks.resourceQuota),
  columns: [name, { name: 'Request', cell: q => usage(q, false) }, { name: 'Limit', cell: q => usage(q, true) }, age],
})
