/** One thread that verifies: whatever a record does to it, the server goes on. */
import { parentPort } from 'node:worker_threads'
import { type Expected, verify } from './verify.ts'

export interface Job {
  value: unknown
  expected: Expected
}

parentPort?.on('message', ({ value, expected }: Job) => {
  void verify(value, expected).then(verdict => parentPort?.postMessage(verdict))
})
