/** CEL is big, and few clusters hold anything written in it: it comes with the first request that brings some. */
import { part } from '../../parts.ts'

export const cel = part('the expression language', () => import('./index.ts'))
