/** Admission on the node: the scheduler's checks again, as a Pod that comes with spec.nodeName has passed it by. */

import { parseQuantity } from '../../api/resources/quantity.ts'
import { requiredNodes } from '../../api/scheduling/node-selection.ts'
import { type Taint, type Toleration, tolerates } from '../../api/scheduling/taints.ts'
import type { Node } from '../../api/types.ts'
import { isCritical } from '../eviction/eviction.ts'
import type { Missing } from '../eviction/preemption.ts'
import { sysctlRefusal } from '../sandbox/sysctl.ts'
import type { ContainerSpec, Pod, Refusal } from '../types.ts'
import { isStaticPod } from '../types.ts'
import { podTotal } from './pod-resources.ts'

/** In the unit in which the scheduler counts: thousandths of a cpu, whole bytes of all else. */
const counted = (nano: bigint, resource: string): bigint => nano / (resource === 'cpu' ? 1_000_000n : 1_000_000_000n)

const RESOURCES = ['cpu', 'memory', 'ephemeral-storage']

/** Of what a Pod asks for: huge pages of any size too, while other resources that the node does not know are no matter of the kubelet's. */
function resourcesOf({ spec }: Pod): readonly string[] {
  let names = RESOURCES
  const look = (requests: object | undefined): void => {
    for (const name in requests) if (name.startsWith('hugepages-') && !names.includes(name)) names = [...names, name]
  }
  look(spec.resources?.requests)
  for (const { resources } of spec.initContainers ?? []) look(resources?.requests)
  for (const { resources } of spec.containers) look(resources?.requests)
  return names
}

/** Why the node refuses a Pod: for want of resources, which others could make room for, or for something else. */
export interface Objection extends Refusal {
  /** Empty when it is something else. */
  missing: readonly Missing[]
}

/** @returns undefined when it is taken */
export function admit(
  pod: Pod,
  others: readonly Pod[],
  node: Pick<Node, 'metadata' | 'spec'>,
  allocatable: Record<string, string>,
): Objection | undefined {
  const other = (refusal: Refusal): Objection => ({ ...refusal, missing: [] })
  const sysctl = sysctlRefusal(pod)
  if (sysctl) return other(sysctl)
  const { os } = pod.spec
  // It is the Pod's label that is looked at, whatever its selector says.
  const osLabel = pod.metadata.labels?.['kubernetes.io/os']
  if (osLabel !== undefined && osLabel !== 'linux') {
    return other({
      reason: 'PodOSSelectorNodeLabelDoesNotMatch',
      message: "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label",
    })
  }
  if (os?.name && os.name !== 'linux') {
    return other({ reason: 'PodOSNotSupported', message: "Failed to admit pod as the OS field doesn't match node OS" })
  }
  const scarce = scarcity(pod, others, allocatable)
  const against = placement(pod, others, node)
  // Whoever may put out others is not refused for want of what they hold.
  if (scarce && !(against && isCritical(pod))) return scarce
  if (against) return other(against)
  if (!isStaticPod(pod)) {
    const taints = (node.spec.taints ?? []) as Taint[]
    const taint = taints.find(t => t.effect === 'NoExecute' && !tolerates(pod.spec.tolerations as Toleration[], t))
    if (taint) return other(predicate('TaintToleration', `node(s) had untolerated taint(s)`))
  }
  return undefined
}

/** The first resource that there is too little of, and all of them. */
function scarcity(pod: Pod, others: readonly Pod[], allocatable: Record<string, string>): Objection | undefined {
  const missing: Missing[] = []
  let first: Refusal | undefined
  const room = Number(allocatable.pods)
  if (others.length + 1 > room) {
    first = { reason: 'OutOfpods', message: outOf('pods', 1n, BigInt(others.length), BigInt(room)) }
    missing.push({ resource: 'pods', amount: BigInt(others.length + 1 - room) })
  }
  for (const resource of resourcesOf(pod)) {
    const wanted = podTotal(pod, resource)
    if (wanted === 0n) continue
    const used = others.reduce((sum, p) => sum + podTotal(p, resource), 0n)
    const there = parseQuantity(allocatable[resource] ?? 0).nano
    if (used + wanted <= there) continue
    const message = outOf(resource, counted(wanted, resource), counted(used, resource), counted(there, resource))
    first ??= { reason: `OutOf${resource}`, message }
    missing.push({ resource, amount: used + wanted - there })
  }
  return first && { ...first, missing }
}

function placement(pod: Pod, others: readonly Pod[], node: Pick<Node, 'metadata'>): Refusal | undefined {
  const wanted = requiredNodes(pod)
  if (wanted && !wanted(node)) return predicate('NodeAffinity', "node(s) didn't match Pod's node affinity/selector")
  if (portTaken(pod, others))
    return predicate('NodePorts', "node(s) didn't have free ports for the requested pod ports")
  return undefined
}

const outOf = (resource: string, wanted: bigint, used: bigint, capacity: bigint): string =>
  `Node didn't have enough resource: ${resource}, requested: ${wanted}, used: ${used}, capacity: ${capacity}`
const predicate = (name: string, why: string): Refusal => ({
  reason: name,
  message: `Predicate ${name} failed: ${why}`,
})

function portTaken(pod: Pod, others: readonly Pod[]): boolean {
  const wanted = hostPorts(pod)
  if (!wanted.length) return false
  const taken = others.flatMap(hostPorts)
  return wanted.some(a => taken.some(b => a.port === b.port && (a.ip === b.ip || a.ip === ANY || b.ip === ANY)))
}

const ANY = '0.0.0.0'

/** Ports of the node that a Pod holds, and at which of its addresses. */
const hostPorts = (pod: Pod): { port: string; ip: string }[] =>
  pod.spec.containers.flatMap(c =>
    (c.ports ?? []).flatMap(p =>
      p.hostPort ? [{ port: `${p.protocol ?? 'TCP'}/${p.hostPort}`, ip: p.hostIP || ANY }] : [],
    ),
  )

/** Whether a change of resources can be carried out: never here, not now, or now. */
export function resizeRefusal(
  pod: Pod,
  wanted: readonly ContainerSpec[],
  others: readonly Pod[],
  allocatable: Record<string, string>,
): Refusal | undefined {
  const regular = wanted.filter(c => pod.spec.containers.some(r => r.name === c.name))
  for (const resource of ['cpu', 'memory']) {
    const asked = podTotal(pod, resource, 'requests', regular)
    const there = parseQuantity(allocatable[resource] ?? 0).nano
    if (asked > there) {
      const message = `Node didn't have enough capacity: ${resource}, requested: ${counted(asked, resource)}, capacity: ${counted(there, resource)}`
      return { reason: 'Infeasible', message }
    }
    const used = others.reduce((sum, p) => sum + podTotal(p, resource), 0n)
    if (used + asked > there) {
      return {
        reason: 'Deferred',
        message: outOf(resource, counted(asked, resource), counted(used, resource), counted(there, resource)),
      }
    }
  }
  return undefined
}
