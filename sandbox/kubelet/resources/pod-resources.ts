/** Requests and limits of a Pod in all: of its containers and sidecars together, or of the largest of its init containers. */
import { resourcesKey } from '../../api/kinds/pod/kin.ts'
import { formatQuantity, parseQuantity, type Quantity } from '../../api/resources/quantity.ts'
import type { ContainerSpec, Pod } from '../types.ts'
import { initContainersOf, isRestartableInit } from '../types.ts'

export type Amounts = Record<string, string | number>
type Kind = 'requests' | 'limits'

const amountsOf = (container: ContainerSpec, kind: Kind): Amounts =>
  (container.resources?.[kind] as Amounts | undefined) ?? {}

const POD_LEVEL = /^(cpu|memory|hugepages-.*)$/

/** The sum for one resource, in billionths; of all containers of the spec unless others are given. */
export function podTotal(
  pod: Pod,
  resource: string,
  kind: Kind = 'requests',
  containers: readonly ContainerSpec[] = pod.spec.containers,
): bigint {
  const overhead = nano((pod.spec.overhead as Amounts | undefined)?.[resource])
  const whole = POD_LEVEL.test(resource) ? (pod.spec.resources?.[kind] as Amounts | undefined)?.[resource] : undefined
  return (whole === undefined ? containersTotal(pod, resource, kind, containers) : nano(whole)) + overhead
}

/** The same of the containers alone, whatever the Pod says for itself. */
export function containersTotal(
  pod: Pod,
  resource: string,
  kind: Kind = 'requests',
  containers: readonly ContainerSpec[] = pod.spec.containers,
): bigint {
  let sum = 0n
  let peak = 0n
  for (const container of initContainersOf(pod)) {
    const amount = nano(amountsOf(container, kind)[resource])
    if (isRestartableInit(container)) sum += amount
    const now = isRestartableInit(container) ? sum : sum + amount
    if (now > peak) peak = now
  }
  for (const container of containers) sum += nano(amountsOf(container, kind)[resource])
  return sum > peak ? sum : peak
}

const nano = (amount: string | number | undefined): bigint => (amount === undefined ? 0n : parseQuantity(amount).nano)

/** All resources that are named anywhere in the Pod, with their sums. */
function podAmounts(pod: Pod, kind: Kind): Record<string, string> {
  const formats = new Map<string, Quantity['format']>()
  const parts = [
    pod.spec.resources?.[kind] as Amounts | undefined,
    ...[...pod.spec.containers, ...initContainersOf(pod)].map(c => amountsOf(c, kind)),
  ]
  for (const amounts of parts) {
    for (const [name, amount] of Object.entries(amounts ?? {})) {
      if (!formats.has(name)) formats.set(name, parseQuantity(amount).format)
    }
  }
  return Object.fromEntries(
    [...formats].map(([name, format]) => [name, formatQuantity(podTotal(pod, name, kind), format)]),
  )
}

/** A limit holds for the Pod as a whole only if every container has one. */
function effectiveLimits(pod: Pod): Record<string, string> {
  const all = [...pod.spec.containers, ...initContainersOf(pod)]
  const own = pod.spec.resources?.limits as Amounts | undefined
  return Object.fromEntries(
    Object.entries(podAmounts(pod, 'limits')).filter(
      ([name]) =>
        ['cpu', 'memory'].includes(name) &&
        (own?.[name] !== undefined || all.every(c => amountsOf(c, 'limits')[name] !== undefined)),
    ),
  )
}

/** What a Pod's control group holds: all that is asked for, and limits where every container has one. */
export const podLevelResources = (pod: Pod): { requests: Record<string, string>; limits: Record<string, string> } => ({
  requests: podAmounts(pod, 'requests'),
  limits: effectiveLimits(pod),
})

/** The Pod-level part of a status: what is set aside, and what holds. */
export function podResourceStatus(pod: Pod): ResourceStatus {
  const running = pod.status.phase === 'Running'
  const known = running ? whileRunning : before
  const key = resourcesKey(pod.spec)
  let status = known.get(key)
  if (!status) {
    status = resourceStatus(pod, running)
    if (Object.isFrozen(key)) known.set(key, status)
  }
  return status
}

interface ResourceStatus {
  allocatedResources?: Record<string, string>
  resources: object
}

/** What is stored never changes, and this is asked for at every look at the Pod. */
const before = new WeakMap<object, ResourceStatus>()
const whileRunning = new WeakMap<object, ResourceStatus>()

function resourceStatus(pod: Pod, running: boolean): ResourceStatus {
  const requests = podAmounts(pod, 'requests')
  const limits = running ? effectiveLimits(pod) : podAmounts(pod, 'limits')
  const held = running
    ? Object.fromEntries(Object.entries(requests).filter(([name]) => name === 'cpu' || name === 'memory'))
    : requests
  const some = (amounts: object): boolean => Object.keys(amounts).length > 0
  return {
    ...(some(requests) && { allocatedResources: requests }),
    resources: { ...(some(limits) && { limits }), ...(some(held) && { requests: held }) },
  }
}
