/** A Pod's quality of service class, from the CPU and memory that its containers ask for. */
import type { Draft } from '../../kind.ts'
import { isQuantity, parseQuantity } from '../../resources/quantity.ts'
import { resourcesKey } from './kin.ts'

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort'

const COMPUTE = ['cpu', 'memory']

/** The positive amounts of CPU and memory of a list, in billionths. */
function amounts(list: Draft): Map<string, bigint> {
  const found = new Map<string, bigint>()
  for (const resource of COMPUTE) {
    const text = list?.[resource]
    if (text === undefined || text === null || !isQuantity(text)) continue
    const { nano } = parseQuantity(text)
    if (nano > 0n) found.set(resource, nano)
  }
  return found
}

const equal = (a: Map<string, bigint>, b: Map<string, bigint>): boolean =>
  a.size === b.size && [...a].every(([resource, nano]) => b.get(resource) === nano)

/** What is stored never changes, and a Pod's class is asked for at every look at it. */
const known = new WeakMap<object, QosClass>()

export function qosClass(spec: Draft): QosClass {
  const key = resourcesKey(spec)
  let found = known.get(key)
  if (!found) {
    found = classOfPod(spec)
    if (Object.isFrozen(key)) known.set(key, found)
  }
  return found
}

function classOfPod(spec: Draft): QosClass {
  // Amounts for the Pod as a whole stand in for those of its containers.
  if (spec.resources) return classOf([spec.resources])
  return classOf([...(spec.containers ?? []), ...(spec.initContainers ?? [])].map((c: Draft) => c?.resources))
}

function classOf(resources: readonly Draft[]): QosClass {
  let asked = false
  let guaranteed = true
  const requests = new Map<string, bigint>()
  const limits = new Map<string, bigint>()
  const add = (total: Map<string, bigint>, part: Map<string, bigint>): void => {
    for (const [resource, nano] of part) total.set(resource, (total.get(resource) ?? 0n) + nano)
  }
  if (!resources.some(r => r?.requests || r?.limits)) return 'BestEffort'
  for (const one of resources) {
    const wanted = amounts(one?.requests)
    const allowed = amounts(one?.limits)
    if (wanted.size || allowed.size) asked = true
    if (allowed.size !== COMPUTE.length) guaranteed = false
    add(requests, wanted)
    add(limits, allowed)
  }
  if (!asked) return 'BestEffort'
  return guaranteed && equal(requests, limits) ? 'Guaranteed' : 'Burstable'
}
