/** A node's own processes, as they are seen from a Pod with hostPID: they are there, and do their work elsewhere. */
import type { NetworkNamespace } from '../../network/network.ts'
import { MountTable } from '../files/mounts.ts'
import type { Inode } from '../files/tree.ts'
import { Cgroup } from '../kernel/cpu.ts'
import type { Kernel, World } from '../kernel/kernel.ts'
import type { Program } from '../processes/process.ts'
import { nullStream } from '../processes/streams.ts'

const PROCESSES: readonly (readonly [pid: number, oomScoreAdj: number, command: string])[] = [
  [1, 0, '/sbin/init'],
  [287, -250, '/usr/lib/systemd/systemd-journald'],
  [412, -999, '/usr/bin/containerd'],
  [538, -999, '/usr/bin/kubelet --kubeconfig=/etc/kubernetes/kubelet.conf --config=/var/lib/kubelet/config.yaml'],
  [704, -999, '/usr/local/bin/kube-proxy --config=/var/lib/kube-proxy/config.conf'],
]

/** Waits for ever, whatever is sent to it but KILL; children that are left to it are not kept as zombies. */
export const daemon: Program = process => {
  for (const signal of ['TERM', 'INT', 'HUP', 'QUIT', 'USR1', 'USR2', 'CHLD'] as const) process.on(signal, 'ignore')
  return process.block<void>(() => {})
}

export interface NodeMachine {
  /** Of the node's own tree. */
  root: Inode
  net: NetworkNamespace
  hostname: string
}

/** Once, before the first of them can be seen. @returns what they see */
export function startNodeProcesses(kernel: Kernel, { root, net, hostname }: NodeMachine): World {
  const mounts = new MountTable(root, { type: root.disk.type })
  const world = { pids: kernel.pids, cgroup: new Cgroup(), mounts, net, uts: { hostname } }
  for (const [pid, oomScoreAdj, command] of PROCESSES)
    kernel.boot(
      { ...world, oomScoreAdj },
      {
        argv: command.split(' '),
        pid,
        program: daemon,
        fds: { 0: nullStream, 1: nullStream, 2: nullStream },
      },
    )
  return world
}
