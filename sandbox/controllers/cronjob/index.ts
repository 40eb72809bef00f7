/** Starts Jobs by the clock. */
import { cronJob as cronKind } from '../../api/kinds/cronjob.ts'
import { job as jobKind } from '../../api/kinds/job.ts'
import { isAlreadyExists, StatusError } from '../../api/status.ts'
import type { CronJob, Job } from '../../api/types.ts'
import type { Controller, ControllerContext, Key, Result } from '../controller.ts'
import { isJobFinished } from '../job/index.ts'
import { controllerOf, newControllerRef } from '../owners.ts'
import { isNamespaceTerminating } from '../podcontrol.ts'
import { parseSchedule, type Schedule } from './schedule.ts'

const SCHEDULED_AT = 'batch.kubernetes.io/cronjob-scheduled-timestamp'
/** Looked at a moment after the time has come. */
const DELTA_MS = 100
const MANY_MISSED = 100

type Active = NonNullable<CronJob['status']['active']>[number]

export const cronJobController: Controller = {
  name: 'cronjob-controller',
  for: cronKind,
  ignoresOwnStatus: true,
  owns: [jobKind],
  // Another schedule has no past: what it would have started before now is not made up for.
  delayOf({ object, old }, now) {
    const { schedule, timeZone } = (object as CronJob).spec
    const before = (old as CronJob | undefined)?.spec
    if (!before || (before.schedule === schedule && before.timeZone === timeZone)) return undefined
    const next = parseSchedule(schedule, timeZone).next(now)
    return next === undefined ? undefined : next + DELTA_MS - now
  },
  reconcile,
}

function reconcile({ namespace, name }: Key, context: ControllerContext): Result | undefined {
  const cron = context.client.find(cronKind, namespace, name)
  if (!cron) return
  const sync = new Sync(context, cron)
  // What is swept away at its end is not spoken of any more.
  sync.cleanUp()
  sync.lookAtJobs()
  let wait: number | undefined
  let failure: unknown
  try {
    wait = cron.metadata.deletionTimestamp || cron.spec.suspend ? undefined : sync.start()
  } catch (error) {
    failure = error
  }
  sync.writeStatus()
  if (failure) throw failure
  return wait === undefined ? undefined : { requeueAfter: wait }
}

const endOf = (job: Job): string =>
  job.status.conditions?.find(c => (c.type === 'Complete' || c.type === 'Failed') && c.status === 'True')?.type ?? ''

class Sync {
  readonly #context: ControllerContext
  readonly #cron: CronJob
  readonly #jobs: readonly Job[]
  #active: Active[]
  #lastScheduleTime: string | undefined
  #lastSuccessfulTime: string | undefined

  constructor(context: ControllerContext, cron: CronJob) {
    this.#context = context
    this.#cron = cron
    this.#jobs = context.client.ownedBy(jobKind, cron.metadata.uid)
    this.#active = [...(cron.status.active ?? [])]
    this.#lastScheduleTime = cron.status.lastScheduleTime
    this.#lastSuccessfulTime = cron.status.lastSuccessfulTime
  }

