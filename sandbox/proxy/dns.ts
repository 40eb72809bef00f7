/**
 * Name servers: cluster DNS, which knows Services, the Pods behind headless ones, and Pods by address; and those outside, which
 * know nothing of the cluster. Names outside the cluster do not exist.
 */
import type { Client } from '../api/client.ts'
import { namespace as namespaceKind } from '../api/kinds/namespace.ts'
import type { Service } from '../api/types.ts'
import type { NetworkNamespace, RecordType, Resolver } from '../network/network.ts'
import { type Backend, isHeadless, type ServiceTable } from './services.ts'

const PRIORITY = 0
const DASHED_IP = /^\d{1,3}(-\d{1,3}){3}$/

export interface DnsOptions {
  client: Client
  services: ServiceTable
  clusterDomain?: string
  /** The address of cluster DNS. */
  clusterDNS?: string | undefined
  /** Addresses of name servers outside the cluster that answer. */
  outside?: readonly string[]
  /** Whether packets to cluster DNS get through. */
  reachable?(from: NetworkNamespace): boolean
}

/** Refresh, retry, expire and how long a missing name is remembered, in seconds. */
const ZONE_TIMES = '7200 1800 86400 30'

export function createResolver(options: DnsOptions): Resolver {
  const { client, services, clusterDomain = 'cluster.local', clusterDNS, outside = [], reachable } = options
  const suffix = clusterDomain.split('.')

  return (name, type, from, server = clusterDNS) => {
    if (server !== undefined && outside.includes(server)) return undefined
    return server === clusterDNS && (reachable?.(from) ?? true) ? resolve(name, type) : 'silence'
  }

  function resolve(asked: string, type: RecordType): readonly string[] | undefined {
    const name = asked.toLowerCase().replace(/\.$/, '')
    if (type === 'PTR') return pointers(name)
    const labels = name.split('.')
    const inCluster =
      labels.length > suffix.length && suffix.every((l, i) => labels[labels.length - suffix.length + i] === l)
    if (name === clusterDomain) return ofZone(type)
    if (!inCluster) return undefined
    const rest = labels.slice(0, -suffix.length)
    const kind = rest.pop()
    const namespace = rest.pop()
    if (kind !== 'svc' && kind !== 'pod') return undefined
    if (namespace === undefined) return []
    if (!client.find(namespaceKind, '', namespace)) return undefined
    if (!rest.length) return []
    if (kind === 'pod')
      return rest.length === 1 && DASHED_IP.test(rest[0]!) ? ofType(type, [rest[0]!.replaceAll('-', '.')]) : undefined
    const service = services.find(namespace, rest.pop()!)
    if (!service) return undefined
    if (service.spec.type === 'ExternalName') {
      const target = service.spec.externalName ?? ''
      if (rest.length) return undefined
      return type === 'CNAME' ? [target] : (resolve(target, type) ?? [])
    }
    return isPortQuery(rest) ? ports(service, rest, type) : addresses(service, rest, type)
  }

  /** What is said of the cluster's domain itself. Its serial is when the data last changed. */
  function ofZone(type: RecordType): readonly string[] {
    if (type === 'NS') return [`ns.dns.${clusterDomain}`]
    if (type !== 'SOA') return []
    const serial = Math.floor(services.changedAt / 1000)
    return [`ns.dns.${clusterDomain} hostmaster.${clusterDomain} ${serial} ${ZONE_TIMES}`]
  }

  function addresses(service: Service, rest: readonly string[], type: string): readonly string[] | undefined {
    if (!rest.length && !isHeadless(service))
      return type === 'SRV' ? allPorts(service) : ofType(type, service.spec.clusterIPs ?? [])
    const backends = services.backends(service).filter(b => b.ready)
    if (!rest.length) {
      if (!backends.length) return undefined
      return type === 'SRV'
        ? allPorts(service)
        : ofType(
            type,
            backends.map(b => b.ip),
          )
    }
    if (rest.length > 1) return undefined
    const named = backends.filter(b => nameOf(b) === rest[0])
    return named.length
      ? ofType(
          type,
          named.map(b => b.ip),
        )
      : undefined
  }

  /** `_http._tcp.web…` */
  function ports(service: Service, [port, protocol]: readonly string[], type: string): readonly string[] | undefined {
    const found = (service.spec.ports ?? []).filter(
      p => p.name === port!.slice(1) && (p.protocol ?? 'TCP').toLowerCase() === protocol!.slice(1),
    )
    if (!found.length) return undefined
    return type === 'SRV' ? found.flatMap(p => records(service, p.name ?? '', p.port)) : []
  }

  function allPorts(service: Service): string[] {
    return (service.spec.ports ?? []).flatMap(p => records(service, p.name ?? '', p.port))
  }

  function records(service: Service, portName: string, port: number): string[] {
    const domain = domainOf(service)
    if (!isHeadless(service)) return [`${PRIORITY} 100 ${port} ${domain}`]
    const backends = services.backends(service).filter(b => b.ready && b.ports.has(portName))
    const weight = Math.trunc(100 / Math.max(1, backends.length))
    return backends.map(b => `${PRIORITY} ${weight} ${b.ports.get(portName)} ${nameOf(b)}.${domain}`)
  }

  function pointers(name: string): readonly string[] | undefined {
    const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa$/.exec(name)
    if (!match) return undefined
    const ip = [match[4], match[3], match[2], match[1]].join('.')
    const service = services.atClusterIP(ip)
    if (service) return [domainOf(service)]
    const names: string[] = []
    for (const behind of services.services()) {
      for (const b of services.backends(behind))
        if (b.ip === ip && b.ready) names.push(`${nameOf(b)}.${domainOf(behind)}`)
    }
    return names.length ? names : undefined
  }

  function domainOf({ metadata: { namespace, name } }: Service): string {
    return `${name}.${namespace}.svc.${clusterDomain}`
  }
}

const nameOf = (b: Backend): string => b.hostname ?? b.ip.replaceAll(/[.:]/g, '-')

/** A name that exists without a record of the type asked for has an empty answer. */
const ofType = (type: string, ips: readonly string[]): readonly string[] =>
  type === 'A' || type === 'AAAA' ? ips.filter(ip => ip.includes(':') === (type === 'AAAA')) : []

const isPortQuery = (rest: readonly string[]): boolean =>
  rest.length === 2 && rest[0]!.startsWith('_') && rest[1]!.startsWith('_')
