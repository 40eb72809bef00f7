/** Usage of objects under a ResourceQuota: used by admission, which charges, and by the controller, which recounts. */
import type { Draft } from '../kind.ts'
import { podResources, type Resources } from './pod-resources.ts'
import { addQuantities, makeQuantity, parseQuantity } from './quantity.ts'

export type { Resources } from './pod-resources.ts'

interface ScopeRequirement {
  scopeName: string
  operator?: string
  values?: readonly string[]
}

export interface QuotaSpec {
  hard?: Resources
  scopes?: readonly string[]
  scopeSelector?: { matchExpressions?: readonly ScopeRequirement[] }
}

const NATIVE = ['cpu', 'memory', 'ephemeral-storage'] as const
const COUNTED_BY_NAME: Readonly<Record<string, string>> = {
  configmaps: 'configmaps',
  resourcequotas: 'resourcequotas',
  replicationcontrollers: 'replicationcontrollers',
  secrets: 'secrets',
}

/** `count/deployments.apps`. */
const countName = (resource: string): string => `count/${resource}`

const isExtended = (name: string): boolean =>
  name.startsWith('hugepages-') || (name.includes('/') && !name.startsWith('requests.'))

function podUsage(pod: Draft, now: number): Resources {
  const result: Resources = { [countName('pods')]: '1' }
  if (!counts(pod, now)) return result
  const { requests, limits } = podResources(pod.spec)
  result.pods = '1'
  for (const name of NATIVE) {
    if (requests[name] !== undefined) result[name] = result[`requests.${name}`] = requests[name]
    if (limits[name] !== undefined) result[`limits.${name}`] = limits[name]
  }
  for (const [name, quantity] of Object.entries(requests)) {
    if (name.startsWith('hugepages-')) result[name] = quantity
    if (isExtended(name)) result[`requests.${name}`] = quantity
  }
  return result
}

/** A Pod that has ended, or whose grace is over, is free. */
function counts({ metadata, status }: Draft, now: number): boolean {
  if (status?.phase === 'Failed' || status?.phase === 'Succeeded') return false
  if (!metadata.deletionTimestamp) return true
  return now <= Date.parse(metadata.deletionTimestamp)
}

function serviceUsage({ spec }: Draft): Resources {
  const ports: Draft[] = spec?.ports ?? []
  const balanced = spec?.type === 'LoadBalancer'
  const withNodePorts =
    spec?.allocateLoadBalancerNodePorts === false ? ports.filter(p => p.nodePort).length : ports.length
  return {
    [countName('services')]: '1',
    services: '1',
    'services.loadbalancers': balanced ? '1' : '0',
    'services.nodeports': String(spec?.type === 'NodePort' ? ports.length : balanced ? withNodePorts : 0),
  }
}

function claimUsage({ spec, metadata }: Draft): Resources {
  const storage: string | undefined = spec?.resources?.requests?.storage
  const storageClass: string | undefined =
    metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec?.storageClassName
  const result: Resources = { [countName('persistentvolumeclaims')]: '1', persistentvolumeclaims: '1' }
  const perClass = (name: string): string => `${storageClass}.storageclass.storage.k8s.io/${name}`
  if (storageClass) result[perClass('persistentvolumeclaims')] = '1'
  if (storage) {
    result['requests.storage'] = storage
    if (storageClass) result[perClass('requests.storage')] = storage
  }
  return result
}

/** @param resource `pods`, `deployments.apps` */
export function quotaUsage(resource: string, object: Draft, now: number): Resources {
  switch (resource) {
    case 'pods':
      return podUsage(object, now)
    case 'services':
      return serviceUsage(object)
    case 'persistentvolumeclaims':
      return claimUsage(object)
    default: {
      const alias = COUNTED_BY_NAME[resource]
      return { [countName(resource)]: '1', ...(alias && { [alias]: '1' }) }
    }
  }
}

const POD_NAMES = new Set(['pods', 'count/pods', ...NATIVE, ...NATIVE.flatMap(n => [`requests.${n}`, `limits.${n}`])])
const CLAIM_NAMES = new Set(['count/persistentvolumeclaims', 'persistentvolumeclaims', 'requests.storage'])
const SERVICE_NAMES = new Set(['count/services', 'services', 'services.loadbalancers', 'services.nodeports'])

