/** Keeps a lesson's work in the browser, and lets only one tab at a time do so. */
import type { SessionRecord } from '../../../sandbox/scenario/session.ts'
import { onStorageFailed, read, remove, write } from '../page/keep.ts'

export interface Work {
  files: Record<string, string>
  active?: string
  record?: SessionRecord
}

export interface Keeping {
  load(): Promise<Work | undefined>
  /** Saves soon; `work` is asked when it is time. */
  saveSoon(): void
  saveNow(): Promise<void>
  forget(): Promise<void>
  /** Makes this tab the one that saves. */
  own(): void
  /** Nothing is saved while what is shown is not the reader's own. */
  hold(held: boolean): void
}

const DELAY_MS = 500

export function createKeeping(lesson: string, work: () => Work, told: { unkept(): void; elsewhere(): void }): Keeping {
  const key = ['work', lesson] as const
  let owner = false
  let held = false
  let timer: ReturnType<typeof setTimeout> | undefined
  onStorageFailed(told.unkept)

  const saveNow = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    if (owner && !held) await write(key, work())
  }
  const own = (): void => {
    owner = true
    // Web Locks are missing outside secure contexts; there the last writer wins.
    if (!navigator.locks) return
    navigator.locks
      .request(`podlab:${lesson}`, { steal: true }, () => new Promise<never>(() => {}))
      .catch(() => {
        // Another tab took it over.
        owner = false
        told.elsewhere()
      })
  }
  addEventListener('pagehide', () => void saveNow())
  document.addEventListener('visibilitychange', () => document.hidden && void saveNow())
  return {
    load: () => read<Work>(key),
    saveSoon() {
      timer ??= setTimeout(() => void saveNow(), DELAY_MS)
    },
    saveNow,
    forget: async () => {
      if (owner) await remove(key)
    },
    own,
    hold(now) {
      held = now
    },
  }
}
