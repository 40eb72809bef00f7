/** The number of replicas that the measured use of a resource calls for. */
import { quantityMilliValue } from '../../api/resources/quantity.ts'
import type { Pod } from '../../api/types.ts'
import { isTerminating, podCondition } from '../pods.ts'

const CPU_INITIALIZATION_MS = 300_000
const INITIAL_READINESS_MS = 30_000
const METRIC_WINDOW_MS = 30_000

export interface ContainerUse {
  name: string
  cpuMillis: number
  memoryBytes: number
}

/** What the containers of a Pod use now; undefined while nothing has been measured. */
export type PodMetrics = (pod: Pod) => readonly ContainerUse[] | undefined

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
  /** Only this container of each Pod counts. */
  container?: string | undefined
  target: Target
  /** A ratio within these bounds of 1 is left alone. */
  tolerance: { up: number; down: number }
  now: number
}

/** @throws an Error in the calculator's words */
export function proposeReplicas(
  { pods, current, resource, container, target, tolerance, now }: Measurement,
  metrics: PodMetrics,
): Proposal {
  const measurements = new Map<Pod, readonly ContainerUse[]>()
  for (const pod of pods) {
    const use = metrics(pod)
    if (use) measurements.set(pod, use)
  }
  if (!measurements.size)
    throw new Error(`unable to get metrics for resource ${resource}: no metrics returned from resource metrics API`)
  if (!pods.length) throw new Error('no pods returned by selector while calculating replica count')
  const used = new Map<Pod, number>()
  const unready: Pod[] = []
  const missing: Pod[] = []
  for (const pod of pods) {
    if (isTerminating(pod) || pod.status.phase === 'Failed') continue
    const use = useOf(measurements.get(pod) ?? [], resource, container)
    if (pod.status.phase === 'Pending') unready.push(pod)
    else if (use === undefined) missing.push(pod)
    else if (resource === 'cpu' && isStarting(pod, now)) unready.push(pod)
    else used.set(pod, use)
  }
  if (!used.size) throw new Error('did not receive metrics for targeted pods (pods might be unready)')
  const requested = (pod: Pod): number => requestOf(pod, resource, container)
  // A Pod whose request is missing spoils it for all, whether it is measured or not.
  if ('utilization' in target) for (const pod of pods) requested(pod)
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

/** Undefined when the container that counts is not among those measured. */
function useOf(measured: readonly ContainerUse[], resource: string, container: string | undefined): number | undefined {
  const counted = container === undefined ? measured : measured.filter(c => c.name === container)
  if (!counted.length) return undefined
  return counted.reduce((sum, c) => sum + (resource === 'cpu' ? c.cpuMillis : c.memoryBytes * 1000), 0)
}

/** @throws when a container requests nothing of the resource */
function requestOf({ spec, metadata }: Pod, resource: string, container: string | undefined): number {
  const sidecars = spec.initContainers?.filter(c => c.restartPolicy === 'Always') ?? []
  const all = [...spec.containers, ...sidecars]
  const counted = container === undefined ? all : all.filter(c => c.name === container)
  if (container !== undefined && !counted.length)
    throw new Error(`container ${container} not found in Pod ${metadata.name}`)
  let sum = 0
  for (const { name, resources } of counted) {
    const quantity = (resources?.requests as Record<string, string> | undefined)?.[resource]
    if (quantity === undefined)
      throw new Error(`missing request for ${resource} in container ${name} of Pod ${metadata.name}`)
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
