/** GET /stats/summary: what the node, its Pods and their containers use. What is not counted here is left out. */

import { type Amounts, bytesOf, limitAmounts } from '../containers/limits.ts'
import { heldByPod } from '../eviction/eviction.ts'
import type { Kubelet } from '../kubelet.ts'
import type { Instance } from '../pods/instances.ts'
import { runningInstances } from '../pods/instances.ts'
import type { PodWorker } from '../pods/worker.ts'
import { type Counters, type Meter, ofContainer, ofNode, ofPod } from './meter.ts'

export function summary(kubelet: Kubelet, meter: Meter, onlyCpuAndMemory: boolean): string {
  const { node, capacity } = kubelet
  const time = node.clock.timestamp()
  const dated = (ms: number): string => node.clock.timestamp(ms)
  const disk = bytesOf(capacity.ephemeralStorage)
  const held = kubelet.workers().reduce((sum, worker) => sum + heldByPod(worker, 'ephemeral-storage'), 0)
  const images = node.runtime.images().reduce((sum, image) => sum + image.bytes, 0)
  const fs = (usedBytes: number): object => ({
    time,
    availableBytes: disk - images - held,
    capacityBytes: disk,
    usedBytes,
  })
  const cpu = (what: string, { cpuMs }: Counters): object => {
    const nano = meter.nanoCores(what, cpuMs)
    return {
      time,
      ...(nano !== undefined && { usageNanoCores: nano }),
      usageCoreNanoSeconds: Math.round(cpuMs * 1e6),
    }
  }
  const memory = ({ memoryBytes }: Counters, limit?: number): object => ({
    time,
    ...(limit !== undefined && { availableBytes: Math.max(0, limit - memoryBytes) }),
    usageBytes: memoryBytes,
    workingSetBytes: memoryBytes,
  })

  const container = (run: Instance): object => {
    const used = ofContainer(run)
    const { memoryBytes } = limitAmounts(run.spec.resources?.limits as Amounts)
    return {
      name: run.name,
      startTime: dated(run.startedAt),
      cpu: cpu(run.id, used),
      memory: memory(used, memoryBytes),
      ...(!onlyCpuAndMemory && { rootfs: fs(run.container.usage().writableBytes) }),
    }
  }
  const pod = (worker: PodWorker): object => {
    const { metadata } = worker.pod
    const used = ofPod(worker)
    const volumes = [...worker.volumes.mounted].filter(([, { nodePath }]) => nodePath === undefined)
    return {
      podRef: { name: metadata.name, namespace: metadata.namespace, uid: metadata.uid },
      startTime: worker.status.startTime,
      containers: runningInstances(worker.runtime).map(container),
      cpu: cpu(metadata.uid, used),
      memory: memory(used),
      ...(!onlyCpuAndMemory && {
        volume: volumes.map(([name, { volume }]) => ({ ...fs(volume.usedBytes()), name })),
        'ephemeral-storage': fs(heldByPod(worker, 'ephemeral-storage')),
      }),
    }
  }

  const used = ofNode(kubelet)
  const whole = bytesOf(capacity.memory)
  const startTime = dated(kubelet.startedAt)
  const shown = {
    node: {
      nodeName: kubelet.name,
      systemContainers: [{ name: 'pods', startTime, cpu: cpu('pods', used), memory: memory(used, whole) }],
      startTime,
      cpu: cpu('', used),
      memory: memory(used, whole),
      ...(!onlyCpuAndMemory && { fs: fs(images + held), runtime: { imageFs: fs(images) } }),
    },
    pods: kubelet
      .workers()
      .filter(({ runtime }) => runtime.sandboxReady)
      .map(pod),
  }
  return JSON.stringify(shown, null, 1)
}
