/** The time of the change for which a Service's endpoints are written, as an annotation tells it. */
import type { Pod, Service } from '../../api/types.ts'
import { podCondition } from '../pods.ts'

const LAST_CHANGE = 'endpoints.kubernetes.io/last-change-trigger-time'

/**
 * The first of the changes that are now written: a Pod that became ready or unready, or the Service itself when nothing
 * has been written for it yet. A Pod that went away has no time.
 * @param changed the Pods that are new, or ready where they were not, or the reverse
 */
export function triggerTime(service: Service | undefined, changed: readonly Pod[]): string | undefined {
  const times = changed.map(pod => podCondition(pod, 'Ready')?.lastTransitionTime)
  if (service) times.push(service.metadata.creationTimestamp)
  return times.filter(time => time !== undefined).sort()[0]
}

/** The annotations with that time, or without it when there is none. */
export function withTriggerTime(
  annotations: Readonly<Record<string, string>> | undefined,
  time: string | undefined,
): Record<string, string> {
  const { [LAST_CHANGE]: _, ...rest } = annotations ?? {}
  return time === undefined ? rest : { ...rest, [LAST_CHANGE]: time }
}
