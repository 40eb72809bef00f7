/** Who listens on a machine: `netstat` and `ss`. Connections that are open are not told of. */
import type { Proc } from '../../processes/proc.ts'
import { type Call, type Command, options, print, Refusal } from '../command.ts'
import { routingTable } from './ifconfig.ts'
import { interfacesOf } from './interfaces.ts'

interface Row {
  protocol: 'TCP' | 'UDP'
  address: string
  port: number
  /** Bound by way of version 6. */
  six: boolean
  pid?: number
  command?: string
}

type Flags = { has(flag: string): boolean }

/** Who listens, those of version 4 first; one version alone where that is asked for. */
function listeners(call: Call, flags: Flags): Row[] {
  if (!(flags.has('l') || flags.has('a'))) return []
  const isAsked = ({ six }: Row): boolean => flags.has('4') === flags.has('6') || flags.has('6') === six
  const { world } = call.process as Proc
  const processes = world.pids.all().filter(one => one.world.net === world.net)
  const rows = call.process.net.listeners().map(({ protocol, address, port, six }): Row => {
    const owner = processes.find(one => one.listensAt(protocol, port))
    const command = owner?.argv[0]?.split('/').pop()?.replace(/:$/, '')
    return { protocol, address, port, six, ...(owner && { pid: owner.pid, ...(command && { command }) }) }
  })
  return rows.filter(isAsked).sort((a, b) => Number(a.six) - Number(b.six))
}

/** Which sockets are asked for: all sorts, where none is named. */
function sorts(flags: Flags): { tcp: boolean; udp: boolean; unix: boolean } {
  const none = !['t', 'u', 'w', 'x', '0'].some(flag => flags.has(flag))
  const anyFamily = !flags.has('4') && !flags.has('6')
  return { tcp: none || flags.has('t'), udp: none || flags.has('u'), unix: (none && anyFamily) || flags.has('x') }
}

export const netstat: Command = call => {
  const busybox = call.flavour === 'busybox'
  const flags = busybox
    ? options(call, 'laentuwxrWp')
    : options(call, 'laentuwxrWpisogcNvFC46', {
        listening: 'l',
        all: 'a',
        numeric: 'n',
        tcp: 't',
        udp: 'u',
        unix: 'x',
        programs: 'p',
        program: 'p',
        route: 'r',
        interfaces: 'i',
        wide: 'W',
      })
  for (const flag of ['s', 'g', 'c', 'C', 'e', 'o', 'F'])
    if (flags.has(flag)) throw new Refusal(`-${flag} is not simulated`)
  if (flags.has('r')) return print(call, routingTable(call, flags.has('n'), true))
  if (flags.has('i')) return print(call, interfaceTable(call))
  const asked = sorts(flags)
  const which = flags.has('l') ? 'only servers' : flags.has('a') ? 'servers and established' : 'w/o servers'
  const gap = busybox || flags.has('p') ? ' ' : ''
  const named = flags.has('p') ? 'PID/Program name    ' : ''
  let text = ''
  if (asked.tcp || asked.udp || flags.has('w')) {
    text += `Active Internet connections (${which})\nProto Recv-Q Send-Q Local Address           Foreign Address         State      ${gap}${named}\n`
    const rows = listeners(call, flags).filter(row => (row.protocol === 'TCP' ? asked.tcp : asked.udp))
    for (const row of rows.sort((a, b) => (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : 0))) {
      const state = (row.protocol === 'TCP' ? 'LISTEN' : '').padEnd(11)
      const owner = row.pid === undefined ? '-' : `${row.pid}/${row.command}`
      const local = `${row.six ? '::' : row.address}:${row.port}`.padEnd(23)
      const proto = `${row.protocol.toLowerCase()}${row.six && !busybox ? 6 : ''}`.padEnd(5)
      const begin = `${proto}      0      0 ${local} ${(row.six ? ':::*' : '0.0.0.0:*').padEnd(23)} ${state}${gap}`
      text += `${begin}${named && (busybox ? owner : owner.padEnd(20))}\n`
    }
  }
  if (asked.unix)
    text += `Active UNIX domain sockets (${which})\nProto RefCnt Flags       Type       State         I-Node ${busybox ? '' : '  '}${flags.has('p') ? named : ''}Path\n`
  return print(call, text)
}

/** `netstat -i`. Nobody counts packets. */
const interfaceTable = (call: Call): string =>
  `Kernel Interface table\nIface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n${interfacesOf(
    call.process.net,
  )
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(
      ({ name, mtu }) =>
        `${name.padEnd(16)}${String(mtu).padStart(5)}        0      0      0 0             0      0      0      0 ${name === 'lo' ? 'LRU' : 'BMRU'}\n`,
    )
    .join('')}`

/** What waits to be accepted at most, as most servers ask for. */
const BACKLOG = 511

export const ss: Command = call => {
  const flags = options(call, 'HnraltupwxoemiKs0146', {
    listening: 'l',
    all: 'a',
    numeric: 'n',
    tcp: 't',
    udp: 'u',
    processes: 'p',
    'no-header': 'H',
  })
  if (flags.rest.length) throw new Refusal('filters are not simulated')
  for (const flag of ['s', 'e', 'i', 'm', 'K']) if (flags.has(flag)) throw new Refusal(`-${flag} is not simulated`)
  const asked = sorts(flags)
  const several = [asked.tcp, asked.udp].filter(Boolean).length > 1
  const rows = listeners(call, flags)
    .filter(row => (row.protocol === 'TCP' ? asked.tcp : asked.udp))
    .sort((a, b) => (a.protocol > b.protocol ? -1 : a.protocol < b.protocol ? 1 : 0))
  const cells = rows.map(row => ({
    netid: row.protocol.toLowerCase(),
    state: row.protocol === 'TCP' ? 'LISTEN' : 'UNCONN',
    queue: row.protocol === 'TCP' ? BACKLOG : 0,
    address: row.six ? '*' : row.address,
    peer: row.six ? '*' : '0.0.0.0',
    port: String(row.port),
    owner: flags.has('p') && row.pid !== undefined ? `users:(("${row.command}",pid=${row.pid},fd=3))` : '',
  }))
  const header = !flags.has('H')
  const widest = (name: string, of: (cell: (typeof cells)[number]) => string): number =>
    Math.max(header ? name.length : 0, ...cells.map(cell => of(cell).length))
  const [state, local, port, peer] = [
    widest('State', cell => cell.state),
    widest('Local Address', cell => cell.address),
    widest('Port', cell => cell.port),
    widest('Peer Address', cell => cell.peer),
  ]
  const owners = widest('Process', cell => cell.owner)
  const line = (a: string, b: string, c: string, d: string, e: string, f: string, g: string, h: string, i: string) =>
    `${several ? `${a.padEnd(5)} ` : ''}${b.padEnd(state)} ${c.padEnd(6)} ${d.padEnd(6)} ${e.padStart(local)}:${f.padEnd(port)} ${g.padStart(peer)}:${h.padEnd(header ? 4 : 1)}${i.padEnd(owners)}\n`
  return print(
    call,
    (header
      ? line('Netid', 'State', 'Recv-Q', 'Send-Q', 'Local Address', 'Port', 'Peer Address', 'Port', 'Process')
      : '') +
      cells
        .map(cell =>
          line(cell.netid, cell.state, '0', String(cell.queue), cell.address, cell.port, cell.peer, '*', cell.owner),
        )
        .join(''),
  )
}
