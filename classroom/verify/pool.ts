/** Submissions, verified in processes of their own: whatever is in them, the server goes on. */
import { join } from 'node:path'
import { LARGEST_BYTES } from './submission.ts'
import type { Expected, Verdict } from './verify.ts'
import type { Job } from './worker.ts'
import { createWorkers, type Limits } from './workers.ts'

export interface Verifier {
  /**
   * @param text JSON as it was handed in
   * @throws WorkersClosed
   */
  verify(text: string, expected: Expected): Promise<Verdict>
  close(): Promise<void>
}

export function createVerifier(limits?: Limits): Verifier {
  const workers = createWorkers<Job, Verdict>(join(import.meta.dirname, 'worker.ts'), limits)
  return {
    async verify(text, expected) {
      if (Buffer.byteLength(text) > LARGEST_BYTES)
        return { verified: false, refusal: 'too-large', detail: `over ${LARGEST_BYTES} bytes` }
      const outcome = await workers.run({ text, expected })
      return 'answer' in outcome ? outcome.answer : { verified: false, refusal: outcome.ended, detail: outcome.detail }
    },
    close: workers.close,
  }
}
