/** Keeps Pods with scheduling gates out of the queue. */
import type { Plugin } from '../framework.ts'

export const schedulingGates: Plugin = {
  name: 'SchedulingGates',
  gate: pod =>
    pod.spec.schedulingGates?.length
      ? `waiting for scheduling gates: [${pod.spec.schedulingGates.map(g => g.name).join(' ')}]`
      : undefined,
}
