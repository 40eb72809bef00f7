/** Enough of every resource left, and the emptier the better. */
import type { Pod } from '../../api/types.ts'
import { MAX_SCORE, type Plugin, type Refusal } from '../framework.ts'
import { type Amounts, requestsOf } from '../requests.ts'

const leastRequested = (requested: number, capacity: number): number =>
  requested > capacity ? 0 : Math.trunc(((capacity - requested) * MAX_SCORE) / capacity)

/** Resources in the order in which the scheduler names them. */
const ORDER = ['cpu', 'memory', 'ephemeral-storage']

/** Whether a Pod gives back some of what the waiting one asks for; any of it, where that is the waiting one. */
function asksLess({ pod, old }: { pod: Pod; old: Pod }, waiting: Pod): boolean {
  const now = requestsOf(pod).requests
  const own = pod.metadata.uid === waiting.metadata.uid
  const wanted = requestsOf(waiting).requests
  return Object.entries(requestsOf(old).requests).some(
    ([name, amount]) => amount > (now[name] ?? 0) && (own || (wanted[name] ?? 0) > 0),
  )
}

const wantedOf = new WeakMap<Amounts, readonly (readonly [string, number])[]>()

/** What is asked for, in that order; found out once for all Pods that ask for the same. */
function wantedBy(requests: Amounts): readonly (readonly [string, number])[] {
  let wanted = wantedOf.get(requests)
  if (!wanted) {
    wanted = Object.entries(requests)
      .filter(([name, amount]) => amount > 0 && name !== 'pods')
      .sort(([a], [b]) => (ORDER.indexOf(a) + 1 || 9) - (ORDER.indexOf(b) + 1 || 9) || (a < b ? -1 : 1))
    wantedOf.set(requests, wanted)
  }
  return wanted
}

export const nodeResourcesFit: Plugin = {
  name: 'NodeResourcesFit',
  weight: 1,
  prepare(pod) {
    const wanted = wantedBy(requestsOf(pod).requests)
    return {
      filter(node): Refusal | undefined {
        let reasons: string[] | undefined
        let unresolvable = false
        if (node.podCount + 1 > node.mostPods) reasons = ['Too many pods']
        for (let i = 0; i < wanted.length; i++) {
          const [name, amount] = wanted[i]!
          const capacity = node.allocatable[name] ?? 0
          if (amount <= capacity - (node.requested[name] ?? 0)) continue
          ;(reasons ??= []).push(`Insufficient ${name}`)
          if (amount > capacity) unresolvable = true
        }
        return reasons && { reasons, unresolvable }
      },
    }
  },
  scorer(pod) {
    const { nonzero } = requestsOf(pod)
    return {
      score({ allocatable, nonzero: used }) {
        // Written out: hundreds of nodes are asked for every Pod.
        const { cpu, memory } = allocatable
        const ofCpu = cpu ? leastRequested(used.cpu + nonzero.cpu, cpu) : 0
        const ofMemory = memory ? leastRequested(used.memory + nonzero.memory, memory) : 0
        return Math.trunc(cpu && memory ? (ofCpu + ofMemory) / 2 : ofCpu + ofMemory)
      },
    }
  },
  wakes: (event, pod) =>
    event.type === 'NodeAdded' ||
    event.type === 'PodDeleted' ||
    (event.type === 'PodChanged' && asksLess(event, pod)) ||
    (event.type === 'NodeChanged' && event.what.has('allocatable')),
}
