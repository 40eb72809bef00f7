/** Keeps a lesson's work in the browser, and lets only one tab at a time do so. */
import type { SessionRecord } from '../../../sandbox/scenario/session.ts'
import { keptAs, onStorageFailed, read, remove, write } from '../page/keep.ts'
import { soundJoined, soundRest, soundWork } from './sound.ts'
import { createShelf, joined, type Kept, unsaved } from './unsaved.ts'

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

interface Means {
  /** What is to be kept; of who leaves, with what has only just been typed. */
  work(leaving: boolean): Work
  unkept(): void
  elsewhere(): void
}

export function createKeeping(lesson: string, { work, unkept, elsewhere }: Means): Keeping {
  const key = ['work', lesson] as const
  const shelf = createShelf(lesson, keptAs())
  let owner = false
  let held = false
  /** What is kept, as far as it is known here, and the stamps of what is being written. */
  let kept: Kept | undefined
  const writing = new Set<string>()
  let loaded = false
  let timer: ReturnType<typeof setTimeout> | undefined
  onStorageFailed(unkept)

  const save = async (now: Work): Promise<void> => {
    const next: Kept = { ...now, stamp: `${Date.now()} ${Math.random()}` }
    writing.add(next.stamp)
    // It gives back the key, unless it could not be written.
    const done = await write(key, next)
    writing.delete(next.stamp)
    if (done === undefined) return
    kept = next
    shelf.clear()
  }
  /** A record that is still being played is not forgotten. */
  const present = (leaving: boolean): Work => ({ ...(kept?.record && { record: kept.record }), ...work(leaving) })
  /** What is there before it has been loaded is nobody's work. */
  const mine = (): boolean => owner && loaded && !held
  const saveNow = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    if (mine()) await save(present(false))
  }
  const leave = (): void => {
    if (!mine()) return
    clearTimeout(timer)
    timer = undefined
    const now = present(true)
    const rest = unsaved(kept, now, writing)
    if (!rest) return
    shelf.put(rest)
    void save(now)
  }
  const own = (): void => {
    owner = true
    // Web Locks are missing outside secure contexts; there the last writer wins.
    if (!navigator.locks) return
    navigator.locks
      .request(`${keptAs()}:${lesson}`, { steal: true }, () => new Promise<never>(() => {}))
      .catch(() => {
        // Another tab took it over.
        owner = false
        elsewhere()
      })
  }
  addEventListener('pagehide', leave)
  document.addEventListener('visibilitychange', () => document.hidden && leave())
  return {
    async load() {
      kept = soundWork(await read(key))
      const rest = soundRest(shelf.look())
      const work = rest && soundJoined(joined(kept, rest), kept)
      if (work) await save(work)
      else shelf.clear()
      loaded = true
      return work ?? kept
    },
    saveSoon() {
      timer ??= setTimeout(() => void saveNow(), DELAY_MS)
    },
    saveNow,
    async forget() {
      if (!owner) return
      await remove(key)
      kept = undefined
      shelf.clear()
    },
    own,
    hold(now) {
      held = now
    },
  }
}
