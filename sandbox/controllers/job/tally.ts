/** The tally of a Job's Pods: those that its status counts already, and those that have ended since. */
import type { Job, Pod } from '../../api/types.ts'
import { isActive } from '../pods.ts'
import { parseIndexes } from './indexes.ts'
import * as of from './pods.ts'

export class Tally {
  readonly #job: Job
  /** Pods that have ended since last time; their counting is what untracks them. */
  ended: readonly Pod[]
  succeeded: number
  failed: number
  readonly succeededIndexes = new Set<number>()
  readonly failedIndexes = new Set<number>()
  /** The last failed Pods of indexes that are to be tried again: what has failed so far is noted on their successors. */
  readonly awaiting = new Map<number, Pod>()

  constructor(job: Job, pods: readonly Pod[]) {
    this.#job = job
    this.ended = pods.filter(pod => of.isTracked(pod) && (of.isSucceeded(pod) || of.isFailed(job, pod)))
    this.succeeded = (job.status.succeeded ?? 0) + this.ended.filter(of.isSucceeded).length
    this.failed = (job.status.failed ?? 0) + this.#failures(this.ended.filter(pod => !of.isSucceeded(pod)))
    if (of.isIndexed(job)) this.#countIndexes(pods)
  }

  #failures(pods: readonly Pod[]): number {
    return pods.filter(pod => of.judge(this.#job, pod).action !== 'Ignore').length
  }

  #countIndexes(pods: readonly Pod[]): void {
    const { completions = 0, backoffLimitPerIndex } = this.#job.spec
    const { completedIndexes, failedIndexes } = this.#job.status
    for (const i of parseIndexes(completedIndexes, completions)) this.succeededIndexes.add(i)
    for (const i of parseIndexes(failedIndexes, completions)) this.failedIndexes.add(i)
    for (const pod of this.ended) {
      const index = of.indexOf(pod)
      if (index === undefined || index >= completions) continue
      if (of.isSucceeded(pod)) this.succeededIndexes.add(index)
      else if (backoffLimitPerIndex !== undefined) {
        const { action } = of.judge(this.#job, pod)
        const spent = action !== 'Ignore' && of.failuresOfIndex(pod) >= backoffLimitPerIndex
        if (action === 'FailIndex' || spent) this.failedIndexes.add(index)
      }
    }
    this.succeeded = this.succeededIndexes.size
    if (backoffLimitPerIndex !== undefined) this.#noteAwaiting(pods, completions)
  }

  #noteAwaiting(pods: readonly Pod[], completions: number): void {
    const active = new Set(pods.filter(isActive).map(of.indexOf))
    for (const pod of this.ended) {
      const index = of.indexOf(pod)
      if (of.isSucceeded(pod) || index === undefined || index >= completions || active.has(index)) continue
      if (this.isDone(index)) continue
      const other = this.awaiting.get(index)
      const isLater =
        !other || (of.failuresOfIndex(other) <= of.failuresOfIndex(pod) && of.finishedAt(other) <= of.finishedAt(pod))
      if (isLater) this.awaiting.set(index, pod)
    }
  }

  /** Whether an index has succeeded, or has failed for good. */
  isDone(index: number): boolean {
    return this.succeededIndexes.has(index) || this.failedIndexes.has(index)
  }

  /** Of a Job that is over no more Pods are awaited; one that has failed takes them all for failed. */
  letGo(rest: readonly Pod[], hasFailed: boolean): void {
    this.ended = [...this.ended, ...rest]
    if (!hasFailed) return
    const { completions = 0 } = this.#job.spec
    const counts = (pod: Pod): boolean =>
      !of.isIndexed(this.#job) || (of.indexOf(pod) ?? Number.POSITIVE_INFINITY) < completions
    this.failed += this.#failures(rest.filter(counts))
  }

  /** Failures to be told, without those of Pods whose successors are still to come. */
  failuresWithout(awaiting: ReadonlySet<Pod>): number {
    return this.failed - this.#failures([...awaiting])
  }
}
