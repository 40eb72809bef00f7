/** One session that was exported, played again: which exercises were solved in it. */
import { replaySession } from '../../sandbox/scenario/create.ts'
import type { SessionRecord } from '../../sandbox/scenario/session.ts'
import type { Claims, Gradable, Line } from './grade.ts'

export interface Job {
  file: string
  record: SessionRecord
  claims: Claims | undefined
  lesson: Gradable
}

export async function gradeSession({ file, record, claims, lesson }: Job): Promise<Line[]> {
  const { world, due } = lesson
  const counted = lesson.counted ?? world.exercises.map(e => e.id)
  const share = counted.length ? (lesson.points ?? counted.length) / counted.length : 0
  const solved = await momentsSolved(record, claims, lesson)
  return world.exercises.map(({ id }) => {
    const claim = claims?.solved?.[id]
    const claimed = claim !== undefined || claims?.passed.includes(id)
    const at = solved.get(id)
    const verified = typeof at === 'number'
    const on = Date.parse(claim?.on ?? '')
    return {
      file,
      lesson: world.id,
      exercise: id,
      solved: verified ? 'yes' : claimed ? 'does not verify' : 'no',
      when: claim?.on ?? '',
      late: !verified || due === undefined || Number.isNaN(on) ? '' : on >= due ? 'yes' : 'no',
      minutes: verified ? Math.round((at - record.start) / 6000) / 10 : null,
      hints: claim?.hints ?? null,
      points: counted.includes(id) ? (verified ? share : 0) : null,
      note: verified ? '' : (at ?? (claimed ? 'its checks do not pass' : '')),
    }
  })
}

/**
 * Exercise → the moment at which its checks pass, or why that could not be found out. Each is looked at where it was said to be
 * solved; else at the end, where later exercises may have undone it.
 */
async function momentsSolved(
  record: SessionRecord,
  claims: Claims | undefined,
  { world }: Gradable,
): Promise<Map<string, number | string>> {
  const found = new Map<string, number | string>()
  const claimedAt = (id: string): number | undefined => {
    const at = claims?.solved?.[id]?.at
    return at === undefined ? undefined : Math.min(Math.max(at, record.start), record.end)
  }
  const moments = new Set([...world.exercises.flatMap(e => claimedAt(e.id) ?? []), record.end])
  // Played once for each moment, however many exercises are looked at there.
  for (const moment of [...moments].sort((a, b) => a - b)) {
    const open = world.exercises.filter(
      ({ id }) => typeof found.get(id) !== 'number' && [claimedAt(id), record.end].includes(moment),
    )
    if (open.length === 0) continue
    try {
      const session = await replaySession(record, world, moment)
      for (const { id } of open) {
        const checks = await session.check(id)
        if (checks.length > 0 && checks.every(c => c.passed)) found.set(id, moment)
      }
    } catch (error) {
      for (const { id } of open) found.set(id, (error as Error).message)
    }
  }
  return found
}
