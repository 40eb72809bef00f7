/** Endpoints and EndpointSlices as they must be. */
import { duplicate, type FieldError, invalid, notSupported, required, tooMany } from '../../fields.ts'
import { deepEqual } from '../../formats/json.ts'
import type { Draft } from '../../kind.ts'
import type { EndpointSlice, Endpoints } from '../../types.ts'
import { ip, isIPv4, isIPv6, spelling, strictIP } from './addresses.ts'
import { check, dns1123Label, dns1123Subdomain, labelValue, qualifiedName, type Rule } from './content.ts'
import { immutable, labels, objectMeta, objectMetaUpdate } from './metadata.ts'
import { ownAddress, portNumber } from './service.ts'

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
/** Zones, or nodes, that one endpoint may be kept near for. */
const MAX_HINTS = 8
const optional = (value: Draft, rule: (value: string) => string[], path: string): FieldError[] =>
  value == null ? [] : check(rule, path, value)
const protocol = (value: Draft, path: string): FieldError[] =>
  !value ? [required(path)] : PROTOCOLS.includes(value) ? [] : [notSupported(path, value, PROTOCOLS)]

function address({ ip: value = '', hostname, nodeName }: Draft, path: string): FieldError[] {
  const own = check(ip, `${path}.ip`, value).length
    ? [invalid(`${path}.ip`, value, 'must be a valid IP address')]
    : ownAddress(value, `${path}.ip`)
  return [
    ...check(ip, `${path}.ip`, value),
    ...(hostname ? check(dns1123Label, `${path}.hostname`, hostname) : []),
    ...optional(nodeName, dns1123Subdomain, `${path}.nodeName`),
    ...own,
  ]
}

function port(port: Draft, several: boolean, path: string): FieldError[] {
  return [
    ...(port.name ? check(dns1123Label, `${path}.name`, port.name) : several ? [required(`${path}.name`)] : []),
    ...portNumber(port.port ?? 0, `${path}.port`),
    ...protocol(port.protocol, `${path}.protocol`),
    ...optional(port.appProtocol, qualifiedName, `${path}.appProtocol`),
  ]
}

function subset({ addresses = [], notReadyAddresses = [], ports = [] }: Draft, path: string): FieldError[] {
  const empty = !addresses?.length && !notReadyAddresses?.length
  return [
    ...(empty ? [required(path, 'must specify `addresses` or `notReadyAddresses`')] : []),
    ...(addresses ?? []).flatMap((a: Draft, i: number) => address(a, `${path}.addresses[${i}]`)),
    ...(notReadyAddresses ?? []).flatMap((a: Draft, i: number) => address(a, `${path}.notReadyAddresses[${i}]`)),
    ...(ports ?? []).flatMap((p: Draft, i: number) => port(p, ports.length > 1, `${path}.ports[${i}]`)),
  ]
}

const subsets = (list: Draft): FieldError[] => (list ?? []).flatMap((s: Draft, i: number) => subset(s, `subsets[${i}]`))

export const validateEndpoints = (endpoints: Endpoints): FieldError[] => [
  ...objectMeta(endpoints.metadata, true),
  ...subsets(endpoints.subsets),
]
export const validateEndpointsUpdate = (endpoints: Endpoints, old: Endpoints): FieldError[] => [
  ...objectMetaUpdate(endpoints, old),
  ...objectMeta(endpoints.metadata, true),
  ...(deepEqual(endpoints.subsets, old.subsets) ? [] : subsets(endpoints.subsets)),
]

/** Of those that the control plane has written nothing is said. */
export const endpointsWarnings = ({ metadata, subsets }: Draft): string[] =>
  metadata.labels?.['endpoints.kubernetes.io/managed-by'] === 'endpoint-controller'
    ? []
    : (subsets ?? []).flatMap((subset: Draft, i: number) =>
        ['addresses', 'notReadyAddresses'].flatMap(list =>
          (subset[list] ?? []).flatMap((a: Draft, j: number) => spelling(a.ip, `subsets[${i}].${list}[${j}].ip`)),
        ),
      )

const TYPES = ['FQDN', 'IPv4', 'IPv6']

