/** Sends connections to Services on to one of their Pods, as kube-proxy's rules do. */
import type { Service } from '../api/types.ts'
import type { Clock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import { contains, parseCIDR, parseIPv4 } from '../network/addresses.ts'
import type { NetworkNamespace, Router } from '../network/network.ts'
import type { HostPorts } from './host-ports.ts'
import type { Backend, ServiceTable, Target } from './services.ts'

const AFFINITY_SECONDS = 10_800

export interface RouterOptions {
  services: ServiceTable
  hostPorts: HostPorts
  clock: Clock
  random: Random
}

export function createRouter({ services, hostPorts, clock, random }: RouterOptions): Router {
  /** By Service port and client, the Pod that the client was sent to last. */
  const remembered = new Map<string, { ip: string; at: number }>()

  return ({ protocol, ip, port }, from) => {
    const direct = services.atAddress(protocol, ip, port)
    if (direct?.admits && !isWithin(from.ips[0], direct.admits)) return 'drop'
    if (direct) {
      const { clusterIPs, internalTrafficPolicy } = direct.service.spec
      // Who comes from within by an external address is not bound to its node.
      return choose(direct, from, internalTrafficPolicy === 'Local' && Boolean(clusterIPs?.includes(ip)))
    }
    const node = hostPorts.nodeAt(ip.startsWith('127.') ? (from.ips[0] ?? '') : ip)
    if (node === undefined) return undefined
    const own = hostPorts.at(node, protocol, ip, port)
    if (own) return own
    const target = services.atNodePort(protocol, port)
    // Nor who is on the node whose port it is.
    const isLocal = target?.service.spec.externalTrafficPolicy === 'Local' && from.nodeName !== node
    return target && choose(target, from, isLocal, node)
  }

  function choose(target: Target, from: NetworkNamespace, local: boolean, node = from.nodeName): ReturnType<Router> {
    const { service, port } = target
    // All Services have addresses of IPv4, and are balanced over such only.
    const offering = services.backends(service).filter(b => b.ports.has(port.name ?? '') && !b.ip.includes(':'))
    const usable = inService(offering)
    if (!usable.length) return 'refuse'
    const near = local
      ? inService(offering.filter(b => b.nodeName === node))
      : preferred(usable, node, node && hostPorts.zoneOf(node))
    if (!near.length) return 'drop'
    const chosen = stick(service, port.name ?? '', from, near) ?? near[random.int(near.length)]!
    remember(service, port.name ?? '', from, chosen)
    return { ip: chosen.ip, port: chosen.ports.get(port.name ?? '')! }
  }

  function stick(
    service: Service,
    port: string,
    from: NetworkNamespace,
    backends: readonly Backend[],
  ): Backend | undefined {
    const key = keyOf(service, port, from)
    const last = key === undefined ? undefined : remembered.get(key)
    const seconds = service.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? AFFINITY_SECONDS
    if (!last || clock.now() - last.at > seconds * 1000) return undefined
    return backends.find(b => b.ip === last.ip)
  }

  function remember(service: Service, port: string, from: NetworkNamespace, { ip }: Backend): void {
    const key = keyOf(service, port, from)
    if (key !== undefined) remembered.set(key, { ip, at: clock.now() })
  }
}

const keyOf = (service: Service, port: string, from: NetworkNamespace): string | undefined =>
  service.spec.sessionAffinity === 'ClientIP' ? `${service.metadata.uid}/${port}/${from.ips[0]}` : undefined

const isWithin = (ip: string | undefined, ranges: readonly string[]): boolean => {
  const address = ip === undefined ? undefined : parseIPv4(ip)
  return address !== undefined && ranges.some(r => !r.includes(':') && contains(parseCIDR(r.trim()), address))
}

/** Ready Pods; when there is none, those that still serve on their way out. */
function inService(offering: readonly Backend[]): readonly Backend[] {
  const ready = offering.filter(b => b.ready)
  return ready.length ? ready : offering.filter(b => b.serving && b.terminating)
}

/** Those kept near for the node, or else for its zone. A hint counts when every ready Pod has one, and only if somebody is near. */
function preferred(usable: readonly Backend[], node: string | undefined, zone: string | undefined): readonly Backend[] {
  for (const [hints, at] of [
    ['forNodes', node],
    ['forZones', zone],
  ] as const) {
    if (!at || !usable.every(b => b.ready && b[hints].length)) continue
    const near = usable.filter(b => b[hints].includes(at))
    if (near.length) return near
  }
  return usable
}
