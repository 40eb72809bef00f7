/** `netstat`: sockets as net-tools and busybox show them. */
import { type Call, type Command, options, print, Refusal } from '../command.ts'
import { routingTable } from './ifconfig.ts'
import { interfacesOf } from './interfaces.ts'
import { isOfVersion, type SocketRow, socketTable, sorts } from './socket-table.ts'

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
    const rows = socketTable(call)
      .filter(row => (row.protocol === 'TCP' ? asked.tcp : asked.udp) && isOfVersion(row, flags))
      .filter(row => flags.has('a') || flags.has('l') === (row.remote === undefined))
      .sort((a, b) => (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : 0))
    for (const row of rows) {
      const state = (row.state === 'UNCONN' ? '' : row.state).padEnd(11)
      const owner = row.pid === undefined ? '-' : `${row.pid}/${row.command}`
      const proto = `${row.protocol.toLowerCase()}${row.six && !busybox ? 6 : ''}`.padEnd(5)
      const [local, remote] = places(row, busybox).map(place => place.padEnd(23)) as [string, string]
      const begin = `${proto}      0      0 ${local} ${remote} ${state}${gap}`
      text += `${begin}${named && (busybox ? owner : owner.padEnd(20))}\n`
    }
  }
  if (asked.unix)
    text += `Active UNIX domain sockets (${which})\nProto RefCnt Flags       Type       State         I-Node ${busybox ? '' : '  '}${flags.has('p') ? named : ''}Path\n`
  return print(call, text)
}

/** Both ends of a socket. An address of version 4 that came by way of 6 has its long form in busybox alone. */
function places({ local, remote, six }: SocketRow, busybox: boolean): [string, string] {
  if (!remote) return six ? [`:::${local.port}`, ':::*'] : [`${local.ip}:${local.port}`, '0.0.0.0:*']
  const before = six && busybox ? '::ffff:' : ''
  return [`${before}${local.ip}:${local.port}`, `${before}${remote.ip}:${remote.port}`]
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
