/** The part with a Pod's lifecycle: loaded when a node has its first Pod. */
import { part } from '../parts.ts'

export const life = part('the life of Pods', () => import('./life.ts'))
