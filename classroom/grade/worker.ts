/** One thread that grades. */
import { parentPort } from 'node:worker_threads'
import { gradeSession, type Job } from './session.ts'

parentPort?.on('message', (job: Job) => void gradeSession(job).then(lines => parentPort?.postMessage(lines)))
