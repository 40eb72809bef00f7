/** What /proc shows: loaded with the first program, for nobody else looks there. */
import { part } from '../../parts.ts'

export const procfs = part('/proc', () => import('./procfs.ts'))
