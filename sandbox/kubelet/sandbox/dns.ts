/** A Pod's /etc/resolv.conf, by its dnsPolicy and dnsConfig. */
import type { NodeContext } from '../node-context.ts'
import type { Pod } from '../types.ts'

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

/** Tells of name servers and search paths that are left out, whenever the Pod's settings are put together. */
export function tellOmissions({ dns, podEvent }: NodeContext, pod: Pod): void {
  // Without settings of its own a Pod stays far below all limits.
  if (!pod.spec.dnsConfig) return
  for (const omission of settingsOf(pod, dns).omissions) podEvent(pod, 'Warning', 'DNSConfigForming', omission)
}

/** What resolvers bear. */
const MAX_NAMESERVERS = 3
const MAX_SEARCH_PATHS = 32
const MAX_SEARCH_CHARACTERS = 2048
const MAX_SEARCH_PATH = 253

interface Settings {
  nameservers: readonly string[]
  searches: readonly string[]
  options: ReadonlyMap<string, string | undefined>
  /** What had to be left out, in the kubelet's words. */
  omissions: readonly string[]
}

function settingsOf(pod: Pod, dns: DnsSettings): Settings {
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
  const omissions: string[] = []
  const servers = unique(nameservers).slice(0, MAX_NAMESERVERS)
  if (servers.length < unique(nameservers).length)
    omissions.push(
      `Nameserver limits were exceeded, some nameservers have been omitted, the applied nameserver line is: ${servers.join(' ')}`,
    )
  const paths = fitting(unique(searches))
  if (paths.length < unique(searches).length)
    omissions.push(
      `Search Line limits were exceeded, some search paths have been omitted, the applied search line is: ${paths.join(' ')}`,
    )
  return { nameservers: servers, searches: paths, options, omissions }
}

/** The first search paths, as many as there may be. */
function fitting(searches: readonly string[]): string[] {
  const paths = searches.slice(0, MAX_SEARCH_PATHS).filter(path => path.length <= MAX_SEARCH_PATH)
  while (paths.join(' ').length > MAX_SEARCH_CHARACTERS) paths.pop()
  return paths
}

function madeFor(pod: Pod, dns: DnsSettings): string {
  const { nameservers, searches, options } = settingsOf(pod, dns)
  const lines: string[] = []
  if (searches.length) lines.push(`search ${searches.join(' ')}`)
  for (const server of nameservers) lines.push(`nameserver ${server}`)
  if (options.size) {
    lines.push(`options ${[...options].map(([name, value]) => (value ? `${name}:${value}` : name)).join(' ')}`)
  }
  return lines.map(line => `${line}\n`).join('')
}
