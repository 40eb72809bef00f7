/** Sessions of random keys in busybox's own vi (1.36.1, built with the image's settings), and in ours: what the files hold and the screen shows. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { play, type Session, screenOf } from './testing.ts'

interface Recorded extends Session {
  /** null: it was still open. */
  code: number | null
  after: Record<string, string>
  /** What stood on the terminal, where the editor had not ended. */
  screen: ReturnType<typeof screenOf> | null
}

const recorded: Recorded[] = JSON.parse(readFileSync(join(import.meta.dirname, 'vi.golden.json'), 'utf8'))

it.each(recorded.map((session, number) => [number, session] as const))('session %i', async (_, session) => {
  const { output, code, after } = await play(session)
  const resized = session.keys.findLast(press => typeof press !== 'string')
  const [columns, rows] = resized ?? [session.columns, session.rows]
  expect({ code, after }).toEqual({ code: session.code, after: session.after })
  if (session.screen) expect(screenOf(output, columns, rows)).toEqual(session.screen)
})
