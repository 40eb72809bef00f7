/** Leases: a node's heartbeat, a leader's claim. */
import { defineKind } from '../kind.ts'
import type { Lease } from '../types.ts'
import { age, name } from './columns.ts'

export const lease = defineKind<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  namespaced: true,
  setDefaults(lease) {
    lease.spec ??= {}
  },
  columns: [name, { name: 'Holder', cell: l => l.spec.holderIdentity ?? '' }, age],
})
