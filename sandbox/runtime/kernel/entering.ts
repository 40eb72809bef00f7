/** Worlds of processes that have left their container's in part: in namespaces of another process, or in new ones. */
import { errno } from '../errno.ts'
import type { Kernel, World } from './kernel.ts'
import { type Apart, HOST_NAMESPACES, type NamespaceKind } from './namespaces.ts'

/** Whoever may administrate the system. @throws Errno EPERM */
export function demandAdministrator({ capabilities }: World, uid: number): void {
  if (uid !== 0 || capabilities?.has('SYS_ADMIN') === false) throw errno('EPERM')
}

/** @param uid of who wants it */
export function worldIn(own: World, uid: number, target: World, kinds: readonly NamespaceKind[]): World {
  if (kinds.length) demandAdministrator(own, uid)
  const entered: World = { ...own, namespaces: { ...(own.namespaces ?? HOST_NAMESPACES) } }
  for (const kind of kinds) {
    if (kind !== 'pid') entered.namespaces![kind] = (target.namespaces ?? HOST_NAMESPACES)[kind]
    if (kind === 'mnt') entered.mounts = target.mounts
    else if (kind === 'pid') entered.pids = target.pids
    else if (kind === 'uts') entered.uts = target.uts
    else if (kind === 'net') Object.assign(entered, { net: target.net, sysctls: target.sysctls })
  }
  return entered
}

/** What is new begins as what it was before, but for processes and networks: of those there are none yet. */
export function worldApart(own: World, uid: number, kernel: Kernel, { kinds, forked, user }: Apart): World {
  // A user namespace may be had by anybody.
  if (!user) demandAdministrator(own, uid)
  const namespaces = { ...(own.namespaces ?? HOST_NAMESPACES) }
  const apart: World = { ...own, namespaces }
  for (const kind of kinds) {
    if (kind === 'pid') {
      const pids = kernel.pidSpace(own.pids)
      if (forked) apart.pids = pids
      else apart.childPids = pids
      continue
    }
    namespaces[kind] = kernel.namespace()
    if (kind === 'uts') apart.uts = { ...own.uts }
    else if (kind === 'mnt') apart.mounts = own.mounts.copy()
    else if (kind === 'net') apart.net = own.net.apart()
  }
  if (user) {
    apart.namespaces = { ...namespaces, user: kernel.namespace(), firstId: 0, ids: user === 'root' ? 1 : 0 }
  }
  return apart
}
