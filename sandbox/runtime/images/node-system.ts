/** What is installed on a node: Debian, as in its images. Who has the node's root at hand (`chroot /host`) finds its tools. */
import { Disk, type Inode, newInode } from '../tree.ts'
import { directory } from '../volume.ts'
import { debianBase } from './image.ts'

let system: Inode | undefined

/** The same for all nodes: nobody writes to it. */
export function nodeSystem(): Inode {
  if (system) return system
  const installed = Date.UTC(2025, 10, 4)
  system = newInode(new Disk({ type: 'ext4', clock: { now: () => installed } }), 'directory')
  debianBase()(directory(system))
  return system
}
