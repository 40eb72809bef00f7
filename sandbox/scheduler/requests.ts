/** A Pod's requests of a node: resources (of containers, init containers, sidecars and overhead) and host ports. */
import { resourcesKey } from '../api/kinds/pod/kin.ts'
import { quantityMilliValue, quantityValue } from '../api/resources/quantity.ts'
import type { Pod } from '../api/types.ts'

/** CPU in thousandths, everything else in whole units. */
export type Amounts = Record<string, number>

export interface HostPort {
  ip: string
  protocol: string
  port: number
}

export interface PodRequests {
  requests: Amounts
  /** For scoring: containers that ask for no CPU or memory count as asking for a little. */
  nonzero: { cpu: number; memory: number }
  hostPorts: readonly HostPort[]
  bestEffort: boolean
}

const DEFAULT_CPU = 100
const DEFAULT_MEMORY = 200 * 1024 * 1024

type ResourceList = Record<string, string | number> | undefined
interface Container {
  restartPolicy?: string
  resources?: { requests?: Record<string, string | number> }
}

export function amountsOf(list: ResourceList): Amounts {
  const amounts: Amounts = {}
  for (const [name, quantity] of Object.entries(list ?? {})) {
    amounts[name] = name === 'cpu' ? quantityMilliValue(quantity) : quantityValue(quantity)
  }
  return amounts
}

export function addTo(total: Amounts, more: Amounts, sign = 1): void {
  for (const name in more) total[name] = (total[name] ?? 0) + sign * more[name]!
}

function raise(total: Amounts, least: Amounts): void {
  for (const name in least) total[name] = Math.max(total[name] ?? 0, least[name]!)
}

/** Sidecars run on beside everything after them; other init containers run one at a time before the rest. */
function total(spec: Pod['spec'], of: (container: Container) => Amounts): Amounts {
  const sum: Amounts = {}
  for (const container of spec.containers) addTo(sum, of(container as Container))
  const sidecars: Amounts = {}
  const peak: Amounts = {}
  for (const container of spec.initContainers ?? []) {
    const own = of(container as Container)
    if (container.restartPolicy === 'Always') {
      addTo(sum, own)
      addTo(sidecars, own)
      raise(peak, sidecars)
    } else {
      const now = { ...sidecars }
      addTo(now, own)
      raise(peak, now)
    }
  }
  raise(sum, peak)
  const whole = amountsOf((spec as { resources?: { requests?: ResourceList } }).resources?.requests)
  Object.assign(sum, whole)
  addTo(sum, amountsOf(spec.overhead as ResourceList))
  return sum
}

const known = new WeakMap<object, PodRequests>()

/** Computed once for all Pods that ask for the same in the same words. */
export function requestsOf(pod: Pod): PodRequests {
  const { spec } = pod
  const key = spec.containers[0]?.ports ? spec : resourcesKey(spec)
  let result = known.get(key)
  if (result) return result
  const requests = total(spec, c => amountsOf(c.resources?.requests))
  const filled = total(spec, c => {
    const { cpu = DEFAULT_CPU, memory = DEFAULT_MEMORY } = amountsOf(c.resources?.requests)
    return { cpu, memory }
  })
  const hostPorts: HostPort[] = []
  const listening = [...spec.containers, ...(spec.initContainers ?? []).filter(c => c.restartPolicy === 'Always')]
  for (const { ports } of listening) {
    for (const { hostPort, hostIP, protocol } of ports ?? []) {
      if (hostPort) hostPorts.push({ ip: hostIP || '0.0.0.0', protocol: protocol ?? 'TCP', port: hostPort })
    }
  }
  result = {
    requests,
    nonzero: { cpu: filled.cpu ?? 0, memory: filled.memory ?? 0 },
    hostPorts,
    bestEffort: !requests.cpu && !requests.memory,
  }
  known.set(key, result)
  return result
}
