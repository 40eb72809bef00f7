/** The control groups of a node's Pods, as a hostPath of /sys/fs/cgroup shows them: a slice for each class, Pod and container. */

import { qosClass } from '../../api/kinds/pod/qos.ts'
import { Disk, type Inode } from '../../runtime/files/tree.ts'
import { dynamicDirectory, dynamicFile, settingFiles } from '../../runtime/pseudofs/cgroupfs.ts'
import { limitAmounts } from '../containers/limits.ts'
import type { Instance } from '../pods/instances.ts'
import type { PodWorker } from '../pods/worker.ts'
import type { ContainerSpec, Pod } from '../types.ts'
import { podLevelResources } from './pod-resources.ts'

type Amounts = Record<string, string | number> | undefined

export interface PodGroup {
  /** With the resources that the node has set aside. */
  pod: Pod
  containers: readonly { run: Instance; resources: ContainerSpec['resources'] }[]
}

/** The slice that the Pods of a class share. */
const parentOf = (pod: Pod): string => {
  const qos = qosClass(pod.spec)
  return qos === 'Guaranteed' ? 'kubepods' : `kubepods-${qos.toLowerCase()}`
}

const sliceOf = (pod: Pod): string => `${parentOf(pod)}-pod${pod.metadata.uid.replaceAll('-', '_')}.slice`

const scopeOf = (id: string): string => `cri-containerd-${id}.scope`

/** Where a Pod's group is, or that of one of its containers. */
export function cgroupPath(pod: Pod, container?: string): string {
  const parent = parentOf(pod)
  const between = parent === 'kubepods' ? '' : `/${parent}.slice`
  return `/kubepods.slice${between}/${sliceOf(pod)}${container === undefined ? '' : `/${scopeOf(container)}`}`
}

/** Those of the Pods that have a sandbox now. */
export function* groupsOf(workers: Iterable<PodWorker>): Generator<PodGroup> {
  for (const { pod, runtime, resize } of workers) {
    if (!runtime.sandboxReady) continue
    const allocated = (c: ContainerSpec): ContainerSpec => ({ ...c, resources: resize.allocated(c) })
    const { initContainers, containers } = pod.spec
    const spec = {
      ...pod.spec,
      containers: containers.map(allocated),
      ...(initContainers && { initContainers: initContainers.map(allocated) }),
    }
    const running = runtime.instances.filter(run => run.state === 'running')
    yield {
      pod: { ...pod, spec } as Pod,
      containers: running.map(run => ({ run, resources: resize.actual(run) })),
    }
  }
}

/** @param groups those of the Pods that have a sandbox now */
export function cgroupTree(now: () => number, groups: () => Iterable<PodGroup>): Inode {
  const disk = new Disk({ type: 'cgroup2', clock: { now } })
  const files = (contents: Record<string, string>, below: ReadonlyMap<string, () => Inode> = new Map()): Inode =>
    dynamicDirectory(
      disk,
      () => [...Object.keys(contents), ...below.keys()],
      name => (contents[name] === undefined ? below.get(name)?.() : dynamicFile(disk, () => contents[name]!)),
    )
  const podDirectory = ({ pod, containers }: PodGroup): Inode => {
    const { requests, limits } = podLevelResources(pod)
    const scopes = containers.map(({ run, resources }): [string, () => Inode] => [
      scopeOf(run.container.id),
      () => files(settingFiles(limitAmounts(resources?.limits as Amounts, resources?.requests as Amounts))),
    ])
    return files(settingFiles(limitAmounts(limits, requests)), new Map(scopes))
  }
  const podsOf = (prefix: string): Map<string, () => Inode> => {
    const found = new Map<string, () => Inode>()
    for (const group of groups()) {
      const name = sliceOf(group.pod)
      if (name.startsWith(`${prefix}-pod`)) found.set(name, () => podDirectory(group))
    }
    return found
  }
  const controllers = { 'cgroup.controllers': 'cpuset cpu io memory hugetlb pids rdma misc\n' }
  const kubepods = (): Inode =>
    files(
      controllers,
      new Map([
        ['kubepods-besteffort.slice', () => files(controllers, podsOf('kubepods-besteffort'))],
        ['kubepods-burstable.slice', () => files(controllers, podsOf('kubepods-burstable'))],
        ...podsOf('kubepods'),
      ]),
    )
  return files(controllers, new Map([['kubepods.slice', kubepods]]))
}
