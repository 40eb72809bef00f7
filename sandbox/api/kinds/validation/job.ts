/** Jobs as they must be, alone or inside a CronJob. */
import { type FieldError, invalid, notSupported, required, tooLong } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import { isLonger } from '../../formats/text-length.ts'
import type { Draft } from '../../kind.ts'
import type { Job } from '../../types.ts'
import { validatePodTemplate } from '../pod/validate/template.ts'
import { dns1123Label, domainPrefixedPath } from './content.ts'
import { fixed } from './internal.ts'
import { podFailurePolicy, successPolicy } from './jobpolicies.ts'
import { immutable, labelSelector, nonNegative, objectMeta, objectMetaUpdate, selectorMatches } from './metadata.ts'
import { immutableSelector, matchesTemplate, shownSelector, sorted, wellFormed } from './selector.ts'

const MANY = 100_000
const HIGH = 10_000

function indexed(spec: Draft, path: string): FieldError[] {
  const { completions, parallelism, maxFailedIndexes: failed, backoffLimitPerIndex } = spec
  const errors: FieldError[] = []
  const at = (key: string): string => `${path}.${key}`
  const atMost = (key: string, limit: number, more = ''): void => {
    if (spec[key] != null && spec[key] > limit)
      errors.push(invalid(at(key), spec[key], `must be less than or equal to ${limit}${more}`))
  }
  if (completions == null) errors.push(required(at('completions'), 'when completion mode is Indexed'))
  if (parallelism != null) atMost('parallelism', MANY, ' when completion mode is Indexed')
  if (completions != null && failed != null && failed > completions)
    errors.push(invalid(at('maxFailedIndexes'), failed, 'must be less than or equal to completions'))
  atMost('maxFailedIndexes', MANY)
  if (completions == null || completions <= MANY || backoffLimitPerIndex == null) return errors
  const more = ` when completions are above ${MANY} and used with backoff limit per index`
  if (failed == null)
    errors.push(required(at('maxFailedIndexes'), `must be specified when completions is above ${MANY}`))
  atMost('parallelism', HIGH, more)
  atMost('maxFailedIndexes', HIGH, more)
  return errors
}

function completionMode(spec: Draft, path: string): FieldError[] {
  const { completionMode: mode = 'NonIndexed' } = spec
  const errors: FieldError[] = []
  if (mode !== 'NonIndexed' && mode !== 'Indexed')
    errors.push(notSupported(`${path}.completionMode`, mode, ['NonIndexed', 'Indexed']))
  if (mode === 'Indexed') errors.push(...indexed(spec, path))
  if (mode !== 'NonIndexed') return errors
  for (const key of ['backoffLimitPerIndex', 'maxFailedIndexes'])
    if (spec[key] != null) errors.push(invalid(`${path}.${key}`, spec[key], 'requires indexed completion mode'))
  return errors
}

function managedBy(name: string | null | undefined, path: string): FieldError[] {
  if (name == null) return []
  const errors = domainPrefixedPath(name, path)
  return isLonger(name, 63) ? [...errors, tooLong(path, 63)] : errors
}

function replacement({ podReplacementPolicy: policy, podFailurePolicy: failure }: Draft, path: string): FieldError[] {
  const allowed = failure ? ['Failed'] : ['Failed', 'TerminatingOrFailed']
  return policy == null || allowed.includes(policy) ? [] : [notSupported(path, policy, allowed)]
}

