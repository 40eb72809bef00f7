/** What is asked of objects before they are kept, as parts that come with the first request that needs them. */
import { part } from '../../../parts.ts'

export const workloads = part('the checks of workloads', () => import('./workloads.ts'))
export const others = part('the checks of rarer kinds', () => import('./others.ts'))
export const definitions = part('custom resources', () => import('./definitions.ts'))
export const rare = part('the checks of kinds that few clusters hold', () => import('./rare/index.ts'))
