/** /proc/net: what a network namespace looks like to programs that ask the kernel. */
import type { NetworkNamespace } from '../../network/network.ts'

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

const listening =
  (protocol: 'TCP' | 'UDP', version: 4 | 6) =>
  (net: NetworkNamespace): string => {
    const { any, head, width } = VERSIONS[version]
    const rows = net.listeners().filter(({ protocol: of, six }) => of === protocol && six === (version === 6))
    const state = protocol === 'TCP' ? '0A' : '07'
    return (
      head +
      rows
        .map(({ address, port }, i) => {
          const local = `${version === 6 ? any : hexAddress(address)}:${hexPort(port)}`
          const line = `${String(i).padStart(4)}: ${local} ${any}:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 ${20_000 + i} 1 0000000000000000 100 0 0 10 0`
          return `${line.padEnd(width)}\n`
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
  tcp: listening('TCP', 4),
  tcp6: listening('TCP', 6),
  udp: listening('UDP', 4),
  udp6: listening('UDP', 6),
}