  #event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.#context.events.event(this.#cron, type, reason, message)
  }

  lookAtJobs(): void {
    for (const job of this.#jobs) {
      const { uid, name } = job.metadata
      const known = this.#active.some(a => a.uid === uid)
      if (!isJobFinished(job)) {
        if (!known)
          this.#event('Warning', 'UnexpectedJob', `Saw a job that the controller did not create or forgot: ${name}`)
        continue
      }
      if (known) {
        this.#active = this.#active.filter(a => a.uid !== uid)
        this.#event('Normal', 'SawCompletedJob', `Saw completed job: ${name}, condition: ${endOf(job)}`)
      }
      const end = endOf(job) === 'Complete' ? job.status.completionTime : undefined
      if (end && (!this.#lastSuccessfulTime || end > this.#lastSuccessfulTime)) this.#lastSuccessfulTime = end
    }
    for (const { uid, name } of this.#active) {
      if (this.#jobs.some(job => job.metadata.uid === uid)) continue
      this.#event('Normal', 'MissingJob', `Active job went missing: ${name}`)
      this.#active = this.#active.filter(a => a.uid !== uid)
    }
  }

  /** Starts what is due. @returns milliseconds until the next time */
  start(): number | undefined {
    const { spec } = this.#cron
    const now = this.#context.clock.now()
    if (/TZ=/.test(spec.schedule)) {
      const url = 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/'
      this.#event(
        'Warning',
        'UnsupportedSchedule',
        `CRON_TZ or TZ used in schedule ${JSON.stringify(spec.schedule)} is not officially supported, see ${url} for more details`,
      )
    }
    let schedule: Schedule
    try {
      schedule = parseSchedule(spec.schedule, spec.timeZone)
    } catch (error) {
      this.#event(
        'Warning',
        'UnparseableSchedule',
        `unparseable schedule: ${JSON.stringify(spec.schedule)} : ${(error as Error).message}`,
      )
      return undefined
    }
    const due = this.#due(schedule, now)
    if (due !== undefined && !this.#startAt(due, now)) return undefined
    const last = this.#lastScheduleTime ? Date.parse(this.#lastScheduleTime) : now
    const next = schedule.next(Math.max(last, now))
    return next === undefined ? undefined : next + DELTA_MS - now
  }

  /** The latest time that has come since the last start. */
  #due(schedule: Schedule, now: number): number | undefined {
    const { spec, metadata } = this.#cron
    let earliest = Date.parse(this.#lastScheduleTime ?? metadata.creationTimestamp)
    if (spec.startingDeadlineSeconds !== undefined)
      earliest = Math.max(earliest, now - spec.startingDeadlineSeconds * 1000)
    const first = schedule.next(earliest)
    if (first === undefined) {
      // The thirty-first of February can be written, and never comes.
      const why = 'time difference between two schedules is less than 1 second'
      this.#event('Warning', 'InvalidSchedule', `invalid schedule: ${spec.schedule} : ${why}`)
      return undefined
    }
    if (first > now) return undefined
    const second = schedule.next(first)
    if (second === undefined || second > now) return first
    const missed = Math.trunc((now - first) / (second - first)) + 1
    if (missed > MANY_MISSED) {
      this.#event(
        'Warning',
        'TooManyMissedTimes',
        'too many missed start times. Set or decrease .spec.startingDeadlineSeconds or check clock skew',
      )
    }
    let due = first
    for (
      let t = schedule.next(first + Math.max(0, missed - 2) * (second - first));
      t !== undefined && t <= now;
      t = schedule.next(t)
    )
      due = t
    return due
  }

  /** @returns whether there is a next time to wait for: not if a Job of another has the name of this one */
  #startAt(due: number, now: number): boolean {
    const { spec } = this.#cron
    const { clock } = this.#context
    if (spec.startingDeadlineSeconds !== undefined && due + spec.startingDeadlineSeconds * 1000 < now) {
      const text = new Date(due).toUTCString().replace('GMT', '+0000')
      this.#event('Warning', 'MissSchedule', `Missed scheduled time to start a job: ${text}`)
      return true
    }
    if (this.#lastScheduleTime === clock.timestamp(due)) return true
    if (spec.concurrencyPolicy === 'Forbid' && this.#active.length) {
      this.#event(
        'Normal',
        'JobAlreadyActive',
        'Not starting job because prior execution is running and concurrency policy is Forbid',
      )
      return true
    }
    if (spec.concurrencyPolicy === 'Replace') this.#replaceActive()
    return this.#create(due)
  }

  #create(due: number): boolean {
    const { client, clock } = this.#context
    const { metadata: meta, spec } = this.#cron
    const namespace = meta.namespace ?? ''
    const name = `${meta.name}-${Math.trunc(due / 60_000)}`
    const { labels, annotations } = spec.jobTemplate.metadata ?? {}
    let job: Job
    try {
      job = client.create(jobKind, {
        metadata: {
          name,
          namespace,
          ...(labels && { labels }),
          annotations: { ...annotations, [SCHEDULED_AT]: localTime(due, spec.timeZone, clock.timestamp(due)) },
          ownerReferences: [newControllerRef(this.#cron, cronKind)],
        },
        spec: spec.jobTemplate.spec!,
      })
    } catch (error) {
      if (isAlreadyExists(error)) return this.#takeIn(due, namespace, name)
      if (error instanceof StatusError && !isNamespaceTerminating(error))
        this.#event('Warning', 'FailedCreate', `Error creating job: ${error.message}`)
      throw error
    }
    this.#event('Normal', 'SuccessfulCreate', `Created job ${name}`)
    this.#started(due, job)
    return true
  }

  /** A Job of this name is there: it counts as started if it is ours and was not written down. */
  #takeIn(due: number, namespace: string, name: string): boolean {
    const job = this.#context.client.get(jobKind, namespace, name)
    if (controllerOf(job, cronKind)?.uid !== this.#cron.metadata.uid) return false
    if (this.#active.some(({ uid }) => uid === job.metadata.uid)) return false
    this.#started(due, job)
    return true
  }

  #started(due: number, { apiVersion, kind, metadata: { name, namespace = '', resourceVersion, uid } }: Job): void {
    this.#active.push({ apiVersion, kind, name, namespace, resourceVersion, uid })
    this.#lastScheduleTime = this.#context.clock.timestamp(due)
  }

  /** @throws Error when one of them stays */
  #replaceActive(): void {
    for (const { name } of this.#active)
      if (!this.#delete(name!)) throw new Error(`could not replace job ${this.#cron.metadata.namespace}/${name}`)
  }

  /** @returns whether it could be deleted; if not, an event tells why */
  #delete(name: string): boolean {
    try {
      this.#context.client.delete(jobKind, this.#cron.metadata.namespace ?? '', name, {
        propagationPolicy: 'Background',
      })
    } catch (error) {
      if (!(error instanceof StatusError)) throw error
      this.#event('Warning', 'FailedDelete', `Deleted job: ${error.message}`)
      return false
    }
    this.#active = this.#active.filter(a => a.name !== name)
    this.#event('Normal', 'SuccessfulDelete', `Deleted job ${name}`)
    return true
  }

  /** Keeps the latest few that have ended. */
  cleanUp(): void {
    const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = this.#cron.spec
    const limits = [
      ['Complete', successfulJobsHistoryLimit],
      ['Failed', failedJobsHistoryLimit],
    ] as const
    const startOf = (job: Job): string => `${job.status.startTime ?? ''}/${job.metadata.name}`
    for (const [end, limit] of limits) {
      const jobs = this.#jobs.filter(job => endOf(job) === end && !job.metadata.deletionTimestamp)
      jobs.sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1))
      if (limit !== undefined)
        for (const job of jobs.slice(0, Math.max(0, jobs.length - limit))) this.#delete(job.metadata.name)
    }
  }

  writeStatus(): void {
    this.#context.client.updateStatus(cronKind, {
      ...this.#cron,
      status: {
        ...(this.#active.length && { active: this.#active }),
        ...(this.#lastScheduleTime && { lastScheduleTime: this.#lastScheduleTime }),
        ...(this.#lastSuccessfulTime && { lastSuccessfulTime: this.#lastSuccessfulTime }),
      },
    })
  }
}

/** RFC 3339 as the clock on the wall of the zone shows it. */
function localTime(at: number, timeZone: string | undefined, utc: string): string {
  if (!timeZone || timeZone === 'UTC' || timeZone === 'Etc/UTC') return utc
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  }).formatToParts(at)
  const get = (type: string): string => parts.find(p => p.type === type)!.value
  const offset = get('timeZoneName').replace('GMT', '') || 'Z'
  return `${get('year')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}:${get('second')}${offset}`
}
