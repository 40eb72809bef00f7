/** Runs a Job's Pods until enough have succeeded, or too many have failed. */
import { job as jobKind } from '../../api/kinds/job.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { isNotFound } from '../../api/status.ts'
import type { Job, Pod } from '../../api/types.ts'
import { unlessZero } from '../conditions.ts'
import type { Controller, ControllerContext, Key, Result } from '../controller.ts'
import { claim, controllerOf, watchOrphans } from '../owners.ts'
import { createPod, deletePod, isNamespaceTerminating, slowStart } from '../podcontrol.ts'
import { byDeletionOrder, isActive, isFinished, isReady, isTerminating } from '../pods.ts'
import { formatIndexes, parseIndexes } from './indexes.ts'
import { newPod } from './new-pod.ts'
import { fail, type Outcome, outcomeOfIndexes } from './outcome.ts'
import * as of from './pods.ts'

const BACKOFF_MS = 10_000
const MAX_BACKOFF_MS = 600_000
/** At most so many Pods are made or deleted in one go. */
const BURST = 500

type Condition = NonNullable<Job['status']['conditions']>[number]

/** Failures since the last success, and when the last was. */
interface Backoff {
  failures: number
  last: number
}

export const isJobFinished = (job: Job): boolean =>
  Boolean(job.status.conditions?.some(c => (c.type === 'Complete' || c.type === 'Failed') && c.status === 'True'))

/** Makes a controller; it remembers how long to wait before the next attempt of each Job. */
export function jobController(): Controller {
  const backoffs = new Map<string, Backoff>()
  return {
    name: 'job-controller',
    for: jobKind,
    backoff: { base: 1000, max: 60_000 },
    owns: [podKind],
    watches: [watchOrphans(podKind, jobKind, job => job.spec.selector as never)],
    reconcile: (key, context) => reconcile(key, context, backoffs),
  }
}

function reconcile(
  { namespace, name }: Key,
  context: ControllerContext,
  backoffs: Map<string, Backoff>,
): Result | undefined {
  const { client } = context
  const job = client.find(jobKind, namespace, name)
  releaseOrphans(namespace, name, job, context)
  if (!job) return
  if (job.spec.managedBy !== undefined && job.spec.managedBy !== 'kubernetes.io/job-controller') return
  if (isJobFinished(job)) {
    backoffs.delete(job.metadata.uid)
    return
  }
  const sync = new Sync(context, job, backoffs)
  let failure: unknown
  try {
    sync.run()
  } catch (error) {
    failure = error
  }
  sync.finish()
  if (failure) throw failure
  return sync.wait === undefined ? undefined : { requeueAfter: sync.wait }
}

/** Pods that have lost their Job, or whose Job is gone, are tracked by nobody. */
function releaseOrphans(namespace: string, name: string, job: Job | undefined, { client }: ControllerContext): void {
  const named = client.withLabels(podKind, namespace, { 'batch.kubernetes.io/job-name': name })
  const candidates = job ? [...named, ...client.orphans(podKind, namespace)] : client.list(podKind, { namespace })
  for (const pod of candidates) {
    if (!of.isTracked(pod)) continue
    const owner = controllerOf(pod, jobKind)
    const isLost = !owner || (owner.name === name && owner.uid !== job?.metadata.uid)
    if (isLost) untrack(client, pod)
  }
}