function restartPolicy(spec: Draft, path: string): FieldError[] {
  const { restartPolicy: policy } = spec.template?.spec ?? {}
  if (!policy || policy === 'Always') return [required(path, 'valid values: "OnFailure", "Never"')]
  if (policy !== 'OnFailure' && policy !== 'Never') return [notSupported(path, policy, ['OnFailure', 'Never'])]
  if (spec.podFailurePolicy && policy !== 'Never')
    return [invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified')]
  return []
}

const NUMBERS = [
  'parallelism',
  'completions',
  'activeDeadlineSeconds',
  'backoffLimit',
  'ttlSecondsAfterFinished',
  'backoffLimitPerIndex',
  'maxFailedIndexes',
]

/** Everything but the selector, which a CronJob's template leaves to its Jobs. */
export function validateJobPattern(spec: Draft, path: string, old?: Draft): FieldError[] {
  const success = spec.successPolicy
  const orphan = spec.maxFailedIndexes != null && spec.backoffLimitPerIndex == null
  return [
    ...NUMBERS.flatMap(key => nonNegative(spec[key], `${path}.${key}`)),
    ...(orphan ? [required(`${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified')] : []),
    ...managedBy(spec.managedBy, `${path}.managedBy`),
    ...completionMode(spec, path),
    ...(spec.podFailurePolicy ? podFailurePolicy(spec, `${path}.podFailurePolicy`) : []),
    ...(!success
      ? []
      : spec.completionMode === 'Indexed'
        ? successPolicy(spec, `${path}.successPolicy`)
        : [invalid(`${path}.successPolicy`, shownSuccess(success), 'requires indexed completion mode')]),
    ...replacement(spec, `${path}.podReplacementPolicy`),
    ...validatePodTemplate(spec.template, `${path}.template`, { oldSpec: old?.template?.spec }),
    ...restartPolicy(spec, `${path}.template.spec.restartPolicy`),
  ]
}

const shownSuccess = ({ rules }: Draft): Draft => ({
  Rules: (rules ?? null)?.map(({ succeededIndexes = null, succeededCount = null }: Draft) => ({
    SucceededIndexes: succeededIndexes,
    SucceededCount: succeededCount,
  })),
})

const PREFIXED = ['batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name'] as const

/** A Job without manualSelector selects by its own uid, and its Pods bear that. */
function generated({ metadata, spec }: Draft, old?: Draft): FieldError[] {
  const { selector, template } = spec
  if (spec.manualSelector || !selector) return []
  const before = old?.spec.template?.metadata?.labels ?? {}
  // Jobs from before there were these labels may do without them.
  const prefixed = !old || PREFIXED.every(key => before[key] !== undefined)
  const expected: Record<string, string> = {
    'controller-uid': metadata.uid,
    'job-name': metadata.name ?? '',
    ...(prefixed && { [PREFIXED[0]]: metadata.uid, [PREFIXED[1]]: metadata.name ?? '' }),
  }
  const labels = template?.metadata?.labels ?? {}
  const errors = Object.entries(expected).flatMap(([key, value]) => {
    const path = `spec.template.metadata.labels[${key}]`
    if (labels[key] === undefined) return [required(path, `must be '${value}'`)]
    return labels[key] === value ? [] : [invalid(path, sorted(labels), `must be '${value}'`)]
  })
  if (wellFormed(selector) && !selectorMatches(selector, expected))
    errors.push(invalid('spec.selector', shownSelector(selector), '`selector` not auto-generated'))
  return errors
}

function validateSpec(spec: Draft, old?: Draft): FieldError[] {
  const { selector, template } = spec
  return [
    ...validateJobPattern(spec, 'spec', old),
    ...(selector ? labelSelector(selector, 'spec.selector') : [required('spec.selector')]),
    ...(wellFormed(selector) ? matchesTemplate(selector, template, 'spec.template') : []),
  ]
}

function hostnames({ metadata, spec }: Draft): FieldError[] {
  if (spec.completionMode !== 'Indexed' || !(spec.completions > 0)) return []
  const longest = `${metadata.name ?? ''}-${spec.completions - 1}`
  if (!dns1123Label(longest).length) return []
  return [
    invalid('metadata.name', metadata.name ?? '', `will not able to create pod with invalid DNS label: ${longest}`),
  ]
}

/** @param spec what is wrong with the spec */
const validateAll = (job: Draft, spec: readonly FieldError[], old?: Draft): FieldError[] => [
  ...objectMeta(job.metadata, true),
  ...generated(job, old),
  ...spec,
  ...hostnames(job),
]

/** Labels that a new Job has only once it is read back, those of its template, are not looked at twice. */
function asSent(job: Draft): Draft {
  const { labels, ...metadata } = job.metadata
  const ofTemplate = job.spec.template.metadata?.labels
  return labels !== ofTemplate && deepEqual(labels, ofTemplate) ? { ...job, metadata } : job
}

export const validateJob = (job: Job): FieldError[] => validateAll(asSent(job), validateSpec(job.spec))

function completionsUpdate(spec: Draft, old: Draft): FieldError[] {
  const path = 'spec.completions'
  if (spec.completionMode !== 'Indexed') return immutable(spec.completions, old.completions, path)
  if (spec.completions == null || spec.completions === old.completions || spec.completions === spec.parallelism)
    return []
  return [invalid(path, spec.completions, 'can only be modified in tandem with spec.parallelism')]
}

/** While a suspended Job has no Pods, it may still be told where to run, with how much, and what to call them. */
function templateUpdate(spec: Draft, old: Draft, status: Draft): FieldError[] {
  const idle =
    !status?.startTime || status.conditions?.some((c: Draft) => c.type === 'Suspended' && c.status === 'True')
  if (!old.suspend || !idle || status?.active > 0)
    return fixed('PodTemplateSpec', spec.template, old.template, 'spec.template')
  const now = spec.template.spec
  const before = structuredClone(old.template.spec)
  const { nodeAffinity } = now.affinity ?? {}
  const { nodeAffinity: _, ...others } = before.affinity ?? {}
  if (nodeAffinity || Object.keys(others).length || now.affinity)
    before.affinity = { ...others, ...(nodeAffinity && { nodeAffinity }) }
  else delete before.affinity
  for (const key of ['nodeSelector', 'tolerations', 'schedulingGates']) before[key] = now[key]
  for (const list of ['initContainers', 'containers']) {
    for (const [i, container] of (before[list] ?? []).entries()) {
      const same = now[list]?.length === before[list].length && now[list][i].name === container.name
      if (same) container.resources = now[list][i].resources
    }
  }
  return fixed('PodSpec', now, before, 'spec.template.spec')
}

export function validateJobUpdate(job: Job, old: Job): FieldError[] {
  const spec = job.spec as Draft
  const before = old.spec as Draft
  // Kubernetes looks at the spec as at that of any Job, and once more as at a changed one.
  const wrong = validateSpec(spec, before)
  return [
    ...validateAll(job, wrong, old),
    ...objectMetaUpdate(job, old),
    ...wrong,
    ...completionsUpdate(spec, before),
    ...immutableSelector(deepEqual(spec.selector, before.selector), spec.selector, 'spec.selector'),
    ...templateUpdate(spec, before, old.status),
    ...immutable(spec.completionMode, before.completionMode, 'spec.completionMode'),
    ...fixed('PodFailurePolicy', spec.podFailurePolicy, before.podFailurePolicy, 'spec.podFailurePolicy'),
    ...immutable(spec.backoffLimitPerIndex, before.backoffLimitPerIndex, 'spec.backoffLimitPerIndex'),
    ...immutable(spec.managedBy, before.managedBy, 'spec.managedBy'),
    ...fixed('SuccessPolicy', spec.successPolicy, before.successPolicy, 'spec.successPolicy'),
  ]
}
