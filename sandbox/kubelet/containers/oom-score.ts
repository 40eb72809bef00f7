/** oom_score_adj of a container, by which the kernel chooses whom to kill for want of memory: from QoS and requests. */
import { qosClass } from '../../api/kinds/pod/qos.ts'
import { EVICTION_HARD } from '../eviction/thresholds.ts'
import { containersTotal } from '../resources/pod-resources.ts'
import type { ContainerSpec, Pod } from '../types.ts'
import { type Amounts, amountOf, bytesOf } from './limits.ts'

const GUARANTEED = -997
const BEST_EFFORT = 1000

const requested = ({ resources }: { resources?: ContainerSpec['resources'] }): number =>
  amountOf(resources?.requests as Amounts, 'memory')

/** What the Pod as a whole asks for beyond its containers, for each of them. */
function shareOfTheRest(pod: Pod): number {
  const { containers, initContainers = [], resources } = pod.spec
  const whole = amountOf(resources?.requests as Amounts, 'memory')
  if (!whole) return 0
  const rest = whole - Number(containersTotal(pod, 'memory') / 1_000_000_000n)
  return Math.trunc(rest / (containers.length + initContainers.length))
}

/** @param allocatable of the node: its capacity less what is kept from Pods */
export function oomScoreAdj(pod: Pod, container: ContainerSpec, allocatable: Record<string, string>): number {
  const { spec } = pod
  if (spec.priorityClassName === 'system-node-critical') return GUARANTEED
  const qos = qosClass(spec)
  if (qos !== 'Burstable') return qos === 'Guaranteed' ? GUARANTEED : BEST_EFFORT
  const capacity = amountOf(allocatable, 'memory') + bytesOf(EVICTION_HARD['memory.available'])
  const rest = shareOfTheRest(pod)
  const scoreOf = (bytes: number): number => 1000 - Math.trunc((1000 * (bytes + rest)) / capacity)
  const own = scoreOf(requested(container))
  const isSidecar = spec.initContainers?.some(c => c.name === container.name && c.restartPolicy === 'Always') ?? false
  // A sidecar goes no sooner than those that it serves.
  const score = isSidecar ? Math.min(own, scoreOf(Math.min(...spec.containers.map(requested)))) : own
  return Math.min(Math.max(score, 1000 + GUARANTEED), BEST_EFFORT - 1)
}
