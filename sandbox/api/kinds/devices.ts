/** resource.k8s.io: classes of devices, claims to them, and what drivers offer. Kept; no node here has devices to give. */
import { within } from '../../parts.ts'
import { type Draft, defineKind } from '../kind.ts'
import type { DeviceClass, ResourceClaim, ResourceClaimTemplate, ResourceSlice } from '../types.ts'
import { age, name } from './columns.ts'
import { rare } from './validation/parts.ts'

const common = { group: 'resource.k8s.io', version: 'v1' } as const

/** A request counts devices unless it asks for all, and one when it names no number. */
function countOf(request: Draft): void {
  request.allocationMode ||= 'ExactCount'
  if (request.allocationMode === 'ExactCount') request.count ||= 1
}

function defaultsOfClaim(spec: Draft): void {
  for (const request of spec?.devices?.requests ?? []) {
    if (request.exactly) countOf(request.exactly)
    for (const alternative of request.firstAvailable ?? []) countOf(alternative)
  }
}

export const deviceClass = defineKind<DeviceClass>({
  ...common,
  kind: 'DeviceClass',
  plural: 'deviceclasses',
  namespaced: false,
  hasGeneration: true,
  setDefaults(object) {
    object.spec ??= {}
  },
  checks: within(rare, checks => checks.deviceClass),
  columns: [name, age],
})

function stateOf({ metadata, status }: ResourceClaim): string {
  const states: string[] = []
  if (metadata.deletionTimestamp) states.push('deleted')
  if (status?.allocation) states.push('allocated', ...(status.reservedFor?.length ? ['reserved'] : []))
  else if (!metadata.deletionTimestamp) states.push('pending')
  return states.join(',')
}

export const resourceClaim = defineKind<ResourceClaim>({
  ...common,
  kind: 'ResourceClaim',
  plural: 'resourceclaims',
  namespaced: true,
  subresources: ['status'],
  statusAlone: true,
  setDefaults(claim) {
    claim.spec ??= {}
    claim.spec.devices ??= {}
    defaultsOfClaim(claim.spec)
    claim.status ??= {}
  },
  checks: within(rare, checks => checks.resourceClaim),
  columns: [name, { name: 'State', cell: stateOf }, age],
})

export const resourceClaimTemplate = defineKind<ResourceClaimTemplate>({
  ...common,
  kind: 'ResourceClaimTemplate',
  plural: 'resourceclaimtemplates',
  namespaced: true,
  setDefaults(template) {
    template.spec ??= {}
    template.spec.metadata ??= {}
    template.spec.spec ??= {}
    template.spec.spec.devices ??= {}
    defaultsOfClaim(template.spec.spec)
  },
  checks: within(rare, checks => checks.resourceClaimTemplate),
  columns: [name, age],
})

export const resourceSlice = defineKind<ResourceSlice>({
  ...common,
  kind: 'ResourceSlice',
  plural: 'resourceslices',
  namespaced: false,
  hasGeneration: true,
  setDefaults(slice, { now }) {
    slice.spec ??= {}
    for (const device of slice.spec.devices ?? []) {
      for (const taint of device.taints ?? []) taint.timeAdded ??= now
      for (const mapping of Object.values<Draft>(device.nodeAllocatableResourceMappings ?? {}))
        mapping.allocationMultiplier ??= '1'
    }
  },
  checks: within(rare, checks => checks.resourceSlice),
  selectableFields: ({ spec }) => ({ 'spec.nodeName': spec.nodeName ?? '', 'spec.driver': spec.driver }),
  columns: [
    name,
    { name: 'Node', cell: s => s.spec.nodeName ?? '' },
    { name: 'Driver', cell: s => s.spec.driver },
    { name: 'Pool', cell: s => s.spec.pool.name },
    age,
  ],
})
