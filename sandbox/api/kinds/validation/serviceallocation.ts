/** Addresses and ports that a Service asks for by number: within range, and not another Service's. */
import { type FieldError, invalid } from '../../fields.ts'
import type { Draft, KindContext } from '../../kind.ts'
import { isReserved, NODE_PORTS, SERVICE_CIDR } from '../service/allocate.ts'
import { clusterIPs, isHeadless } from './serviceaddresses.ts'

const numberOf = (ip: string): number => ip.split('.').reduce((n, byte) => n * 256 + Number(byte), 0)
const [base, bits] = SERVICE_CIDR.split('/') as [string, string]
const SIZE = 2 ** (32 - Number(bits))
const inRange = (ip: string): boolean => {
  const offset = numberOf(ip) - numberOf(base)
  return !ip.includes(':') && offset > 0 && offset < SIZE - 1
}
const inCIDR = (ip: string): boolean => Math.floor(numberOf(ip) / SIZE) === Math.floor(numberOf(base) / SIZE)

const otherServices = (service: Draft, { list }: KindContext): Draft[] =>
  (list('services') as readonly Draft[]).filter(s => s.metadata.uid !== service.metadata.uid)

/** This cluster has addresses of one family only. */
function families({ ipFamilyPolicy: policy, ipFamilies = [], clusterIPs: ips = [], ...spec }: Draft): FieldError[] {
  const path = 'spec.ipFamilyPolicy'
  const several = (what: string): FieldError =>
    invalid(path, policy, `must be 'RequireDualStack' or 'PreferDualStack' when multiple ${what} are specified`)
  if (policy === 'SingleStack') {
    const errors = [
      ...(ips.length === 2 ? [several('cluster IPs')] : []),
      ...(ipFamilies.length === 2 ? [several('IP families')] : []),
    ]
    if (errors.length) return errors
  }
  if (isHeadless({ clusterIPs: ips }) && !Object.keys(spec.selector ?? {}).length) return []
  return [
    ...(policy === 'RequireDualStack'
      ? [invalid(path, policy, 'this cluster is not configured for dual-stack services')]
      : []),
    ...ipFamilies.flatMap((family: string, i: number) =>
      family === 'IPv4' ? [] : [invalid(`spec.ipFamilies[${i}]`, family, 'not configured on this cluster')],
    ),
  ]
}

function addresses(service: Draft, context: KindContext): FieldError[] {
  const { spec } = service
  for (const ip of isHeadless(spec) ? [] : (spec.clusterIPs ?? [])) {
    const refused = (why: string): FieldError[] => [
      invalid('spec.clusterIPs', spec.clusterIPs, `failed to allocate IP ${ip}: ${why}`),
    ]
    if (!inCIDR(ip)) return refused('the provided network does not match the current range')
    if (!inRange(ip))
      return refused(`the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${SERVICE_CIDR}`)
    if (isReserved(ip, context) || otherServices(service, context).some(s => s.spec.clusterIPs?.includes(ip)))
      return refused('provided IP is already allocated')
  }
  return []
}

function nodePorts(service: Draft, old: Draft | undefined, context: KindContext): FieldError[] {
  const { type, ports = [] } = service.spec
  if (type !== 'NodePort' && type !== 'LoadBalancer') return []
  const taken = new Set<number>(
    otherServices(service, context).flatMap(({ spec }) => [
      ...(spec.ports ?? []).map((p: Draft) => p.nodePort),
      spec.healthCheckNodePort,
    ]),
  )
  const kept = new Set<number>((old?.spec.ports ?? []).map((p: Draft) => p.nodePort))
  const { first, count } = NODE_PORTS
  for (const [i, { nodePort }] of ports.entries()) {
    if (!nodePort || kept.has(nodePort)) continue
    const path = `spec.ports[${i}].nodePort`
    if (nodePort < first || nodePort >= first + count) {
      const range = `${first}-${first + count - 1}`
      const why = `provided port is not in the valid range. The range of valid ports is ${range}`
      return [invalid(path, nodePort, why)]
    }
    if (taken.has(nodePort)) return [invalid(path, nodePort, 'provided port is already allocated')]
  }
  return []
}

/** What comes first is told alone: the rest of the Service isn't looked at before its numbers are given out. */
export function allocationErrors(service: Draft, old: Draft | undefined, context: KindContext): FieldError[] {
  const { spec } = service
  const steps = [
    () => clusterIPs(spec),
    () => (spec.type === 'ExternalName' ? [] : families(spec)),
    () =>
      spec.type === 'ExternalName' || (old && old.spec.type !== 'ExternalName') ? [] : addresses(service, context),
    () => nodePorts(service, old, context),
  ]
  for (const step of steps) {
    const errors = step()
    if (errors.length) return errors
  }
  return []
}
