/** From a host name to addresses: /etc/hosts, then DNS with the search list of /etc/resolv.conf. */
import type { NameAnswer, RecordType } from '../../../network/network.ts'
import type { Process } from '../../processes/process.ts'

const BYTE = '(25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const IPV4 = new RegExp(`^${BYTE}(\\.${BYTE}){3}$`)

export interface HostAnswer {
  name: string
  ips: readonly string[]
  /** No name server answered. */
  silent?: boolean
}

/** How long glibc asks one name server for one name, two attempts of five seconds; and musl, all in all. */
const [GLIBC_SILENCE_MS, MUSL_SILENCE_MS] = [10_000, 5000]

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

/** The rows of /etc/hosts. */
export function hostsFile(process: Process): { ip: string; names: string[] }[] {
  const text = process.fs.exists('/etc/hosts') ? process.fs.readFile('/etc/hosts') : ''
  return text.split('\n').flatMap(line => {
    const [ip, ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    return ip && names.length ? [{ ip, names }] : []
  })
}

/** Whether its C library is musl, as in Alpine. */
export const usesMusl = (process: Process): boolean => process.fs.exists('/etc/alpine-release')

/** Whether its tools of bind are those of Debian 8, which remark nothing on servers. */
export const hasOldBind = (process: Process): boolean =>
  process.fs.exists('/etc/os-release') && process.fs.readFile('/etc/os-release').includes('VERSION_ID="8"')

export function resolveHost(process: Process, name: string): HostAnswer {
  if (IPV4.test(name) || name.includes(':')) return { name, ips: [name] }
  const row = hostsFile(process).find(({ ip, names }) => names.includes(name) && !ip.includes(':'))
  if (row) return { name: row.names[0]!, ips: [row.ip] }
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
  if (answer.silent) await waitForSilence(process, name, patienceMs)
  return answer
}

/** glibc goes on from the first name that nobody answers to the name as it was given. */
export async function waitForSilence(
  process: Process,
  name: string,
  patienceMs = Number.POSITIVE_INFINITY,
): Promise<void> {
  const { nameservers } = resolvConf(process)
  const names = Math.min(2, candidates(process, name).length)
  const ms = usesMusl(process) ? MUSL_SILENCE_MS : GLIBC_SILENCE_MS * names * Math.max(1, nameservers.length)
  await process.sleep(Math.min(patienceMs, ms))
}
