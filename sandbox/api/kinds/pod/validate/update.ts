/**
 * Fields of a Pod that an update may change: images, some durations, tolerations and gates; before it is scheduled,
 * scheduling constraints.
 */
import { type FieldError, forbiddenField, invalid, joined, required } from '../../../fields.ts'
import { deepEqual } from '../../../formats/json.ts'
import type { Draft } from '../../../kind.ts'
import { alsoEmpty, emptyAt } from '../../../schema/left-empty.ts'
import { between } from '../../validation/content.ts'
import { asInternal, internalDiff, same } from '../../validation/internal.ts'
import { objectMetaUpdate } from '../../validation/metadata.ts'
import { annotationUpdates, podAnnotations } from './annotations.ts'
import { trimmedImage } from './container.ts'
import { wholePod } from './pod.ts'
import { each, isSet } from './rules.ts'
import { tolerations } from './scheduling.ts'

const UPDATABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
]

/** Metadata and everything else that holds of a changed Pod, by whichever way it is changed. */
export const changedPod = (pod: Draft, old: Draft): FieldError[] => [
  ...objectMetaUpdate(pod, old),
  ...wholePod(pod, { oldSpec: old.spec }),
  ...changedAnnotations(pod, old),
]

export const changedAnnotations = (pod: Draft, old: Draft): FieldError[] =>
  joined(
    annotationUpdates(pod.metadata.annotations, old.metadata.annotations, 'metadata.annotations'),
    podAnnotations(pod.metadata.annotations, pod.spec, 'metadata.annotations'),
  )

/** undefined when containers came or went, so that nothing further can be compared. */
function images(list: Draft, old: Draft, field: string): FieldError[] | undefined {
  if ((list ?? []).length !== (old ?? []).length) return undefined
  return each(list, field, (c, path) => [...(c.image ? [] : [required(`${path}.image`)]), ...trimmedImage(c, path)])
}

const MAX_SECONDS = 2147483647

function deadline(now: Draft, before: Draft): { errors: FieldError[]; stop?: boolean } {
  const field = 'spec.activeDeadlineSeconds'
  if (isSet(now)) {
    if (now < 0 || now > MAX_SECONDS) return { errors: [invalid(field, now, between(0, MAX_SECONDS))], stop: true }
    if (isSet(before) && before < now)
      return { errors: [invalid(field, now, 'must be less than or equal to previous value')], stop: true }
    return { errors: [] }
  }
  const cleared = 'must not update from a positive integer to nil value'
  return { errors: isSet(before) ? [invalid(field, null, cleared)] : [] }
}

function onlyAddedTolerations(now: Draft[], before: Draft[]): FieldError[] {
  const field = 'spec.tolerations'
  const without = (t: Draft): Draft => asInternal('Toleration', { ...t, tolerationSeconds: null })
  const kept = before.every(old => now.some(t => deepEqual(without(t), without(old))))
  if (!kept) return [forbiddenField(field, 'existing toleration can not be modified except its tolerationSeconds')]
  return tolerations(now, field)
}

function onlyDeletedGates(now: Draft[], before: Draft[]): FieldError[] {
  return each(now, 'spec.schedulingGates', (gate, path) =>
    before.some(g => g.name === gate.name)
      ? []
      : [forbiddenField(`${path}.name`, `only deletion is allowed, but found new scheduling gate '${gate.name}'`)],
  )
}

function nodeSelectorAdditions(now: Draft, before: Draft): FieldError[] {
  if (Object.entries(before ?? {}).every(([key, value]) => now?.[key] === value)) return []
  const why = 'only additions to spec.nodeSelector are allowed (no mutations or deletions)'
  return [invalid('spec.nodeSelector', now ?? null, why)]
}

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'

function termGrew(now: Draft, before: Draft): boolean {
  const parts = ['matchExpressions', 'matchFields']
  const size = (term: Draft, part: string): number => term?.[part]?.length ?? 0
  if (parts.every(part => !size(before, part))) return parts.every(part => !size(now, part))
  return parts.every(part => deepEqual((now?.[part] ?? []).slice(0, size(before, part)), before?.[part] ?? []))
}

