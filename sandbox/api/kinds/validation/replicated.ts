/**
 * Validation common to Deployments, ReplicaSets and their like: templates whose Pods always restart, counts in their
 * status.
 */
import { type FieldError, forbiddenField, invalid, notSupported } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import type { KubeObject } from '../../types.ts'
import { nonNegative, objectMetaUpdate } from './metadata.ts'

/** The Pods of a workload that keeps a number of them running restart always and have no deadline. */
export const runsForever = (template: Draft, path: string, kind: string): FieldError[] => {
  const { restartPolicy, activeDeadlineSeconds } = template?.spec ?? {}
  return [
    ...(restartPolicy === 'Always'
      ? []
      : [notSupported(`${path}.spec.restartPolicy`, restartPolicy ?? '', ['Always'])]),
    ...(activeDeadlineSeconds == null
      ? []
      : [forbiddenField(`${path}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${kind} is not Supported`)]),
  ]
}

/**
 * A status update of such a workload: counts are not negative and not above the whole.
 * @param counts all numbers, in the order in which they are checked
 * @param parts those that may not exceed status.replicas
 */
export const countsUpdate =
  (counts: readonly string[], parts: readonly string[], ready = 'readyReplicas') =>
  (object: KubeObject, old: KubeObject): FieldError[] => {
    const status = (object.status ?? {}) as Draft
    const before = (old.status ?? {}) as Draft
    const value = (key: string): number => status[key] ?? 0
    const above = (key: string, limit: string, shown: string): FieldError[] =>
      value(key) > value(limit) ? [invalid(`status.${key}`, value(key), `cannot be greater than ${shown}`)] : []
    return [
      ...counts.flatMap(key => nonNegative(status[key], `status.${key}`)),
      ...parts.flatMap(key => above(key, 'replicas', 'status.replicas')),
      ...(parts.length ? above('availableReplicas', 'readyReplicas', ready) : []),
      ...objectMetaUpdate(object, old),
      ...(counts.includes('collisionCount') &&
      before.collisionCount != null &&
      value('collisionCount') < before.collisionCount
        ? [invalid('status.collisionCount', value('collisionCount'), 'cannot be decremented')]
        : []),
    ]
  }
