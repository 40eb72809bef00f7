/** Requests and limits of containers and Pods. */
import {
  duplicate,
  type FieldError,
  forbiddenField,
  invalid,
  notFoundValue,
  notSupported,
  required,
} from '../../../fields.ts'
import type { Draft } from '../../../kind.ts'
import { podResources } from '../../../resources/pod-resources.ts'
import { compareQuantities, isQuantity, parseQuantity } from '../../../resources/quantity.ts'
import { check, dns1123Label, qualifiedName } from '../../validation/content.ts'
import { NEGATIVE } from '../../validation/metadata.ts'
import { each, isSet } from './rules.ts'

const COMPUTE = ['cpu', 'memory']
const OF_CONTAINERS = ['cpu', 'memory', 'ephemeral-storage']
const COUNTED =
  'pods resourcequotas services replicationcontrollers secrets configmaps persistentvolumeclaims services.nodeports services.loadbalancers'
const STANDARD = new Set([
  ...OF_CONTAINERS.flatMap(name => [name, `requests.${name}`, `limits.${name}`]),
  ...COUNTED.split(' '),
  'storage',
  'requests.storage',
])

const isHugePage = (name: string): boolean => name.startsWith('hugepages-')
const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/')
const isExtended = (name: string): boolean =>
  !isNative(name) && !name.startsWith('requests.') && !qualifiedName(`requests.${name}`).length
/** What may be promised to more Pods than there is of it. */
const isOvercommitted = (name: string): boolean => isNative(name) && !isHugePage(name)

function resourceName(name: string, field: string): FieldError[] {
  const errors = check(qualifiedName, field, name)
  if (errors.length || name.includes('/') || STANDARD.has(name) || /^(requests\.)?hugepages-/.test(name)) return errors
  return [invalid(field, name, 'must be a standard resource type or fully qualified')]
}

function ofContainer(name: string, field: string): FieldError[] {
  const errors = resourceName(name, field)
  if (!name.includes('/')) {
    if (!OF_CONTAINERS.includes(name) && !isHugePage(name))
      errors.push(invalid(field, name, 'must be a standard resource for containers'))
  } else if (!isNative(name) && !isExtended(name))
    errors.push(invalid(field, name, "doesn't follow extended resource name standard"))
  return errors
}

function ofPod(name: string, field: string): FieldError[] {
  const errors = resourceName(name, field)
  if (errors.length || COMPUTE.includes(name) || isHugePage(name)) return errors
  return [notSupported(field, name, ['cpu', 'hugepages-', 'memory'])]
}

const NANO = 1_000_000_000n

function amount(name: string, text: string, field: string): FieldError[] {
  const { nano } = parseQuantity(text)
  const errors = nano < 0n ? [invalid(field, text, NEGATIVE)] : []
  if ((COUNTED.split(' ').includes(name) || isExtended(name)) && nano % NANO !== 0n)
    errors.push(invalid(field, text, 'must be an integer'))
  return errors
}

function hugePages(name: string, text: string, field: string): FieldError[] {
  if (!isHugePage(name)) return []
  const size = name.slice('hugepages-'.length)
  const page = isQuantity(size) ? parseQuantity(size).nano : 0n
  if (page > 0n && parseQuantity(text).nano % page === 0n) return []
  return [invalid(field, text, `${text} is not positive integer multiple of ${name}`)]
}

/** Against the limit of the same resource. */
function request(name: string, text: string, limit: string | undefined, field: string): FieldError[] {
  const shared = isOvercommitted(name)
  if (limit === undefined)
    return shared ? [] : [required(`${field}.limits`, 'Limit must be set for non overcommitable resources')]
  const order = compareQuantities(text, limit)
  if (!shared && order !== 0) return [invalid(`${field}.requests`, text, `must be equal to ${name} limit of ${limit}`)]
  if (order > 0) return [invalid(`${field}.requests`, text, `must be less than or equal to ${name} limit of ${limit}`)]
  return []
}

const entries = (list: Draft): [string, string][] =>
  Object.entries(list ?? {}).filter(([, value]) => isQuantity(value as string)) as [string, string][]

function requirements(
  resources: Draft,
  field: string,
  claims: readonly string[],
  nameRule: (name: string, field: string) => FieldError[],
): FieldError[] {
  if (!resources) return []
  const errors: FieldError[] = []
  for (const [name, text] of entries(resources.limits)) {
    const path = `${field}.limits[${name}]`
    errors.push(...nameRule(name, path), ...amount(name, text, path), ...hugePages(name, text, path))
  }
  for (const [name, text] of entries(resources.requests)) {
    const path = `${field}.requests[${name}]`
    errors.push(
      ...nameRule(name, path),
      ...amount(name, text, path),
      ...request(name, text, resources.limits?.[name], field),
      ...hugePages(name, text, path),
    )
  }
  const names = [...Object.keys(resources.limits ?? {}), ...Object.keys(resources.requests ?? {})]
  if (names.some(isHugePage) && !names.some(name => COMPUTE.includes(name)))
    errors.push(forbiddenField(field, 'HugePages require cpu or memory'))
  return [...errors, ...claimNames(resources.claims, `${field}.claims`, claims)]
}

