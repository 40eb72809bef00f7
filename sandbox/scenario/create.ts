/** Makes sessions: new ones, and those of a record played again. */

import { LiveSession, type RealMachine } from './live-session.ts'
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
  if (record.version !== 1) throw new Error(`a record of version ${record.version} cannot be read`)
  const session = await createSession({
    seed: record.seed,
    start: record.start,
    nodes: record.nodes,
    ...(record.metricsServer && { metricsServer: true }),
    ...(record.storageClass && { storageClass: true }),
    ...(lesson && { lesson }),
  })
  for (const { at, input } of record.inputs) {
    if (at > until) break
    if (at > session.now) await session.advance(at - session.now)
    // What was refused then is refused again.
    await session.dispatch(input).catch(() => {})
  }
  if (until > session.now) await session.advance(until - session.now)
  return session
}
