/** A file with everything that somebody has done, as `export.ts` writes it, and what of it is taken over where something is already. */
import { checked } from '../workbench/share.ts'
import { bothHinted, noProgress, type Progress, progressOf } from './progress.ts'

export interface Exported {
  lesson: string
  work?: { record: ReturnType<typeof checked>['record']; files: Record<string, string> }
  progress: Progress
}

const MOST_CHARACTERS = 64 * 1024 * 1024

/**
 * @param course whose page reads it; undefined for Podlab's own
 * @throws when it is no such file, or of another course
 */
export function readExported(text: string, course: string | undefined): Exported[] {
  if (text.length > MOST_CHARACTERS) throw new Error('too big')
  const value = JSON.parse(text) as { format?: unknown; version?: unknown; course?: unknown; sessions?: unknown }
  const { format, version, sessions } = value ?? {}
  if (format !== 'podlab-progress' || version !== 1 || !Array.isArray(sessions)) throw new Error('not exported by us')
  if ((value.course ?? undefined) !== course) throw new Error('of another course')
  return (sessions as Record<string, unknown>[]).map(session => {
    const { lesson, record } = session
    if (typeof lesson !== 'string' || lesson.includes('#')) throw new Error('not exported by us')
    const progress = progressOf(session.progress) ?? noProgress()
    if (record === undefined) return { lesson, progress }
    const work = checked({ record, files: session.files })
    if (work.record.lesson !== lesson) throw new Error('not exported by us')
    return { lesson, work: { record: work.record, files: work.files }, progress }
  })
}

/**
 * What is here stays, and what comes is added.
 * @param sameWork whether the work of the file is what is here now; otherwise its moments belong to another session
 */
export function merged(here: Progress | undefined, { progress }: Exported, sameWork: boolean): Progress {
  const own = here ?? noProgress()
  const hinted = bothHinted(own.hinted, progress.hinted)
  const solved = { ...(sameWork && progress.solved), ...own.solved }
  return {
    passed: [...new Set([...own.passed, ...progress.passed])],
    ...(Object.keys(solved).length > 0 && { solved }),
    ...(Object.keys(hinted).length > 0 && { hinted }),
    answers: { ...progress.answers, ...own.answers },
    opened: own.opened || progress.opened,
  }
}
