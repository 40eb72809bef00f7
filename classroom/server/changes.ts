/** Tells open boards that something in their class has changed, in whichever instance it happened. */
import type { Db } from '../db/db.ts'
import { CHANNEL } from '../domain/work.ts'

export interface Changes {
  /** Calls back at most once every `GATHER_MS`. @returns how to stop */
  watch(classId: string, changed: () => void): () => void
}

/** A class of hundreds changes all the time; a board need not be redrawn for each of them. */
const GATHER_MS = 500

export async function createChanges(db: Db): Promise<Changes> {
  const watchers = new Map<string, Set<() => void>>()
  await db.listen(CHANNEL, classId => {
    for (const tell of watchers.get(classId) ?? []) tell()
  })
  return {
    watch(classId, changed) {
      let timer: ReturnType<typeof setTimeout> | undefined
      const tell = (): void => {
        timer ??= setTimeout(() => {
          timer = undefined
          changed()
        }, GATHER_MS)
      }
      const all = watchers.get(classId) ?? new Set()
      watchers.set(classId, all.add(tell))
      return () => {
        clearTimeout(timer)
        all.delete(tell)
        if (all.size === 0) watchers.delete(classId)
      }
    },
  }
}
