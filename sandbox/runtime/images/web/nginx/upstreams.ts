/** Groups of servers that requests are handed on to, and whose turn it is. */
import type { ConnectFailure } from '../../../../network/network.ts'
import { resolveHost } from '../../../commands/network/resolve.ts'
import type { Process } from '../../../processes/process.ts'
import { duration } from './durations.ts'
import type { Text } from './exchange.ts'
import { at, ConfigError, type Directive } from './syntax.ts'

export interface Member {
  host: string
  port: number
  weight: number
  backup: boolean
  down: boolean
  maxFails: number
  failMs: number
  place: Directive
}

export interface UpstreamGroup {
  name: string
  members: readonly Member[]
  method: 'turns' | 'least_conn' | 'ip_hash' | 'hash' | 'random'
  key?: Text
}

export interface ProxyPass {
  /** As it stands in the configuration. */
  text: string
  secure: boolean
  /** Where it is known beforehand; a name with variables is looked up for each request. */
  group?: UpstreamGroup
  url: Text
  /** What is handed on as Host unless the configuration says otherwise. */
  host: string
  /** What replaces the location's part of the path; undefined hands the path on as it came. */
  path?: string
}

const ADDRESS = /^(\[[^\]]+\]|[^:/\s]+)(?::(\d+))?$/

function member(d: Directive, text = d.args[0]!): Member {
  if (text.startsWith('unix:')) throw at(`a socket of UNIX in upstream "${text}" is not simulated`, d)
  const [, host, port = '80'] = ADDRESS.exec(text) ?? []
  if (host === undefined) throw at(`invalid host in upstream "${text}"`, d)
  if (Number(port) < 1 || Number(port) > 65_535) throw at(`invalid port in upstream "${text}"`, d)
  const found: Member = {
    host,
    port: Number(port),
    weight: 1,
    backup: false,
    down: false,
    maxFails: 1,
    failMs: 10_000,
    place: d,
  }
  for (const word of d.name === 'server' ? d.args.slice(1) : []) {
    const [, key, value = ''] = /^(weight|max_fails|max_conns|slow_start|fail_timeout)=(.*)$/.exec(word) ?? []
    const ms = key === 'fail_timeout' ? duration(value) : undefined
    if (key === 'weight' && /^[1-9]\d*$/.test(value)) found.weight = Number(value)
    else if (key === 'max_fails' && /^\d+$/.test(value)) found.maxFails = Number(value)
    else if (ms !== undefined) found.failMs = ms
    else if (word === 'backup') found.backup = true
    else if (word === 'down') found.down = true
    else if (/^(max_conns|slow_start)=|^resolve$/.test(word))
      throw at(`parameter "${word}" of a server is not simulated`, d)
    else throw at(`invalid parameter "${word}"`, d)
  }
  return found
}

/** A block `upstream NAME { … }`. @throws ConfigError */
export function readGroup(d: Directive, text: (text: string, d: Directive) => Text): UpstreamGroup {
  const name = d.args[0]!
  const group: UpstreamGroup = { name, members: [], method: 'turns' }
  for (const inside of d.block ?? []) {
    if (inside.name === 'server') group.members = [...group.members, member(inside)]
    else if (/^(least_conn|ip_hash|random|hash)$/.test(inside.name)) {
      group.method = inside.name as UpstreamGroup['method']
      if (inside.name === 'hash') group.key = text(inside.args[0]!, inside)
    }
  }
  if (!group.members.length) throw at(`no servers are inside upstream`, d)
  return group
}

/** @throws ConfigError */
export function readProxy(
  d: Directive,
  groups: ReadonlyMap<string, UpstreamGroup>,
  text: (text: string) => Text,
): ProxyPass {
  const url = text(d.args[0]!)
  if (url.constant === undefined) return { text: d.args[0]!, secure: false, url, host: '' }
  const [, scheme, host, path] = /^(https?):\/\/([^/?]*)([/?].*)?$/.exec(url.constant) ?? []
  if (!scheme) throw at('invalid URL prefix', d)
  if (!host) throw at('no host in upstream', d)
  const secure = scheme === 'https'
  const group = groups.get(host) ?? alone(d, host, secure)
  return { text: url.constant, secure, group, url, host, ...(path !== undefined && { path }) }
}

