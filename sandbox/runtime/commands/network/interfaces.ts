/** What a machine's network looks like from within: its devices and their addresses, and `ip`, which shows them. */
import type { NetworkNamespace } from '../../../network/network.ts'
import type { Proc } from '../../processes/proc.ts'
import type { Process } from '../../processes/process.ts'
import { hardwareOf, linkLocalOf, subnetOf } from '../../pseudofs/procnet.ts'
import { type Call, type Command, complain, Missing, print } from '../command.ts'

/** An address of a device: of version 4 or 6, with its prefix. */
export interface Address {
  family: 4 | 6
  text: string
  prefix: number
  broadcast?: string
  scope: 'host' | 'link' | 'global'
}

/** A network device. */
export interface Interface {
  index: number
  name: 'lo' | 'eth0'
  up: boolean
  mtu: number
  hardware: string
  addresses: readonly Address[]
}

const LOOPBACK_ADDRESSES: readonly Address[] = [
  { family: 4, text: '127.0.0.1', prefix: 8, scope: 'host' },
  { family: 6, text: '::1', prefix: 128, scope: 'host' },
]

/** The devices of a network namespace, by their numbers. */
export function interfacesOf({ ips, loopbackUp }: NetworkNamespace): Interface[] {
  const [ip] = ips
  const lo: Interface = {
    index: 1,
    name: 'lo',
    up: loopbackUp,
    mtu: 65_536,
    hardware: '00:00:00:00:00:00',
    addresses: loopbackUp ? LOOPBACK_ADDRESSES : [],
  }
  if (ip === undefined) return [lo]
  const addresses: Address[] = ips.map(text => ({
    family: 4,
    text,
    prefix: 24,
    broadcast: subnetOf(text).broadcast,
    scope: 'global',
  }))
  addresses.push({ family: 6, text: linkLocalOf(ip), prefix: 64, scope: 'link' })
  return [lo, { index: 2, name: 'eth0', up: true, mtu: 1500, hardware: hardwareOf(ip), addresses }]
}

/** What needs the right to change the network. */
const CHANGES = new Set(['add', 'append', 'change', 'del', 'delete', 'flush', 'replace', 'set'])

const mayAdministerNetwork = (process: Process): boolean =>
  process.uid === 0 && ((process as Proc).world.capabilities?.has('NET_ADMIN') ?? true)

/** Which of `ip`'s objects a word means; any beginning of it will do. */
const OBJECTS = ['address', 'link', 'route', 'rule', 'neighbour', 'neighbor'] as const

interface How {
  family: 4 | 6 | undefined
  oneLine: boolean
  brief: boolean
}

export const ip: Command = async call => {
  const busybox = call.flavour === 'busybox'
  const flags: string[] = []
  const words = [...call.args]
  while (words[0]?.startsWith('-')) {
    const flag = words.shift()!.replace(/^--/, '-')
    flags.push(flag)
    if (/^-f(amily)?$/.test(flag)) flags.push(words.shift() === 'inet6' ? '-6' : '-4')
  }
  const known = busybox
    ? /^-([046]|o|oneline|f|family)$/
    : /^-([046osd]|oneline|f|family|br|brief|s|details|c|color\S*)$/
  const unknown = flags.find(flag => !known.test(flag))
  if (
    unknown !== undefined &&
    !busybox &&
    /^-(j|json|p|pretty|n|netns|all|a|t|ts|h|iec|N|B|batch|b|rc|l)$/.test(unknown)
  )
    return complain(call, `${unknown} is not simulated`)
  if (unknown !== undefined && !busybox)
    return call.process.write(2, `Option "${unknown}" is unknown, try "ip -help".\n`).then(() => 255)
  const [object = '', verb = 'show', ...rest] = words
  const meant = OBJECTS.find(name => object && name.startsWith(object))
  if (busybox && (unknown !== undefined || !meant)) throw new Missing('')
  if (!object) throw new Missing('not simulated: the usage of ip', 255)
  if (!meant) return call.process.write(2, `Object "${object}" is unknown, try "ip help".\n`).then(() => 1)
  if (flags.includes('-s') || flags.includes('-d') || flags.includes('-details'))
    return complain(call, 'statistics and details are not simulated')
  if (CHANGES.has(verb)) return change(call, meant, verb, rest)
  const how: How = {
    family: flags.includes('-6') ? 6 : flags.includes('-4') ? 4 : undefined,
    oneLine: flags.some(flag => flag === '-o' || flag === '-oneline'),
    brief: flags.some(flag => /^-br/.test(flag)),
  }
  const { net } = call.process
  const listed = /^(s(h(o(w)?)?)?|li?s?t?)$/.test(verb)
  switch (meant) {
    case 'address':
    case 'link':
      return showDevices(call, meant, listed ? rest : [verb, ...rest], how)
    case 'route':
      return verb === 'get' ? routeTo(call, rest[0]) : print(call, routes(net, busybox, how.family))
    case 'rule': {
      const end = busybox ? ' \n' : '\n'
      const tables = ['0:\tfrom all lookup local', '32766:\tfrom all lookup main', '32767:\tfrom all lookup default']
      return print(call, tables.map(table => table + end).join(''))
    }
    default:
      // Nobody's hardware address has to be asked for here.
      return 0
  }
}

