/** The list of scenes: one file per area. A new scene is an entry there. */

import { accounts } from './accounts.ts'
import { autoscaling } from './autoscaling.ts'
import { deployments } from './deployments.ts'
import { disruption } from './disruption.ts'
import { jobs } from './jobs.ts'
import { nodes } from './nodes.ts'
import { placing } from './placing.ts'
import { preempting } from './preempting.ts'
import { quotas } from './quotas.ts'
import { removal } from './removal.ts'
import type { Scene } from './scene.ts'
import { scheduling } from './scheduling.ts'
import { services } from './services.ts'
import { sets } from './sets.ts'
import { storage } from './storage.ts'

export type { Scene } from './scene.ts'
export const scenes: readonly Scene[] = [
  ...deployments,
  ...sets,
  ...jobs,
  ...services,
  ...disruption,
  ...autoscaling,
  ...removal,
  ...accounts,
  ...quotas,
  ...storage,
  ...nodes,
  ...scheduling,
  ...placing,
  ...preempting,
]
