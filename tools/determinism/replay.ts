/** Plays records again and tells what history each came to; the same file runs in any Node and, bundled, in a browser. */
import { replaySession } from '../../sandbox/scenario/create.ts'
import type { SessionRecord } from '../../sandbox/scenario/session.ts'

export const replayed = async (record: SessionRecord): Promise<string> =>
  (await replaySession(record, undefined)).hash()

// As a program: a record a line comes in, a hash a line goes out.
if (import.meta.main) {
  const { createInterface } = await import('node:readline')
  for await (const line of createInterface({ input: process.stdin })) {
    const hash = await replayed(JSON.parse(line)).catch(error => `failed: ${error}`)
    process.stdout.write(`${hash}\n`)
  }
}
