/** What a process has from its parent: namespaces, descriptors, ignored signals. */
import { errno } from '../errno.ts'
import { absolute } from '../files/path.ts'
import { worldApart, worldIn } from '../kernel/entering.ts'
import type { World } from '../kernel/kernel.ts'
import type { Proc } from './proc.ts'
import type { Signal, SpawnOptions, Stream } from './process.ts'
import type { Disposition } from './signals.ts'
import { CLOSE_ON_EXEC, retain } from './streams.ts'

/** Its parent's world, but for the namespaces and the root that it is given. @throws Errno */
export function worldOfChild(parent: Proc, { enter, unshare, root }: SpawnOptions): World {
  const { kernel, uid } = parent
  if (enter) {
    const target = parent.world.pids.processes.get(enter.pid)
    if (!target) throw errno('ESRCH')
    return worldIn(parent.world, uid, target.world, enter.kinds)
  }
  const world = worldOfChildren(parent.world)
  if (unshare) return worldApart(world, uid, kernel, unshare)
  if (root === undefined) return world
  const access = { viewer: parent, search: undefined }
  return { ...world, mounts: world.mounts.below(absolute(parent.cwd, root), access) }
}

/** Children are born into the PID namespace that their parent has unshared, where it has. */
function worldOfChildren(world: World): World {
  if (!world.childPids) return world
  const { childPids, ...own } = world
  return { ...own, pids: childPids }
}

/** What a process begins with: its parent's descriptors, and over them those that it is given; most have the usual three. */
export function descriptors(
  ofParent: Readonly<Record<number, Stream>> | undefined,
  given: Readonly<Record<number, Stream>> | undefined,
): Record<number, Stream> {
  const fds: Record<number, Stream> = {}
  for (const name in ofParent) {
    const fd = Number(name)
    if (fd < CLOSE_ON_EXEC && !given?.[fd]) fds[fd] = retain(ofParent[fd]!)
  }
  for (const name in given) {
    const fd = Number(name)
    fds[fd] = retain(given[fd]!)
  }
  return fds
}

/** Of what is done at signals, what outlives `exec` and goes over to children. */
export function ignored(all: ReadonlyMap<Signal, Disposition> | undefined): Map<Signal, Disposition> | undefined {
  const left = all && [...all].filter(([, action]) => action === 'ignore')
  return left?.length ? new Map(left) : undefined
}
