/** Locks that processes put on files (flock): whoever has the file open holds them, until that is closed for good. */
import type { Process, Stream } from '../processes/process.ts'
import { Queue } from '../processes/streams.ts'

export type LockMode = 'shared' | 'exclusive'

interface Lock {
  mode: LockMode
  /** Opened files, of which a process and its children may share one. */
  readonly holders: Set<object>
  readonly waiting: Queue
}

/** By the file itself: two names of one file are one lock. */
const locks = new WeakMap<object, Lock>()

/** @returns whether it was given; one that is held already changes its mode */
function take(file: object, holder: Stream, mode: LockMode): boolean {
  holder.whenClosed = () => unlockFile(file, holder)
  const lock = locks.get(file)
  if (!lock?.holders.size) {
    locks.set(file, { mode, holders: new Set([holder]), waiting: lock?.waiting ?? new Queue() })
    return true
  }
  const others = lock.holders.size > (lock.holders.has(holder) ? 1 : 0)
  if (others && (mode === 'exclusive' || lock.mode === 'exclusive')) return false
  lock.mode = mode
  lock.holders.add(holder)
  if (mode === 'shared') lock.waiting.wake()
  return true
}

/**
 * Waits for a lock.
 * @param holder the opened file @param until when it gives up, in virtual milliseconds; absent: never
 * @returns whether it was given @throws Errno EINTR at a signal
 */
export async function lockFile(
  process: Process,
  file: object,
  holder: Stream,
  mode: LockMode,
  until?: number,
): Promise<boolean> {
  while (!take(file, holder, mode)) {
    if (until !== undefined && process.clock.now() >= until) return false
    await process.block<void>(wake => {
      const { clock } = process
      const timer = until === undefined ? undefined : clock.after(until - clock.now(), () => giveUp(wake))
      const stop = (): void => {
        if (timer !== undefined) clock.cancel(timer)
      }
      const leave = locks.get(file)!.waiting.wait(() => {
        stop()
        wake()
      })
      const giveUp = (go: () => void): void => {
        leave()
        go()
      }
      return () => giveUp(stop)
    })
  }
  return true
}

/** What nobody holds is left as it is. */
export function unlockFile(file: object, holder: object): void {
  const lock = locks.get(file)
  if (lock?.holders.delete(holder)) lock.waiting.wake()
}
