/** The outcome of a Job: success, failure, or neither yet. */
import type { Job } from '../../api/types.ts'
import { parseIndexes } from './indexes.ts'

export interface Outcome {
  success: boolean
  reason: string
  message: string
}

export const fail = (reason: string, message: string): Outcome => ({ success: false, reason, message })

/** What a Job with indexes has come to by those that have succeeded and failed. */
export function outcomeOfIndexes(
  job: Job,
  succeeded: ReadonlySet<number>,
  failures: ReadonlySet<number>,
): Outcome | undefined {
  const { backoffLimitPerIndex, maxFailedIndexes, completions = 0, successPolicy } = job.spec
  const failed = failures.size
  if (backoffLimitPerIndex !== undefined) {
    if (maxFailedIndexes !== undefined && failed > maxFailedIndexes) {
      return fail('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes')
    }
    if (failed && failed + succeeded.size >= completions) return fail('FailedIndexes', 'Job has failed indexes')
  }
  for (const [i, { succeededIndexes, succeededCount }] of (successPolicy?.rules ?? []).entries()) {
    const required = succeededIndexes === undefined ? undefined : parseIndexes(succeededIndexes, completions)
    const reached = required ? [...required].filter(n => succeeded.has(n)).length : succeeded.size
    const met =
      (required?.size && reached === required.size) || (succeededCount !== undefined && reached >= succeededCount)
    if (succeeded.size && met) return { success: true, reason: 'SuccessPolicy', message: `Matched rules at index ${i}` }
  }
  return undefined
}