function claimNames(list: Draft, field: string, known: readonly string[]): FieldError[] {
  const used = new Set<string>()
  return each(list, field, (claim, path) => {
    const { name, request: part } = claim
    if (!name) return [required(path)]
    const errors: FieldError[] = []
    const key = part ? `${name}/${part}` : name
    if (used.has(name)) errors.push(duplicate(path, name))
    else {
      if (part) errors.push(...check(dns1123Label, `${path}.request`, part))
      if (used.has(key)) errors.push(duplicate(path, key))
      else if (!part && [...used].some(k => k.startsWith(`${name}/`))) errors.push(duplicate(path, name))
      used.add(key)
    }
    if (!known.includes(name)) {
      const { type, body } = notFoundValue(path, name)
      const which = known.length ? `: ${[...known].sort().join(', ')}` : ' which is empty'
      errors.push({ type, field: path, body: `${body}: must be one of the names in pod.spec.resourceClaims${which}` })
    }
    return errors
  })
}

/** @param claims the names of the Pod's resource claims */
export const containerResources = (resources: Draft, field: string, claims: readonly string[]): FieldError[] =>
  requirements(resources, field, claims, ofContainer)

const PARTS = ['containers', 'initContainers'] as const

/** Resources of the Pod as a whole, and whether its containers fit into them. */
export function podLevelResources(spec: Draft, field: string, claims: readonly string[]): FieldError[] {
  const { resources } = spec
  if (!resources) return []
  const path = `${field}.resources`
  if (spec.os?.name === 'windows') return [forbiddenField(path, 'may not be set for a windows pod')]
  const errors = isSet(resources.claims)
    ? [forbiddenField(`${path}.claims`, 'claims may not be set for Resources at pod-level')]
    : []
  errors.push(...requirements(resources, path, claims, ofPod))
  const measurable = PARTS.every(part =>
    (spec[part] ?? []).every((c: Draft) =>
      [c?.resources?.requests, c?.resources?.limits].every(list =>
        Object.values(list ?? {}).every(v => isQuantity(v as string)),
      ),
    ),
  )
  if (!measurable) return errors
  const total = podResources({ containers: spec.containers, initContainers: spec.initContainers })
  for (const [name, sum] of entries(total.requests)) {
    const own = resources.requests?.[name]
    if (own === undefined || !isQuantity(own) || compareQuantities(sum, own) <= 0) continue
    const why = `must be greater than or equal to aggregate container requests of ${sum}`
    errors.push(invalid(`${path}.requests[${name}]`, own, why))
  }
  for (const [name, sum] of entries(total.limits)) {
    const own = resources.limits?.[name]
    if (!isHugePage(name) || own === undefined || compareQuantities(sum, own) <= 0) continue
    const why = `must be greater than or equal to aggregate container limits of ${sum}`
    errors.push(invalid(`${path}.limits[${name}]`, own, why))
  }
  errors.push(
    ...each(spec.containers, `${path}.containers`, (container, at) =>
      entries(container.resources?.limits).flatMap(([name, text]) => {
        const own = resources.limits?.[name]
        if (own === undefined || !isQuantity(own) || compareQuantities(text, own) <= 0) return []
        return [invalid(`${at}[${name}].limits`, text, `must be less than or equal to pod limits of ${own}`)]
      }),
    ),
  )
  return errors
}

const RESIZE = ['NotRequired', 'RestartContainer']

export function resizePolicies(list: Draft, field: string, restartPolicy: string): FieldError[] {
  const seen = new Set<string>()
  return each(list, field, (policy, path) => {
    const errors: FieldError[] = []
    const resource = policy.resourceName ?? ''
    const action = policy.restartPolicy ?? ''
    if (seen.has(resource)) errors.push(duplicate(path, resource))
    seen.add(resource)
    if (!resource) errors.push(required(field))
    else if (!COMPUTE.includes(resource)) errors.push(notSupported(field, resource, COMPUTE))
    if (!action) errors.push(required(field))
    else if (!RESIZE.includes(action)) errors.push(notSupported(field, action, RESIZE))
    if (restartPolicy === 'Never' && action !== 'NotRequired')
      errors.push(invalid(field, action, "must be 'NotRequired' when pod `restartPolicy` is 'Never'"))
    return errors
  })
}
