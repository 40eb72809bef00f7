/** Runs a Job's Pods until enough have succeeded, or too many have failed. */
import { job as jobKind } from '../../api/kinds/job.ts'
import { pod as podKind } from '../../api/kinds/pod/index.ts'
import type { Job } from '../../api/types.ts'
import type { Controller, ControllerContext, Key, Result } from '../controller.ts'
import { watchOrphans } from '../owners.ts'
import type { Backoffs } from './backoff.ts'
import { Sync } from './sync.ts'
import { releaseOrphans } from './tracking.ts'

export const isJobFinished = (job: Job): boolean =>
  Boolean(job.status.conditions?.some(c => (c.type === 'Complete' || c.type === 'Failed') && c.status === 'True'))

/** Makes a controller; it remembers how long to wait before the next attempt of each Job. */
export function jobController(): Controller {
  const backoffs: Backoffs = new Map()
  return {
    name: 'job-controller',
    for: jobKind,
    backoff: { base: 1000, max: 60_000 },
    batch: 1000,
    owns: [podKind],
    watches: [watchOrphans(podKind, jobKind, job => job.spec.selector)],
    reconcile: (key, context) => reconcile(key, context, backoffs),
  }
}

function reconcile({ namespace, name }: Key, context: ControllerContext, backoffs: Backoffs): Result | undefined {
  const { client } = context
  const job = client.find(jobKind, namespace, name)
  releaseOrphans(namespace, name, job, context)
  if (!job) return
  if (job.spec.managedBy !== undefined && job.spec.managedBy !== 'kubernetes.io/job-controller') return
  if (isJobFinished(job)) {
    backoffs.delete(job.metadata.uid)
    return
  }
  const sync = new Sync(context, job, backoffs)
  let failure: unknown
  try {
    sync.run()
  } catch (error) {
    failure = error
  }
  sync.finish()
  if (failure) throw failure
  return sync.wait === undefined ? undefined : { requeueAfter: sync.wait }
}
