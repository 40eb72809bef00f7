/** Replays records: a session with the same options, and the same inputs at the same virtual times, has the same history. */
import type { Input, LessonWorld, Session, SessionOptions, SessionRecord } from './session.ts'

/** The options of the session that a record is of. @throws Error for a record of another version */
export function optionsOf(record: SessionRecord, lesson: LessonWorld | undefined): SessionOptions {
  if (record.version !== 1) throw new Error(`a record of version ${record.version} cannot be read`)
  return {
    seed: record.seed,
    start: record.start,
    nodes: record.nodes,
    ...(record.metricsServer && { metricsServer: true }),
    ...(record.storageClass && { storageClass: true }),
    ...(lesson && { lesson }),
  }
}

interface Replaying {
  /** Virtual time to stop at; an earlier one than the record's end turns back time. */
  until?: number
  /** Lets virtual milliseconds pass; a host may show progress meanwhile. */
  advance?(ms: number): Promise<void>
  /** Applies an input. Without it, what was refused when it was recorded is refused again, and no error. */
  dispatch?(input: Input): Promise<void>
}

/** Plays a record's inputs into a new session that was made with `optionsOf` it. */
export async function replayInto(
  session: Pick<Session, 'now' | 'advance' | 'dispatch'>,
  record: SessionRecord,
  {
    until = record.end,
    advance = ms => session.advance(ms),
    dispatch = input => session.dispatch(input).catch(() => {}),
  }: Replaying = {},
): Promise<void> {
  for (const { at, input } of record.inputs) {
    if (at > until) break
    if (at > session.now) await advance(at - session.now)
    await dispatch(input)
  }
  if (until > session.now) await advance(until - session.now)
}
