/** One process that grades. */
import { gradeSession, type Job } from './session.ts'

process.on('message', (job: Job) => void gradeSession(job).then(lines => process.send?.(lines)))
