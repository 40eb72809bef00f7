/** Makes Services work: sets the network's router and resolver, and keeps them up to date. */
import type { Client } from '../api/client.ts'
import type { Clock } from '../clock/clock.ts'
import type { Random } from '../clock/random.ts'
import type { Network } from '../network/network.ts'
import { createResolver } from './dns.ts'
import { HostPorts } from './host-ports.ts'
import { createRouter } from './router.ts'
import { ServiceTable } from './services.ts'

export interface ProxyOptions {
  client: Client
  network: Network
  clock: Clock
  random: Random
  clusterDomain?: string
}

/** @returns how to stop it; the last rules stay in force */
export function startProxy({ client, network, clock, random, clusterDomain }: ProxyOptions): () => void {
  const services = new ServiceTable()
  const hostPorts = new HostPorts()
  const stops = [services.watch(client), hostPorts.watch(client)]
  network.router = createRouter({ services, hostPorts, clock, random })
  network.resolver = createResolver({ client, services, ...(clusterDomain && { clusterDomain }) })
  return () => {
    for (const stop of stops) stop()
  }
}
