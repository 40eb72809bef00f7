/** Services. */
import { present } from '../../../parts.ts'
import { defineKind } from '../../kind.ts'
import type { Service } from '../../types.ts'
import { age, formatLabels, name } from '../columns.ts'
import { validateServiceStatus } from '../validation/loadbalancer.ts'
import { validateService, validateServiceUpdate } from '../validation/service.ts'
import { serviceWarnings } from '../validation/warnings.ts'
import { allocate, dropTypeDependent, keepAllocated, normalizeClusterIPs } from './allocate.ts'
import { externallyAccessible, setServiceDefaults } from './defaults.ts'

function externalIP({ spec, status }: Service): string {
  const own = spec.externalIPs ?? []
  switch (spec.type) {
    case 'ClusterIP':
    case 'NodePort':
      return own.join(',') || '<none>'
    case 'LoadBalancer': {
      const given = (status.loadBalancer?.ingress ?? []).map(i => i.ip || i.hostname || '').filter(Boolean)
      return [...[...new Set(given)].sort(), ...own].join(',') || '<pending>'
    }
    case 'ExternalName':
      return spec.externalName ?? ''
    default:
      return '<unknown>'
  }
}

const ports = ({ spec }: Service): string =>
  (spec.ports ?? []).map(p => `${p.port}${p.nodePort ? `:${p.nodePort}` : ''}/${p.protocol}`).join(',') || '<none>'

export const service = defineKind<Service>({
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  createOnUpdate: true,
  shortNames: ['svc'],
  categories: ['all'],
  namespaced: true,
  subresources: ['proxy', 'status'],
  setDefaults: setServiceDefaults,
  prepareForCreate(service, context) {
    service.status = { loadBalancer: {} }
    normalizeClusterIPs(service.spec, undefined)
    allocate(service, context, true)
  },
  prepareForUpdate(service, old, context) {
    keepAllocated(service.spec, old.spec)
    normalizeClusterIPs(service.spec, old.spec)
    dropTypeDependent(service.spec, old.spec)
    if (externallyAccessible(old.spec) && !externallyAccessible(service.spec)) {
      if (service.spec.externalTrafficPolicy === old.spec.externalTrafficPolicy)
        delete service.spec.externalTrafficPolicy
    }
    if (service.spec.type !== 'LoadBalancer') service.status = { ...service.status, loadBalancer: {} }
    allocate(service, context, false)
  },
  checks: present({
    validate: validateService,
    validateUpdate: validateServiceUpdate,
    validateStatusUpdate: validateServiceStatus,
    warnings: serviceWarnings,
  }),
  columns: [
    name,
    { name: 'Type', cell: s => s.spec.type ?? '' },
    { name: 'Cluster-IP', cell: s => s.spec.clusterIPs?.[0] ?? '<none>' },
    { name: 'External-IP', cell: externalIP },
    { name: 'Port(s)', cell: ports },
    age,
    { name: 'Selector', priority: 1, cell: s => formatLabels(s.spec.selector) },
  ],
  selectableFields: ({ spec }) => ({ 'spec.clusterIP': spec.clusterIP ?? '', 'spec.type': spec.type ?? '' }),
})
