/** How many replicas the measured use of a resource calls for. */
import { quantityMilliValue } from '../../api/quantity.ts'
import type { Pod } from '../../api/types.ts'
import { isTerminating, podCondition } from '../pods.ts'

const CPU_INITIALIZATION_MS = 300_000
const INITIAL_READINESS_MS = 30_000
const METRIC_WINDOW_MS = 30_000

/** What a Pod uses now, in thousandths of a CPU and in bytes; undefined while nothing has been measured. */
export type PodMetrics = (pod: Pod) => { cpuMillis: number; memoryBytes: number } | undefined

export type Target = { utilization: number } | { averageMillis: number }
export interface Proposal {
  replicas: number
  /** Percent of what is requested; absent when the target is an amount. */
  utilization?: number
  /** Thousandths of the resource's unit, on average. */
  averageMillis: number
}

export interface Measurement {
  pods: readonly Pod[]
  current: number
  resource: string
  target: Target
  /** A ratio within these bounds of 1 is left alone. */
  tolerance: { up: number; down: number }
  now: number
}

/** @throws an Error in the calculator's words */
export function proposeReplicas(
  { pods, current, resource, target, tolerance, now }: Measurement,
  metrics: PodMetrics,
): Proposal {
  if (!pods.length) throw new Error('no pods returned by selector while calculating replica count')
  const used = new Map<Pod, number>()
  const unready: Pod[] = []
  const missing: Pod[] = []
  for (const pod of pods) {
    if (isTerminating(pod) || pod.status.phase === 'Failed') continue
    const measured = pod.status.phase === 'Pending' ? undefined : metrics(pod)
    if (pod.status.phase === 'Pending' || (measured && resource === 'cpu' && isStarting(pod, now))) unready.push(pod)
    else if (!measured) missing.push(pod)
    else used.set(pod, resource === 'cpu' ? measured.cpuMillis : measured.memoryBytes * 1000)
  }
  if (!used.size) throw new Error('did not receive metrics for targeted pods (pods might be unready)')
  const requested = (pod: Pod): number => requestOf(pod, resource)
  const first = ratioOf(used, target, requested, resource)
  const within = (ratio: number): boolean => ratio >= 1 - tolerance.down && ratio <= 1 + tolerance.up
  const proposal = (replicas: number): Proposal => ({
    replicas,
    averageMillis: first.average,
    ...(first.utilization !== undefined && { utilization: first.utilization }),
  })
  const ready = used.size
  const countsUnready = unready.length > 0 && first.ratio > 1
  if (!countsUnready && !missing.length) return proposal(within(first.ratio) ? current : Math.ceil(first.ratio * ready))
  // Those that nothing is known of are taken for what speaks most against a change.
  for (const pod of missing) {
    if (first.ratio > 1) used.set(pod, 0)
    else if (first.ratio < 1)
      used.set(
        pod,
        'utilization' in target ? (requested(pod) * Math.max(100, target.utilization)) / 100 : target.averageMillis,
      )
  }
  if (countsUnready) for (const pod of unready) used.set(pod, 0)
  const { ratio } = ratioOf(used, target, requested, resource)
  const turned = (first.ratio < 1 && ratio > 1) || (first.ratio > 1 && ratio < 1)
  const replicas = Math.ceil(ratio * used.size)
  if (within(ratio) || turned || (ratio < 1 && replicas > current) || (ratio > 1 && replicas < current))
    return proposal(current)
  return proposal(replicas)
}

/** CPU used while starting says little. */
function isStarting(pod: Pod, now: number): boolean {
  const ready = podCondition(pod, 'Ready')
  const started = Date.parse(pod.status.startTime ?? '')
  if (!ready || Number.isNaN(started)) return true
  const since = Date.parse(ready.lastTransitionTime ?? '')
  if (started + CPU_INITIALIZATION_MS > now) return ready.status === 'False' || now < since + METRIC_WINDOW_MS
  return ready.status === 'False' && started + INITIAL_READINESS_MS > since
}

/** @throws when a container requests nothing of the resource */
function requestOf(pod: Pod, resource: string): number {
  let sum = 0
  for (const { name, resources } of pod.spec.containers) {
    const quantity = (resources?.requests as Record<string, string> | undefined)?.[resource]
    if (quantity === undefined)
      throw new Error(`missing request for ${resource} in container ${name} of Pod ${pod.metadata.name}`)
    sum += quantityMilliValue(quantity)
  }
  return sum
}

function ratioOf(used: ReadonlyMap<Pod, number>, target: Target, requested: (pod: Pod) => number, resource: string) {
  const total = [...used.values()].reduce((a, b) => a + b, 0)
  const average = Math.trunc(total / used.size)
  if ('averageMillis' in target) return { ratio: average / target.averageMillis, average, utilization: undefined }
  const requests = [...used.keys()].reduce((sum, pod) => sum + requested(pod), 0)
  if (!requests) throw new Error(`no metrics returned matched known pods for ${resource}`)
  const utilization = Math.trunc((total * 100) / requests)
  return { ratio: utilization / target.utilization, average, utilization }
}
