/** The system of all nodes: what a node's status, `uname` and servers that log it say of it, and what is installed there. */

export const KERNEL_RELEASE = '6.12.63+deb13-amd64'
export const KERNEL_BUILD = '#1 SMP PREEMPT_DYNAMIC Debian 6.12.63-1'
/** The distribution that has this kernel. */
export const NODE_RELEASE = {
  id: 'debian',
  name: 'Debian GNU/Linux 13 (trixie)',
  version: '13',
  codename: 'trixie',
} as const
