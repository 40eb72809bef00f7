/** One reconciliation of a Job: decides what it has come to, makes and deletes Pods, and writes down what was counted. */
import { job as jobKind } from '../../api/kinds/job.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import type { Job, Pod } from '../../api/types.ts'
import { unlessZero } from '../conditions.ts'
import type { ControllerContext } from '../controller.ts'
import { claim } from '../owners.ts'
import { createPod, deletePod, isNamespaceTerminating, slowStart } from '../podcontrol.ts'
import { byDeletionOrder, isActive, isFinished, isReady, isTerminating } from '../pods.ts'
import { type Backoffs, backoffLeft, backoffOfIndex, noteBackoff } from './backoff.ts'
import { formatIndexes } from './indexes.ts'
import { newPod } from './new-pod.ts'
import { fail, type Outcome, outcomeOfIndexes } from './outcome.ts'
import * as of from './pods.ts'
import { Tally } from './tally.ts'
import { untrack } from './tracking.ts'

/** At most so many Pods are made or deleted in one go. */
const BURST = 500

type Condition = NonNullable<Job['status']['conditions']>[number]

export class Sync {
  readonly #context: ControllerContext
  readonly #job: Job
  readonly #backoffs: Backoffs
  #pods: Pod[]
  #conditions: Condition[]
  #startTime: string | undefined
  readonly #tally: Tally
  /** What the Job will come to: a success or a failure. */
  #outcome: Outcome | undefined
  wait: number | undefined

  constructor(context: ControllerContext, job: Job, backoffs: Backoffs) {
    this.#context = context
    this.#job = job
    this.#backoffs = backoffs
    const finalizer = of.FINALIZER
    this.#pods = [...claim(context.client, podKind, jobKind, job, job.spec.selector, { finalizer })]
    this.#conditions = [...(job.status.conditions ?? [])] as Condition[]
    this.#startTime = job.status.startTime ?? (job.spec.suspend ? undefined : context.clock.timestamp())
    this.#tally = new Tally(job, this.#pods)
    noteBackoff(backoffs, job, this.#tally.ended)
  }

  get #active(): Pod[] {
    return this.#pods.filter(pod => isActive(pod))
  }

