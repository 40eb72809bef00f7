/** Managed fields: needed for requests of clients only, whose writes are recorded. */
import { part } from '../../parts.ts'

export const managedFields = part('the keeping of managed fields', () => import('./managed-fields.ts'))
