/** Names of what can be limited and counted, and which amounts make sense for them. */
import { type FieldError, invalid } from '../../fields.ts'
import { compareQuantities, parseQuantity, quantityMilliValue } from '../../resources/quantity.ts'
import { check, qualifiedName } from './content.ts'
import { NEGATIVE } from './metadata.ts'

const COUNTED = [
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]
const OF_CONTAINERS = ['cpu', 'memory', 'ephemeral-storage']
const QUOTA = [
  ...OF_CONTAINERS,
  ...OF_CONTAINERS.map(name => `requests.${name}`),
  ...OF_CONTAINERS.map(name => `limits.${name}`),
  'requests.storage',
  ...COUNTED,
]
const STANDARD = [...QUOTA, 'storage']

const isHugePages = (name: string): boolean => name.startsWith('hugepages-')
export const isQuotaResource = (name: string): boolean => QUOTA.includes(name) || /^(requests\.)?hugepages-/.test(name)
const isStandard = (name: string): boolean => STANDARD.includes(name) || /^(requests\.)?hugepages-/.test(name)

export function resourceName(name: string, path: string): FieldError[] {
  const errors = check(qualifiedName, path, name)
  if (errors.length || name.includes('/') || isStandard(name)) return errors
  return [invalid(path, name, 'must be a standard resource type or fully qualified')]
}

export function containerResourceName(name: string, path: string): FieldError[] {
  const errors = resourceName(name, path)
  if (!name.includes('/')) {
    if (OF_CONTAINERS.includes(name) || isHugePages(name)) return errors
    return [...errors, invalid(path, name, 'must be a standard resource for containers')]
  }
  if (name.includes('kubernetes.io/')) return errors
  if (!name.startsWith('requests.') && !qualifiedName(`requests.${name}`).length) return errors
  return [...errors, invalid(path, name, "doesn't follow extended resource name standard")]
}

export function quotaResourceName(name: string, path: string): FieldError[] {
  const errors = resourceName(name, path)
  if (name.includes('/') || isQuotaResource(name)) return errors
  return [...errors, invalid(path, name, 'must be a standard resource for quota')]
}

export function quantityOf(name: string, quantity: string, path: string): FieldError[] {
  const { text } = parseQuantity(quantity)
  return [
    ...(compareQuantities(quantity, 0) < 0 ? [invalid(path, text, NEGATIVE)] : []),
    ...(COUNTED.includes(name) && quantityMilliValue(quantity) % 1000 !== 0
      ? [invalid(path, text, 'must be an integer')]
      : []),
  ]
}

/** Of these a Pod may be promised less than it may use. */
export const mayOvercommit = (name: string): boolean =>
  (!name.includes('/') || name.includes('kubernetes.io/')) && !isHugePages(name)
