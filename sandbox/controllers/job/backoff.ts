/** The back-off of a Job after failures, before it creates the next Pod. */
import type { Job, Pod } from '../../api/types.ts'
import * as of from './pods.ts'

const BACKOFF_MS = 10_000
const MAX_BACKOFF_MS = 600_000

/** Failures since the last success, and when the last was. */
export interface Backoff {
  failures: number
  last: number
}

/** Of each Job, by its uid. */
export type Backoffs = Map<string, Backoff>

/** Notes what Pods have come to since last time. */
export function noteBackoff(backoffs: Backoffs, job: Job, ended: readonly Pod[]): void {
  const { uid } = job.metadata
  const good = ended.filter(of.isSucceeded)
  const lastSuccess = Math.max(...good.map(of.finishedAt), Number.NEGATIVE_INFINITY)
  const since = ended.filter(pod => !of.isSucceeded(pod) && of.finishedAt(pod) > lastSuccess)
  const before = good.length ? undefined : backoffs.get(uid)
  const failures = (before?.failures ?? 0) + since.length
  if (failures) backoffs.set(uid, { failures, last: Math.max(...since.map(of.finishedAt), before?.last ?? 0) })
  else backoffs.delete(uid)
}

/** The failures of one index, which are noted on its Pods. */
export function backoffOfIndex(job: Job, pods: readonly Pod[], index: number): Backoff | undefined {
  const failed = pods.filter(pod => of.indexOf(pod) === index && of.isFailed(job, pod))
  if (!failed.length) return undefined
  return { failures: Math.max(...failed.map(of.failuresOfIndex)) + 1, last: Math.max(...failed.map(of.finishedAt)) }
}

/** Milliseconds until the next attempt. */
export function backoffLeft(backoff: Backoff | undefined, now: number): number {
  if (!backoff) return 0
  const pause = Math.min(BACKOFF_MS * 2 ** (backoff.failures - 1), MAX_BACKOFF_MS)
  return backoff.last + pause - now
}
