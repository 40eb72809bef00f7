/** Leases: a node's heartbeat, a leader's claim. */
import { present } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { Lease } from '../types.ts'
import { age, name } from './columns.ts'
import { validateLease, validateLeaseUpdate } from './validation/lease.ts'

export const lease = defineKind<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  createOnUpdate: true,
  namespaced: true,
  setDefaults(lease) {
    lease.spec ??= {}
  },
  // Leaders are not chosen by the strategy of their candidates, unless a gate is opened.
  prepareForCreate({ spec }) {
    delete spec.strategy
    delete spec.preferredHolder
  },
  prepareForUpdate({ spec }, old) {
    if (old.spec.strategy == null) delete spec.strategy
    if (old.spec.preferredHolder == null) delete spec.preferredHolder
  },
  checks: present({ validate: validateLease, validateUpdate: validateLeaseUpdate }),
  columns: [name, { name: 'Holder', cell: l => l.spec.holderIdentity ?? '' }, age],
})
