/** Volumes that are images: pulled once the Pod has its sandbox, before the containers that mount them start. */

import type { NodeContext } from '../node-context.ts'
import type { PodRuntime } from '../pods/instances.ts'
import type { Task } from '../task.ts'
import type { EventType, Pod } from '../types.ts'
import { ensureImage } from './images.ts'

/** Fills the volumes whose images are there, and keeps why the others are not. */
export function* pullImageVolumes(node: NodeContext, pod: Pod, runtime: PodRuntime): Task {
  const event = (type: EventType, reason: string, message: string): void => node.podEvent(pod, type, reason, message)
  for (const { name, image } of pod.spec.volumes ?? []) {
    if (!image || runtime.volumes.get(name)?.filled) continue
    const result = yield* ensureImage(node, pod, event, image.reference ?? '', image.pullPolicy)
    if ('refusal' in result) {
      runtime.imageVolumes.set(name, result.refusal)
      continue
    }
    runtime.imageVolumes.delete(name)
    const volume = node.runtime.imageVolume?.(image.reference ?? '')
    if (volume) runtime.volumes.set(name, { volume, readOnly: true, filled: true })
  }
}
