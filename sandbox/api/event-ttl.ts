/** Events are kept for an hour after their last change, as by kube-apiserver's --event-ttl. */
import type { Clock } from '../clock/clock.ts'
import type { Store } from '../store/store.ts'
import { isNotFound } from './status.ts'

const TTL_MS = 3_600_000

export function expireEvents(store: Store, clock: Clock): void {
  /** In the order of their last change, since a key is put at the end by every change. */
  const due = new Map<string, number>()
  let waiting = false
  const wait = (): void => {
    const first = due.values().next()
    if (waiting || first.done) return
    waiting = true
    clock.after(first.value - clock.now(), sweep, { quiet: true })
  }
  const sweep = (): void => {
    waiting = false
    for (const [key, at] of due) {
      if (at > clock.now()) break
      due.delete(key)
      const [namespace, name] = key.split('/') as [string, string]
      try {
        store.remove('events', namespace, name)
      } catch (error) {
        if (!isNotFound(error)) throw error
      }
    }
    wait()
  }
  store.watch('events', { since: 0 }, ({ type, object }) => {
    const key = `${object.metadata.namespace}/${object.metadata.name}`
    due.delete(key)
    if (type === 'DELETED') return
    due.set(key, clock.now() + TTL_MS)
    wait()
  })
}
