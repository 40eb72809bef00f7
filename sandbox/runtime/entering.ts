/** Worlds of processes that have left their container's in part: in namespaces of another process, or in new ones. */
import { errno } from './errno.ts'
import type { Kernel, World } from './kernel.ts'
import { HOST_NAMESPACES, type NamespaceKind } from './namespaces.ts'

/** Whoever may administrate the system. @throws Errno EPERM */
function demand({ capabilities }: World, uid: number): void {
  if (uid !== 0 || capabilities?.has('SYS_ADMIN') === false) throw errno('EPERM')
}

/** @param uid of who wants it */
export function worldIn(own: World, uid: number, target: World, kinds: readonly NamespaceKind[]): World {
  if (kinds.length) demand(own, uid)
  const entered: World = { ...own, namespaces: { ...(own.namespaces ?? HOST_NAMESPACES) } }
  for (const kind of kinds) {
    if (kind !== 'pid') entered.namespaces![kind] = (target.namespaces ?? HOST_NAMESPACES)[kind]
    if (kind === 'mnt') entered.mounts = target.mounts
    else if (kind === 'pid') entered.pids = target.pids
    else if (kind === 'uts') entered.hostname = target.hostname
    else if (kind === 'net') Object.assign(entered, { net: target.net, sysctls: target.sysctls })
  }
  return entered
}

/** What is new begins as what it was before; nothing of it can be changed here. */
export function worldApart(own: World, uid: number, kernel: Kernel, kinds: readonly NamespaceKind[]): World {
  demand(own, uid)
  const namespaces = { ...(own.namespaces ?? HOST_NAMESPACES) }
  for (const kind of kinds) if (kind !== 'pid') namespaces[kind] = kernel.namespace()
  return { ...own, namespaces }
}
