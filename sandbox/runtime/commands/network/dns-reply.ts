/** Questions to a name server and its replies, section by section, as the tools that show them need them. */
import type { NameAnswer, RecordType } from '../../../network/network.ts'
import type { Process } from '../../processes/process.ts'
import { ask } from './resolve.ts'

export interface ResourceRecord {
  name: string
  type: string
  /** Seconds for which it may be kept. */
  ttl: number
  /** As it is printed: names end with a dot. */
  data: string
}

export interface Reply {
  status: 'NOERROR' | 'NXDOMAIN'
  /** From the server's own data; everything else it has from others, who look further. */
  authoritative: boolean
  answer: readonly ResourceRecord[]
  authority: readonly ResourceRecord[]
  additional: readonly ResourceRecord[]
}

const TTL = 30
const WITH_RECORDS: ReadonlySet<string> = new Set(['A', 'AAAA', 'SRV', 'CNAME', 'PTR', 'NS', 'SOA'])
/** Types that may be asked for, and of which cluster DNS has none. */
const WITHOUT_RECORDS: ReadonlySet<string> = new Set(['ANY', 'MX', 'TXT'])

export const isQueryType = (word: string): boolean =>
  WITH_RECORDS.has(word.toUpperCase()) || WITHOUT_RECORDS.has(word.toUpperCase())

/** The name at which an address has its name. */
export function reverseName(ip: string): string | undefined {
  const octets = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(ip)
  return octets ? `${octets[4]}.${octets[3]}.${octets[2]}.${octets[1]}.in-addr.arpa` : undefined
}

/** When somebody has answered. */
const known = (answer: NameAnswer): readonly string[] | undefined => (answer === 'silence' ? undefined : answer)

/**
 * @param name without the dot at its end
 * @param type in capitals
 * @param server instead of those of /etc/resolv.conf
 */
export function query(process: Process, name: string, type: string, server?: string): Reply | 'silence' {
  const of = (asked: string, kind: RecordType): readonly string[] | undefined =>
    known(ask(process, asked, kind, server))
  const records = (owner: string, kind: RecordType): ResourceRecord[] =>
    (of(owner, kind) ?? []).map(data => ({ name: owner, type: kind, ttl: TTL, data: printed(kind, data) }))
  const exists = ask(process, name, type === 'PTR' ? 'PTR' : 'A', server)
  if (exists === 'silence') return 'silence'
  const answer: ResourceRecord[] = []
  if (exists) {
    const alias = type === 'A' || type === 'AAAA' ? of(name, 'CNAME')?.[0] : undefined
    if (alias !== undefined) answer.push({ name, type: 'CNAME', ttl: TTL, data: `${alias}.` })
    if (WITH_RECORDS.has(type)) answer.push(...records(alias ?? name, type as RecordType))
  }
  const authority = answer.length ? [] : zoneOf(name, zone => records(zone, 'SOA'))
  const additional =
    type === 'SRV' ? answer.flatMap(record => records(record.data.split(' ')[3]!.slice(0, -1), 'A')) : []
  return {
    status: exists ? 'NOERROR' : 'NXDOMAIN',
    authoritative: answer.length > 0 || authority.length > 0,
    answer,
    authority,
    additional,
  }
}

/** What stands at the head of the zone that a name is in. */
function zoneOf(name: string, heads: (zone: string) => ResourceRecord[]): ResourceRecord[] {
  for (let zone = name; zone; zone = zone.split('.').slice(1).join('.')) {
    const found = heads(zone)
    if (found.length) return found
  }
  return []
}

function printed(type: RecordType, data: string): string {
  if (type === 'A' || type === 'AAAA') return data
  if (type !== 'SOA') return data.endsWith('.') ? data : `${data}.`
  const [server, mailbox, ...numbers] = data.split(' ')
  return [`${server}.`, `${mailbox}.`, ...numbers].join(' ')
}

/** The lines in which nslookup shows a zone's head. */
export function zoneHead({ name, data }: ResourceRecord): string {
  const [server, mailbox, ...numbers] = data.split(' ')
  const rows = ['serial', 'refresh', 'retry', 'expire', 'minimum'].map((field, i) => `\t${field} = ${numbers[i]}\n`)
  return `${name}\n\torigin = ${server!.slice(0, -1)}\n\tmail addr = ${mailbox!.slice(0, -1)}\n${rows.join('')}`
}

const HEADER_BYTES = 12
const nameBytes = (name: string): number => name.replace(/\.$/, '').length + 2

function dataBytes({ type, data }: ResourceRecord): number {
  if (type === 'A') return 4
  if (type === 'AAAA') return 16
  const words = data.split(' ')
  if (type === 'SRV') return 6 + nameBytes(words[3]!)
  return type === 'SOA' ? nameBytes(words[0]!) + nameBytes(words[1]!) + 20 : nameBytes(data)
}

/** How long a reply is on the wire: cluster DNS writes every name out. */
export function replyBytes(question: string, { answer, authority, additional }: Reply): number {
  const records = [...answer, ...authority, ...additional]
  return HEADER_BYTES + nameBytes(question) + 4 + records.reduce((n, r) => n + nameBytes(r.name) + 10 + dataBytes(r), 0)
}
