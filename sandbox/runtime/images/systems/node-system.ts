/** What is installed on a node: Debian, as in its images. Who has the node's root at hand (`chroot /host`) finds its tools. */

import { type NodeMachine, startNodeProcesses } from '../../containers/node-processes.ts'
import { attach, Disk, type Inode, newInode, underlay } from '../../files/tree.ts'
import { directory } from '../../files/volume.ts'
import type { Kernel, World } from '../../kernel/kernel.ts'
import { NODE_RELEASE } from '../../kernel/kernel-release.ts'
import { devTree, stickyDirectory, terminalTree } from '../../pseudofs/devfs.ts'
import { procTree } from '../../pseudofs/procfs.ts'
import { debianBase } from '../image.ts'

let system: Inode | undefined

/** The same for all nodes: nobody writes to it. */
function nodeSystem(): Inode {
  if (system) return system
  const installed = Date.UTC(2025, 10, 4)
  system = newInode(new Disk({ type: 'ext4', clock: { now: () => installed } }), 'directory')
  debianBase(NODE_RELEASE, ['procps', 'less'])(directory(system))
  return system
}

/** Starts a node's own processes, and puts into the root of its tree what is installed and what its kernel shows. @returns what they see */
export function installNode(kernel: Kernel, machine: NodeMachine): World {
  const { root } = machine
  const world = startNodeProcesses(kernel, machine)
  underlay(root, nodeSystem())
  const { clock, bootedAt } = kernel
  const dev = devTree(clock, bootedAt)
  attach(dev, 'pts', terminalTree(clock, bootedAt))
  attach(dev, 'shm', stickyDirectory('tmpfs', clock, bootedAt))
  attach(root, 'dev', dev)
  attach(root, 'proc', procTree(kernel, world, bootedAt))
  return world
}
