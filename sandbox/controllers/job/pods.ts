/** Pods of a Job: how they ended and when, which index they work on, what the Job's policy says of their failure. */
import type { Job, Pod } from '../../api/types.ts'
import { isFinished, isTerminating, podCondition } from '../pods.ts'

export const FINALIZER = 'batch.kubernetes.io/job-tracking'
export const INDEX = 'batch.kubernetes.io/job-completion-index'
export const INDEX_FAILURES = 'batch.kubernetes.io/job-index-failure-count'
export const INDEX_IGNORED = 'batch.kubernetes.io/job-index-ignored-failure-count'

export const isTracked = (pod: Pod): boolean => Boolean(pod.metadata.finalizers?.includes(FINALIZER))
export const isIndexed = (job: Job): boolean => job.spec.completionMode === 'Indexed'
export const replacesOnlyFailed = (job: Job): boolean => job.spec.podReplacementPolicy === 'Failed'

export const isSucceeded = (pod: Pod): boolean => pod.status.phase === 'Succeeded'
/** A Pod that is being deleted has failed as well, unless only what has ended may be replaced. */
export const isFailed = (job: Job, pod: Pod): boolean =>
  pod.status.phase === 'Failed' || (!replacesOnlyFailed(job) && isTerminating(pod) && pod.status.phase !== 'Succeeded')

export function indexOf(pod: Pod): number | undefined {
  const text = pod.metadata.annotations?.[INDEX]
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined
}

export const failuresOfIndex = (pod: Pod): number => Number(pod.metadata.annotations?.[INDEX_FAILURES] ?? 0) || 0

/** When the last container ended; failing that, what comes nearest. */
export function finishedAt(pod: Pod): number {
  const ends = (pod.status.containerStatuses ?? []).map(s => Date.parse(s.state?.terminated?.finishedAt ?? ''))
  if (ends.length && ends.every(t => !Number.isNaN(t))) return Math.max(...ends)
  const ready = podCondition(pod, 'Ready')
  if (ready?.status === 'False' && ready.lastTransitionTime) return Date.parse(ready.lastTransitionTime)
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, creationTimestamp } = pod.metadata
  if (deletionTimestamp) return Date.parse(deletionTimestamp) - deletionGracePeriodSeconds * 1000
  return Date.parse(creationTimestamp)
}

export interface Verdict {
  action: 'Count' | 'Ignore' | 'FailIndex' | 'FailJob'
  message: string
}

/** What the first rule that matches says; without one a failure counts. */
export function judge(job: Job, pod: Pod): Verdict {
  const { namespace, name } = pod.metadata
  for (const [i, rule] of (job.spec.podFailurePolicy?.rules ?? []).entries()) {
    const { action, onExitCodes, onPodConditions } = rule
    let message: string | undefined
    if (onExitCodes) {
      const statuses = [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])]
      const match = statuses.find(({ name: container, state }) => {
        const code = state?.terminated?.exitCode
        if (!code || (onExitCodes.containerName && onExitCodes.containerName !== container)) return false
        return onExitCodes.values.includes(code) === (onExitCodes.operator === 'In')
      })
      const code = match?.state?.terminated?.exitCode
      if (match)
        message = `Container ${match.name} for pod ${namespace}/${name} failed with exit code ${code} matching ${action} rule at index ${i}`
    } else {
      const match = pod.status.conditions?.find(c =>
        onPodConditions?.some(p => p.type === c.type && (p.status ?? 'True') === c.status),
      )
      if (match) message = `Pod ${namespace}/${name} has condition ${match.type} matching ${action} rule at index ${i}`
    }
    if (message !== undefined) return { action: action as Verdict['action'], message }
  }
  return { action: 'Count', message: '' }
}

/** Restarts count as failures where containers are restarted in place. */
export function restartsPastLimit(job: Job, pods: readonly Pod[]): boolean {
  if (job.spec.template.spec?.restartPolicy !== 'OnFailure') return false
  let restarts = 0
  for (const pod of pods) {
    if (isFinished(pod) || (pod.status.phase !== 'Running' && pod.status.phase !== 'Pending')) continue
    for (const s of [...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? [])])
      restarts += s.restartCount ?? 0
  }
  const limit = job.spec.backoffLimit!
  return limit === 0 ? restarts > 0 : restarts >= limit
}
