/**
 * Validation of a Job's status. A rule is applied only to what has changed, so that an old fault does not block the
 * next write.
 */
import { duplicate, type FieldError, invalid, invalidUnshown, required } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import type { Job } from '../../types.ts'
import { nonNegative, objectMetaUpdate } from './metadata.ts'

const holds = (job: Draft, type: string, status = 'True'): boolean =>
  job.status?.conditions?.some((c: Draft) => c.type === type && c.status === status) ?? false

/** As Go prints a moment. */
const moment = (time: string | undefined): string =>
  time === undefined ? '"null"' : `${time.slice(0, 10)} ${time.slice(11, 19)} +0000 UTC`
const invalidTime = (field: string, time: string | undefined, detail: string): FieldError =>
  invalidUnshown(field, `${moment(time)}: ${detail}`)

const CONDITIONS = 'status.conditions'
const conditions = (detail: string): FieldError => invalidUnshown(CONDITIONS, detail)

function uids(list: readonly string[] | undefined, path: string, seen: Set<string>): FieldError[] {
  return (list ?? []).flatMap((uid, i) => {
    if (!uid) return [invalid(`${path}[${i}]`, uid, 'must not be empty')]
    if (seen.has(uid)) return [duplicate(`${path}[${i}]`, uid)]
    seen.add(uid)
    return []
  })
}

type Interval = readonly [number, number]

/** "0,3-5,7" as intervals. @throws with what is wrong, in Kubernetes' words */
function interval(text: string, completions: number): Interval {
  const parts = text.split('-')
  if (parts.length > 2)
    throw new Error(
      `the fragment ${JSON.stringify(text)} violates the requirement that an index interval can have at most two parts separated by '-'`,
    )
  const [x, y] = parts.map(part => {
    if (!/^[+-]?\d+$/.test(part)) throw new Error(`cannot convert string to integer for index: ${JSON.stringify(part)}`)
    if (Number(part) >= completions) throw new Error(`too large index: ${JSON.stringify(part)}`)
    return Number(part)
  }) as [number, number | undefined]
  if (y !== undefined && x >= y) throw new Error(`non-increasing order, previous: ${x}, current: ${y}`)
  return [x, y ?? x]
}

function indexFault(text: string | undefined, completions: number): string | undefined {
  if (!text) return undefined
  let last: number | undefined
  try {
    for (const part of text.split(',')) {
      const [x, y] = interval(part, completions)
      if (last !== undefined && last >= x) return `non-increasing order, previous: ${last}, current: ${x}`
      last = y
    }
  } catch (error) {
    return (error as Error).message
  }
  return undefined
}

/** Those that can be read: the others are told of already. */
function intervals(text: string, completions: number): Interval[] {
  return text.split(',').flatMap(part => {
    try {
      return [interval(part, completions)]
    } catch {
      return []
    }
  })
}

function overlap(completed: string | undefined, failed: string | undefined, completions: number): string | undefined {
  if (!completed || !failed) return undefined
  for (const [a, b] of intervals(completed, completions))
    for (const [c, d] of intervals(failed, completions))
      if (a <= d && c <= b) return `failedIndexes and completedIndexes overlap at index: ${Math.max(a, c)}`
  return undefined
}

