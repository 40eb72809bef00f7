/** The range that Services get their addresses from, and an IPAddress for every address that one has. */
import { type KindDef, resourceOf } from '../kind.ts'
import { ipAddress, serviceCIDR } from '../kinds/networking.ts'
import { ADDRESS_MANAGED_BY, ALLOCATOR, SERVICE_CIDR } from '../kinds/service/allocate.ts'
import { service as serviceKind } from '../kinds/service/index.ts'
import type { ApiServer } from '../server.ts'
import type { Service } from '../types.ts'

const ADDRESSES = resourceOf(ipAddress)

const addressesOf = ({ spec }: Service): string[] => (spec.clusterIPs ?? []).filter(ip => ip && ip !== 'None')

/** An IPAddress is made the instant a Service gets its address, and deleted when the address is released. */
export function followServiceAddresses(server: ApiServer): void {
  const { store, clock } = server
  const random = server.random.fork('service-addresses')
  const write = (kind: KindDef, name: string, metadata: object, more: object): void => {
    store.put(resourceOf(kind), {
      apiVersion: `${kind.group}/${kind.version}`,
      kind: kind.kind,
      metadata: { name, uid: random.uuid(), resourceVersion: '', creationTimestamp: clock.timestamp(), ...metadata },
      ...more,
    })
  }

  if (!store.count(resourceOf(serviceCIDR))) {
    const ready = {
      lastTransitionTime: clock.timestamp(),
      message: 'Kubernetes default Service CIDR is ready',
      reason: '',
      status: 'True',
      type: 'Ready',
    }
    write(
      serviceCIDR,
      'kubernetes',
      { finalizers: ['networking.k8s.io/service-cidr-finalizer'] },
      { spec: { cidrs: [SERVICE_CIDR] }, status: { conditions: [ready] } },
    )
  }

  /** The Service that holds an address. */
  const holders = new Map<string, Service>()
  const settle = (ip: string): void => {
    const owner = holders.get(ip)
    const held = server.find(ipAddress, '', ip)
    if (!owner) {
      if (held?.metadata.labels?.[ADDRESS_MANAGED_BY] === ALLOCATOR) store.remove(ADDRESSES, '', ip)
      return
    }
    if (held) return
    const { namespace = '', name } = owner.metadata
    write(
      ipAddress,
      ip,
      {
        labels: {
          'ipaddress.kubernetes.io/ip-family': ip.includes(':') ? 'IPv6' : 'IPv4',
          [ADDRESS_MANAGED_BY]: ALLOCATOR,
        },
      },
      { spec: { parentRef: { group: '', name, namespace, resource: 'services' } } },
    )
  }

  const due = new Set<string>()
  const later = (ip: string): void => {
    if (!due.size)
      clock.soon(() => {
        const now = [...due]
        due.clear()
        for (const each of now) settle(each)
      })
    due.add(ip)
  }
  server.watch(serviceKind, {}, ({ type, object, old }) => {
    const had = old && type === 'MODIFIED' ? addressesOf(old) : []
    const has = addressesOf(object)
    if (type === 'MODIFIED' && had.length === has.length && had.every((ip, i) => ip === has[i])) return
    for (const ip of [...had, ...(type === 'DELETED' ? has : [])]) {
      if (holders.get(ip)?.metadata.uid === object.metadata.uid) holders.delete(ip)
      later(ip)
    }
    for (const ip of type === 'DELETED' ? [] : has) {
      holders.set(ip, object)
      later(ip)
    }
  })
  // An IPAddress deleted while its Service holds it is made again.
  server.watch(ipAddress, {}, ({ type, object }) => {
    if (type === 'DELETED' && holders.has(object.metadata.name)) later(object.metadata.name)
  })
}
