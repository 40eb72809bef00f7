/** `stream`: connections that are handed on as they are, TCP or UDP. */
import type { Connection } from '../../../../network/network.ts'
import type { Process } from '../../../processes/process.ts'
import type { Level } from './exchange.ts'
import { type Listen, readListen } from './listen.ts'
import { at, type Directive } from './syntax.ts'
import { alone, connectFailed, type Peer, type Peers, readGroup, type UpstreamGroup } from './upstreams.ts'

export interface StreamServer {
  listen: readonly (Listen & { protocol: 'TCP' | 'UDP' })[]
  group: UpstreamGroup
}

/** @throws ConfigError */
export function readStream(d: Directive): StreamServer[] {
  const block = d.block ?? []
  const groups = new Map<string, UpstreamGroup>()
  for (const inside of block) {
    if (/^(map|log_format|access_log)$/.test(inside.name))
      throw at(`"${inside.name}" of a stream is not simulated`, inside)
    if (inside.name === 'upstream')
      groups.set(
        inside.args[0]!,
        readGroup(inside, (text, place) => {
          if (text.includes('$')) throw at('variables of a stream are not simulated', place)
          return { constant: text, of: () => text }
        }),
      )
  }
  return block.flatMap(inside => (inside.name === 'server' ? [readServer(inside, groups)] : []))
}

function readServer(d: Directive, groups: ReadonlyMap<string, UpstreamGroup>): StreamServer {
  const block = d.block ?? []
  const missing = block.find(({ name }) => /^(return|allow|deny|access_log)$/.test(name))
  if (missing) throw at(`"${missing.name}" of a stream is not simulated`, missing)
  const pass = block.find(({ name }) => name === 'proxy_pass')
  if (!pass) throw at('no handler for server', d)
  const host = pass.args[0]!
  if (host.includes('$')) throw at('variables of a stream are not simulated', pass)
  if (!groups.has(host) && !/:\d+$/.test(host)) throw at(`no port in upstream "${host}"`, pass)
  const listens = block.filter(({ name }) => name === 'listen')
  if (!listens.length) throw at('no "listen" is defined for server', d)
  return {
    listen: listens.flatMap(listen =>
      readListen(listen).map(it => ({
        ...it,
        protocol: listen.args.includes('udp') ? ('UDP' as const) : ('TCP' as const),
      })),
    ),
    group: groups.get(host) ?? alone(pass, host, false),
  }
}

/** Joins a client with a server: what comes before the server answers waits, and who cannot be reached is passed over. */
export function relay(
  process: Process,
  client: Connection,
  protocol: 'TCP' | 'UDP',
  peers: Peers,
  note: (level: Level, text: string) => void,
): void {
  const asker = { process, ip: client.remote.ip }
  const tried = new Set<Peer>()
  const waiting: string[] = []
  let upstream: Connection | undefined
  let peer: Peer | undefined
  let ended = false
  const leave = (): void => {
    if (peer) peer.active--
    peer = undefined
  }
  client.onData(data => (upstream ? upstream.send(data) : waiting.push(data)))
  client.onClose(() => {
    ended = true
    leave()
    upstream?.close()
    client.close()
  })
  const attempt = (): void => {
    const next = peers.next(asker, tried)
    if (!next) {
      if (!tried.size) note('error', 'no live upstreams while connecting to upstream')
      client.close()
      return
    }
    peer = next
    tried.add(next)
    next.active++
    process.net.connect(protocol, next.ip, next.port, result => {
      if ('failure' in result) {
        leave()
        peers.failed(next, process.clock.now())
        note(
          'error',
          `${connectFailed(result.failure)} while connecting to upstream, client: ${client.remote.ip}, server: 0.0.0.0:${client.local.port}, upstream: "${next.ip}:${next.port}", bytes from/to client:0/0, bytes from/to upstream:0/0`,
        )
        if (!ended) attempt()
        return
      }
      const { connection } = result
      upstream = connection
      next.fails = 0
      connection.onData(data => client.send(data))
      connection.onClose(() => {
        leave()
        connection.close()
        client.close()
      })
      for (const data of waiting.splice(0)) connection.send(data)
      if (ended) connection.close()
    })
  }
  attempt()
}
