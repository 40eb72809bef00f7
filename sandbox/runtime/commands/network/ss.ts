/** `ss`: sockets as iproute2 shows them. */
import { type Command, options, print, Refusal } from '../command.ts'
import { isOfVersion, type SocketRow, socketTable, sorts } from './socket-table.ts'
import { type Filter, readFilter, SHOWN, WrongFilter } from './ss-filter.ts'

/** What waits to be accepted at most, as most servers ask for. */
const BACKLOG = 511

export const ss: Command = async call => {
  const flags = options(call, 'HnraltupwxoemiKs0146', {
    listening: 'l',
    all: 'a',
    numeric: 'n',
    tcp: 't',
    udp: 'u',
    processes: 'p',
    options: 'o',
    summary: 's',
    'no-header': 'H',
    ipv4: '4',
    ipv6: '6',
  })
  for (const flag of ['e', 'i', 'm', 'K']) if (flags.has(flag)) throw new Refusal(`-${flag} is not simulated`)
  const rows = socketTable(call)
  if (flags.has('s')) return print(call, summary(rows))
  let filter: Filter
  const standard = standardStates(flags)
  try {
    filter = readFilter(flags.rest, standard)
  } catch (error) {
    if (!(error instanceof WrongFilter)) throw error
    await call.process.write(2, `${error.message}\n`)
    return error.code
  }
  const asked = sorts(flags)
  const states = filter.states ?? new Set(standard)
  const shown = rows
    .filter(row => (row.protocol === 'TCP' ? asked.tcp : asked.udp) && isOfVersion(row, flags))
    .filter(row => states.has(row.state) && filter.test(row))
    .sort((a, b) => (a.protocol > b.protocol ? -1 : a.protocol < b.protocol ? 1 : 0))
  return print(
    call,
    table(shown, flags, {
      netid: [asked.tcp, asked.udp].filter(Boolean).length > 1,
      state: states.size !== 1,
    }),
  )
}

type Flags = { has(flag: string): boolean }

function standardStates(flags: Flags): SocketRow['state'][] {
  const waiting: SocketRow['state'][] = ['LISTEN', 'UNCONN']
  if (flags.has('a')) return Object.keys(SHOWN) as SocketRow['state'][]
  return flags.has('l') ? waiting : ['ESTABLISHED', 'FIN_WAIT2', 'CLOSE_WAIT']
}

/** Rows below each other, under their headings. */
function table(rows: readonly SocketRow[], flags: Flags, has: { netid: boolean; state: boolean }): string {
  const cells = rows.map(row => cellsOf(row, flags))
  const header = !flags.has('H')
  const widest = (name: string, of: (cell: (typeof cells)[number]) => string): number =>
    Math.max(header ? name.length : 0, ...cells.map(cell => of(cell).length))
  const width = {
    state: widest('State', cell => cell.state),
    local: widest('Local Address', cell => cell.local),
    localPort: widest('Port', cell => cell.localPort),
    peer: widest('Peer Address', cell => cell.peer),
    peerPort: widest('Port', cell => cell.peerPort),
    process: widest('Process', cell => cell.process),
  }
  const line = (cell: (typeof cells)[number]): string =>
    `${has.netid ? `${cell.netid.padEnd(5)} ` : ''}${has.state ? `${cell.state.padEnd(width.state)} ` : ''}${cell.receive.padEnd(6)} ${cell.send.padEnd(6)} ${cell.local.padStart(width.local)}:${cell.localPort.padEnd(width.localPort)} ${cell.peer.padStart(width.peer)}:${cell.peerPort.padEnd(width.peerPort)}${cell.process.padEnd(width.process)}\n`
  const head = {
    netid: 'Netid',
    state: 'State',
    receive: 'Recv-Q',
    send: 'Send-Q',
    local: 'Local Address',
    localPort: 'Port',
    peer: 'Peer Address',
    peerPort: 'Port',
    process: 'Process',
  }
  return [...(header ? [head] : []), ...cells].map(line).join('')
}

function cellsOf(row: SocketRow, flags: Flags) {
  const { protocol, state, local, remote, six, pid, command, leftMs } = row
  const ip = (address: string): string => (six ? (remote ? `[::ffff:${address}]` : '*') : address)
  const owner = flags.has('p') && pid !== undefined ? ` users:(("${command}",pid=${pid},fd=${remote ? 4 : 3}))` : ''
  const timer =
    flags.has('o') && leftMs !== undefined ? ` timer:(timewait,${Math.max(1, Math.floor(leftMs / 1000))}sec,0)` : ''
  return {
    netid: protocol.toLowerCase(),
    state: SHOWN[state],
    receive: '0',
    send: String(state === 'LISTEN' ? BACKLOG : 0),
    local: ip(local.ip),
    localPort: String(local.port),
    peer: remote ? ip(remote.ip) : six ? '*' : '0.0.0.0',
    peerPort: remote ? String(remote.port) : '*',
    process: `${owner}${timer}`,
  }
}

/** `ss -s`: how many there are of each sort. */
function summary(rows: readonly SocketRow[]): string {
  const [tcp, udp] = (['TCP', 'UDP'] as const).map(one => rows.filter(({ protocol }) => protocol === one))
  const inState = (state: SocketRow['state']): number => tcp!.filter(row => row.state === state).length
  const late = inState('TIME_WAIT')
  const held = tcp!.filter(({ state }) => state !== 'TIME_WAIT')
  const orphaned = held.filter(({ pid }) => pid === undefined).length
  const line = (name: string, of: readonly SocketRow[]): string => {
    const six = of.filter(row => row.six).length
    return `${name}\t  ${String(of.length).padEnd(10)}${String(of.length - six).padEnd(10)}${String(six).padEnd(9)}\n`
  }
  return `Total: ${held.length + udp!.length}\nTCP:   ${tcp!.length} (estab ${inState('ESTABLISHED') + inState('CLOSE_WAIT')}, closed ${late}, orphaned ${orphaned}, timewait ${late})\n\nTransport Total     IP        IPv6\n${line('RAW', [])}${line('UDP', udp!)}${line('TCP', held)}${line('INET', [...udp!, ...held])}${line('FRAG', [])}\n`
}