function nodeAffinityAdditions(now: Draft, before: Draft): FieldError[] {
  const old: Draft[] = before?.[REQUIRED]?.nodeSelectorTerms ?? []
  const terms: Draft[] = now?.[REQUIRED]?.nodeSelectorTerms ?? []
  const field = `spec.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms`
  const shown = (term: Draft): Draft => asInternal('NodeSelectorTerm', term)
  if (old.length && old.length !== terms.length) {
    const why = 'no additions/deletions to non-empty NodeSelectorTerms list are allowed'
    return [invalid(field, terms.length ? terms.map(shown) : emptyAt(now?.[REQUIRED], 'nodeSelectorTerms'), why)]
  }
  return old.flatMap((term, i) =>
    termGrew(terms[i], term)
      ? []
      : [invalid(`${field}[${i}]`, shown(terms[i]), 'only additions are allowed (no mutations or deletions)')],
  )
}

/** The new spec with everything that may change put back to what it was: what still differs may not. */
function withoutChangeable(spec: Draft, old: Draft): Draft {
  const oldImages = (list: string): Draft =>
    spec[list]?.map((c: Draft, i: number) => alsoEmpty({ ...c, image: old[list][i].image }, c))
  const undone: Draft = alsoEmpty(
    {
      ...spec,
      containers: oldImages('containers'),
      initContainers: oldImages('initContainers'),
      activeDeadlineSeconds: old.activeDeadlineSeconds,
      schedulingGates: old.schedulingGates,
      tolerations: old.tolerations,
    },
    spec,
  )
  if (old.terminationGracePeriodSeconds < 0 && spec.terminationGracePeriodSeconds === 1)
    undone.terminationGracePeriodSeconds = old.terminationGracePeriodSeconds
  return undone
}

/** A Pod that waits behind a gate may still be told more narrowly where to run. */
function gated(undone: Draft, old: Draft): FieldError[] {
  const errors: FieldError[] = []
  if (!deepEqual(undone.nodeSelector ?? {}, old.nodeSelector ?? {})) {
    errors.push(...nodeSelectorAdditions(undone.nodeSelector, old.nodeSelector))
    undone.nodeSelector = old.nodeSelector
  }
  const before = old.affinity?.nodeAffinity
  const now = undone.affinity?.nodeAffinity
  if (same('NodeAffinity', before, now)) return errors
  errors.push(...nodeAffinityAdditions(now, before))
  const { podAffinity, podAntiAffinity } = undone.affinity ?? {}
  const alone = !old.affinity && !podAffinity && !podAntiAffinity
  undone.affinity = alone ? undefined : { ...undone.affinity, nodeAffinity: before }
  return errors
}

export function validatePodUpdate(pod: Draft, old: Draft): FieldError[] {
  const { spec } = pod
  const errors = changedPod(pod, old)
  for (const list of ['containers', 'initContainers']) {
    const found = images(spec[list], old.spec[list], `spec.${list}`)
    if (!found) return [...errors, forbiddenField(`spec.${list}`, 'pod updates may not add or remove containers')]
    errors.push(...found)
  }
  const { errors: late, stop } = deadline(spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds)
  errors.push(...late)
  if (stop) return errors
  errors.push(...onlyAddedTolerations(spec.tolerations ?? [], old.spec.tolerations ?? []))
  errors.push(...onlyDeletedGates(spec.schedulingGates ?? [], old.spec.schedulingGates ?? []))
  if (deepEqual(spec, old.spec)) return errors
  const undone = withoutChangeable(spec, old.spec)
  if (old.spec.schedulingGates?.length) errors.push(...gated(undone, old.spec))
  if (!same('PodSpec', undone, old.spec)) {
    const difference = internalDiff('PodSpec', old.spec, undone)
    const why = `pod updates may not change fields other than ${UPDATABLE.join(',')}\n${difference}`
    errors.push(forbiddenField('spec', why))
  }
  return errors
}
