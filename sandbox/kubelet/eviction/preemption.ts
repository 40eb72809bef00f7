/** Preemption on a node: the Pods that are put out for a critical one, as few as can be, those of the lowest QoS first. */
import { qosClass } from '../../api/kinds/pod/qos.ts'
import type { NodeContext } from '../node-context.ts'
import type { PodWorker } from '../pods/worker.ts'
import { podTotal } from '../resources/pod-resources.ts'
import { type Running, run, type Task } from '../task.ts'
import type { Pod, Refusal } from '../types.ts'
import { isCritical } from './eviction.ts'
import { killPodNow } from './kill-now.ts'

/** What a node has too little of for a Pod, and how much is missing. */
export interface Missing {
  resource: string
  amount: bigint
}

/** How much of a resource would be free if a Pod went. */
const heldOf = (pod: Pod, resource: string): bigint => (resource === 'pods' ? 1n : podTotal(pod, resource))

const mayPutOut = (pod: Pod, other: Pod): boolean =>
  (isCritical(pod) && !isCritical(other)) || (pod.spec.priority ?? 0) > (other.spec.priority ?? 0)

const after = (missing: readonly Missing[], gone: readonly Pod[]): Missing[] =>
  missing
    .map(({ resource, amount }) => ({
      resource,
      amount: gone.reduce((left, pod) => left - heldOf(pod, resource), amount),
    }))
    .filter(({ amount }) => amount > 0n)

/** How far from enough a Pod would be, each resource counting the same. */
const distance = (missing: readonly Missing[], pod: Pod): number =>
  missing.reduce((sum, { resource, amount }) => {
    const left = amount - heldOf(pod, resource)
    return left > 0n ? sum + (Number(left) / Number(amount)) ** 2 : sum
  }, 0)

const asksForLess = (a: Pod, b: Pod): boolean => {
  for (const resource of ['memory', 'cpu']) {
    const [left, right] = [podTotal(a, resource), podTotal(b, resource)]
    if (left !== right) return left < right
  }
  return true
}

/** One after the other whoever brings most; undefined when all of them are not enough. */
function nearest(pods: readonly Pod[], wanted: readonly Missing[]): Pod[] | undefined {
  const chosen: Pod[] = []
  const left = [...pods]
  let missing = wanted
  while (missing.length) {
    let best: Pod | undefined
    for (const pod of left) {
      const nearer = best ? distance(missing, pod) - distance(missing, best) : -1
      if (!best || nearer < 0 || (nearer === 0 && asksForLess(pod, best))) best = pod
    }
    if (!best) return undefined
    chosen.push(best)
    left.splice(left.indexOf(best), 1)
    missing = after(missing, [best])
  }
  return chosen
}

/** @returns undefined when there would not be room even without all whom this Pod may put out */
export function chooseToPutOut(pod: Pod, others: readonly Pod[], missing: readonly Missing[]): Pod[] | undefined {
  const candidates = others.filter(other => mayPutOut(pod, other))
  const of = (qos: string): Pod[] => candidates.filter(other => qosClass(other.spec) === qos)
  const [bestEffort, burstable, guaranteed] = [of('BestEffort'), of('Burstable'), of('Guaranteed')]
  const best = nearest(guaranteed, after(missing, [...bestEffort, ...burstable]))
  const middle = best && nearest(burstable, after(missing, [...bestEffort, ...best]))
  const least = middle && nearest(bestEffort, after(missing, [...middle, ...best]))
  return least && [...least, ...middle, ...best]
}

/** As messages list what cannot be had. */
const list = (missing: readonly Missing[]): string =>
  `[${missing.map(({ resource, amount }) => `(res: ${resource}, q: ${inUnits(resource, amount)}), `).join('')}]`

const inUnits = (resource: string, amount: bigint): bigint =>
  resource === 'pods' ? amount : amount / (resource === 'cpu' ? 1_000_000n : 1_000_000_000n)

export interface Room {
  node: NodeContext
  pod: Pod
  missing: readonly Missing[]
  /** Whoever holds something of the node. */
  others: readonly PodWorker[]
  /** Whether the Pod still is to be taken. */
  isWanted(): boolean
  take(): void
  refuse(refusal: Refusal): void
  /** Told once, when the Pod has been taken or refused, or is wanted no more. */
  done(): void
}

const MESSAGE = 'Preempted in order to admit critical pod'

/**
 * Puts out others for a critical Pod, one after the other, and takes it when they have gone.
 * @returns how to leave off; undefined when there is nobody to be put out
 */
export function makeRoom({ node, pod, missing, others, isWanted, take, refuse, done }: Room): Running | undefined {
  const pods = others.map(({ pod: other, resize }) => resize.allocatedPod(other))
  const chosen = chooseToPutOut(pod, pods, missing)
  if (!chosen) {
    const candidates = pods.filter(other => mayPutOut(pod, other))
    const why = `no set of running pods found to reclaim resources: ${list(after(missing, candidates))}`
    const message = `Unexpected error while attempting to recover from admission failure: preemption: error finding a set of pods to preempt: ${why}`
    refuse({ reason: 'UnexpectedAdmissionError', message })
    done()
    return undefined
  }
  const leaving = chosen.map(one => others[pods.indexOf(one)]!)
  const message = 'Pod was preempted by Kubelet to accommodate a critical pod.'
  const disruption = { reason: 'TerminationByKubelet', message }
  const putOut = function* (): Task {
    for (const other of leaving) {
      node.podEvent(other.pod, 'Warning', 'Preempting', MESSAGE)
      yield* killPodNow(node, other, { reason: 'Preempting', message: MESSAGE, disruption })
    }
  }
  return run(node.clock, putOut(), () => {
    if (isWanted()) take()
    done()
  })
}