/** A server that stands in no block. */
export const alone = (d: Directive, host: string, secure: boolean): UpstreamGroup => ({
  name: host,
  members: [member(d, /:\d+$/.test(host) ? host : `${host}:${secure ? 443 : 80}`)],
  method: 'turns',
})

const FAILURES: Record<ConnectFailure, string> = {
  ECONNREFUSED: '111: Connection refused',
  ETIMEDOUT: '110: Connection timed out',
  EHOSTUNREACH: '113: No route to host',
  ENETUNREACH: '101: Network is unreachable',
}

/** As the error log tells it. */
export const connectFailed = (failure: ConnectFailure): string => `connect() failed (${FAILURES[failure]})`

export interface Peer {
  ip: string
  port: number
  member: Member
  /** What a turn is decided by. */
  turn: number
  active: number
  fails: number
  /** Left alone until then. */
  until: number
}

/** Who asks for a server: turns may depend on the address, or on what `hash` names. */
export interface Asker {
  process: Process
  ip: string
  key?: string
}

const NOBODY: ReadonlySet<Peer> = new Set()

/** The servers of a group by their addresses, and whose turn it is. */
export class Peers {
  readonly #all: readonly Peer[]
  readonly key: Text | undefined
  readonly #group: UpstreamGroup
  constructor(group: UpstreamGroup, addresses: (member: Member) => readonly string[]) {
    this.#group = group
    this.key = group.key
    this.#all = group.members.flatMap(member =>
      addresses(member).map(ip => ({ ip, port: member.port, member, turn: 0, active: 0, fails: 0, until: 0 })),
    )
  }

  /** @param tried those that have failed this request already */
  next(by: Asker, tried: ReadonlySet<Peer> = NOBODY): Peer | undefined {
    const now = by.process.clock.now()
    const open = (backup: boolean): Peer[] =>
      this.#all.filter(
        peer =>
          peer.member.backup === backup &&
          !peer.member.down &&
          !tried.has(peer) &&
          (peer.until <= now || this.#all.length === 1),
      )
    const candidates = open(false)
    const from = candidates.length ? candidates : open(true)
    return from.length ? this.#choose(from, by) : undefined
  }

  failed(peer: Peer, now: number): void {
    peer.fails++
    if (peer.member.maxFails && peer.fails >= peer.member.maxFails) {
      peer.fails = 0
      peer.until = now + peer.member.failMs
    }
  }

  #choose(from: readonly Peer[], { process, ip, key }: Asker): Peer {
    const { method } = this.#group
    if (method === 'random') return from[process.random.int(from.length)]!
    if (method === 'ip_hash' || method === 'hash')
      return from[hashOf(key ?? ip.split('.').slice(0, 3).join('.')) % from.length]!
    const least = Math.min(...from.map(peer => peer.active / peer.member.weight))
    const level = method === 'least_conn' ? from.filter(peer => peer.active / peer.member.weight === least) : from
    // Smooth: who is heavier comes more often, and never many times in a row.
    const total = level.reduce((sum, peer) => sum + peer.member.weight, 0)
    for (const peer of level) peer.turn += peer.member.weight
    const chosen = level.reduce((best, peer) => (peer.turn > best.turn ? peer : best))
    chosen.turn -= total
    return chosen
  }
}

const hashOf = (text: string): number => [...text].reduce((hash, c) => (hash * 31 + c.charCodeAt(0)) >>> 0, 89)

/** Names are looked up once, when the configuration is read. @throws ConfigError for a name that nobody knows */
export function lookUp(process: Process, group: UpstreamGroup): Peers {
  return new Peers(group, ({ host, place }) => {
    const { ips } = resolveHost(process, host)
    if (!ips.length) throw new ConfigError(at(`host not found in upstream "${host}"`, place).message)
    return ips
  })
}
