/** Events are kept for an hour after their last change, as by kube-apiserver's --event-ttl. */
import type { Clock } from '../clock/clock.ts'
import type { Store, StoredObject } from '../store/store.ts'
import { isNotFound } from './status.ts'

const TTL_MS = 3_600_000

export function expireEvents(store: Store, clock: Clock): void {
  /** By uid, in the order of their last change, since a key is put at the end by every change. */
  const due = new Map<string, { at: number; event: StoredObject }>()
  let waiting = false
  const wait = (): void => {
    const first = due.values().next()
    if (waiting || first.done) return
    waiting = true
    clock.after(first.value.at - clock.now(), sweep, { quiet: true })
  }
  const sweep = (): void => {
    waiting = false
    for (const [uid, { at, event }] of due) {
      if (at > clock.now()) break
      due.delete(uid)
      const { namespace = '', name } = event.metadata
      try {
        store.remove('events', namespace, name)
      } catch (error) {
        if (!isNotFound(error)) throw error
      }
    }
    wait()
  }
  store.watch('events', { since: 0 }, ({ type, object }) => {
    const { uid } = object.metadata
    due.delete(uid)
    if (type === 'DELETED') return
    due.set(uid, { at: clock.now() + TTL_MS, event: object })
    wait()
  })
}
