/** /dev and /sys/fs/cgroup of a node's machine in the node's own tree, for hostPath volumes. */
import { devTree } from '../../runtime/pseudofs/devfs.ts'
import type { NodeContext } from '../node-context.ts'
import type { PodWorker } from '../pods/worker.ts'
import { cgroupTree, groupsOf } from '../resources/cgroups.ts'

export function showSystem({ clock, disk }: NodeContext, workers: ReadonlyMap<string, PodWorker>): void {
  const now = (): number => clock.now()
  disk.mount?.('/dev', devTree(clock, now()))
  disk.mount?.(
    '/sys/fs/cgroup',
    cgroupTree(now, () => groupsOf(workers.values())),
  )
}