  get #terminating(): number {
    return this.#pods.filter(pod => isTerminating(pod) && !isFinished(pod)).length
  }

  run(): void {
    this.#outcome = this.#decide()
    const isGoing = this.#job.metadata.deletionTimestamp !== undefined
    if (this.#outcome || isGoing) {
      const rest = this.#pods.filter(pod => of.isTracked(pod) && !this.#tally.ended.includes(pod))
      this.#tally.letGo(rest, this.#outcome?.success === false)
    }
    if (this.#outcome) {
      for (const pod of this.#active) this.#delete(pod)
      return
    }
    if (isGoing) return
    this.#manage()
    const { completions } = this.#job.spec
    const active = this.#active.length
    const complete =
      completions === undefined
        ? this.#tally.succeeded > 0 && active === 0
        : this.#tally.succeeded >= completions && active === 0
    if (complete) {
      this.#outcome = {
        success: true,
        reason: 'CompletionsReached',
        message: 'Reached expected number of succeeded pods',
      }
    } else this.#noteSuspension()
  }

  #decide(): Outcome | undefined {
    const { spec } = this.#job
    const decided = this.#conditions.find(
      c => (c.type === 'SuccessCriteriaMet' || c.type === 'FailureTarget') && c.status === 'True',
    )
    if (decided)
      return {
        success: decided.type === 'SuccessCriteriaMet',
        reason: decided.reason ?? '',
        message: decided.message ?? '',
      }
    for (const pod of this.#pods) {
      if (!of.isFailed(this.#job, pod)) continue
      const { action, message } = of.judge(this.#job, pod)
      if (action === 'FailJob') return fail('PodFailurePolicy', message)
    }
    if (this.#tally.failed > spec.backoffLimit! || of.restartsPastLimit(this.#job, this.#pods)) {
      return fail('BackoffLimitExceeded', 'Job has reached the specified backoff limit')
    }
    if (spec.activeDeadlineSeconds !== undefined && !spec.suspend && this.#startTime) {
      const left = Date.parse(this.#startTime) + spec.activeDeadlineSeconds * 1000 - this.#context.clock.now()
      if (left <= 0) return fail('DeadlineExceeded', 'Job was active longer than specified deadline')
      this.#lookAgain(left)
    }
    return of.isIndexed(this.#job)
      ? outcomeOfIndexes(this.#job, this.#tally.succeededIndexes, this.#tally.failedIndexes)
      : undefined
  }

  #manage(): void {
    const { spec } = this.#job
    const active = this.#active
    if (spec.suspend) {
      for (const pod of active) this.#remove(pod)
      return
    }
    const parallelism = spec.parallelism ?? 1
    let wanted = Math.max(0, Math.min(parallelism, (spec.completions ?? 0) - this.#tally.succeeded))
    if (spec.completions === undefined) wanted = this.#tally.succeeded > 0 ? active.length : parallelism
    const surplus = this.#surplus(active, wanted)
    if (surplus.length) {
      for (const pod of surplus.slice(0, BURST)) this.#remove(pod)
      return
    }
    const missing = wanted - active.length - (of.replacesOnlyFailed(this.#job) ? this.#terminating : 0)
    if (missing > 0) this.#create(missing)
  }

  /** Pods too many: of indexes that are done, worked on twice or none of the Job's, then any. */
  #surplus(active: readonly Pod[], wanted: number): Pod[] {
    const order = byDeletionOrder(this.#context.clock.now(), () => 0)
    const removed = new Set<Pod>()
    if (of.isIndexed(this.#job)) {
      const kept = new Set<number>()
      for (const pod of [...active].sort(order).reverse()) {
        const index = of.indexOf(pod)
        const idle = index === undefined || index >= (this.#job.spec.completions ?? 0) || kept.has(index)
        if (idle || this.#tally.isDone(index)) removed.add(pod)
        else kept.add(index)
      }
    }
    for (const pod of [...active].sort(order)) {
      if (active.length - removed.size <= wanted) break
      removed.add(pod)
    }
    return [...removed]
  }

  #create(missing: number): void {
    const perIndex = this.#job.spec.backoffLimitPerIndex !== undefined
    if (!perIndex) {
      const left = backoffLeft(this.#backoffs.get(this.#job.metadata.uid), this.#context.clock.now())
      if (left > 0) {
        this.#lookAgain(left)
        return
      }
    }
    const indexes = of.isIndexed(this.#job) ? this.#pendingIndexes(missing) : undefined
    const count = Math.min(indexes?.length ?? missing, BURST)
    let next = 0
    const { error } = slowStart(count, () => {
      try {
        this.#pods.push(createPod(this.#context, this.#job, newPod(this.#job, this.#pods, indexes?.[next++])))
      } catch (error) {
        if (!isNamespaceTerminating(error)) throw error
      }
    })
    if (error !== undefined) throw error
  }

  #pendingIndexes(count: number): number[] {
    const busy = new Set(this.#active.map(of.indexOf))
    if (of.replacesOnlyFailed(this.#job))
      for (const pod of this.#pods) if (isTerminating(pod) && !isFinished(pod)) busy.add(of.indexOf(pod))
    const perIndex = this.#job.spec.backoffLimitPerIndex !== undefined
    const found: number[] = []
    for (let i = 0; i < (this.#job.spec.completions ?? 0) && found.length < count; i++) {
      if (busy.has(i) || this.#tally.isDone(i)) continue
      const left = perIndex ? backoffLeft(backoffOfIndex(this.#job, this.#pods, i), this.#context.clock.now()) : 0
      if (left > 0) this.#lookAgain(left)
      else found.push(i)
    }
    return found
  }

  /** Deletes a Pod that shall not count as failed. */
  #remove(pod: Pod): void {
    if (of.isTracked(pod)) untrack(this.#context.client, pod)
    this.#delete(pod)
  }

  #delete(pod: Pod): void {
    deletePod(this.#context, this.#job, pod)
    const now = this.#context.client.find(podKind, pod.metadata.namespace ?? '', pod.metadata.name)
    this.#pods = this.#pods.flatMap(p => (p === pod ? (now ? [now] : []) : [p]))
  }

  #noteSuspension(): void {
    const present = this.#conditions.find(c => c.type === 'Suspended')
    const suspended = Boolean(this.#job.spec.suspend)
    if ((present?.status === 'True') === suspended) return
    const word = suspended ? 'Suspended' : 'Resumed'
    this.#conditions = this.#conditions.filter(c => c !== present)
    this.#conditions.push(
      this.#condition('Suspended', `Job${word}`, `Job ${word.toLowerCase()}`, suspended ? 'True' : 'False'),
    )
    this.#context.events.event(this.#job, 'Normal', word, `Job ${word.toLowerCase()}`)
    this.#startTime = suspended ? undefined : this.#context.clock.timestamp()
  }

  #condition(type: string, reason: string, message: string, status = 'True'): Condition {
    const now = this.#context.clock.timestamp()
    return { type, status, lastProbeTime: now, lastTransitionTime: now, reason, message }
  }

  #lookAgain(ms: number): void {
    this.wait = Math.min(this.wait ?? ms, ms)
  }

  /** Writes down what was counted, and only then lets go of the Pods that were. */
  finish(): void {
    const { client, clock, events } = this.#context
    const job = this.#job
    const tally = this.#tally
    const awaiting = new Set(this.#outcome || job.metadata.deletionTimestamp ? [] : tally.awaiting.values())
    let completionTime = job.status.completionTime
    let ended = false
    if (this.#outcome) {
      const { success, reason, message } = this.#outcome
      const first = success ? 'SuccessCriteriaMet' : 'FailureTarget'
      if (!this.#conditions.some(c => c.type === first)) this.#conditions.push(this.#condition(first, reason, message))
      // The end waits until the last Pod is gone.
      if (!this.#terminating && !this.#active.length) {
        ended = true
        this.#conditions.push(this.#condition(success ? 'Complete' : 'Failed', reason, message))
        if (success) completionTime = clock.timestamp()
      }
    }
    const active = this.#active
    const indexed = of.isIndexed(job)
    client.updateStatus(jobKind, {
      ...job,
      status: {
        ...(this.#conditions.length && { conditions: this.#conditions }),
        ...(this.#startTime && { startTime: this.#startTime }),
        ...(completionTime && { completionTime }),
        ...unlessZero('active', active.length),
        ...unlessZero('succeeded', tally.succeeded),
        ...unlessZero('failed', tally.failuresWithout(awaiting)),
        terminating: this.#terminating,
        ready: active.filter(isReady).length,
        ...(indexed && tally.succeededIndexes.size && { completedIndexes: formatIndexes(tally.succeededIndexes) }),
        ...(indexed &&
          job.spec.backoffLimitPerIndex !== undefined && { failedIndexes: formatIndexes(tally.failedIndexes) }),
        uncountedTerminatedPods: {},
      },
    })
    for (const pod of tally.ended) {
      if (awaiting.has(pod)) continue
      const now = client.find(podKind, pod.metadata.namespace ?? '', pod.metadata.name)
      if (now && of.isTracked(now)) untrack(client, now)
    }
    const { completions } = job.spec
    if (ended && this.#outcome?.success && completions !== undefined && tally.succeeded > completions)
      events.event(
        job,
        'Warning',
        'TooManySucceededPods',
        'Too many succeeded pods running after completion count reached',
      )
    if (ended && this.#outcome?.success) events.event(job, 'Normal', 'Completed', 'Job completed')
    else if (ended) events.event(job, 'Warning', this.#outcome!.reason, this.#outcome!.message)
  }
}
