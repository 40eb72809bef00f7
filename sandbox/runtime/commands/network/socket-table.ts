/** The sockets of a network namespace, with the processes that hold them: what `netstat` and `ss` show. */
import type { TcpState } from '../../../network/network.ts'
import type { Proc } from '../../processes/proc.ts'
import type { Call } from '../command.ts'

interface Place {
  ip: string
  port: number
}

export interface SocketRow {
  protocol: 'TCP' | 'UDP'
  local: Place
  /** Absent of one that waits for connections, or for what anybody sends. */
  remote?: Place
  /** Bound by way of version 6. */
  six: boolean
  state: TcpState | 'LISTEN' | 'UNCONN'
  /** Milliseconds that one in TIME_WAIT is still kept. */
  leftMs?: number
  pid?: number
  command?: string
}

/** All of them, those of version 4 first, and servers before connections. */
export function socketTable(call: Call): SocketRow[] {
  const { world } = call.process as Proc
  const { net, clock } = call.process
  const processes = world.pids.all().filter(one => one.world.net === world.net)
  const holder = (owner: Proc | undefined): Pick<SocketRow, 'pid' | 'command'> => {
    const command = owner?.argv[0]?.split('/').pop()?.replace(/:$/, '')
    return { ...(owner && { pid: owner.pid }), ...(command && { command }) }
  }
  const servers = net.listeners()
  const listening = servers.map(({ protocol, address, port, six }): SocketRow => {
    const owner = processes.find(one => one.listensAt(protocol, port))
    const state = protocol === 'TCP' ? 'LISTEN' : 'UNCONN'
    return { protocol, local: { ip: address, port }, six, state, ...holder(owner) }
  })
  const open = net.connections().flatMap((connection): SocketRow[] => {
    const { protocol, local, remote, state, until } = connection
    const server = servers.find(one => one.protocol === protocol && one.port === local.port)
    // A server of UDP has one socket for all who send to it.
    if (protocol === 'UDP' && server) return []
    const owner = state === 'TIME_WAIT' ? undefined : processes.find(one => one.holds(connection))
    const left = until === undefined ? {} : { leftMs: until - clock.now() }
    return [{ protocol, local, remote, six: server?.six ?? false, state, ...left, ...holder(owner) }]
  })
  return [...listening, ...open].sort((a, b) => Number(a.six) - Number(b.six))
}

type Flags = { has(flag: string): boolean }

/** One version alone where that is asked for. */
export const isOfVersion = ({ six }: SocketRow, flags: Flags): boolean =>
  flags.has('4') === flags.has('6') || flags.has('6') === six

/** Which sockets are asked for: all sorts, where none is named. */
export function sorts(flags: Flags): { tcp: boolean; udp: boolean; unix: boolean } {
  const none = !['t', 'u', 'w', 'x', '0'].some(flag => flags.has(flag))
  const anyFamily = !flags.has('4') && !flags.has('6')
  return { tcp: none || flags.has('t'), udp: none || flags.has('u'), unix: (none && anyFamily) || flags.has('x') }
}