function endpointAddress(value: string, type: string, list: string, path: string): FieldError[] {
  if (type === 'FQDN') {
    const name = value.replace(/\.$/, '')
    // All that is wrong with a domain is one fault.
    const wrong = dns1123Subdomain(name)
    if (wrong.length) return [invalid(path, name, wrong.join(','))]
    if (value.split('.').length > 1) return []
    return [invalid(path, value, 'should be a domain with at least two segments separated by dots')]
  }
  const wrong = check(type === 'IPv6' ? strictIP : ip, path, value)
  if (wrong.length) return wrong
  const right = type === 'IPv4' ? isIPv4(value) : isIPv6(value)
  return [...(right ? [] : [invalid(list, value, `must be an ${type} address`)]), ...ownAddress(value, path)]
}

function endpoint(endpoint: Draft, type: string, path: string): FieldError[] {
  const addresses: string[] = endpoint.addresses ?? []
  const list = `${path}.addresses`
  return [
    ...(addresses.length ? [] : [required(list, 'must contain at least 1 address')]),
    ...(addresses.length > 100 ? [tooMany(list, addresses.length, 100)] : []),
    ...(TYPES.includes(type) ? addresses.flatMap((a, i) => endpointAddress(a, type, list, `${list}[${i}]`)) : []),
    ...optional(endpoint.nodeName, dns1123Subdomain, `${path}.nodeName`),
    ...labels(endpoint.deprecatedTopology, `${path}.deprecatedTopology`),
    ...optional(endpoint.hostname, dns1123Label, `${path}.hostname`),
    ...(endpoint.hints ? hints(endpoint.hints, `${path}.hints`) : []),
  ]
}

function hints({ forZones, forNodes }: Draft, path: string): FieldError[] {
  const named = (list: Draft[], at: string, valid: Rule): FieldError[] => {
    const names: string[] = list.map(item => item.name ?? '')
    return names.flatMap((name, i) => [
      ...(names.indexOf(name) < i ? [duplicate(`${at}[${i}].name`, name)] : []),
      ...check(valid, `${at}[${i}].name`, name),
    ])
  }
  const zones: Draft[] = forZones ?? []
  const nodes: Draft[] = forNodes ?? []
  if (zones.length > MAX_HINTS) return [tooMany(`${path}.forZones`, zones.length, MAX_HINTS)]
  const wrong = named(zones, `${path}.forZones`, labelValue)
  if (nodes.length > MAX_HINTS) return [...wrong, tooMany(`${path}.forNodes`, nodes.length, MAX_HINTS)]
  return [...wrong, ...named(nodes, `${path}.forNodes`, dns1123Subdomain)]
}

/** None at all is missing; an empty one is one that there is not. */
const sliceProtocol = (value: Draft, path: string): FieldError[] =>
  value === '' ? [notSupported(path, value, PROTOCOLS)] : protocol(value, path)

function slicePorts(ports: Draft): FieldError[] {
  const names = new Set<string>()
  return (ports ?? []).flatMap((port: Draft, i: number) => {
    const path = `ports[${i}]`
    const name: string = port.name ?? ''
    const errors = name ? check(dns1123Label, `${path}.name`, name) : []
    if (names.has(name)) errors.push(duplicate(`${path}.name`, name))
    names.add(name)
    return [
      ...errors,
      ...sliceProtocol(port.protocol, `${path}.protocol`),
      ...optional(port.appProtocol, qualifiedName, `${path}.appProtocol`),
    ]
  })
}

export function validateEndpointSlice(slice: EndpointSlice, old?: EndpointSlice): FieldError[] {
  const type = slice.addressType
  const list: Draft[] = slice.endpoints ?? []
  const errors = objectMeta(slice.metadata, true)
  if (!type) errors.push(required('addressType'))
  else if (!TYPES.includes(type)) errors.push(notSupported('addressType', type, TYPES))
  errors.push(...slicePorts(slice.ports))
  if (old && deepEqual(slice.endpoints, old.endpoints)) return errors
  if (list.length > 1000) return [...errors, tooMany('endpoints', list.length, 1000)]
  return [...errors, ...list.flatMap((e, i) => endpoint(e, type, `endpoints[${i}]`))]
}

export const validateEndpointSliceUpdate = (slice: EndpointSlice, old: EndpointSlice): FieldError[] => [
  ...validateEndpointSlice(slice, old),
  ...immutable(slice.addressType, old.addressType, 'addressType'),
]
