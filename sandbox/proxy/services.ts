/** Services and what is behind them, kept up to date by watches, looked up by address or by name. */
import type { Client } from '../api/client.ts'
import { endpointSlice as sliceKind } from '../api/kinds/endpointslice.ts'
import { service as serviceKind } from '../api/kinds/service/index.ts'
import type { EndpointSlice, Service } from '../api/types.ts'

const SERVICE_NAME = 'kubernetes.io/service-name'

export type ServicePort = NonNullable<Service['spec']['ports']>[number]

export interface Backend {
  ip: string
  /** By the name of the Service's port. */
  ports: ReadonlyMap<string, number>
  hostname: string | undefined
  nodeName: string | undefined
  ready: boolean
  serving: boolean
  terminating: boolean
  /** For whom it is kept near: names of nodes and of zones. */
  forNodes: readonly string[]
  forZones: readonly string[]
}

export interface Target {
  service: Service
  port: ServicePort
  /** Ranges that may come in by the load balancer's address; absent: everybody. */
  admits?: readonly string[]
}

const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`
const slot = (protocol: string, port: number): string => `${protocol}/${port}`

export class ServiceTable {
  readonly #services = new Map<string, Service>()
  readonly #slices = new Map<string, Map<string, EndpointSlice>>()
  readonly #backends = new Map<string, readonly Backend[]>()
  /** Addresses that are the Service's alone. */
  readonly #byAddress = new Map<string, Map<string, Target>>()
  readonly #byNodePort = new Map<string, Target>()
  readonly #byClusterIP = new Map<string, Service>()
  readonly #now: () => number
  /** When a Service or a slice last changed. */
  changedAt: number

  constructor(now: () => number) {
    this.#now = now
    this.changedAt = now()
  }

  /** @returns how to stop */
  watch(client: Client): () => void {
    const stops = [
      client.watch(serviceKind, {}, ({ type, object, old }) => {
        this.changedAt = this.#now()
        if (old) this.#forget(old)
        if (type === 'DELETED') this.#forget(object)
        else this.#remember(object)
      }),
      client.watch(sliceKind, {}, ({ type, object, old }) => {
        this.changedAt = this.#now()
        if (old) this.#drop(old)
        if (type !== 'DELETED') this.#keep(object)
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  find(namespace: string, name: string): Service | undefined {
    return this.#services.get(keyOf(namespace, name))
  }

  atAddress(protocol: string, ip: string, port: number): Target | undefined {
    return this.#byAddress.get(ip)?.get(slot(protocol, port))
  }

  atNodePort(protocol: string, port: number): Target | undefined {
    return this.#byNodePort.get(slot(protocol, port))
  }

  atClusterIP(ip: string): Service | undefined {
    return this.#byClusterIP.get(ip)
  }

  services(): Iterable<Service> {
    return this.#services.values()
  }

  backends({ metadata: { namespace = '', name } }: Service): readonly Backend[] {
    const key = keyOf(namespace, name)
    let backends = this.#backends.get(key)
    if (!backends) {
      const byIP = new Map<string, Backend>()
      for (const slice of this.#slices.get(key)?.values() ?? []) {
        for (const b of backendsOf(slice)) {
          const old = byIP.get(b.ip)
          // One slice may hold some of an endpoint's ports, another the rest.
          byIP.set(b.ip, old ? { ...b, ports: new Map([...old.ports, ...b.ports]) } : b)
        }
      }
      backends = [...byIP.values()].sort((a, b) => (a.ip < b.ip ? -1 : 1))
      this.#backends.set(key, backends)
    }
    return backends
  }

  #remember(service: Service): void {
    const { namespace = '', name } = service.metadata
    this.#services.set(keyOf(namespace, name), service)
    for (const [map, key, target] of this.#slots(service)) map.set(key, target)
    for (const ip of clusterIPs(service)) this.#byClusterIP.set(ip, service)
  }

  #forget(service: Service): void {
    const { namespace = '', name } = service.metadata
    this.#services.delete(keyOf(namespace, name))
    for (const [map, key] of this.#slots(service)) map.delete(key)
    for (const ip of addressesOf(service)) if (!this.#byAddress.get(ip)?.size) this.#byAddress.delete(ip)
    for (const ip of clusterIPs(service)) this.#byClusterIP.delete(ip)
  }

  *#slots(service: Service): Iterable<[Map<string, Target>, string, Target]> {
    const { spec } = service
    const admits = spec.loadBalancerSourceRanges
    for (const port of spec.ports ?? []) {
      const protocol = port.protocol ?? 'TCP'
      const target = { service, port }
      const key = slot(protocol, port.port)
      for (const ip of ownAddresses(service)) yield [this.#portsAt(ip), key, target]
      for (const ip of balancedAddresses(service))
        yield [this.#portsAt(ip), key, admits?.length ? { ...target, admits } : target]
      if (port.nodePort) yield [this.#byNodePort, slot(protocol, port.nodePort), target]
    }
  }

  #portsAt(ip: string): Map<string, Target> {
    let ports = this.#byAddress.get(ip)
    if (!ports) this.#byAddress.set(ip, (ports = new Map<string, Target>()))
    return ports
  }

  #keep(slice: EndpointSlice): void {
    const key = serviceOf(slice)
    if (!key) return
    const slices = this.#slices.get(key) ?? new Map<string, EndpointSlice>()
    this.#slices.set(key, slices.set(slice.metadata.name, slice))
    this.#backends.delete(key)
  }

  #drop(slice: EndpointSlice): void {
    const key = serviceOf(slice)
    if (!key) return
    const slices = this.#slices.get(key)
    slices?.delete(slice.metadata.name)
    if (slices && !slices.size) this.#slices.delete(key)
    this.#backends.delete(key)
  }
}

const serviceOf = ({ metadata: { namespace = '', labels } }: EndpointSlice): string | undefined => {
  const name = labels?.[SERVICE_NAME]
  return name ? keyOf(namespace, name) : undefined
}

export const isHeadless = ({ spec }: Service): boolean => spec.clusterIP === 'None'

const clusterIPs = ({ spec }: Service): string[] => (spec.clusterIPs ?? []).filter(ip => ip && ip !== 'None')

const ownAddresses = (service: Service): string[] => [...clusterIPs(service), ...(service.spec.externalIPs ?? [])]

/** A balancer that is a proxy sends on by node ports; its address is not the Service's. */
const balancedAddresses = ({ status }: Service): string[] =>
  (status.loadBalancer?.ingress ?? []).flatMap(i => (i.ip && i.ipMode !== 'Proxy' ? [i.ip] : []))

const addressesOf = (service: Service): string[] => [...ownAddresses(service), ...balancedAddresses(service)]

/** What a slice does not say about an endpoint counts as well. Names in place of addresses are nobody's backends. */
function* backendsOf({ addressType, endpoints, ports }: EndpointSlice): Iterable<Backend> {
  if (addressType === 'FQDN') return
  const numbers = new Map((ports ?? []).flatMap(p => (p.port === undefined ? [] : [[p.name ?? '', p.port] as const])))
  for (const { addresses, conditions, hostname, nodeName, hints } of endpoints ?? []) {
    const ready = conditions?.ready ?? true
    for (const ip of addresses) {
      yield {
        ip,
        ports: numbers,
        hostname,
        nodeName,
        ready,
        serving: conditions?.serving ?? ready,
        terminating: conditions?.terminating ?? false,
        forNodes: (hints?.forNodes ?? []).map(n => n.name),
        forZones: (hints?.forZones ?? []).map(z => z.name),
      }
    }
  }
}
