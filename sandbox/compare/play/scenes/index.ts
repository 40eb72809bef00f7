/** What is played: one file per area. A new scene is an entry there. */
import { deployments } from './deployments.ts'
import { jobs } from './jobs.ts'
import { nodes } from './nodes.ts'
import { others } from './others.ts'
import type { Scene } from './scene.ts'
import { scheduling } from './scheduling.ts'
import { sets } from './sets.ts'
import { storage } from './storage.ts'

export type { Scene } from './scene.ts'
export const scenes: readonly Scene[] = [
  ...deployments,
  ...sets,
  ...jobs,
  ...others,
  ...storage,
  ...nodes,
  ...scheduling,
]
