/** Ranges of Services' addresses, and the addresses taken, as they must be. */
import { type FieldError, invalid, required } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import { emptyAt } from '../../schema/left-empty.ts'
import type { IPAddress, ServiceCIDR } from '../../types.ts'
import { cidr, strictIP } from './addresses.ts'
import { check, complaints, dns1123Subdomain, pathSegment } from './content.ts'
import { fixed } from './internal.ts'
import { IMMUTABLE, objectMeta, objectMetaUpdate } from './metadata.ts'

const segment = (value: Draft, path: string): FieldError[] =>
  value ? complaints(path, value, pathSegment(value)) : [required(path)]

function parentRef(ref: Draft): FieldError[] {
  const path = 'spec.parentRef'
  if (!ref) return [required(path)]
  return [
    ...(ref.group ? check(dns1123Subdomain, `${path}.group`, ref.group) : []),
    ...segment(ref.resource, `${path}.resource`),
    ...segment(ref.name, `${path}.name`),
    ...(ref.namespace ? segment(ref.namespace, `${path}.namespace`) : []),
  ]
}

export const validateIPAddress = ({ metadata, spec }: IPAddress): FieldError[] => [
  ...objectMeta(metadata, false, strictIP),
  ...parentRef(spec?.parentRef),
]
export const validateIPAddressUpdate = (address: IPAddress, old: IPAddress): FieldError[] => [
  ...validateIPAddress(address),
  ...objectMetaUpdate(address, old),
  ...fixed('ParentReference', address.spec.parentRef, old.spec.parentRef, 'spec.parentRef'),
]

function ranges(cidrs: readonly string[]): FieldError[] {
  const path = 'spec.cidrs'
  if (!cidrs.length) return [required(path, 'at least one CIDR required')]
  if (cidrs.length > 2) return [invalid(path, { CIDRs: cidrs }, 'may only hold up to 2 values')]
  const errors = cidrs.flatMap((c, i) => check(cidr, `${path}[${i}]`, c))
  const [first, second] = cidrs
  if (second && !errors.length && first!.includes(':') === second.includes(':')) {
    const why = 'may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64'
    errors.push(invalid(path, cidrs, why))
  }
  return errors
}

export const validateServiceCIDR = ({ metadata, spec }: ServiceCIDR): FieldError[] => [
  ...objectMeta(metadata, false),
  ...ranges(spec?.cidrs ?? []),
]
/** A second family may be added; nothing else changes. */
export function validateServiceCIDRUpdate(range: ServiceCIDR, old: ServiceCIDR): FieldError[] {
  const now = range.spec.cidrs ?? []
  const was = old.spec.cidrs ?? []
  const changed = was.flatMap((c, i) => (now[i] === c ? [] : [invalid(`spec.cidrs[${i}]`, now[i] ?? '', IMMUTABLE)]))
  const errors = objectMetaUpdate(range, old)
  if (now.length === was.length) return [...errors, ...changed]
  if (was.length === 1 && now.length === 2) return [...errors, ...changed, ...ranges(now)]
  return [...errors, invalid('spec.cidrs', range.spec.cidrs ?? emptyAt(range.spec, 'cidrs'), IMMUTABLE)]
}