function indexes({ spec, status }: Draft, old: Draft): FieldError[] {
  const { completions, backoffLimitPerIndex } = spec
  const { completedIndexes = '', failedIndexes } = status
  const completedChanged = completedIndexes !== (old.completedIndexes ?? '')
  const failedChanged = failedIndexes !== old.failedIndexes
  const [completedAt, failedAt] = ['status.completedIndexes', 'status.failedIndexes']
  const errors: FieldError[] = []
  const parsed = (at: string, key: string, text: string): void => {
    const fault = indexFault(text, completions)
    if (fault) errors.push(invalid(at, text, `error parsing ${key}: ${fault}`))
  }
  if (completedChanged && completions != null) parsed(completedAt, 'completedIndexes', completedIndexes)
  if (failedChanged && completions != null && backoffLimitPerIndex != null && failedIndexes != null)
    parsed(failedAt, 'failedIndexes', failedIndexes)
  if (completedChanged && completedIndexes && spec.completionMode !== 'Indexed')
    errors.push(
      invalid(completedAt, completedIndexes, 'cannot set non-empty completedIndexes when non-indexed completion mode'),
    )
  if (failedChanged && backoffLimitPerIndex == null && failedIndexes != null)
    errors.push(invalid(failedAt, failedIndexes, 'cannot set non-null failedIndexes when backoffLimitPerIndex is null'))
  if ((failedChanged || completedChanged) && completions != null && failedIndexes != null) {
    const fault = overlap(completedIndexes, failedIndexes, completions)
    if (fault) errors.push(invalid(failedAt, failedIndexes, fault))
  }
  return errors
}

/** What has to hold of a Job that has ended, and of the conditions that say so. */
function ending(job: Draft, old: Draft): FieldError[] {
  const { spec, status } = job
  const was = old.status ?? {}
  const [complete, failed] = [holds(job, 'Complete'), holds(job, 'Failed')]
  const [target, met] = [holds(job, 'FailureTarget'), holds(job, 'SuccessCriteriaMet')]
  const finished = complete || failed
  const completeChanged = complete !== holds(old, 'Complete')
  const failedChanged = failed !== holds(old, 'Failed')
  const finishedChanged = finished !== (holds(old, 'Complete') || holds(old, 'Failed'))
  const startChanged = status.startTime !== was.startTime
  const endChanged = status.completionTime !== was.completionTime
  const { startTime, completionTime, active = 0, uncountedTerminatedPods: uncounted } = status
  const errors: FieldError[] = []
  if ((completeChanged || failedChanged) && complete && failed)
    errors.push(conditions('cannot set Complete=True and Failed=true conditions'))
  if ((completeChanged || target !== holds(old, 'FailureTarget')) && complete && target)
    errors.push(conditions('cannot set Complete=True and FailureTarget=true conditions'))
  if ((completeChanged || endChanged) && completionTime != null && !complete)
    errors.push(
      invalidTime(
        'status.completionTime',
        completionTime,
        'cannot set completionTime when there is no Complete=True condition',
      ),
    )
  if ((completeChanged || endChanged) && completionTime == null && complete)
    errors.push(required('status.completionTime', 'completionTime is required for Complete jobs'))
  if ((startChanged || endChanged) && startTime != null && completionTime != null && completionTime < startTime)
    errors.push(invalidTime('status.completionTime', completionTime, 'must be equal to or after `startTime`'))
  if ((failedChanged || status.failedIndexes !== was.failedIndexes) && failed && !target)
    errors.push(conditions('cannot set Failed=True condition without the FailureTarget=true condition'))
  if ((completeChanged || met !== holds(old, 'SuccessCriteriaMet')) && complete && !met)
    errors.push(conditions('cannot set Complete=True condition without the SuccessCriteriaMet=true condition'))
  if ((finishedChanged || active !== (was.active ?? 0)) && active > 0 && finished)
    errors.push(invalid('status.active', active, 'active>0 is invalid for finished job'))
  const paused = spec.suspend === true && spec.completions === 0
  if ((finishedChanged || startChanged) && !paused && startTime == null && finished)
    errors.push(required('status.startTime', 'startTime is required for finished job'))
  const left = (uncounted?.failed?.length ?? 0) + (uncounted?.succeeded?.length ?? 0)
  if ((finishedChanged || !deepEqual(uncounted, was.uncountedTerminatedPods)) && finished && left) {
    const shown = { Succeeded: uncounted.succeeded ?? null, Failed: uncounted.failed ?? null }
    errors.push(invalid('status.uncountedTerminatedPods', shown, 'must be empty for finished job'))
  }
  return errors
}

