/** Facts about Pods that several controllers share: active, ready, available, and which to delete first. */
import type { Pod } from '../api/types.ts'

export type PodCondition = NonNullable<Pod['status']['conditions']>[number]

/** Asked for of all Pods at every turn of a controller, so without a closure. */
export function podCondition(pod: Pod, type: string): PodCondition | undefined {
  const { conditions } = pod.status
  if (conditions) for (let i = 0; i < conditions.length; i++) if (conditions[i]!.type === type) return conditions[i]
  return undefined
}

export const isFinished = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed'
export const isUnfinished = (pod: Pod): boolean => !isFinished(pod)
export const isTerminating = (pod: Pod): boolean => pod.metadata.deletionTimestamp !== undefined
/** Counts as a replica. */
export const isActive = (pod: Pod): boolean => !isFinished(pod) && !isTerminating(pod)
export const isReady = (pod: Pod): boolean => podCondition(pod, 'Ready')?.status === 'True'

const timeOf = (text: string | undefined): number => Date.parse(text ?? '') || 0

/** Milliseconds until the Pod has been ready for minReadySeconds: 0 when it has, undefined when it is not ready. */
function availableIn(pod: Pod, minReadySeconds: number, now: number): number | undefined {
  if (!isReady(pod)) return undefined
  if (!minReadySeconds) return 0
  const since = timeOf(podCondition(pod, 'Ready')?.lastTransitionTime)
  return since ? Math.max(0, since + minReadySeconds * 1000 - now) : undefined
}

export const isAvailable = (pod: Pod, minReadySeconds: number, now: number): boolean =>
  availableIn(pod, minReadySeconds, now) === 0

/** The soonest moment at which one more Pod becomes available, from now. */
export function nextAvailability(pods: readonly Pod[], minReadySeconds: number, now: number): number | undefined {
  let next: number | undefined
  for (const pod of pods) {
    const ms = availableIn(pod, minReadySeconds, now)
    if (ms && (next === undefined || ms < next)) next = ms
  }
  return next
}

/** Whether a change concerns those who only count Pods: most changes of a status do not. */
export function countsDifferently(old: Pod, pod: Pod): boolean {
  const a = old.metadata
  const b = pod.metadata
  if (a.ownerReferences !== b.ownerReferences || a.labels !== b.labels || a.deletionTimestamp !== b.deletionTimestamp)
    return true
  if (old.status.phase !== pod.status.phase) return true
  const was = podCondition(old, 'Ready')
  const is = podCondition(pod, 'Ready')
  return was?.status !== is?.status || (is?.status === 'True' && was?.lastTransitionTime !== is.lastTransitionTime)
}

const PHASE_ORDER: Record<string, number> = { Pending: 0, Unknown: 1, Running: 2 }

const deletionCost = (pod: Pod): number => {
  const text = pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost']
  return text !== undefined && /^(0|-?[1-9]\d*|\+[1-9]\d*)$/.test(text) ? Number(text) : 0
}

const mostRestarts = (pod: Pod): [sidecar: number, regular: number] => {
  const isSidecar = (name: string): boolean =>
    pod.spec.initContainers?.some(c => c.name === name && c.restartPolicy === 'Always') ?? false
  let sidecar = 0
  let regular = 0
  for (const s of pod.status.initContainerStatuses ?? [])
    if (isSidecar(s.name)) sidecar = Math.max(sidecar, s.restartCount ?? 0)
  for (const s of pod.status.containerStatuses ?? []) regular = Math.max(regular, s.restartCount ?? 0)
  return [sidecar, regular]
}

/** Ages are compared by order of magnitude (in nanoseconds), so that chance, not seconds, decides between contemporaries. */
const logAge = (time: number, now: number): number => {
  const nanoseconds = (now - time) * 1e6
  return nanoseconds > 0 ? Math.floor(Math.log2(nanoseconds)) : -1
}

/** The first of them in an order, as if all had been sorted: of thousands mostly a few are wanted. */
export function firstInOrder<T>(all: readonly T[], count: number, order: (a: T, b: T) => number): readonly T[] {
  const first: T[] = []
  for (let i = 0; i < all.length; i++) {
    const one = all[i]!
    if (first.length === count && (!count || order(one, first[count - 1]!) >= 0)) continue
    let low = 0
    for (let high = first.length; low < high; ) {
      const middle = (low + high) >> 1
      if (order(one, first[middle]!) < 0) high = middle
      else low = middle + 1
    }
    first.splice(low, 0, one)
    if (first.length > count) first.pop()
  }
  return first
}

/**
 * Orders Pods so that those to delete first come first.
 * @param rankOf how many Pods of the same family share the Pod's node
 */
export function byDeletionOrder(now: number, rankOf: (pod: Pod) => number): (a: Pod, b: Pod) => number {
  return (a, b) => {
    const unassigned = Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName))
    if (unassigned) return unassigned
    const phase = (PHASE_ORDER[a.status.phase ?? ''] ?? 0) - (PHASE_ORDER[b.status.phase ?? ''] ?? 0)
    if (phase) return phase
    const conditionA = podCondition(a, 'Ready')
    const conditionB = podCondition(b, 'Ready')
    const ready = conditionA?.status === 'True'
    if (ready !== (conditionB?.status === 'True')) return ready ? 1 : -1
    const cost = deletionCost(a) - deletionCost(b)
    if (cost) return cost
    const rank = rankOf(b) - rankOf(a)
    if (rank) return rank
    // Most have become ready, and have been made, with others: what is written the same need not be read.
    if (ready && conditionA.lastTransitionTime !== conditionB?.lastTransitionTime) {
      const since = timeOf(conditionA.lastTransitionTime)
      const otherSince = timeOf(conditionB?.lastTransitionTime)
      if (since !== otherSince) {
        const age = logAge(since, now) - logAge(otherSince, now)
        return age || (a.metadata.uid < b.metadata.uid ? -1 : 1)
      }
    }
    const [sidecarA, regularA] = mostRestarts(a)
    const [sidecarB, regularB] = mostRestarts(b)
    if (regularA !== regularB) return regularB - regularA
    if (sidecarA !== sidecarB) return sidecarB - sidecarA
    const [madeA, madeB] = [a.metadata.creationTimestamp, b.metadata.creationTimestamp]
    const age = madeA === madeB ? 0 : logAge(Date.parse(madeA), now) - logAge(Date.parse(madeB), now)
    return age || (a.metadata.uid < b.metadata.uid ? -1 : a.metadata.uid > b.metadata.uid ? 1 : 0)
  }
}