/** Whether a name in a quota is one that objects of this resource count against. */
export function quotaConcerns(resource: string, name: string): boolean {
  switch (resource) {
    case 'pods':
      if (name.includes('.storageclass.storage.k8s.io/')) return false
      return (
        POD_NAMES.has(name) ||
        name.startsWith('hugepages-') ||
        name.startsWith('requests.hugepages-') ||
        (name.startsWith('requests.') && name.includes('/'))
      )
    case 'services':
      return SERVICE_NAMES.has(name)
    case 'persistentvolumeclaims':
      return CLAIM_NAMES.has(name) || name.includes('.storageclass.storage.k8s.io/')
    default:
      return name === countName(resource) || name === COUNTED_BY_NAME[resource]
  }
}

const hasResources = (c: Draft): boolean =>
  NATIVE.slice(0, 2).some(n => (c.resources?.requests?.[n] ?? '0') !== '0' || (c.resources?.limits?.[n] ?? '0') !== '0')

function inScope(pod: Draft, { scopeName, operator = 'Exists', values = [] }: ScopeRequirement): boolean {
  const bestEffort = (): boolean =>
    ![...(pod.spec.containers ?? []), ...(pod.spec.initContainers ?? [])].some(hasResources)
  const terminating = (): boolean => pod.spec.activeDeadlineSeconds !== undefined && pod.spec.activeDeadlineSeconds >= 0
  switch (scopeName) {
    case 'Terminating':
      return terminating()
    case 'NotTerminating':
      return !terminating()
    case 'BestEffort':
      return bestEffort()
    case 'NotBestEffort':
      return !bestEffort()
    case 'CrossNamespacePodAffinity':
      return crossesNamespaces(pod.spec.affinity)
    case 'PriorityClass': {
      const name: string = pod.spec.priorityClassName ?? ''
      if (operator === 'Exists') return name !== ''
      if (operator === 'DoesNotExist') return name === ''
      return operator === 'In' ? values.includes(name) : !values.includes(name)
    }
    default:
      return false
  }
}

function crossesNamespaces(affinity: Draft): boolean {
  const terms = [affinity?.podAffinity, affinity?.podAntiAffinity].flatMap((a: Draft) => [
    ...(a?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(a?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((p: Draft) => p.podAffinityTerm),
  ])
  return terms.some((t: Draft) => t?.namespaces?.length || t?.namespaceSelector)
}

/** Whether an object falls under a quota at all. */
export function quotaMatches(spec: QuotaSpec, hard: Resources, resource: string, object: Draft): boolean {
  if (!Object.keys(hard).some(name => quotaConcerns(resource, name))) return false
  const scopes: ScopeRequirement[] = [
    ...(spec.scopes ?? []).map(scopeName => ({ scopeName })),
    ...(spec.scopeSelector?.matchExpressions ?? []),
  ]
  return scopes.every(scope => resource === 'pods' && inScope(object, scope))
}

/** With a quota on CPU or memory, every container has to say what it takes. Returns the complaint, if any. */
export function quotaMissing(hard: Resources, resource: string, object: Draft): string | undefined {
  if (resource !== 'pods' || object.spec.resources) return undefined
  const wanted = Object.keys(hard)
    .filter(n => /^(?:requests\.|limits\.)?(?:cpu|memory)$/.test(n))
    .sort()
  const containers: Draft[] = [...(object.spec.containers ?? []), ...(object.spec.initContainers ?? [])]
  const complaints = wanted.flatMap(name => {
    const [part, what] = name.startsWith('limits.')
      ? ['limits', name.slice(7)]
      : ['requests', name.replace('requests.', '')]
    const without = containers.filter(c => c.resources?.[part!]?.[what!] === undefined).map(c => c.name as string)
    return without.length ? [`${name} for: ${[...new Set(without)].sort().join(',')}`] : []
  })
  return complaints.length ? `must specify ${complaints.join('; ')}` : undefined
}

/** a + b for the names of b. */
export function sumResources(a: Resources, b: Resources): Resources {
  const result: Resources = { ...a }
  for (const [name, text] of Object.entries(b)) {
    const was = result[name]
    result[name] = was === undefined ? text : addQuantities(parseQuantity(was), parseQuantity(text)).text
  }
  return result
}

/** What a change adds; nothing where it takes less than before. */
export function increase(after: Resources, before: Resources): Resources {
  const result: Resources = {}
  for (const [name, text] of Object.entries(after)) {
    const now = parseQuantity(text)
    const more = now.nano - (before[name] === undefined ? 0n : parseQuantity(before[name]).nano)
    if (more > 0n) result[name] = makeQuantity(more, now.format).text
  }
  return result
}
