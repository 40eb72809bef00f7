/** Submissions, verified in threads: whatever is in them, the server goes on. */
import { join } from 'node:path'
import { LARGEST_BYTES } from './submission.ts'
import { createThreads, type Limits } from './threads.ts'
import type { Expected, Verdict } from './verify.ts'
import type { Job } from './worker.ts'

export interface Verifier {
  /**
   * @param text JSON as it was handed in
   * @throws ThreadsClosed
   */
  verify(text: string, expected: Expected): Promise<Verdict>
  close(): Promise<void>
}

export function createVerifier(limits?: Limits): Verifier {
  const threads = createThreads<Job, Verdict>(join(import.meta.dirname, 'worker.ts'), limits)
  return {
    async verify(text, expected) {
      if (Buffer.byteLength(text) > LARGEST_BYTES)
        return { verified: false, refusal: 'too-large', detail: `over ${LARGEST_BYTES} bytes` }
      const outcome = await threads.run({ text, expected })
      return 'answer' in outcome ? outcome.answer : { verified: false, refusal: outcome.ended, detail: outcome.detail }
    },
    close: threads.close,
  }
}
