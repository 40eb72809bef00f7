/** Deletes Jobs that have ended, ttlSecondsAfterFinished later. */
import { job as jobKind } from '../../api/kinds/job.ts'
import { isNotFound } from '../../api/status.ts'
import type { Controller } from '../controller.ts'
import { isJobFinished } from './index.ts'

export const ttlAfterFinishedController: Controller = {
  name: 'ttl-after-finished-controller',
  for: jobKind,
  reconcile({ namespace, name }, { client, clock }) {
    const job = client.find(jobKind, namespace, name)
    if (job?.spec.ttlSecondsAfterFinished === undefined || job.metadata.deletionTimestamp || !isJobFinished(job)) return
    const end = job.status.conditions!.find(c => (c.type === 'Complete' || c.type === 'Failed') && c.status === 'True')!
    const left = Date.parse(end.lastTransitionTime!) + job.spec.ttlSecondsAfterFinished * 1000 - clock.now()
    if (left > 0) return { requeueAfter: left }
    try {
      client.delete(jobKind, namespace, name, {
        propagationPolicy: 'Foreground',
        preconditions: { uid: job.metadata.uid },
      })
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
    return
  },
}
