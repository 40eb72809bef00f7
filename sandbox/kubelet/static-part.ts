/** What Pods take that a node runs from files of its own: loaded when a node has such a file. */
import { part } from '../parts.ts'

export const staticPods = part('static Pods', () => import('./static-pods.ts'))
