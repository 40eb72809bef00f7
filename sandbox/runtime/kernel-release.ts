/** The Linux of all nodes: what a node's status, `uname` and servers that log it say of it. */

export const KERNEL_RELEASE = '6.12.63+deb13-amd64'
export const KERNEL_BUILD = '#1 SMP PREEMPT_DYNAMIC Debian 6.12.63-1'
