/** Who set which field: needed for requests of clients only, whose writes are entered. */
import { part } from '../../parts.ts'

export const managedFields = part('the keeping of managed fields', () => import('./managed-fields.ts'))
