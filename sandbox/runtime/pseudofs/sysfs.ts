/** /sys: of the devices of a machine only those of the network, as the namespace of who looks has them; control groups are mounted over their place. */
import type { NetworkNamespace } from '../../network/network.ts'
import { errno } from '../errno.ts'
import { attach, Disk, type Inode, newInode } from '../files/tree.ts'
import type { Process } from '../processes/process.ts'
import { dynamicDirectory, dynamicFile } from './cgroupfs.ts'
import { hardwareOf } from './procnet.ts'

/** The same for all who look into it, but for what is asked of their network. */
let sys: Inode | undefined

export function sysTree(): Inode {
  if (sys) return sys
  const disk = new Disk({ type: 'sysfs', clock: { now: () => 0 } })
  const directory = (...entries: [name: string, inode: Inode][]): Inode => {
    const inode = newInode(disk, 'directory')
    for (const [name, entry] of entries) attach(inode, name, entry)
    return inode
  }
  const net = dynamicDirectory(disk, viewer => namesOf(viewer), link(disk))
  const devices = dynamicDirectory(disk, viewer => namesOf(viewer), device(disk))
  for (const inode of [net, devices]) inode.mode = 0o755
  sys = directory(
    ['class', directory(['net', net])],
    ['devices', directory(['virtual', directory(['net', devices])])],
    ['fs', directory(['cgroup', directory()])],
  )
  sys.mode = 0o555
  return sys
}

const networkOf = (viewer: Process | undefined): NetworkNamespace | undefined => viewer?.net

const namesOf = (viewer: Process | undefined): string[] => (networkOf(viewer)?.ips.length ? ['eth0', 'lo'] : ['lo'])

const link = (disk: Disk) => (name: string, viewer: Process | undefined) => {
  if (!namesOf(viewer).includes(name)) return undefined
  const inode = newInode(disk, 'symlink')
  inode.text = `../../devices/virtual/net/${name}`
  return inode
}

type Values = Readonly<Record<string, string | number>>

/** What is the same of all devices. */
const COMMON: Values = {
  addr_len: 6,
  carrier: 1,
  dev_id: '0x0',
  dev_port: 0,
  dormant: 0,
  gro_flush_timeout: 0,
  ifalias: '',
  link_mode: 0,
  napi_defer_hard_irqs: 0,
  netdev_group: 0,
  proto_down: 0,
  testing: 0,
  threaded: 0,
  tx_queue_len: 1000,
}
const LOOPBACK: Values = {
  ...COMMON,
  addr_assign_type: 0,
  address: '00:00:00:00:00:00',
  broadcast: '00:00:00:00:00:00',
  carrier_changes: 0,
  carrier_down_count: 0,
  carrier_up_count: 0,
  ifindex: 1,
  iflink: 1,
  mtu: 65_536,
  name_assign_type: 2,
  type: 772,
  uevent: 'INTERFACE=lo\nIFINDEX=1',
}
/** One end of a pair; the other is the node's. */
const ETHERNET: Values = {
  ...COMMON,
  addr_assign_type: 1,
  broadcast: 'ff:ff:ff:ff:ff:ff',
  carrier_changes: 2,
  carrier_down_count: 1,
  carrier_up_count: 1,
  duplex: 'full',
  flags: '0x1003',
  ifindex: 2,
  iflink: 7,
  mtu: 1500,
  name_assign_type: 3,
  operstate: 'up',
  speed: 10_000,
  type: 1,
  uevent: 'INTERFACE=eth0\nIFINDEX=2',
}
const FILES = [...Object.keys(ETHERNET), 'address'].sort()
/** Nobody counts packets. */
const STATISTICS = [
  ...['collisions', 'multicast'],
  ...['bytes', 'compressed', 'crc_errors', 'dropped', 'errors', 'fifo_errors', 'frame_errors', 'length_errors'].map(
    name => `rx_${name}`,
  ),
  ...['missed_errors', 'nohandler', 'over_errors', 'packets'].map(name => `rx_${name}`),
  ...['aborted_errors', 'bytes', 'carrier_errors', 'compressed', 'dropped', 'errors', 'fifo_errors'].map(
    name => `tx_${name}`,
  ),
  ...['heartbeat_errors', 'packets', 'window_errors'].map(name => `tx_${name}`),
]

function valuesOf(name: string, net: NetworkNamespace | undefined): Values {
  if (name === 'eth0') return { ...ETHERNET, address: hardwareOf(net?.ips[0] ?? '') }
  const up = net?.loopbackUp ?? false
  return { ...LOOPBACK, flags: up ? '0x9' : '0x8', operstate: up ? 'unknown' : 'down' }
}

/** @throws Errno EINVAL for what a device has not, as its speed if it is the loopback */
function read(name: string, file: string, viewer: Process | undefined): string {
  const value = valuesOf(name, networkOf(viewer))[file]
  if (value === undefined) throw errno('EINVAL')
  return `${value}\n`
}

const device = (disk: Disk) => (name: string, viewer: Process | undefined) => {
  if (!namesOf(viewer).includes(name)) return undefined
  const statistics = dynamicDirectory(
    disk,
    () => STATISTICS,
    file => (STATISTICS.includes(file) ? dynamicFile(disk, () => '0\n') : undefined),
  )
  const inode = dynamicDirectory(
    disk,
    () => [...FILES, 'statistics', 'subsystem'].sort(),
    file => {
      if (file === 'statistics') return statistics
      if (FILES.includes(file)) return dynamicFile(disk, asker => read(name, file, asker))
      if (file !== 'subsystem') return undefined
      const up = newInode(disk, 'symlink')
      up.text = '../../../../class/net'
      return up
    },
  )
  statistics.mode = 0o755
  inode.mode = 0o755
  return inode
}