function counters({ spec, status }: Draft, was: Draft): FieldError[] {
  const errors: FieldError[] = []
  const finished = holds({ status }, 'Complete') || holds({ status }, 'Failed')
  const finishedChanged = finished !== (holds({ status: was }, 'Complete') || holds({ status: was }, 'Failed'))
  const { terminating, ready, active = 0 } = status
  if ((finishedChanged || terminating !== was.terminating) && terminating > 0 && finished)
    errors.push(invalid('status.terminating', terminating, 'terminating>0 is invalid for finished job'))
  if ((ready !== was.ready || active !== (was.active ?? 0)) && ready != null && ready > active)
    errors.push(invalid('status.ready', ready, 'cannot set more ready pods than active'))
  const met = holds({ status }, 'SuccessCriteriaMet')
  if (met && holds({ status }, 'Failed'))
    errors.push(conditions('cannot set SuccessCriteriaMet=True and Failed=true conditions'))
  if (met && holds({ status }, 'FailureTarget'))
    errors.push(conditions('cannot set SuccessCriteriaMet=True and FailureTarget=true conditions'))
  if (spec.successPolicy && !met && holds({ status }, 'Complete'))
    errors.push(conditions('cannot set Complete=True for Job with SuccessPolicy unless SuccessCriteriaMet=True'))
  return errors
}

function transition(job: Draft, old: Draft): FieldError[] {
  const { spec, status } = job
  const was = old.status ?? {}
  const errors: FieldError[] = []
  for (const type of ['Failed', 'Complete', 'FailureTarget'])
    if (holds(old, type) && !holds(job, type))
      errors.push(conditions(`cannot disable the terminal ${type}=True condition`))
  const decreased = (key: string): boolean => (status[key] ?? 0) < (was[key] ?? 0)
  if (decreased('failed'))
    errors.push(invalid('status.failed', status.failed ?? 0, 'cannot decrease the failed counter'))
  const elastic = spec.completionMode === 'Indexed' && spec.completions === spec.parallelism
  if (!elastic && decreased('succeeded'))
    errors.push(invalid('status.succeeded', status.succeeded ?? 0, 'cannot decrease the succeeded counter'))
  const { startTime, completionTime } = status
  if (completionTime != null && was.completionTime != null && completionTime !== was.completionTime)
    errors.push(invalidTime('status.completionTime', completionTime, 'field is immutable'))
  const resuming = holds(old, 'Suspended') && holds(job, 'Suspended', 'False')
  if (was.startTime != null && startTime !== was.startTime && !resuming && !spec.suspend)
    errors.push(invalidTime('status.startTime', startTime, 'field is immutable for unsuspended job once set'))
  const met = 'SuccessCriteriaMet'
  if (holds(old, met) && !holds(job, met))
    errors.push(conditions('cannot disable the SuccessCriteriaMet=True condition'))
  if (holds(old, 'Complete') && !holds(old, met) && holds(job, met))
    errors.push(conditions('cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions'))
  return errors
}

export function validateJobStatusUpdate(job: Job, old: Job): FieldError[] {
  const { spec, status = {} } = job as Draft
  const now: Draft = { spec, status }
  const was: Draft = (old as Draft).status ?? {}
  const seen = new Set<string>()
  const { succeeded, failed } = status.uncountedTerminatedPods ?? {}
  return [
    ...objectMetaUpdate(job, old),
    ...['active', 'succeeded', 'failed', 'ready', 'terminating'].flatMap(key =>
      nonNegative(status[key], `status.${key}`),
    ),
    ...uids(succeeded, 'status.uncountedTerminatedPods.succeeded', seen),
    ...uids(failed, 'status.uncountedTerminatedPods.failed', seen),
    ...ending(now, { status: was }),
    ...indexes(now, was),
    ...counters(now, was),
    ...transition(now, { status: was }),
  ]
}
