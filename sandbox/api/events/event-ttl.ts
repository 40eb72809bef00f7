/** Events are kept for an hour after their last change, as by kube-apiserver's --event-ttl. */
import type { Clock } from '../../clock/clock.ts'
import type { Store, StoredObject } from '../../store/store.ts'
import { isNotFound } from '../status.ts'

const TTL_MS = 3_600_000

/** What was written at one instant. An event that has been changed since stands in a later group as well. */
interface Group {
  at: number
  events: StoredObject[]
}

export function expireEvents(store: Store, clock: Clock): void {
  let groups: Group[] = []
  let waiting = false
  const wait = (): void => {
    const first = groups[0]
    if (waiting || !first) return
    waiting = true
    clock.after(first.at - clock.now(), sweep, { quiet: true })
  }
  const sweep = (): void => {
    waiting = false
    const later = groups.findIndex(({ at }) => at > clock.now())
    const due = later < 0 ? groups : groups.slice(0, later)
    groups = later < 0 ? [] : groups.slice(later)
    for (const { events } of due) for (const event of events) remove(event)
    wait()
  }
  const remove = (event: StoredObject): void => {
    const { namespace = '', name } = event.metadata
    if (store.get('events', namespace, name) !== event) return
    try {
      store.remove('events', namespace, name)
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
  }
  store.watch('events', { since: 0 }, ({ type, object }) => {
    if (type === 'DELETED') return
    const at = clock.now() + TTL_MS
    const last = groups.at(-1)
    if (last?.at === at) last.events.push(object)
    else groups.push({ at, events: [object] })
    wait()
  })
}
