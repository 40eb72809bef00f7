/** Validation of updates by pods/ephemeralcontainers and pods/resize. */
import { type FieldError, forbiddenField, invalid } from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { internalDiff, same } from '../../validation/internal.ts'
import { objectMetaUpdate } from '../../validation/metadata.ts'
import { qosClass } from '../qos.ts'
import { isMirror } from './annotations.ts'
import { wholePod } from './pod.ts'
import { each } from './rules.ts'
import { changedPod } from './update.ts'

export function validateEphemeralContainers(pod: Draft, old: Draft): FieldError[] {
  if (isMirror(old)) return [forbiddenField('', 'static pods do not support ephemeral containers')]
  const field = 'spec.ephemeralContainers'
  const now: Draft[] = pod.spec.ephemeralContainers ?? []
  const kept = (old.spec.ephemeralContainers ?? []).flatMap((was: Draft) => {
    const is = now.find(c => c.name === was.name)
    const head = `existing ephemeral containers "${was.name}" may not be`
    if (!is) return [forbiddenField(field, `${head} removed\n`)]
    if (same('EphemeralContainer', was, is)) return []
    return [forbiddenField(field, `${head} changed\n${internalDiff('EphemeralContainer', was, is)}`)]
  })
  return [...changedPod(pod, old), ...kept]
}

const RESIZABLE = ['cpu', 'memory']
const LISTS = ['containers', 'initContainers'] as const

/** Of a list of amounts the old CPU and memory, and the rest as it is now. */
function settled(now: Draft, before: Draft): Draft {
  const rest = Object.entries(now ?? {}).filter(([name]) => !RESIZABLE.includes(name))
  const kept = Object.entries(before ?? {}).filter(([name]) => RESIZABLE.includes(name))
  return Object.fromEntries([...rest, ...kept].sort())
}

const sorted = (list: Draft): Draft => Object.fromEntries(Object.entries(list ?? {}).sort())

/** A holder of resources as it is apart from CPU and memory. */
const apart = (holder: Draft, before: Draft): Draft => ({
  ...holder,
  resources: {
    ...holder.resources,
    limits: settled(holder.resources?.limits, before.resources?.limits),
    requests: settled(holder.resources?.requests, before.resources?.requests),
  },
})
const whole = (holder: Draft): Draft => ({
  ...holder,
  resources: {
    ...holder.resources,
    limits: sorted(holder.resources?.limits),
    requests: sorted(holder.resources?.requests),
  },
})

const removed = (now: Draft, before: Draft): boolean =>
  Object.keys(before ?? {}).some(name => now?.[name] === undefined)

function notRemoved(now: Draft, before: Draft, field: string, what: string): FieldError[] {
  return ['requests', 'limits']
    .filter(part => removed(now?.[part], before?.[part]))
    .map(part => forbiddenField(`${field}.${part}`, `${what} ${part} cannot be removed`))
}

function order(spec: Draft, old: Draft): FieldError[] {
  return LISTS.flatMap(list => {
    if ((spec[list] ?? []).length !== (old[list] ?? []).length)
      return [forbiddenField(`spec.${list}`, `${list} may not be added or removed on resize`)]
    return each(old[list], `spec.${list}`, (was, path, i) =>
      spec[list][i].name === was.name
        ? []
        : [forbiddenField(`${path}.name`, `${list} may not be renamed or reordered on resize`)],
    )
  })
}

const hasResources = (spec: Draft): boolean =>
  ['requests', 'limits'].some(part => Object.keys(spec.resources?.[part] ?? {}).length > 0)

function podLevel(spec: Draft, old: Draft): FieldError[] {
  if (!hasResources(spec) && !hasResources(old)) return []
  if (old.resources && !spec.resources)
    return [forbiddenField('spec.resources', 'pod-level resources cannot be removed')]
  const errors = notRemoved(spec.resources, old.resources, 'spec.resources', 'pod-level resource')
  const differs = !same(
    'ResourceRequirements',
    apart({ resources: spec.resources }, old).resources,
    whole({ resources: old.resources }).resources,
  )
  return differs
    ? [...errors, forbiddenField('spec', 'only cpu and memory resources are mutable at pod-level')]
    : errors
}

function ofContainers(spec: Draft, old: Draft, list: (typeof LISTS)[number]): FieldError[] {
  return each(old[list], `spec.${list}`, (was, path, i) => {
    const now = spec[list][i]
    const errors: FieldError[] = []
    if (same('Container', apart(now, was), whole(was))) return restartsForbidden(now, was, list, path)
    if (list === 'containers') errors.push(forbiddenField('spec', 'only cpu and memory resources are mutable'))
    else errors.push(forbiddenField(path, 'only cpu and memory resources for init or sidecar containers are mutable'))
    return [...errors, ...restartsForbidden(now, was, list, path)]
  })
}

function restartsForbidden(now: Draft, was: Draft, list: string, field: string): FieldError[] {
  if (list === 'containers' || now.restartPolicy === 'Always' || same('Container', whole(now), whole(was))) return []
  const why = 'non-sidecar init containers with a resize policy of RestartContainer cannot be resized'
  return (now.resizePolicy ?? [])
    .filter((p: Draft) => p.restartPolicy === 'RestartContainer')
    .map(() => forbiddenField(field, why))
}

export function validateResize(pod: Draft, old: Draft): FieldError[] {
  if (isMirror(old)) return [forbiddenField('', 'static pods cannot be resized')]
  if (old.spec.os?.name === 'windows') return [forbiddenField('', 'windows pods cannot be resized')]
  const { spec } = pod
  const errors = [...objectMetaUpdate(pod, old), ...wholePod(pod, { oldSpec: old.spec })]
  if ((old.status?.qosClass ?? qosClass(old.spec)) !== qosClass(spec)) {
    const why = 'Pod QOS Class may not change as a result of resizing'
    errors.push(invalid('spec', pod.status?.qosClass ?? '', why))
  }
  const running = (old.status?.containerStatuses ?? []).find((s: Draft) => s.state?.running)
  if (running && !running.resources)
    errors.push(forbiddenField('spec', 'Pod running on node without support for resize'))
  errors.push(...podLevel(spec, old.spec))
  const moved = order(spec, old.spec)
  if (moved.length) return [...errors, ...moved]
  for (const list of ['initContainers', 'containers'] as const)
    errors.push(
      ...each(old.spec[list], `spec.${list}`, (was, path, i) =>
        notRemoved(spec[list][i].resources, was.resources, `${path}.resources`, 'resource'),
      ),
    )
  for (const list of LISTS) errors.push(...ofContainers(spec, old.spec, list))
  return errors
}
