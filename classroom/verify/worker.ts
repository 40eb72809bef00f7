/** One thread that verifies: whatever a record does to it, the server goes on. */
import { parentPort } from 'node:worker_threads'
import type { LessonWorld } from '../../sandbox/scenario/session.ts'
import { verify } from './verify.ts'

export interface Job {
  value: unknown
  lesson: LessonWorld | undefined
  seed: string | undefined
}

parentPort?.on('message', ({ value, lesson, seed }: Job) => {
  void verify(value, lesson, seed).then(verdict => parentPort?.postMessage(verdict))
})
