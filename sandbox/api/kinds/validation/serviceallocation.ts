/** Addresses and ports that a Service asks for by number: within range, and not another Service's. */
import { type FieldError, invalid } from '../../fields.ts'
import type { Draft, KindContext } from '../../kind.ts'
import { internalError, StatusError } from '../../status.ts'
import { isReserved, NODE_PORTS, needsHealthCheckNodePort, SERVICE_CIDR } from '../service/allocate.ts'
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
  const foreign = ips.flatMap((ip: string, i: number) =>
    i >= ipFamilies.length && ip.includes(':')
      ? [invalid(`spec.clusterIPs[${i}]`, ips, 'IPv6 is not configured on this cluster')]
      : [],
  )
  if (foreign.length) return foreign
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
    if (!inCIDR(ip) && !context.dryRun) return refused('the provided network does not match the current range')
    if (!inRange(ip))
      return refused(`the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${SERVICE_CIDR}`)
    if (isReserved(ip, context) || otherServices(service, context).some(s => s.spec.clusterIPs?.includes(ip)))
      return refused('provided IP is already allocated')
  }
  return []
}

/** Takes ports by number, each once, and says why one cannot be had. A dry run does not ask whether it is in range. */
function portTaker(service: Draft, context: KindContext): (port: number) => string | undefined {
  const taken = new Set<number>(
    otherServices(service, context).flatMap(({ spec }) => [
      ...(spec.ports ?? []).map((p: Draft) => p.nodePort),
      spec.healthCheckNodePort,
    ]),
  )
  const { first, count } = NODE_PORTS
  return port => {
    if (!context.dryRun && (port < first || port >= first + count))
      return `provided port is not in the valid range. The range of valid ports is ${first}-${first + count - 1}`
    if (taken.has(port)) return 'provided port is already allocated'
    taken.add(port)
    return undefined
  }
}

const hasNodePorts = ({ type }: Draft): boolean => type === 'NodePort' || type === 'LoadBalancer'

/** A new Service may ask twice for a node port for the same port (by TCP and UDP), not for two. */
function newNodePorts({ ports = [] }: Draft, take: (port: number) => string | undefined): FieldError[] {
  const byPort = new Map<number, number>()
  for (const [i, { port, nodePort }] of ports.entries()) {
    if (!nodePort || byPort.get(port) === nodePort) continue
    const why = take(nodePort)
    if (why) return [invalid(`spec.ports[${i}].nodePort`, nodePort, why)]
    if (!byPort.has(port)) byPort.set(port, nodePort)
  }
  return []
}

/** @throws a fault of the server's where a node port comes twice for the same protocol */
function changedNodePorts({ ports = [] }: Draft, old: Draft, take: (port: number) => string | undefined): FieldError[] {
  const known = new Set<number>((old.ports ?? []).map((p: Draft) => p.nodePort))
  const seen = new Set<string>()
  for (const [i, { protocol, nodePort }] of ports.entries()) {
    if (!nodePort) continue
    const why = known.has(nodePort) ? undefined : take(nodePort)
    if (why) return [invalid(`spec.ports[${i}].nodePort`, nodePort, why)]
    known.add(nodePort)
    const one = `{${protocol} ${nodePort}}`
    if (seen.has(one)) throw new StatusError(500, '', `duplicate nodePort: ${one}`)
    seen.add(one)
  }
  return []
}

/** @throws InternalError for a port for health checks that cannot be had */
function nodePorts(service: Draft, old: Draft | undefined, context: KindContext): FieldError[] {
  const { spec } = service
  const take = portTaker(service, context)
  const errors = !hasNodePorts(spec) ? [] : old ? changedNodePorts(spec, old.spec, take) : newNodePorts(spec, take)
  if (errors.length) return errors
  const port = spec.healthCheckNodePort
  if (!port || !needsHealthCheckNodePort(spec) || (old && needsHealthCheckNodePort(old.spec))) return []
  const why = take(port)
  if (why) throw internalError(`failed to allocate requested HealthCheck NodePort ${port}: ${why}`)
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