function change(call: Call, object: string, verb: string, words: readonly string[]): number | Promise<number> {
  const busybox = call.flavour === 'busybox'
  if (!mayAdministerNetwork(call.process))
    return call.process.write(2, `${busybox ? 'ip: ' : ''}RTNETLINK answers: Operation not permitted\n`).then(() => 2)
  const { net } = call.process
  if (object !== 'link' || verb !== 'set' || net.ips.length) return complain(call, `${object} ${verb} is not simulated`)
  const fail = (ofBusybox: string, ofGnu: string): Promise<number> =>
    call.process.write(2, busybox ? `ip: ${ofBusybox}\n` : `${ofGnu}\n`).then(() => 1)
  const [device, ...more] = words.filter(word => word !== 'up' && word !== 'down' && word !== 'dev')
  if (device === undefined)
    return fail('"dev" requires an argument', 'Not enough information: "dev" argument is required.')
  if (device !== 'lo') return fail('SIOCGIFFLAGS: No such device', `Cannot find device "${device}"`)
  // Of one's own network there is no more to change than this.
  if (more.length) return complain(call, `${more.join(' ')} is not simulated`)
  net.loopbackUp = words.includes('up') || (net.loopbackUp && !words.includes('down'))
  return 0
}

/** Words that leave out some addresses or devices. */
const CHOOSING = new Set(
  'to label type master vrf group primary secondary dynamic permanent tentative deprecated temporary'.split(' '),
)

async function showDevices(
  call: Call,
  object: 'address' | 'link',
  given: readonly string[],
  how: How,
): Promise<number> {
  const busybox = call.flavour === 'busybox'
  const words = given.filter(word => word !== 'dev' && word !== 'up')
  const choosing = words.find(word => CHOOSING.has(word))
  if (choosing) return complain(call, `${choosing} is not simulated`)
  const at = words.indexOf('scope')
  const scope = at < 0 ? undefined : words.splice(at, 2)[1]
  const wanted = words[0]
  let shown = interfacesOf(call.process.net)
    .filter(({ name }) => wanted === undefined || name === wanted)
    .filter(({ up }) => up || !given.includes('up'))
  if (!shown.length && wanted !== undefined) {
    const missing = busybox ? `ip: can't find device '${wanted}'` : `Device "${wanted}" does not exist.`
    return call.process.write(2, `${missing}\n`).then(() => 1)
  }
  const chosen = ({ addresses }: Interface): Address[] =>
    addresses.filter(
      address =>
        (how.family === undefined || address.family === how.family) && (scope === undefined || address.scope === scope),
    )
  if (object === 'link') return print(call, shown.map(one => link(one, busybox, how)).join('')).then(() => 0)
  if (how.family === 6 || (scope !== undefined && !busybox)) shown = shown.filter(one => chosen(one).length)
  const valid = '       valid_lft forever preferred_lft forever'
  const text = shown.map(one => {
    const addresses = chosen(one)
    if (how.brief && !busybox)
      return `${brief(one)} ${addresses.map(({ text, prefix }) => `${text}/${prefix} `).join('')}\n`
    const lines = addresses.map(address => addressLine(one, address))
    if (how.oneLine) return lines.map(line => `${one.index}: ${one.name}    ${line}\\${valid}\n`).join('')
    const head = [headOf(one, busybox, how.family === 6 ? 'v6' : 'address')]
    if (how.family === undefined) head.push(`    ${linkOf(one, busybox)}`)
    return `${[...head, ...lines.flatMap(line => [`    ${line}`, valid])].join('\n')}\n`
  })
  return print(call, text.join('')).then(() => 0)
}