function untrack(client: ControllerContext['client'], pod: Pod): void {
  const finalizers = pod.metadata.finalizers!.filter(f => f !== of.FINALIZER)
  try {
    client.patch(podKind, pod.metadata.namespace ?? '', pod.metadata.name, {
      metadata: { finalizers: finalizers.length ? finalizers : null },
    })
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}

class Sync {
  readonly #context: ControllerContext
  readonly #job: Job
  readonly #backoffs: Map<string, Backoff>
  #pods: Pod[]
  /** Pods that have ended since last time; their counting is what untracks them. */
  #ended: readonly Pod[]
  #conditions: Condition[]
  #startTime: string | undefined
  #succeeded: number
  #failed: number
  readonly #succeededIndexes = new Set<number>()
  readonly #failedIndexes = new Set<number>()
  /** The last failed Pods of indexes that are to be tried again: what has failed so far is noted on their successors. */
  readonly #awaiting = new Map<number, Pod>()
  /** What the Job will come to: a success or a failure. */
  #outcome: Outcome | undefined
  wait: number | undefined

  constructor(context: ControllerContext, job: Job, backoffs: Map<string, Backoff>) {
    this.#context = context
    this.#job = job
    this.#backoffs = backoffs
    const finalizer = of.FINALIZER
    this.#pods = [...claim(context.client, podKind, jobKind, job, job.spec.selector as never, { finalizer })]
    this.#ended = this.#pods.filter(pod => of.isTracked(pod) && (of.isSucceeded(pod) || of.isFailed(job, pod)))
    this.#conditions = [...(job.status.conditions ?? [])] as Condition[]
    this.#startTime = job.status.startTime ?? (job.spec.suspend ? undefined : context.clock.timestamp())
    const good = this.#ended.filter(of.isSucceeded)
    const bad = this.#ended.filter(pod => !of.isSucceeded(pod))
    this.#succeeded = (job.status.succeeded ?? 0) + good.length
    this.#failed = (job.status.failed ?? 0) + bad.filter(pod => of.judge(job, pod).action !== 'Ignore').length
    if (of.isIndexed(job)) this.#countIndexes()
    this.#noteBackoff(good, bad)
  }

  get #active(): Pod[] {
    return this.#pods.filter(pod => isActive(pod))
  }

  get #terminating(): number {
    return this.#pods.filter(pod => isTerminating(pod) && !isFinished(pod)).length
  }

  #countIndexes(): void {
    const { completions = 0, backoffLimitPerIndex } = this.#job.spec
    const { completedIndexes, failedIndexes } = this.#job.status
    for (const i of parseIndexes(completedIndexes, completions)) this.#succeededIndexes.add(i)
    for (const i of parseIndexes(failedIndexes, completions)) this.#failedIndexes.add(i)
    for (const pod of this.#ended) {
      const index = of.indexOf(pod)
      if (index === undefined || index >= completions) continue
      if (of.isSucceeded(pod)) this.#succeededIndexes.add(index)
      else if (backoffLimitPerIndex !== undefined) {
        const { action } = of.judge(this.#job, pod)
        const spent = action !== 'Ignore' && of.failuresOfIndex(pod) >= backoffLimitPerIndex
        if (action === 'FailIndex' || spent) this.#failedIndexes.add(index)
      }
    }
    this.#succeeded = this.#succeededIndexes.size
    if (backoffLimitPerIndex !== undefined) this.#noteAwaiting(completions)
  }

  #noteAwaiting(completions: number): void {
    const active = new Set(this.#active.map(of.indexOf))
    for (const pod of this.#ended) {
      const index = of.indexOf(pod)
      if (of.isSucceeded(pod) || index === undefined || index >= completions || active.has(index)) continue
      if (this.#succeededIndexes.has(index) || this.#failedIndexes.has(index)) continue
      const other = this.#awaiting.get(index)
      const isLater =
        !other || (of.failuresOfIndex(other) <= of.failuresOfIndex(pod) && of.finishedAt(other) <= of.finishedAt(pod))
      if (isLater) this.#awaiting.set(index, pod)
    }
  }

  #noteBackoff(good: readonly Pod[], bad: readonly Pod[]): void {
    const { uid } = this.#job.metadata
    const lastSuccess = Math.max(...good.map(of.finishedAt), Number.NEGATIVE_INFINITY)
    const since = bad.filter(pod => of.finishedAt(pod) > lastSuccess)
    const before = good.length ? undefined : this.#backoffs.get(uid)
    const failures = (before?.failures ?? 0) + since.length
    if (failures) this.#backoffs.set(uid, { failures, last: Math.max(...since.map(of.finishedAt), before?.last ?? 0) })
    else this.#backoffs.delete(uid)
  }

  run(): void {
    this.#outcome = this.#decide()
    const isGoing = this.#job.metadata.deletionTimestamp !== undefined
    if (this.#outcome || isGoing) this.#letGoOfRest()
    if (this.#outcome) {
      for (const pod of this.#active) this.#delete(pod)
      return
    }
    if (isGoing) return
    this.#manage()
    const { completions } = this.#job.spec
    const active = this.#active.length
    const complete =
      completions === undefined ? this.#succeeded > 0 && active === 0 : this.#succeeded >= completions && active === 0
    if (complete) {
      this.#outcome = {
        success: true,
        reason: 'CompletionsReached',
        message: 'Reached expected number of succeeded pods',
      }
    } else this.#noteSuspension()
  }

  /** Of a Job that is over no more Pods are awaited; one that has failed takes them all for failed. */
  #letGoOfRest(): void {
    const rest = this.#pods.filter(pod => of.isTracked(pod) && !this.#ended.includes(pod))
    this.#ended = [...this.#ended, ...rest]
    if (this.#outcome?.success !== false) return
    const counts = (pod: Pod): boolean =>
      !of.isIndexed(this.#job) || (of.indexOf(pod) ?? Number.POSITIVE_INFINITY) < (this.#job.spec.completions ?? 0)
    this.#failed += rest.filter(pod => counts(pod) && of.judge(this.#job, pod).action !== 'Ignore').length
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
    if (this.#failed > spec.backoffLimit! || of.restartsPastLimit(this.#job, this.#pods)) {
      return fail('BackoffLimitExceeded', 'Job has reached the specified backoff limit')
    }
    if (spec.activeDeadlineSeconds !== undefined && !spec.suspend && this.#startTime) {
      const left = Date.parse(this.#startTime) + spec.activeDeadlineSeconds * 1000 - this.#context.clock.now()
      if (left <= 0) return fail('DeadlineExceeded', 'Job was active longer than specified deadline')
      this.#lookAgain(left)
    }
    return of.isIndexed(this.#job)
      ? outcomeOfIndexes(this.#job, this.#succeededIndexes, this.#failedIndexes)
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
    let wanted = Math.max(0, Math.min(parallelism, (spec.completions ?? 0) - this.#succeeded))
    if (spec.completions === undefined) wanted = this.#succeeded > 0 ? active.length : parallelism
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
        if (idle || this.#succeededIndexes.has(index) || this.#failedIndexes.has(index)) removed.add(pod)
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
      const left = this.#backoffLeft(this.#backoffs.get(this.#job.metadata.uid))
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
    const found: number[] = []
    for (let i = 0; i < (this.#job.spec.completions ?? 0) && found.length < count; i++) {
      if (busy.has(i) || this.#succeededIndexes.has(i) || this.#failedIndexes.has(i)) continue
      const left = this.#job.spec.backoffLimitPerIndex === undefined ? 0 : this.#backoffLeft(this.#lastFailure(i))
      if (left > 0) this.#lookAgain(left)
      else found.push(i)
    }
    return found
  }

  #lastFailure(index: number): Backoff | undefined {
    const failed = this.#pods.filter(pod => of.indexOf(pod) === index && of.isFailed(this.#job, pod))
    if (!failed.length) return undefined
    return { failures: Math.max(...failed.map(of.failuresOfIndex)) + 1, last: Math.max(...failed.map(of.finishedAt)) }
  }

  #backoffLeft(backoff: Backoff | undefined): number {
    if (!backoff) return 0
    const pause = Math.min(BACKOFF_MS * 2 ** (backoff.failures - 1), MAX_BACKOFF_MS)
    return backoff.last + pause - this.#context.clock.now()
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
    const awaiting = new Set(this.#outcome || job.metadata.deletionTimestamp ? [] : this.#awaiting.values())
    const failed = this.#failed - [...awaiting].filter(pod => of.judge(job, pod).action !== 'Ignore').length
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
        ...unlessZero('succeeded', this.#succeeded),
        ...unlessZero('failed', failed),
        terminating: this.#terminating,
        ready: active.filter(isReady).length,
        ...(indexed && this.#succeededIndexes.size && { completedIndexes: formatIndexes(this.#succeededIndexes) }),
        ...(indexed &&
          job.spec.backoffLimitPerIndex !== undefined && { failedIndexes: formatIndexes(this.#failedIndexes) }),
        uncountedTerminatedPods: {},
      },
    })
    for (const pod of this.#ended) {
      if (awaiting.has(pod)) continue
      const now = client.find(podKind, pod.metadata.namespace ?? '', pod.metadata.name)
      if (now && of.isTracked(now)) untrack(client, now)
    }
    const { completions } = job.spec
    if (ended && this.#outcome?.success && completions !== undefined && this.#succeeded > completions)
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
