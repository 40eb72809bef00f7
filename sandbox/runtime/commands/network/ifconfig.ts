/** The older tools that show a machine's network: `ifconfig`, `route`, `arp`. */
import { subnetOf } from '../../pseudofs/procnet.ts'
import { type Call, type Command, complain, options, print, Refusal } from '../command.ts'
import { type Interface, interfacesOf } from './interfaces.ts'

const maskOf = (prefix: number): string =>
  [24, 16, 8, 0].map(shift => String((prefix ? (-1 << (32 - prefix)) >>> shift : 0) & 255)).join('.')

/** Nobody counts packets. */
function ofBusybox({ name, hardware, addresses, mtu, up }: Interface): string {
  const loop = name === 'lo'
  const lines = [loop ? 'Link encap:Local Loopback  ' : `Link encap:Ethernet  HWaddr ${hardware.toUpperCase()}  `]
  for (const { family, text, prefix, broadcast, scope } of addresses)
    lines.push(
      family === 6
        ? `inet6 addr: ${text}/${prefix} Scope:${scope[0]!.toUpperCase()}${scope.slice(1)}`
        : `inet addr:${text}${broadcast ? `  Bcast:${broadcast}` : ''}  Mask:${maskOf(prefix)}`,
    )
  const state = up ? (loop ? 'UP LOOPBACK RUNNING' : 'UP BROADCAST RUNNING MULTICAST') : 'LOOPBACK'
  lines.push(
    `${state}  MTU:${mtu}  Metric:1`,
    'RX packets:0 errors:0 dropped:0 overruns:0 frame:0',
    'TX packets:0 errors:0 dropped:0 overruns:0 carrier:0',
    'collisions:0 txqueuelen:1000 ',
    'RX bytes:0 (0.0 B)  TX bytes:0 (0.0 B)',
  )
  return `${name.padEnd(10)}${lines.join(`\n${' '.repeat(10)}`)}\n\n`
}

const SCOPES = { host: '0x10<host>', link: '0x20<link>', global: '0x0<global>' } as const

function ofNetTools({ name, hardware, addresses, mtu, up }: Interface): string {
  const loop = name === 'lo'
  const flags = loop ? (up ? '73<UP,LOOPBACK,RUNNING>' : '8<LOOPBACK>') : '4163<UP,BROADCAST,RUNNING,MULTICAST>'
  const lines = [`${name}: flags=${flags}  mtu ${mtu}`]
  for (const { family, text, prefix, broadcast, scope } of addresses)
    lines.push(
      family === 6
        ? `inet6 ${text}  prefixlen ${prefix}  scopeid ${SCOPES[scope]}`
        : `inet ${text}  netmask ${maskOf(prefix)}${broadcast ? `  broadcast ${broadcast}` : ''}`,
    )
  lines.push(
    loop ? 'loop  txqueuelen 1000  (Local Loopback)' : `ether ${hardware}  txqueuelen 1000  (Ethernet)`,
    'RX packets 0  bytes 0 (0.0 B)',
    'RX errors 0  dropped 0  overruns 0  frame 0',
    'TX packets 0  bytes 0 (0.0 B)',
    'TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0',
  )
  return `${lines.join('\n        ')}\n\n`
}

export const ifconfig: Command = call => {
  const [device, ...changes] = call.args.filter(arg => arg !== '-a')
  if (changes.length) return complain(call, 'changes of devices are not simulated')
  const all = interfacesOf(call.process.net).sort((a, b) => (a.name < b.name ? -1 : 1))
  const wanted = all.filter(({ name, up }) => (device === undefined ? up || call.args.includes('-a') : name === device))
  const busybox = call.flavour === 'busybox'
  if (!wanted.length && device !== undefined)
    return call.process
      .write(2, `${busybox ? 'ifconfig: ' : ''}${device}: error fetching interface information: Device not found\n`)
      .then(() => 1)
  return print(call, wanted.map(busybox ? ofBusybox : ofNetTools).join(''))
}

/** The routes of a namespace: where to, by which gateway, how. @param numeric whether nothing gets a name */
export function routingTable(call: Call, numeric: boolean, extended: boolean): string {
  const [ip] = call.process.net.ips
  const head = extended
    ? 'Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface'
    : 'Destination     Gateway         Genmask         Flags Metric Ref    Use Iface'
  const rows = ip === undefined ? [] : rowsOf(ip, numeric)
  const end = extended ? '     0 0          0 eth0' : ' 0      0        0 eth0'
  const shown = rows.map(([to, by, mask, flags]) => {
    const left = [to, by, mask].map(cell => cell!.padEnd(15)).join(' ')
    return `${left} ${flags!.padEnd(5)}${end}`
  })
  return `Kernel IP routing table\n${[head, ...shown].join('\n')}\n`
}

function rowsOf(ip: string, numeric: boolean): string[][] {
  const { gateway, network } = subnetOf(ip)
  return [
    [numeric ? '0.0.0.0' : 'default', gateway, '0.0.0.0', 'UG'],
    [network, numeric ? '0.0.0.0' : '*', '255.255.255.0', 'U'],
  ]
}

export const route: Command = call => {
  const flags = options(call, 'neA:')
  if (flags.rest.length) throw new Refusal('changes of routes are not simulated')
  if (flags.has('A')) throw new Refusal('-A is not simulated')
  // Without -n net-tools asks for names, which nobody has here, and shows the gateway of what is near as a number.
  const table = routingTable(call, flags.has('n'), flags.has('e'))
  return print(call, call.flavour === 'gnu' ? table.replace('*              ', '0.0.0.0        ') : table)
}

/** No hardware address has to be asked for in a network of one switch. */
export const arp: Command = call => {
  const flags = options(call, 'anevi:H:dsDAp')
  if (flags.has('s') || flags.has('d')) throw new Refusal('changes of the table are not simulated')
}
