/** A node's disk: its own tree, and directories that the kubelet hands out as volumes. */
import type { Clock } from '../../clock/clock.ts'
import { attach, type Inode, lookup } from '../../runtime/files/tree.ts'
import { createVolume, inodeOf, volumeOf } from '../../runtime/files/volume.ts'
import type { Disk } from '../volumes/volume.ts'

/** What a freshly installed node has, so that hostPath finds what manifests expect. */
const DIRECTORIES = [
  '/dev',
  '/etc/kubernetes/manifests',
  '/home',
  '/mnt',
  '/opt',
  '/proc',
  '/root',
  '/run',
  '/srv',
  '/sys',
  '/usr',
  '/var/lib/kubelet',
  '/var/local',
  '/var/log/pods',
]

/** @param install puts there what is installed, needed only once somebody looks into the node's own tree */
export function nodeDisk(clock: Clock, nodeName: string, install: (root: Inode) => void = () => {}): Disk {
  const node = createVolume(clock)
  const host = node.root
  for (const path of DIRECTORIES) host.mkdir(path, { mode: 0o755 })
  host.mkdir('/tmp', { mode: 0o1777 })
  host.write('/etc/hostname', `${nodeName}\n`, { mode: 0o644 })
  host.write('/etc/hosts', `127.0.0.1\tlocalhost\n127.0.1.1\t${nodeName}\n`, { mode: 0o644 })
  host.mkdir('/sys/fs', { mode: 0o755 })
  let installed = false
  return {
    host,
    mount(path, tree) {
      const parts = path.split('/').filter(Boolean)
      const name = parts.pop()!
      attach(inodeAt(inodeOf(node), parts), name, tree)
    },
    create: ({ medium, limitBytes } = {}) =>
      createVolume(
        clock,
        medium === 'Memory' ? { type: 'tmpfs', noSwap: true, ...(limitBytes !== undefined && { limitBytes }) } : {},
      ),
    install() {
      if (installed) return
      installed = true
      install(inodeOf(node))
    },
    at(path) {
      return volumeOf(inodeAt(inodeOf(node), path.split('/').filter(Boolean)))
    },
  }
}

function inodeAt(root: Inode, path: readonly string[]): Inode {
  let inode = root
  for (const part of path) {
    const next = lookup(inode, part)
    if (!next) throw new Error(`/${path.join('/')}: no such file or directory`)
    inode = next
  }
  return inode
}
