/** /proc/net: what a network namespace looks like to programs that ask the kernel. */
import type { NetworkNamespace, TcpState } from '../../network/network.ts'

/** An address as the kernel prints it: its bytes the other way round, in hexadecimal. */
const hexAddress = (ip: string): string =>
  ip
    .split('.')
    .map(n => Number(n).toString(16).toUpperCase().padStart(2, '0'))
    .reverse()
    .join('')

const hexPort = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0')

/** The network that a Pod's address is in, and the way out of it. */
export function subnetOf(ip: string): { network: string; gateway: string; broadcast: string } {
  const head = ip.replace(/\d+$/, '')
  return { network: `${head}0`, gateway: `${head}1`, broadcast: `${head}255` }
}

/** The hardware address of a Pod's device, as its address gives it. */
export const hardwareOf = (ip: string): string =>
  `de:ad:${ip
    .split('.')
    .map(n => Number(n).toString(16).padStart(2, '0'))
    .join(':')}`

/** The bytes of the hardware address in one of version 6, after EUI-64. */
function interfaceBytes(ip: string): number[] {
  const bytes = hardwareOf(ip)
    .split(':')
    .map(byte => Number.parseInt(byte, 16))
  return [bytes[0]! ^ 2, bytes[1]!, bytes[2]!, 0xff, 0xfe, bytes[3]!, bytes[4]!, bytes[5]!]
}

/** The address of version 6 that a device gives itself, good for its link alone. */
export function linkLocalOf(ip: string): string {
  const bytes = interfaceBytes(ip)
  const groups = [0, 2, 4, 6].map(i => (bytes[i]! * 256 + bytes[i + 1]!).toString(16))
  return `fe80::${groups.join(':')}`
}

const addressesOfSix = ({ ips: [ip], loopbackUp }: NetworkNamespace): string => {
  const hex = (bytes: readonly number[]): string => bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')
  return (
    (ip === undefined ? '' : `fe80000000000000${hex(interfaceBytes(ip))} 02 40 20 80     eth0\n`) +
    (loopbackUp ? '00000000000000000000000000000001 01 80 10 80       lo\n' : '')
  )
}

/** How long the addresses are in the table of a version, and its heading. */
const VERSIONS = {
  4: {
    any: '00000000',
    head: '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     \n',
    width: 149,
  },
  6: {
    any: '0'.repeat(32),
    head: '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n',
    width: 0,
  },
} as const

/** Numbers of the kernel's states. */
const STATES: Readonly<Record<TcpState, string>> = {
  ESTABLISHED: '01',
  FIN_WAIT2: '05',
  TIME_WAIT: '06',
  CLOSE_WAIT: '08',
}

/** Those that listen, then connections. */
const sockets =
  (protocol: 'TCP' | 'UDP', version: 4 | 6) =>
  (net: NetworkNamespace): string => {
    const { any, head, width } = VERSIONS[version]
    const servers = net.listeners().filter(one => one.protocol === protocol)
    const hex = (ip: string): string => (version === 6 ? `0000000000000000FFFF0000${hexAddress(ip)}` : hexAddress(ip))
    const listening = servers
      .filter(({ six }) => six === (version === 6))
      .map(({ address, port }) => ({
        ends: `${version === 6 ? any : hexAddress(address)}:${hexPort(port)} ${any}:0000`,
        state: protocol === 'TCP' ? '0A' : '07',
        last: '100 0 0 10 0',
      }))
    const open = net
      .connections()
      .filter(one => {
        const server = servers.find(({ port }) => port === one.local.port)
        if (one.protocol !== protocol || (protocol === 'UDP' && server)) return false
        return (server?.six ?? false) === (version === 6)
      })
      .map(({ local, remote, state }) => ({
        ends: `${hex(local.ip)}:${hexPort(local.port)} ${hex(remote.ip)}:${hexPort(remote.port)}`,
        state: STATES[state],
        last: '20 0 0 10 -1',
      }))
    return (
      head +
      [...listening, ...open]
        .map(({ ends, state, last }, i) => {
          const begin = `${String(i).padStart(4)}: ${ends} ${state} 00000000:00000000`
          // Nobody holds what is only waited out any more.
          const end =
            state === STATES.TIME_WAIT
              ? '03:000016ED 00000000     0        0 0 3 0000000000000000'
              : `00:00000000 00000000     0        0 ${20_000 + i} 1 0000000000000000 ${last}`
          return `${`${begin} ${end}`.padEnd(width)}\n`
        })
        .join('')
    )
  }

const routes = ({ ips }: NetworkNamespace): string => {
  const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT'
  const subnet = ips[0] === undefined ? undefined : subnetOf(ips[0])
  const rows =
    subnet === undefined
      ? []
      : [
          ['eth0', '00000000', hexAddress(subnet.gateway), '0003', '0', '0', '0', '00000000', '0', '0', '0'],
          ['eth0', hexAddress(subnet.network), '00000000', '0001', '0', '0', '0', '00FFFFFF', '0', '0', '0'],
        ]
  return [head, ...rows.map(cells => cells.join('\t'))].map(line => `${line.padEnd(127)}\n`).join('')
}

/** Nobody counts packets. */
const NO_PACKETS =
  '       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0'

const devices = ({ ips }: NetworkNamespace): string =>
  `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
${['lo', ...(ips.length ? ['eth0'] : [])].map(name => `${name.padStart(6)}:${NO_PACKETS}\n`).join('')}`

export const NETWORK_FILES: Readonly<Record<string, (net: NetworkNamespace) => string>> = {
  arp: () => 'IP address       HW type     Flags       HW address            Mask     Device\n',
  dev: devices,
  if_inet6: addressesOfSix,
  route: routes,
  tcp: sockets('TCP', 4),
  tcp6: sockets('TCP', 6),
  udp: sockets('UDP', 4),
  udp6: sockets('UDP', 6),
}
