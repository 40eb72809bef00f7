/** One process that verifies. What was handed in is taken apart only here. */
import { type Expected, type Verdict, verify } from './verify.ts'

export interface Job {
  text: string
  expected: Expected
}

async function judge({ text, expected }: Job): Promise<Verdict> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { verified: false, refusal: 'malformed', detail: (error as Error).message }
  }
  return verify(value, expected)
}

process.on('message', (job: Job) => void judge(job).then(verdict => process.send?.(verdict)))
