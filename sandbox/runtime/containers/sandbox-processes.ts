/**
 * What runs for each Pod beside its containers: the pause that keeps its namespaces, and the shim that is their parent on a
 * node. Only from a Pod that sees the node's processes can they be seen, so they start when the first such Pod comes.
 */

import { MountTable } from '../files/mounts.ts'
import { Disk, newInode } from '../files/tree.ts'
import { Cgroup } from '../kernel/cpu.ts'
import { type Kernel, PidSpace, type World } from '../kernel/kernel.ts'
import type { Proc } from '../processes/proc.ts'
import type { Program } from '../processes/process.ts'
import { nullStream } from '../processes/streams.ts'
import { daemon } from './node-processes.ts'

const NO_STREAMS = { 0: nullStream, 1: nullStream, 2: nullStream }
/** The kernel takes them last. */
const SPARED = -998

export interface SandboxOwner {
  kernel: Kernel
  pause: Program
}

/** The first process of a PID space. */
export function startPause(
  { kernel, pause }: SandboxOwner,
  pids: PidSpace,
  { net, uts }: Pick<World, 'net' | 'uts'>,
): Proc {
  const root = newInode(new Disk({ type: 'overlay', clock: kernel.clock }), 'directory')
  const world: World = { pids, cgroup: new Cgroup(), mounts: new MountTable(root), net, uts, oomScoreAdj: SPARED }
  return kernel.boot(world, { argv: ['/pause'], uid: 65_535, gid: 65_535, program: pause, fds: NO_STREAMS })
}

/** Starts those of a sandbox. @param node what the node's own processes see @returns how they end */
export function startSandboxProcesses(
  owner: SandboxOwner,
  node: World,
  sandbox: Pick<World, 'net' | 'uts'> & { id: string; pids: PidSpace | undefined },
): () => void {
  const { kernel } = owner
  const shim = kernel.boot(
    { ...node, cgroup: new Cgroup(), oomScoreAdj: SPARED },
    {
      argv: [
        '/usr/bin/containerd-shim-runc-v2',
        ...['-namespace', 'k8s.io', '-id', sandbox.id, '-address', '/run/containerd/containerd.sock'],
      ],
      program: daemon,
      fds: NO_STREAMS,
    },
  )
  const started = [shim]
  // Where a Pod's containers share their processes, its pause has been there from the beginning.
  if (!sandbox.pids || sandbox.pids === kernel.pids)
    started.push(startPause(owner, sandbox.pids ?? new PidSpace(kernel), sandbox))
  return () => {
    for (const process of started) process.signal('KILL', true)
  }
}
