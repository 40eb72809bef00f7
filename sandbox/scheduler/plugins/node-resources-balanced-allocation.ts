/** Prefers nodes on which CPU and memory are used up evenly. */
import type { NodeInfo } from '../cluster-state.ts'
import { MAX_SCORE, type Plugin } from '../framework.ts'
import { requestsOf } from '../requests.ts'

/** Half the distance between the shares of CPU and memory in use: their standard deviation. */
function balance({ allocatable, requested }: NodeInfo, cpu: number, memory: number): number {
  if (!allocatable.cpu || !allocatable.memory) return MAX_SCORE
  const a = Math.min(1, ((requested.cpu ?? 0) + cpu) / allocatable.cpu)
  const b = Math.min(1, ((requested.memory ?? 0) + memory) / allocatable.memory)
  return Math.trunc((1 - Math.abs((a - b) / 2)) * MAX_SCORE)
}

export const nodeResourcesBalancedAllocation: Plugin = {
  name: 'NodeResourcesBalancedAllocation',
  weight: 1,
  scorer(pod) {
    const { requests, bestEffort } = requestsOf(pod)
    if (bestEffort) return
    const { cpu = 0, memory = 0 } = requests
    return {
      // What counts is the improvement, brought back to 50 … 100.
      score: node => MAX_SCORE / 2 + Math.trunc((MAX_SCORE / 2 + balance(node, cpu, memory) - balance(node, 0, 0)) / 2),
    }
  },
}
