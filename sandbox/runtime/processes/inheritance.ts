/** What a process has from its parent: namespaces, descriptors, ignored signals. */
import type { World } from '../kernel/kernel.ts'
import type { Signal, Stream } from './process.ts'
import type { Disposition } from './signals.ts'
import { CLOSE_ON_EXEC, retain } from './streams.ts'

/** Children are born into the PID namespace that their parent has unshared, where it has. */
export function worldOfChildren(world: World): World {
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
