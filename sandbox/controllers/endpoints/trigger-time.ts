/** The time of the change for which a Service's endpoints are written, as an annotation tells it. */
import type { Pod, Service } from '../../api/types.ts'
import { podCondition } from '../pods.ts'

const LAST_CHANGE = 'endpoints.kubernetes.io/last-change-trigger-time'

/** Remembers of each Service when its Pods last became ready or unready, as of the last look at them. */
export class TriggerTimes {
  readonly #seen = new Map<string, { service: string; pods: ReadonlyMap<string, string> }>()

  /**
   * The first of the changes since the last look: a Pod that became ready or unready, or the Service itself when it is new.
   * Undefined when it was something else, as a Pod that went away or got its address.
   * @param pods all that the Service selects, also those without an address
   */
  look(key: string, service: Service, pods: readonly Pod[]): string | undefined {
    const old = this.#seen.get(key)
    const created = service.metadata.creationTimestamp
    const times = new Map<string, string>()
    const changed: string[] = []
    for (const pod of pods) {
      const time = podCondition(pod, 'Ready')?.lastTransitionTime
      if (!time) continue
      const { name } = pod.metadata
      times.set(name, time)
      if (time > (old?.pods.get(name) ?? '')) changed.push(time)
    }
    if (created > (old?.service ?? '')) changed.push(created)
    this.#seen.set(key, { service: created, pods: times })
    return old ? changed.sort()[0] : created
  }

  forget(key: string): void {
    this.#seen.delete(key)
  }
}

/** The annotations with that time, or without it when there is none. */
export function withTriggerTime(
  annotations: Readonly<Record<string, string>> | undefined,
  time: string | undefined,
): Record<string, string> {
  const { [LAST_CHANGE]: _, ...rest } = annotations ?? {}
  return time === undefined ? rest : { ...rest, [LAST_CHANGE]: time }
}
