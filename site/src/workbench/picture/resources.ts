/** Requested and allocatable resources of a node. */
import { quantityMilliValue, quantityValue } from '../../../../sandbox/api/resources/quantity.ts'
import type { ClusterView } from '../../../../sandbox/scenario/session.ts'
import { requestsOf } from '../../../../sandbox/scheduler/requests.ts'

type Pod = ClusterView['pods'][number]
type Node = ClusterView['nodes'][number]

export interface Share {
  name: string
  asked: number
  of: number
}

const plain = (name: string, quantity: string | number): number =>
  name === 'cpu' ? quantityMilliValue(quantity) : quantityValue(quantity)

export const isFinished = (pod: Pod): boolean => pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed'

/** What arrives from the worker is never changed afterwards. */
const known = new WeakMap<Pod['spec'], Record<string, number>>()
function asked(pod: Pod): Record<string, number> {
  let requests = known.get(pod.spec)
  if (!requests) known.set(pod.spec, (requests = requestsOf(pod).requests))
  return requests
}

function shareOf(node: Node, podsOnNode: readonly Pod[], name: string): Share {
  const counted = podsOnNode.filter(pod => !isFinished(pod))
  const sum = (): number => counted.reduce((n, pod) => n + (asked(pod)[name] ?? 0), 0)
  return {
    name,
    asked: name === 'pods' ? counted.length : sum(),
    of: plain(name, node.status.allocatable?.[name] ?? 0),
  }
}

export const sharesOf = (node: Node, podsOnNode: readonly Pod[]): Share[] =>
  ['cpu', 'memory', 'pods'].map(name => shareOf(node, podsOnNode, name))

/** What nobody on the node has requested yet, of any resource. */
export function freeOf(node: Node, podsOnNode: readonly Pod[], name: string): number {
  const share = shareOf(node, podsOnNode, name)
  return Math.max(0, share.of - share.asked)
}

/** As people read it: 250m, 1.5, 64Mi, 7.8Gi. */
export function amount(name: string, value: number): string {
  if (name === 'cpu')
    return value % 1000 === 0 ? String(value / 1000) : value < 1000 ? `${value}m` : String(value / 1000)
  if (name !== 'memory' && name !== 'ephemeral-storage') return String(value)
  const units = ['', 'Ki', 'Mi', 'Gi', 'Ti']
  let unit = 0
  let n = value
  while (n >= 1024 && unit < units.length - 1) {
    n /= 1024
    unit++
  }
  return `${Math.round(n * 10) / 10}${units[unit]}`
}
