/** The part with static Pods: loaded when a node has a file of one. */
import { part } from '../../parts.ts'

export const staticPods = part('static Pods', () => import('./static-pods.ts'))
