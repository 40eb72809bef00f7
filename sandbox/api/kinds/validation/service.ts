/** Services as they must be. */
import { duplicate, type FieldError, forbiddenField, invalid, notSupported, required } from '../../fields.ts'
import type { Draft, KindContext } from '../../kind.ts'
import type { Service } from '../../types.ts'
import { needsHealthCheckNodePort } from '../service/allocate.ts'
import { externallyAccessible } from '../service/defaults.ts'
import { ip } from './addresses.ts'
import { between, check, dns1123Label, dns1123Subdomain, portName, qualifiedName } from './content.ts'
import { labels, objectMeta, objectMetaUpdate } from './metadata.ts'
import { clusterIPs, clusterIPsUpdate, isHeadless } from './serviceaddresses.ts'
import { allocationErrors } from './serviceallocation.ts'
import { sourceRanges } from './serviceranges.ts'

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
const AFFINITIES = ['ClientIP', 'None']
const POLICIES = ['Cluster', 'Local']
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode']
const ONE_DAY = 86400

export const portNumber = (port: number, path: string): FieldError[] =>
  port >= 1 && port <= 65535 ? [] : [invalid(path, port, between(1, 65535))]

const portNumberOrName = (port: Draft, path: string): FieldError[] =>
  typeof port === 'string' ? check(portName, path, port) : portNumber(port ?? 0, path)

const oneOf = (value: Draft, allowed: readonly string[], path: string): FieldError[] =>
  allowed.includes(value) ? [] : [notSupported(path, value, allowed)]
const given = (value: Draft, allowed: readonly string[], path: string): FieldError[] =>
  value ? oneOf(value, allowed, path) : [required(path)]

