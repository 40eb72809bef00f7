/** Nodes. */
import { present } from '../../parts.ts'
import { defineKind } from '../kind.ts'
import type { Node } from '../types.ts'
import { age, name } from './columns.ts'
import { setResourceListDefaults } from './resources.ts'
import { validateNode, validateNodeUpdate } from './validation/node.ts'
import { nodeWarnings } from './validation/warnings.ts'

const ROLE_PREFIX = 'node-role.kubernetes.io/'

function roles({ metadata }: Node): string {
  const found = new Set<string>()
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    if (key.startsWith(ROLE_PREFIX)) found.add(key.slice(ROLE_PREFIX.length))
    else if (key === 'kubernetes.io/role') found.add(value as string)
  }
  found.delete('')
  return [...found].sort().join(',') || '<none>'
}

function status({ spec, status }: Node): string {
  const ready = status.conditions?.find(c => c.type === 'Ready')
  const words = [ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown']
  if (spec.unschedulable) words.push('SchedulingDisabled')
  return words.join(',')
}

const address = (node: Node, type: string): string =>
  node.status.addresses?.find(a => a.type === type)?.address ?? '<none>'

function kernel({ status }: Node): string {
  const { kernelVersion, architecture } = status.nodeInfo ?? {}
  return `${kernelVersion || '<unknown>'}${architecture ? ` (${architecture})` : ''}`
}

export const node = defineKind<Node>({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  shortNames: ['no'],
  namespaced: false,
  subresources: ['proxy', 'status'],
  setDefaults(node) {
    const spec = (node.spec ??= {})
    // The single range is the older field, and has its way where the two differ.
    if (spec.podCIDR && spec.podCIDRs?.[0] !== spec.podCIDR) spec.podCIDRs = [spec.podCIDR]
    if (spec.podCIDRs?.length) spec.podCIDR = spec.podCIDRs[0]
    node.status ??= {}
    const { status } = node
    setResourceListDefaults(status.capacity)
    if (!status.allocatable && status.capacity) status.allocatable = { ...status.capacity }
    setResourceListDefaults(status.allocatable)
    status.daemonEndpoints ??= { kubeletEndpoint: { Port: 0 } }
    status.nodeInfo ??= NO_INFO
  },
  checks: present({
    validate: validateNode,
    validateUpdate: validateNodeUpdate,
    validateStatusUpdate: validateNodeUpdate,
    warnings: nodeWarnings,
  }),
  columns: [
    name,
    { name: 'Status', cell: status },
    { name: 'Roles', cell: roles },
    age,
    { name: 'Version', cell: n => n.status.nodeInfo?.kubeletVersion ?? '' },
    { name: 'Internal-IP', priority: 1, cell: n => address(n, 'InternalIP') },
    { name: 'External-IP', priority: 1, cell: n => address(n, 'ExternalIP') },
    { name: 'OS-Image', priority: 1, cell: n => n.status.nodeInfo?.osImage || '<unknown>' },
    { name: 'Kernel-Version', priority: 1, cell: kernel },
    { name: 'Container-Runtime', priority: 1, cell: n => n.status.nodeInfo?.containerRuntimeVersion || '<unknown>' },
  ],
  selectableFields: ({ spec }) => ({ 'spec.unschedulable': String(spec.unschedulable ?? false) }),
})

const NO_INFO = {
  architecture: '',
  bootID: '',
  containerRuntimeVersion: '',
  kernelVersion: '',
  kubeProxyVersion: '',
  kubeletVersion: '',
  machineID: '',
  operatingSystem: '',
  osImage: '',
  systemUUID: '',
}
