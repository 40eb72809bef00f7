/** CronJobs as they must be. */
import { type FieldError, invalid, notSupported, required } from '../../fields.ts'
import { isLonger } from '../../formats/text-length.ts'
import type { Draft } from '../../kind.ts'
import type { CronJob } from '../../types.ts'
import { maxLength } from './content.ts'
import { validateJobPattern } from './job.ts'
import { nonNegative, objectMeta, objectMetaUpdate } from './metadata.ts'
import { isTimeZone, scheduleFault } from './schedule.ts'
import { shownSelector } from './selector.ts'

const POLICIES = ['Allow', 'Forbid', 'Replace']

function schedule({ schedule: text, timeZone }: Draft, old: Draft): FieldError[] {
  const path = 'spec.schedule'
  if (!text) return [required(path)]
  const fault = scheduleFault(text)
  const errors = fault === undefined ? [] : [invalid(path, text, fault)]
  if (!text.includes('TZ')) return errors
  if (!old?.schedule?.includes('TZ'))
    errors.push(invalid(path, text, 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'))
  else if (timeZone != null)
    errors.push(invalid(path, text, 'cannot use both timeZone field and TZ or CRON_TZ in schedule'))
  return errors
}

function timeZone(zone: string | null | undefined, path: string): FieldError[] {
  if (zone == null) return []
  if (!zone) return [invalid(path, zone, 'timeZone must be nil or non-empty string')]
  const unknown = invalid(path, zone, `unknown time zone ${zone}`)
  const odd = (part: string): boolean =>
    part === '.' || part === '..' || part.startsWith('-') || !/^[A-Za-z._\-0-9+]{1,14}$/.test(part)
  if (zone.split('/').some(odd)) return [unknown]
  if (zone.toLowerCase() === 'local') {
    const why = 'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones'
    return [invalid(path, zone, why), ...(zone === 'Local' ? [] : [unknown])]
  }
  return isTimeZone(zone) ? [] : [unknown]
}

function template({ spec = {} }: Draft, old: Draft, path: string): FieldError[] {
  const errors = validateJobPattern(spec, `${path}.spec`, old?.spec)
  if (spec.selector)
    errors.push(invalid(`${path}.spec.selector`, shownSelector(spec.selector), '`selector` will be auto-generated'))
  if (spec.manualSelector)
    errors.push(notSupported(`${path}.spec.manualSelector`, spec.manualSelector, ['nil', 'false']))
  return errors
}

function validateSpec(spec: Draft, old?: Draft): FieldError[] {
  const policy = spec.concurrencyPolicy
  return [
    ...schedule(spec, old),
    ...nonNegative(spec.startingDeadlineSeconds, 'spec.startingDeadlineSeconds'),
    ...(old && old.timeZone === spec.timeZone ? [] : timeZone(spec.timeZone, 'spec.timeZone')),
    ...(!policy
      ? [required('spec.concurrencyPolicy')]
      : POLICIES.includes(policy)
        ? []
        : [notSupported('spec.concurrencyPolicy', policy, POLICIES)]),
    ...template(spec.jobTemplate ?? {}, old?.jobTemplate, 'spec.jobTemplate'),
    ...nonNegative(spec.successfulJobsHistoryLimit, 'spec.successfulJobsHistoryLimit'),
    ...nonNegative(spec.failedJobsHistoryLimit, 'spec.failedJobsHistoryLimit'),
  ]
}

/** A Job's name is the CronJob's and eleven letters more. */
const MAX_NAME = 52

export const validateCronJob = ({ metadata, spec }: CronJob): FieldError[] => [
  ...objectMeta(metadata, true),
  ...validateSpec(spec),
  ...(isLonger(metadata.name ?? '', MAX_NAME) ? [invalid('metadata.name', metadata.name, maxLength(MAX_NAME))] : []),
]

export const validateCronJobUpdate = (cron: CronJob, old: CronJob): FieldError[] => [
  ...objectMetaUpdate(cron, old),
  ...validateSpec(cron.spec, old.spec),
]
