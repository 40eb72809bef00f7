/** Describes a Node: its taints and lease, conditions, capacity, system and Pods. */
import { since } from '../../api/formats/duration.ts'
import {
  addQuantities,
  parseQuantity,
  type Quantity,
  quantityMilliValue,
  quantityValue,
} from '../../api/resources/quantity.ts'
import { byBytes, type Obj, sortedKeys } from '../objects.ts'
import type { DescribeContext, Describer } from './index.ts'
import { longTime, orNone, type Writer } from './writer.ts'

const ROLE = 'node-role.kubernetes.io/'

const taintText = (t: Obj): string => `${t.key}${t.value ? `=${t.value}` : ''}${t.effect ? `:${t.effect}` : ''}`

export const describe: Describer = async (w, n, c) => {
  const { metadata, spec, status } = n
  const roles = sortedKeys(metadata.labels)
    .filter(k => k.startsWith(ROLE))
    .map(k => k.slice(ROLE.length))
  if (metadata.labels?.['kubernetes.io/role']) roles.push(metadata.labels['kubernetes.io/role'])
  w.field('Name', metadata.name)
  w.field('Roles', orNone(roles.sort().join(',')))
  w.labels('Labels', metadata.labels)
  w.annotations('Annotations', metadata.annotations)
  w.field('CreationTimestamp', longTime(metadata.creationTimestamp))
  const taints: Obj[] = [...(spec.taints ?? [])].sort((a, b) => byBytes(`${a.effect},${a.key}`, `${b.effect},${b.key}`))
  w.field('Taints', taints.map(taintText).join('\n\t') || '<none>')
  w.field('Unschedulable', !!spec.unschedulable)
  await describeLease(w, metadata.name, c)
  describeConditions(w, status)
  w.line(0, 'Addresses:')
  for (const a of status.addresses ?? []) w.line(1, `${a.type}:\t${a.address}`)
  for (const [title, list] of [
    ['Capacity', status.capacity],
    ['Allocatable', status.allocatable],
  ] as const) {
    if (!list) continue
    w.line(0, `${title}:`)
    for (const r of sortedKeys(list)) w.field(r, list[r], 1)
  }
  const info = status.nodeInfo ?? {}
  w.line(0, 'System Info:')
  for (const [label, key] of SYSTEM) w.field(label, info[key] ?? '', 1)
  if (spec.podCIDR) w.field('PodCIDR', spec.podCIDR)
  if (spec.podCIDRs?.length) w.field('PodCIDRs', spec.podCIDRs.join(','))
  if (spec.providerID) w.field('ProviderID', spec.providerID)
  const pods = await c.list(
    'pods',
    '',
    undefined,
    `spec.nodeName=${metadata.name},status.phase!=Failed,status.phase!=Succeeded`,
  )
  nodePods(w, n, pods, c.now)
  // Controllers name a node's UID in their events. Kubelets once named its name there, which is still looked for.
  await c.events(n, { ...n, metadata: { ...metadata, uid: metadata.name } })
}

async function describeLease(w: Writer, node: string, c: DescribeContext): Promise<void> {
  const [lease] = await c.list('leases.coordination.k8s.io', 'kube-node-lease', undefined, `metadata.name=${node}`)
  if (lease) {
    w.line(0, 'Lease:')
    w.field('HolderIdentity', lease.spec.holderIdentity ?? '<unset>', 1)
    w.field('AcquireTime', lease.spec.acquireTime ? longTime(lease.spec.acquireTime) : '<unset>', 1)
    w.field('RenewTime', lease.spec.renewTime ? longTime(lease.spec.renewTime) : '<unset>', 1)
  } else w.field('Lease', `Failed to get lease: leases.coordination.k8s.io ${JSON.stringify(node)} not found`)
}

function describeConditions(w: Writer, status: Obj): void {
  if (status.conditions?.length) {
    w.line(0, 'Conditions:\n  Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage')
    w.line(1, '----\t------\t-----------------\t------------------\t------\t-------')
    for (const x of status.conditions)
      w.line(
        1,
        `${x.type} \t${x.status} \t${longTime(x.lastHeartbeatTime)} \t${longTime(x.lastTransitionTime)} \t${x.reason} \t${x.message}`,
      )
  }
}

