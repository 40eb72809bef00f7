/** The cluster of a lesson as its learner finds it, to be served on a port. */

import { BOOT_MS } from '../cluster/boot.ts'
import type { Cluster } from '../cluster.ts'
import { createSession } from '../scenario/create.ts'
import type { LessonWorld } from '../scenario/session.ts'

/** More than it takes to apply a lesson's manifests. */
const APPLIED_MS = 10_000

/** @param now what the wall clock says, by which kubectl counts ages: nothing in the cluster is of later */
export async function lessonCluster(lesson: LessonWorld, seed: string, now: number): Promise<Cluster> {
  const start = now - BOOT_MS - APPLIED_MS - lesson.settleMs
  return (await createSession({ seed, lesson, start })).cluster
}
