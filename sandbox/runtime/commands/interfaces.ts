/** What a machine's network looks like from within: `ip`, `netstat`, `ss`. */
import type { NetworkNamespace } from '../../network/network.ts'
import type { Proc } from '../proc.ts'
import type { Process } from '../process.ts'
import { subnetOf } from '../procnet.ts'
import { type Command, complain, print } from './command.ts'

export const ip: Command = async call => {
  const [object = '', verb = ''] = call.args.filter(arg => !arg.startsWith('-'))
  if (/^(l|a|r)/.test(object) && CHANGES.has(verb) && !mayAdministerNetwork(call.process)) {
    await call.process.write(
      2,
      `${call.flavour === 'busybox' ? 'ip: ' : ''}RTNETLINK answers: Operation not permitted\n`,
    )
    return 2
  }
  const { net } = call.process
  const { ips } = net
  if (/^l/.test(object) && verb === 'set' && !ips.length) {
    const [, , ...words] = call.args.filter(arg => !arg.startsWith('-') && arg !== 'dev')
    const busybox = call.flavour === 'busybox'
    const fail = (ofBusybox: string, ofGnu: string): Promise<number> =>
      call.process.write(2, busybox ? `ip: ${ofBusybox}\n` : `${ofGnu}\n`).then(() => 1)
    const [device, ...more] = words.filter(word => word !== 'up' && word !== 'down')
    if (device === undefined)
      return fail('"dev" requires an argument', 'Not enough information: "dev" argument is required.')
    if (device !== 'lo') return fail('SIOCGIFFLAGS: No such device', `Cannot find device "${device}"`)
    // Of one's own network there is no more to change than this.
    if (more.length) return complain(call, `${more.join(' ')} is not simulated`)
    net.loopbackUp = words.includes('up') || (net.loopbackUp && !words.includes('down'))
    return 0
  }
  if (/^(a|l)/.test(object) && !CHANGES.has(verb)) {
    // All of them are up.
    const [, ...words] = call.args.filter(arg => !/^(-|s(h(o(w)?)?)?$|li?s?t?$|dev$|up$)/.test(arg))
    const choosing = words.find(word => CHOOSING.has(word))
    if (choosing) return complain(call, `${choosing} is not simulated`)
    const wanted = words[0]
    const shown = interfacesOf(net).filter(({ name }) => wanted === undefined || name === wanted)
    if (!shown.length) {
      const busybox = call.flavour === 'busybox'
      const missing = busybox ? `ip: can't find device '${wanted}'` : `Device "${wanted}" does not exist.`
      await call.process.write(2, `${missing}\n`)
      return 1
    }
    // Nobody has addresses of version 6.
    if (object.startsWith('a') && call.args.includes('-6')) return 0
    const how = {
      addresses: object.startsWith('a'),
      link: !call.args.includes('-4'),
      oneLine: call.args.some(arg => arg === '-o' || arg === '-oneline'),
    }
    return print(call, shown.map(one => describe(one, how)).join(''))
  }
  if (/^r/.test(object) && !CHANGES.has(verb)) {
    const [ip] = ips
    if (ip === undefined) return 0
    const { gateway, network } = subnetOf(ip)
    return print(call, `default via ${gateway} dev eth0 \n${network}/24 dev eth0 scope link  src ${ip} \n`)
  }
  return complain(call, `${`${object} ${verb}`.trim() || 'this'} is not simulated`)
}

interface Interface {
  index: number
  name: string
  /** What stands behind the name and the number. */
  head: string
  link: string
  addresses: readonly string[]
}

const interfacesOf = ({ ips, loopbackUp }: NetworkNamespace): Interface[] => [
  {
    index: 1,
    name: 'lo',
    head: loopbackUp
      ? 'lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000'
      : 'lo: <LOOPBACK> mtu 65536 qdisc noop qlen 1000',
    link: 'link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00',
    addresses: loopbackUp ? ['127.0.0.1/8 scope host lo'] : [],
  },
  ...(ips[0] === undefined
    ? []
    : [
        {
          index: 2,
          name: 'eth0',
          head: 'eth0@if7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue ',
          link: `link/ether ${mac(ips[0])} brd ff:ff:ff:ff:ff:ff`,
          addresses: ips.map(ip => `${ip}/24 brd ${subnetOf(ip).broadcast} scope global eth0`),
        },
      ]),
]

/** As `ip addr` or `ip link` shows it; with `-o` what would be lines is divided by backslashes. */
function describe(
  { index, name, head, link, addresses }: Interface,
  { addresses: withAddresses, link: withLink, oneLine }: { addresses: boolean; link: boolean; oneLine: boolean },
): string {
  const valid = '       valid_lft forever preferred_lft forever'
  if (oneLine && withAddresses) return addresses.map(a => `${index}: ${name}    inet ${a}\\${valid}\n`).join('')
  const lines = [`${index}: ${head}`]
  if (withLink || !withAddresses) lines.push(`    ${link}`)
  if (withAddresses) for (const address of addresses) lines.push(`    inet ${address}`, valid)
  return `${lines.join(oneLine ? '\\' : '\n')}\n`
}

/** Words that leave out some addresses or devices. */
const CHOOSING = new Set(
  'scope to label type master vrf group primary secondary dynamic permanent tentative deprecated temporary'.split(' '),
)

/** What needs the right to change the network. */
const CHANGES = new Set(['add', 'change', 'del', 'delete', 'flush', 'replace', 'set'])

const mayAdministerNetwork = (process: Process): boolean =>
  process.uid === 0 && ((process as Proc).world.capabilities?.has('NET_ADMIN') ?? true)

const mac = (address: string): string =>
  `de:ad:${address
    .split('.')
    .map(n => Number(n).toString(16).padStart(2, '0'))
    .join(':')}`

export const netstat: Command = call => {
  const rows = call.process.net.listeners()
  const udp = call.args.some(arg => /^-[a-z]*u/.test(arg))
  const tcp = call.args.some(arg => /^-[a-z]*t/.test(arg)) || !udp
  const shown = rows.filter(row => (row.protocol === 'TCP' ? tcp : udp || !tcp))
  if (call.name === 'ss')
    return print(
      call,
      `Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess\n${shown.map(r => `${r.protocol.toLowerCase().padEnd(5)} ${(r.protocol === 'TCP' ? 'LISTEN' : 'UNCONN').padEnd(6)} 0      511    ${`${r.address}:${r.port}`.padStart(18)}       0.0.0.0:*   \n`).join('')}`,
    )
  return print(
    call,
    `Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       \n${shown.map(r => `${r.protocol.toLowerCase().padEnd(5)}      0      0 ${`${r.address}:${r.port}`.padEnd(23)} ${'0.0.0.0:*'.padEnd(23)} ${r.protocol === 'TCP' ? 'LISTEN' : ''}\n`).join('')}`,
  )
}
