/** GET /metrics/cadvisor: what control groups use and may use, of which those figures are told that are counted here. */

import { KERNEL_RELEASE, NODE_RELEASE } from '../../runtime/kernel/kernel-release.ts'
import { CPU_PERIOD_US, cpuQuotaUs } from '../../runtime/pseudofs/cgroupfs.ts'
import { type Amounts, bytesOf, limitAmounts } from '../containers/limits.ts'
import type { Kubelet } from '../kubelet.ts'
import { type Instance, runningInstances } from '../pods/instances.ts'
import { cgroupPath } from '../resources/cgroups.ts'
import { podLevelResources } from '../resources/pod-resources.ts'
import { type Family, printed } from './exposition.ts'
import { type Counters, ofContainer, ofNode, ofPod } from './meter.ts'

interface Group {
  labels: Readonly<Record<string, string>>
  used: Counters
  startedAt: number
  limits: { cpuMillis?: number; memoryBytes?: number }
  /** Of a container: bytes that it has written beside its image. */
  writableBytes?: number
}

const labelled = (
  id: string,
  of: { container?: string; image?: string; name?: string; namespace?: string; pod?: string },
) => ({
  container: of.container ?? '',
  id,
  image: of.image ?? '',
  name: of.name ?? '',
  namespace: of.namespace ?? '',
  pod: of.pod ?? '',
})

function groupsOf(kubelet: Kubelet): Group[] {
  const { clock } = kubelet.node
  const memoryBytes = bytesOf(kubelet.capacity.memory)
  const root: Group = {
    labels: labelled('/', {}),
    used: ofNode(kubelet),
    startedAt: kubelet.startedAt,
    limits: { memoryBytes },
  }
  const groups = [root]
  for (const worker of kubelet.workers()) {
    const { pod, runtime, resize } = worker
    if (!runtime.sandboxReady) continue
    const { name, namespace = '' } = pod.metadata
    const { requests, limits } = podLevelResources(pod)
    groups.push({
      labels: labelled(cgroupPath(pod), { namespace, pod: name }),
      used: ofPod(worker),
      startedAt: pod.status.startTime ? Date.parse(pod.status.startTime) : clock.now(),
      limits: limitAmounts(limits, requests),
    })
    const container = (run: Instance): Group => ({
      labels: labelled(cgroupPath(pod, run.container.id), {
        container: run.name,
        image: run.container.image.name,
        name: run.container.id,
        namespace,
        pod: name,
      }),
      used: ofContainer(run),
      startedAt: run.startedAt,
      limits: limitAmounts(resize.actual(run)?.limits as Amounts),
      writableBytes: run.container.usage().writableBytes,
    })
    groups.push(...runningInstances(runtime).map(container))
  }
  return groups
}

export function cadvisorMetrics(kubelet: Kubelet): string {
  const now = kubelet.node.clock.now()
  const groups = groupsOf(kubelet)
  const family = (
    help: string,
    type: Family['type'],
    value: (group: Group) => number | undefined,
    isDated = true,
  ): Family => ({
    help,
    type,
    isDated,
    of: groups.flatMap((group): [Group['labels'], number][] => {
      const amount = value(group)
      return amount === undefined ? [] : [[group.labels, amount]]
    }),
  })
  const { bootID, machineID, systemUUID } = kubelet.machine
  const machine = { boot_id: bootID, machine_id: machineID, system_uuid: systemUUID }
  const memory = (help: string): Family => family(help, 'gauge', ({ used }) => used.memoryBytes)
  const cpu = family('Cumulative cpu time consumed in seconds.', 'counter', ({ used }) => used.cpuMs / 1000)
  return printed(
    {
      cadvisor_version_info: {
        help: "A metric with a constant '1' value labeled by kernel version, OS version, docker version, cadvisor version & cadvisor revision.",
        type: 'gauge',
        of: [
          [
            {
              cadvisorRevision: '',
              cadvisorVersion: '',
              dockerVersion: '',
              kernelVersion: KERNEL_RELEASE,
              osVersion: NODE_RELEASE.name,
            },
            1,
          ],
        ],
      },
      container_cpu_usage_seconds_total: {
        ...cpu,
        of: cpu.of.map(([{ container = '', ...more }, value]) => [{ container, cpu: 'total', ...more }, value]),
      },
      container_fs_usage_bytes: family(
        'Number of bytes that are consumed by the container on this filesystem.',
        'gauge',
        ({ writableBytes }) => writableBytes,
      ),
      container_last_seen: family('Last time a container was seen by the exporter', 'gauge', () =>
        Math.floor(now / 1000),
      ),
      container_memory_rss: memory('Size of RSS in bytes.'),
      container_memory_usage_bytes: memory(
        'Current memory usage in bytes, including all memory regardless of when it was accessed',
      ),
      container_memory_working_set_bytes: memory('Current working set in bytes.'),
      container_scrape_error: {
        help: '1 if there was an error while getting container metrics, 0 otherwise',
        type: 'gauge',
        of: [[{}, 0]],
      },
      container_spec_cpu_period: family('CPU period of the container.', 'gauge', () => CPU_PERIOD_US, false),
      container_spec_cpu_quota: family(
        'CPU quota of the container.',
        'gauge',
        ({ limits }) => cpuQuotaUs(limits.cpuMillis),
        false,
      ),
      container_spec_memory_limit_bytes: family(
        'Memory limit for the container.',
        'gauge',
        ({ limits }) => limits.memoryBytes ?? 0,
        false,
      ),
      container_start_time_seconds: family(
        'Start time of the container since unix epoch in seconds.',
        'gauge',
        ({ startedAt }) => Math.floor(startedAt / 1000),
        false,
      ),
      machine_cpu_cores: {
        help: 'Number of logical CPU cores.',
        type: 'gauge',
        of: [[machine, Number(kubelet.capacity.cpu)]],
      },
      machine_memory_bytes: {
        help: 'Amount of memory installed on the machine.',
        type: 'gauge',
        of: [[machine, bytesOf(kubelet.capacity.memory)]],
      },
    },
    now,
  )
}
