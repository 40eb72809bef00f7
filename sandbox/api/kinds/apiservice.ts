/** APIServices: versions of groups, and which server serves them. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { APIService } from '../types.ts'
import { age, name } from './columns.ts'
import { rare } from './validation/parts.ts'

function available({ status }: APIService): string {
  const condition = status?.conditions?.find(c => c.type === 'Available')
  if (!condition) return ''
  return condition.status === 'True' ? 'True' : `${condition.status} (${condition.reason ?? ''})`
}

export const apiService = defineKind<APIService>({
  group: 'apiregistration.k8s.io',
  version: 'v1',
  kind: 'APIService',
  plural: 'apiservices',
  categories: ['api-extensions'],
  namespaced: false,
  subresources: ['status'],
  setDefaults(service) {
    service.spec ??= {}
    if (service.spec.service) service.spec.service.port ??= 443
  },
  checks: within(rare, checks => checks.apiService),
  columns: [
    name,
    {
      name: 'Service',
      cell: a => (a.spec.service ? `${a.spec.service.namespace}/${a.spec.service.name}` : 'Local'),
    },
    { name: 'Available', cell: available },
    age,
  ],
})
