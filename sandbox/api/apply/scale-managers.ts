/** Managed fields of a Scale, translated from those of the workload that it scales. */
import type { KindDef } from '../kind.ts'
import { type Scale, scaledBy } from '../subresources/scale.ts'
import { fromFieldsV1, joinPath } from './field-set.ts'
import { withOwners } from './owners.ts'

/** What a manager of a size is said to own of a Scale. */
export const OF_SCALE = { apiVersion: 'autoscaling/v1', path: '.spec.replicas' } as const

const pathOfSize = ({ scalePaths }: KindDef): string =>
  (scalePaths?.spec ?? OF_SCALE.path)
    .split('.')
    .filter(Boolean)
    .map(name => `f:${name}`)
    .reduce(joinPath)

/** The Scale with its managers; without any where nobody manages the size. */
export function withManagers(kind: KindDef, scale: Scale): Scale {
  const workload = scaledBy(scale)
  if (!workload) return scale
  const entries = withOwners(kind, workload).metadata.managedFields ?? []
  const path = pathOfSize(kind)
  const managedFields = entries
    .filter(({ fieldsV1 }) => fromFieldsV1(fieldsV1).has(path))
    .map(entry => ({ ...entry, apiVersion: OF_SCALE.apiVersion, fieldsV1: { 'f:spec': { 'f:replicas': {} } } }))
  return managedFields.length ? { ...scale, metadata: { ...scale.metadata, managedFields } } : scale
}