function addressLine({ name }: Interface, { family, text, prefix, broadcast, scope }: Address): string {
  if (family === 6) return `inet6 ${text}/${prefix} scope ${scope} `
  return `inet ${text}/${prefix}${broadcast ? ` brd ${broadcast}` : ''} scope ${scope} ${name}`
}

const linkOf = ({ name, hardware }: Interface, busybox: boolean): string =>
  name === 'lo'
    ? `link/loopback ${hardware} brd ${hardware}`
    : `link/ether ${hardware} brd ff:ff:ff:ff:ff:ff${busybox ? '' : ' link-netnsid 0'}`

const flagsOf = ({ name, up }: Interface, busybox: boolean): string =>
  [
    ...(name === 'lo' ? ['LOOPBACK'] : ['BROADCAST', 'MULTICAST']),
    ...(up ? ['UP', 'LOWER_UP'] : []),
    // busybox looks for the other end on this machine, where it is not.
    ...(busybox && name !== 'lo' ? ['M-DOWN'] : []),
  ].join(',')

const stateOf = ({ name, up }: Interface): string => (!up ? 'DOWN' : name === 'lo' ? 'UNKNOWN' : 'UP')

const nameOf = ({ name }: Interface): string => (name === 'lo' ? 'lo' : 'eth0@if7')

/** The line with a device's name; @param of what it is the head of: iproute2 says more of a link, less with `-6` */
function headOf(one: Interface, busybox: boolean, of: 'address' | 'link' | 'v6'): string {
  const queue = of === 'v6' ? '' : ` qdisc ${one.up ? 'noqueue' : 'noop'}`
  const state = busybox
    ? ''
    : ` state ${stateOf(one)}${of === 'link' ? ' mode DEFAULT' : ''}${of === 'v6' ? '' : ' group default'}`
  return `${one.index}: ${nameOf(one)}: <${flagsOf(one, busybox)}> mtu ${one.mtu}${queue}${state} qlen 1000`
}

const brief = (one: Interface): string => `${nameOf(one).padEnd(16)} ${stateOf(one).padEnd(14)}`

function link(one: Interface, busybox: boolean, { oneLine, brief: short }: How): string {
  if (short && !busybox) return `${brief(one)} ${one.hardware} <${flagsOf(one, false)}> \n`
  return `${headOf(one, busybox, 'link')}${oneLine ? '\\' : '\n'}    ${linkOf(one, busybox)}\n`
}

function routes({ ips: [ip] }: NetworkNamespace, busybox: boolean, family: 4 | 6 | undefined): string {
  if (ip === undefined) return ''
  if (family === 6)
    return busybox
      ? 'fe80::/64 dev eth0  metric 256 \nmulticast ff00::/8 dev eth0  metric 256 \n'
      : 'fe80::/64 dev eth0 proto kernel metric 256 pref medium\n'
  const { gateway, network } = subnetOf(ip)
  const own = busybox ? `scope link  src ${ip} ` : `proto kernel scope link src ${ip} `
  return `default via ${gateway} dev eth0 \n${network}/24 dev eth0 ${own}\n`
}

/** The way to one address. */
function routeTo(call: Call, to: string | undefined): Promise<number> {
  const busybox = call.flavour === 'busybox'
  const [ip] = call.process.net.ips
  const say = (text: string): Promise<number> => call.process.write(2, text).then(() => (busybox ? 1 : 2))
  if (to === undefined || !/^\d+\.\d+\.\d+\.\d+$/.test(to))
    return busybox
      ? say(to === undefined ? 'ip: need at least destination address\n' : `ip: invalid address '${to}'\n`)
      : say(
          to === undefined
            ? 'need at least a destination address\n'
            : `Error: any valid prefix is expected rather than "${to}".\n`,
        )
  if (ip === undefined)
    return call.process.write(2, `${busybox ? 'ip: ' : ''}RTNETLINK answers: Network is unreachable\n`).then(() => 2)
  const local = to === ip || to.startsWith('127.')
  const { gateway, network } = subnetOf(ip)
  const near = subnetOf(to).network === network
  const way = local ? `local ${to} dev lo` : `${to}${near ? '' : ` via ${gateway}`} dev eth0`
  const from = local ? to : ip
  return print(
    call,
    busybox ? `${way}  src ${from} \n` : `${way} src ${from} uid 0 \n    cache ${local ? '<local> ' : ''}\n`,
  ).then(() => 0)
}
