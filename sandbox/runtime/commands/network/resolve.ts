/** From a host name to addresses: /etc/hosts, then DNS with the search list of /etc/resolv.conf. */
import type { NameAnswer, RecordType } from '../../../network/network.ts'
import type { Process } from '../../processes/process.ts'

const IPV4 = /^\d{1,3}(\.\d{1,3}){3}$/

export interface HostAnswer {
  name: string
  ips: readonly string[]
  /** No name server answered. */
  silent?: boolean
}

/** How long the C library asks one name server: two attempts of five seconds. */
const SILENCE_MS = 10_000

export function resolvConf(process: Process): {
  nameserver: string
  nameservers: string[]
  search: string[]
  ndots: number
} {
  const text = process.fs.exists('/etc/resolv.conf') ? process.fs.readFile('/etc/resolv.conf') : ''
  const nameservers = [...text.matchAll(/^nameserver\s+(\S+)/gm)].map(match => match[1]!)
  return {
    nameserver: nameservers[0] ?? '127.0.0.1',
    nameservers,
    search: /^search\s+(.*)$/m.exec(text)?.[1]?.trim().split(/\s+/) ?? [],
    ndots: Number(/ndots:(\d+)/.exec(text)?.[1] ?? 1),
  }
}

/** The names to ask for, in order. */
export function candidates(process: Process, name: string): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)]
  const { search, ndots } = resolvConf(process)
  const expanded = search.map(domain => `${name}.${domain}`)
  return name.split('.').length - 1 >= ndots ? [name, ...expanded] : [...expanded, name]
}

export function resolveHost(process: Process, name: string): HostAnswer {
  if (IPV4.test(name) || name.includes(':')) return { name, ips: [name] }
  const hosts = process.fs.exists('/etc/hosts') ? process.fs.readFile('/etc/hosts') : ''
  for (const line of hosts.split('\n')) {
    const [ip, ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (ip && names.includes(name) && !ip.includes(':')) return { name: names[0]!, ips: [ip] }
  }
  if (name === 'localhost') return { name, ips: ['127.0.0.1'] }
  for (const candidate of candidates(process, name)) {
    const ips = ask(process, candidate, 'A')
    if (ips === 'silence') return { name, ips: [], silent: true }
    if (ips?.length) return { name: candidate, ips }
  }
  return { name, ips: [] }
}

/** Asks the name servers of /etc/resolv.conf, in order, until one answers. */
export function ask(process: Process, name: string, type: RecordType, server?: string): NameAnswer {
  const { nameservers } = resolvConf(process)
  for (const address of server ? [server] : nameservers.length ? nameservers : ['127.0.0.1']) {
    const answer = process.net.resolve(name, type, address)
    if (answer !== 'silence') return answer
  }
  return 'silence'
}

/** As `resolveHost`, and takes the time that it takes to find that nobody answers. @param patienceMs waits no longer */
export async function lookupHost(process: Process, name: string, patienceMs?: number): Promise<HostAnswer> {
  const answer = resolveHost(process, name)
  if (answer.silent) await waitForSilence(process, patienceMs)
  return answer
}

export async function waitForSilence(process: Process, patienceMs = Number.POSITIVE_INFINITY): Promise<void> {
  await process.sleep(Math.min(patienceMs, SILENCE_MS * Math.max(1, resolvConf(process).nameservers.length)))
}
