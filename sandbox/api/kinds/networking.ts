/** networking.k8s.io: the ranges that Services get their addresses from, and the addresses taken. */
import { within } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { IPAddress, ServiceCIDR } from '../types.ts'
import { age, name } from './columns.ts'
import { configuration } from './validation/parts.ts'

const group = 'networking.k8s.io'

function parent({ spec: { parentRef: ref } }: IPAddress): string {
  if (!ref) return '<none>'
  const resource = `${ref.resource}${ref.group ? `.${ref.group}` : ''}`.toLowerCase()
  return [resource, ref.namespace, ref.name].filter(Boolean).join('/')
}

export const ipAddress = defineKind<IPAddress>({
  group,
  version: 'v1',
  kind: 'IPAddress',
  plural: 'ipaddresses',
  shortNames: ['ip'],
  namespaced: false,
  checks: within(configuration, checks => checks.ipAddress),
  columns: [name, { name: 'ParentRef', cell: parent }],
})

export const serviceCIDR = defineKind<ServiceCIDR>({
  group,
  version: 'v1',
  kind: 'ServiceCIDR',
  plural: 'servicecidrs',
  namespaced: false,
  subresources: ['status'],
  statusAlone: true,
  checks: within(configuration, checks => checks.serviceCIDR),
  columns: [name, { name: 'CIDRs', cell: c => (c.spec.cidrs ?? []).join(',') }, age],
})