/** What some types of Service don't go with. */
function typeRules(spec: Draft): FieldError[] {
  const { type } = spec
  if ((type === 'LoadBalancer' || type === 'NodePort') && isHeadless(spec))
    return [invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${type} services`)]
  if (type !== 'ExternalName') return []
  const none = 'may not be set for ExternalName services'
  const name = (spec.externalName ?? '').replace(/\.$/, '')
  return [
    ...(spec.clusterIPs?.length ? [forbiddenField('spec.clusterIPs', none)] : []),
    ...(spec.ipFamilies?.length ? [forbiddenField('spec.ipFamilies', none)] : []),
    ...(spec.ipFamilyPolicy != null ? [forbiddenField('spec.ipFamilyPolicy', none)] : []),
    ...(name ? check(dns1123Subdomain, 'spec.externalName', name) : [required('spec.externalName')]),
  ]
}

function port(port: Draft, several: boolean, names: Set<string>, path: string): FieldError[] {
  const errors: FieldError[] = []
  if (port.name) {
    errors.push(...check(dns1123Label, `${path}.name`, port.name))
    if (names.has(port.name)) errors.push(duplicate(`${path}.name`, port.name))
    names.add(port.name)
  } else if (several) errors.push(required(`${path}.name`))
  return [
    ...errors,
    ...portNumber(port.port ?? 0, `${path}.port`),
    ...given(port.protocol, PROTOCOLS, `${path}.protocol`),
    ...portNumberOrName(port.targetPort, `${path}.targetPort`),
    ...(port.appProtocol == null ? [] : check(qualifiedName, `${path}.appProtocol`, port.appProtocol)),
  ]
}

function affinity({ sessionAffinity, sessionAffinityConfig: config }: Draft): FieldError[] {
  const path = 'spec.sessionAffinityConfig'
  const errors = given(sessionAffinity, AFFINITIES, 'spec.sessionAffinity')
  if (sessionAffinity === 'None')
    return config ? [...errors, forbiddenField(path, 'must not be set when session affinity is None')] : errors
  if (sessionAffinity !== 'ClientIP') return errors
  const why = 'when session affinity type is ClientIP'
  if (!config) return [required(path, why)]
  if (!config.clientIP) return [required(`${path}.clientIP`, why)]
  const seconds = config.clientIP.timeoutSeconds
  if (seconds == null) return [required(`${path}.clientIP.timeoutSeconds`, why)]
  return seconds > 0 && seconds <= ONE_DAY
    ? []
    : [invalid(`${path}.clientIP.timeoutSeconds`, seconds, `must be greater than 0 and less than ${ONE_DAY}`)]
}

/** Addresses that lead nowhere else than where they are. */
export function ownAddress(value: string, path: string): FieldError[] {
  const wrong = check(ip, path, value)
  if (wrong.length) return wrong
  const why = (text: string): FieldError => invalid(path, value, text)
  if (value === '0.0.0.0' || /^[0:]+$/.test(value)) return [why(`may not be unspecified (${value})`)]
  if (/^127\./.test(value) || /^[0:]*:0*1$/.test(value))
    return [why('may not be in the loopback range (127.0.0.0/8, ::1/128)')]
  if (/^169\.254\./.test(value) || /^fe[89ab]/i.test(value))
    return [why('may not be in the link-local range (169.254.0.0/16, fe80::/10)')]
  if (/^224\.0\.0\./.test(value) || /^ff.2:/i.test(value))
    return [why('may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)')]
  return []
}

function portNumbersOnce({ type, ports = [] }: Draft): FieldError[] {
  const errors: FieldError[] = []
  const seen = new Set<string>()
  const once = (key: string, error: FieldError): void => {
    if (seen.has(key)) errors.push(error)
    seen.add(key)
  }
  const path = (i: number): string => `spec.ports[${i}]`
  for (const [i, p] of ports.entries()) {
    if (type === 'ClusterIP' && p.nodePort)
      errors.push(forbiddenField(`${path(i)}.nodePort`, "may not be used when `type` is 'ClusterIP'"))
  }
  for (const [i, p] of ports.entries())
    if (p.nodePort) once(`node ${p.protocol} ${p.nodePort}`, duplicate(`${path(i)}.nodePort`, p.nodePort))
  for (const [i, p] of ports.entries()) {
    const shown = { Name: '', Protocol: p.protocol ?? '', AppProtocol: null, Port: p.port, TargetPort: 0, NodePort: 0 }
    once(`${p.protocol} ${p.port}`, duplicate(path(i), shown))
  }
  return errors
}

function balancer(spec: Draft): FieldError[] {
  const only = "may only be used when `type` is 'LoadBalancer'"
  const balanced = spec.type === 'LoadBalancer'
  const ports = spec.allocateLoadBalancerNodePorts
  const errors: FieldError[] = []
  if (ports != null && !balanced) errors.push(forbiddenField('spec.allocateLoadBalancerNodePorts', only))
  if (ports == null && balanced) errors.push(required('allocateLoadBalancerNodePorts'))
  return [...errors, ...balancerClass(spec)]
}

function balancerClass({ type, loadBalancerClass: name }: Draft): FieldError[] {
  if (name == null) return []
  if (type === 'LoadBalancer') return check(qualifiedName, 'spec.loadBalancerClass', name)
  return [forbiddenField('spec.loadBalancerClass', "may only be used when `type` is 'LoadBalancer'")]
}

function traffic(spec: Draft): FieldError[] {
  const { externalTrafficPolicy: policy, healthCheckNodePort: health, internalTrafficPolicy: internal } = spec
  const errors: FieldError[] = []
  if (externallyAccessible(spec)) errors.push(...given(policy, POLICIES, 'spec.externalTrafficPolicy'))
  else if (policy) {
    errors.push(invalid('spec.externalTrafficPolicy', policy, 'may only be set for externally-accessible services'))
  }
  if (!needsHealthCheckNodePort(spec)) {
    const why = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"
    if (health) errors.push(invalid('spec.healthCheckNodePort', health, why))
  } else if (!health) errors.push(required('spec.healthCheckNodePort'))
  else errors.push(...portNumber(health, 'spec.healthCheckNodePort'))
  if (internal != null) errors.push(...oneOf(internal, POLICIES, 'spec.internalTrafficPolicy'))
  else if (['NodePort', 'LoadBalancer', 'ClusterIP'].includes(spec.type))
    errors.push(required('spec.internalTrafficPolicy'))
  const distribution = spec.trafficDistribution
  if (distribution != null) errors.push(...oneOf(distribution, DISTRIBUTIONS, 'spec.trafficDistribution'))
  return errors
}

function validateContent({ metadata, spec }: Draft, old?: Draft): FieldError[] {
  const ports: Draft[] = spec.ports ?? []
  const names = new Set<string>()
  const portless = !ports.length && !isHeadless(spec) && spec.type !== 'ExternalName'
  return [
    ...(portless ? [required('spec.ports')] : []),
    ...typeRules(spec),
    ...ports.flatMap((p, i) => port(p, ports.length > 1, names, `spec.ports[${i}]`)),
    ...labels(spec.selector, 'spec.selector'),
    ...affinity(spec),
    ...clusterIPs(spec),
    ...(spec.externalIPs ?? []).flatMap((address: string, i: number) => ownAddress(address, `spec.externalIPs[${i}]`)),
    ...given(spec.type, TYPES, 'spec.type'),
    ...portNumbersOnce(spec),
    ...sourceRanges(metadata, spec, old),
    ...balancer(spec),
    ...traffic(spec),
  ]
}

export function validateService(service: Service, context: KindContext): FieldError[] {
  const errors = allocationErrors(service, undefined, context)
  if (errors.length) return errors
  return [...objectMeta(service.metadata, true, dns1123Label), ...validateContent(service)]
}

export function validateServiceUpdate(service: Service, old: Service, context: KindContext): FieldError[] {
  const { spec } = service as Draft
  const before = old.spec as Draft
  const refused = allocationErrors(service, old, context)
  if (refused.length) return refused
  const errors = [...objectMetaUpdate(service, old), ...clusterIPsUpdate(spec, before)]
  if (spec.type === 'LoadBalancer' && before.type === 'LoadBalancer') {
    if ((spec.loadBalancerClass ?? null) !== (before.loadBalancerClass ?? null))
      errors.push(invalid('spec.loadBalancerClass', spec.loadBalancerClass, 'may not change once set'))
  }
  errors.push(...balancerClass(spec))
  if (needsHealthCheckNodePort(before) && needsHealthCheckNodePort(spec)) {
    if (before.healthCheckNodePort !== spec.healthCheckNodePort)
      errors.push(forbiddenField('spec.healthCheckNodePort', 'field is immutable'))
  }
  return [...errors, ...validateContent(service, old)]
}
