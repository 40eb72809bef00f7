/** Makes sessions: new ones, and those of a record played again. */

import { LiveSession, type RealMachine } from './live-session.ts'
import { optionsOf, replayInto } from './replay.ts'
import type { LessonWorld, SessionOptions, SessionRecord } from './session.ts'

/** @param real where containers of Node images run; such a world's record does not give the same history again */
export async function createSession(options: SessionOptions, real?: RealMachine): Promise<LiveSession> {
  const session = new LiveSession(options, real, original => replaySession(original.record(), options.lesson))
  await session.prepare()
  return session
}

/**
 * A record played again: the same inputs at the same virtual times, and so the same history.
 * @param until virtual time to stop at; an earlier one than the record's end turns back time
 */
export async function replaySession(
  record: SessionRecord,
  lesson: LessonWorld | undefined,
  until = record.end,
): Promise<LiveSession> {
  const session = await createSession(optionsOf(record, lesson))
  await replayInto(session, record, { until })
  return session
}
