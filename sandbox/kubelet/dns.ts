/** A Pod's /etc/resolv.conf, by its dnsPolicy and dnsConfig. */
import type { Pod } from './types.ts'

export interface DnsSettings {
  clusterDomain: string
  clusterDNS: readonly string[]
  /** Of the node's own resolv.conf. */
  nameservers: readonly string[]
  searches: readonly string[]
}

const unique = (values: readonly string[]): string[] => [...new Set(values)]

/** By namespace, of Pods that say nothing of it: nearly all. */
const usual = new WeakMap<DnsSettings, Map<string, string>>()

export function resolvConf(pod: Pod, dns: DnsSettings): string {
  const { dnsPolicy, dnsConfig, hostNetwork } = pod.spec
  if (dnsConfig || hostNetwork || (dnsPolicy && dnsPolicy !== 'ClusterFirst')) return madeFor(pod, dns)
  let texts = usual.get(dns)
  if (!texts) usual.set(dns, (texts = new Map()))
  const namespace = pod.metadata.namespace ?? ''
  let text = texts.get(namespace)
  if (text === undefined) texts.set(namespace, (text = madeFor(pod, dns)))
  return text
}

function madeFor(pod: Pod, dns: DnsSettings): string {
  const { dnsPolicy = 'ClusterFirst', dnsConfig, hostNetwork } = pod.spec
  const cluster = dnsPolicy === 'ClusterFirstWithHostNet' || (dnsPolicy === 'ClusterFirst' && !hostNetwork)
  let nameservers: readonly string[] = []
  let searches: readonly string[] = []
  const options = new Map<string, string | undefined>()
  if (dnsPolicy !== 'None') {
    nameservers = cluster ? dns.clusterDNS : dns.nameservers
    searches = dns.searches
    if (cluster) {
      const svc = `svc.${dns.clusterDomain}`
      searches = [`${pod.metadata.namespace}.${svc}`, svc, dns.clusterDomain, ...dns.searches]
      options.set('ndots', '5')
    }
  }
  if (dnsConfig) {
    nameservers = [...nameservers, ...(dnsConfig.nameservers ?? [])]
    searches = [...searches, ...(dnsConfig.searches ?? [])]
    for (const { name, value } of dnsConfig.options ?? []) if (name) options.set(name, value)
  }
  const lines: string[] = []
  if (searches.length) lines.push(`search ${unique(searches).join(' ')}`)
  for (const server of unique(nameservers)) lines.push(`nameserver ${server}`)
  if (options.size) {
    lines.push(`options ${[...options].map(([name, value]) => (value ? `${name}:${value}` : name)).join(' ')}`)
  }
  return lines.map(line => `${line}\n`).join('')
}
