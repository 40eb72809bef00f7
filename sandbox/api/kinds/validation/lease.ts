/** Leases as they must be. */
import { type FieldError, invalid } from '../../fields.ts'
import type { Lease } from '../../types.ts'
import { objectMeta, objectMetaUpdate } from './metadata.ts'

function spec({ spec: { leaseDurationSeconds: seconds, leaseTransitions: times } }: Lease): FieldError[] {
  return [
    ...(seconds != null && seconds <= 0
      ? [invalid('spec.leaseDurationSeconds', seconds, 'must be greater than 0')]
      : []),
    ...(times != null && times < 0
      ? [invalid('spec.leaseTransitions', times, 'must be greater than or equal to 0')]
      : []),
  ]
}

export const validateLease = (lease: Lease): FieldError[] => [...objectMeta(lease.metadata, true), ...spec(lease)]
export const validateLeaseUpdate = (lease: Lease, old: Lease): FieldError[] => [
  ...objectMetaUpdate(lease, old),
  ...spec(lease),
]
