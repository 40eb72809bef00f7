/** The network, names, files and namespaces of a sandbox. */
import type { NetworkNamespace } from '../../network/network.ts'
import type { Volume } from '../files/fs.ts'
import type { Inode } from '../files/tree.ts'
import type { PidSpace } from '../kernel/kernel.ts'
import type { Namespaces } from '../kernel/namespaces.ts'
import type { Sysctls } from '../pseudofs/sysctl.ts'

/** What the containers of one Pod share. */
export interface PodWorld {
  net: NetworkNamespace
  uts: { hostname: string }
  /** hosts, resolv.conf, hostname. */
  etc: Volume
  createdAt: number
  /** /dev/shm, one for all of them, as old as the Pod; made when the first looks into it. */
  sharedMemory?: Inode
  /** Set when the Pod's containers see one another's processes. */
  pids: PidSpace | undefined
  sysctls?: Sysctls | undefined
  namespaces: Namespaces
}
