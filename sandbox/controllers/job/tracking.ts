/** The finalizer by which a Job keeps its Pods until they are counted. */

import { job as jobKind } from '../../api/kinds/job.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import { isNotFound } from '../../api/status.ts'
import type { Job, Pod } from '../../api/types.ts'
import type { ControllerContext } from '../controller.ts'
import { controllerOf } from '../owners.ts'
import { FINALIZER, isTracked } from './pods.ts'

/** Pods that have lost their Job, or whose Job is gone, are tracked by nobody. */
export function releaseOrphans(
  namespace: string,
  name: string,
  job: Job | undefined,
  { client }: ControllerContext,
): void {
  const named = client.withLabels(podKind, namespace, { 'batch.kubernetes.io/job-name': name })
  const candidates = job ? [...named, ...client.orphans(podKind, namespace)] : client.list(podKind, { namespace })
  for (const pod of candidates) {
    if (!isTracked(pod)) continue
    const owner = controllerOf(pod, jobKind)
    const isLost = !owner || (owner.name === name && owner.uid !== job?.metadata.uid)
    if (isLost) untrack(client, pod)
  }
}

export function untrack(client: ControllerContext['client'], pod: Pod): void {
  const finalizers = pod.metadata.finalizers!.filter(f => f !== FINALIZER)
  try {
    client.patch(podKind, pod.metadata.namespace ?? '', pod.metadata.name, {
      metadata: { finalizers: finalizers.length ? finalizers : null },
    })
  } catch (error) {
    if (!isNotFound(error)) throw error
  }
}
