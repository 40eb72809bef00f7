/** Validation of kinds, in groups: each is loaded with the first request that writes one of its kinds. */
import { part } from '../../../parts.ts'

export const workloads = part('the checks of workloads', () => import('./workloads.ts'))
export const configuration = part('the checks of configuration', () => import('./configuration.ts'))
export const definitions = part('custom resources', () => import('./definitions.ts'))
export const rare = part('the checks of kinds that few clusters hold', () => import('./rare/index.ts'))
