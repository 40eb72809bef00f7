/** Validation of the load balancer status of a Service or an Ingress. */
import { type FieldError, forbiddenField, invalid, notSupported, required } from '../../fields.ts'
import type { Draft } from '../../kind.ts'
import type { Ingress, Service } from '../../types.ts'
import { ip, isIP } from './addresses.ts'
import { check, dns1123Subdomain } from './content.ts'
import { objectMetaUpdate } from './metadata.ts'

const PATH = 'status.loadBalancer.ingress'
const MODES = ['Proxy', 'VIP']

function hostname(name: string | undefined, path: string): FieldError[] {
  if (!name) return []
  const isAddress = isIP(name) ? [invalid(path, name, 'must be a DNS name, not an IP address')] : []
  return [...check(dns1123Subdomain, path, name), ...isAddress]
}

function mode({ ip: address, ipMode }: Draft, path: string): FieldError[] {
  if (ipMode == null) return address ? [required(path, 'must be specified when `ip` is set')] : []
  if (!address) return [forbiddenField(path, 'may not be specified when `ip` is not set')]
  return MODES.includes(ipMode) ? [] : [notSupported(path, ipMode, MODES)]
}

const addresses = (status: Draft, one: (ingress: Draft, path: string) => FieldError[]): FieldError[] =>
  (status?.loadBalancer?.ingress ?? []).flatMap((ingress: Draft, i: number) => {
    const path = `${PATH}[${i}]`
    return [...(ingress.ip ? check(ip, `${path}.ip`, ingress.ip) : []), ...one(ingress, path)]
  })

export function validateServiceStatus(service: Service, old: Service): FieldError[] {
  const errors = objectMetaUpdate(service, old)
  if (service.spec.type !== 'LoadBalancer' && service.status.loadBalancer?.ingress?.length)
    return [...errors, forbiddenField(PATH, "may only be used when `spec.type` is 'LoadBalancer'")]
  const found = addresses(service.status, (ingress, path) => [
    ...mode(ingress, `${path}.ipMode`),
    ...hostname(ingress.hostname, `${path}.hostname`),
  ])
  return [...errors, ...found]
}

export const validateIngressStatus = (ingress: Ingress, old: Ingress): FieldError[] => [
  ...objectMetaUpdate(ingress, old),
  ...addresses(ingress.status, (one, path) => hostname(one.hostname, `${path}.hostname`)),
]
