/** Namespaces by their numbers, as /proc/PID/ns shows them: who has the same number shares what it is about. */

export interface Namespaces {
  net: number
  uts: number
  ipc: number
  user: number
  /** In a user namespace: the node's id that stands for root. */
  firstId?: number
  /** How many ids stand for others in it, where it is not as many as a Pod has. */
  ids?: number
}

/** Those of the machine itself have the same numbers everywhere. */
export const HOST_NAMESPACES = {
  time: 4026531834,
  cgroup: 4026531835,
  pid: 4026531836,
  user: 4026531837,
  uts: 4026531838,
  ipc: 4026531839,
  net: 4026531840,
  mnt: 4026531841,
} as const

/** Those that a program can enter or leave, in the order in which nsenter does it. */
export const NAMESPACE_KINDS = ['cgroup', 'ipc', 'uts', 'net', 'pid', 'mnt'] as const
export type NamespaceKind = (typeof NAMESPACE_KINDS)[number]

/** In which new namespaces a program runs. */
export interface Apart {
  kinds: readonly NamespaceKind[]
  /** Whether it is the first of a new PID namespace itself, and not only its children in one. */
  forked?: boolean
  /** It has a user namespace too, in which it is root or nobody that has a name. */
  user?: 'root' | 'nobody'
}

/** How many ids a Pod has in a user namespace of its own. */
export const USER_NAMESPACE_LENGTH = 65_536

/** The content of uid_map and gid_map. */
export function idMap(namespaces: Namespaces | undefined): string {
  const { firstId, ids = USER_NAMESPACE_LENGTH } = namespaces ?? {}
  if (!ids) return ''
  const row = firstId === undefined ? [0, 0, 4_294_967_295] : [0, firstId, ids]
  return `${row.map(n => String(n).padStart(10)).join(' ')}\n`
}