const SYSTEM = [
  ['Machine ID', 'machineID'],
  ['System UUID', 'systemUUID'],
  ['Boot ID', 'bootID'],
  ['Kernel Version', 'kernelVersion'],
  ['OS Image', 'osImage'],
  ['Operating System', 'operatingSystem'],
  ['Architecture', 'architecture'],
  ['Container Runtime Version', 'containerRuntimeVersion'],
  ['Kubelet Version', 'kubeletVersion'],
  ['Kube-Proxy Version', 'kubeProxyVersion'],
] as const

type Amounts = Map<string, Quantity>

function add(to: Amounts, list: Obj | undefined): void {
  for (const [name, q] of Object.entries<string>(list ?? {})) {
    const old = to.get(name)
    to.set(name, old ? addQuantities(old, parseQuantity(q)) : parseQuantity(q))
  }
}
function raise(to: Amounts, from: Amounts): void {
  for (const [name, q] of from) if (!to.has(name) || to.get(name)!.nano < q.nano) to.set(name, q)
}

/** What a Pod asks for: its containers together, or an init container that wants more, and sidecars throughout. */
function podAmounts(pod: Obj, which: 'requests' | 'limits'): Amounts {
  const sum: Amounts = new Map()
  for (const c of pod.spec.containers) add(sum, c.resources?.[which])
  const sidecars: Amounts = new Map()
  const most: Amounts = new Map()
  for (const c of pod.spec.initContainers ?? []) {
    const one: Amounts = new Map(sidecars)
    add(one, c.resources?.[which])
    if (c.restartPolicy === 'Always') {
      add(sum, c.resources?.[which])
      add(sidecars, c.resources?.[which])
    }
    raise(most, one)
  }
  raise(sum, most)
  if (which === 'requests') add(sum, pod.spec.overhead)
  return sum
}

function nodePods(w: Writer, node: Obj, pods: readonly Obj[], now: number): void {
  const allocatable: Obj = node.status.allocatable ?? node.status.capacity ?? {}
  const percent = (name: string, q: Quantity | undefined): number => {
    const total = name === 'cpu' ? quantityMilliValue(allocatable.cpu ?? '0') : quantityValue(allocatable[name] ?? '0')
    if (!q || !total) return 0
    return Math.trunc(((name === 'cpu' ? quantityMilliValue(q.text) : quantityValue(q.text)) / total) * 100)
  }
  const cell = (a: Amounts, name: string): string => `${a.get(name)?.text ?? '0'} (${percent(name, a.get(name))}%)`
  w.line(0, `Non-terminated Pods:\t(${pods.length} in total)`)
  w.line(1, 'Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge')
  w.line(1, '---------\t----\t\t------------\t----------\t---------------\t-------------\t---')
  const requests: Amounts = new Map()
  const limits: Amounts = new Map()
  const merge = (to: Amounts, from: Amounts): void => {
    for (const [name, q] of from) to.set(name, to.has(name) ? addQuantities(to.get(name)!, q) : q)
  }
  for (const pod of pods) {
    const r = podAmounts(pod, 'requests')
    const l = podAmounts(pod, 'limits')
    merge(requests, r)
    merge(limits, l)
    w.line(
      1,
      `${pod.metadata.namespace}\t${pod.metadata.name}\t\t${cell(r, 'cpu')}\t${cell(l, 'cpu')}\t${cell(r, 'memory')}\t${cell(l, 'memory')}\t${since(pod.metadata.creationTimestamp, now)}`,
    )
  }
  w.line(0, 'Allocated resources:\n  (Total limits may be over 100 percent, i.e., overcommitted.)')
  w.line(1, 'Resource\tRequests\tLimits')
  w.line(1, '--------\t--------\t------')
  const standard = ['cpu', 'memory', 'ephemeral-storage']
  const huge = sortedKeys(allocatable).filter(k => k.startsWith('hugepages-'))
  for (const name of [...standard, ...huge]) w.line(1, `${name}\t${cell(requests, name)}\t${cell(limits, name)}`)
  for (const name of sortedKeys(allocatable).filter(k => !standard.includes(k) && !huge.includes(k) && k !== 'pods'))
    w.line(1, `${name}\t${requests.get(name)?.text ?? '0'}\t${limits.get(name)?.text ?? '0'}`)
}
