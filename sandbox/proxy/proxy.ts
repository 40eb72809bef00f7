/** Makes Services, names and policies work: sets the network's router, resolver and filter, and keeps them up to date. */
import type { Client } from '../api/client.ts'
import type { Clock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import type { Network } from '../network/network.ts'
import { createResolver } from './dns.ts'
import { HostPorts } from './host-ports.ts'
import { NetworkPolicies } from './network-policies.ts'
import { createRouter } from './router.ts'
import { ServiceTable } from './services.ts'

export interface ProxyOptions {
  client: Client
  network: Network
  clock: Clock
  random: Random
  clusterDomain?: string
  /** The address of cluster DNS, and of name servers outside the cluster. */
  clusterDNS?: string
  outsideDNS?: readonly string[]
}

export interface Proxy {
  /** When the rules last changed, in ms of virtual time. */
  changedAt(): number
  /** The last rules stay in force. */
  stop(): void
}

export function startProxy(options: ProxyOptions): Proxy {
  const { client, network, clock, random, clusterDomain, clusterDNS, outsideDNS } = options
  const services = new ServiceTable(() => clock.now())
  const hostPorts = new HostPorts()
  const policies = new NetworkPolicies(ip => hostPorts.nodeAt(ip))
  const stops = [services.watch(client), hostPorts.watch(client), policies.watch(client)]
  network.router = createRouter({ services, hostPorts, clock, random })
  network.resolver = createResolver({
    client,
    services,
    clusterDNS,
    ...(clusterDomain && { clusterDomain }),
    ...(outsideDNS && { outside: outsideDNS }),
    reachable: from => policies.allowsDns(from),
  })
  network.filter = policies.filter
  return {
    changedAt: () => services.changedAt,
    stop() {
      for (const stop of stops) stop()
    },
  }
}
