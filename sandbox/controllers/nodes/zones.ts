/** Counts of ready nodes by zone, kept up to date change by change. */
import type { WatchEvent } from '../../api/client.ts'
import type { Node } from '../../api/types.ts'

/** So large a part of a zone that is gone means that the fault is more likely on this side. */
const UNHEALTHY_SHARE = 0.55

export type Disruption = 'none' | 'zone' | 'everywhere'

export const readyOf = (node: Node): string | undefined => node.status.conditions?.find(c => c.type === 'Ready')?.status

export const zoneOf = ({ metadata: { labels } }: Node): string =>
  `${labels?.['topology.kubernetes.io/region'] ?? ''}:${labels?.['topology.kubernetes.io/zone'] ?? ''}`

interface Place {
  zone: string
  ready: boolean
}

export class Zones {
  readonly #places = new Map<string, Place>()
  readonly #counts = new Map<string, { ready: number; notReady: number }>()
  #ready = 0

  note({ type, object }: WatchEvent<Node>): void {
    const { name } = object.metadata
    const before = this.#places.get(name)
    const now = type === 'DELETED' ? undefined : { zone: zoneOf(object), ready: readyOf(object) === 'True' }
    if (before && now && before.zone === now.zone && before.ready === now.ready) return
    if (before) this.#count(before, -1)
    if (!now) {
      this.#places.delete(name)
      return
    }
    this.#places.set(name, now)
    this.#count(now, 1)
  }

  #count({ zone, ready }: Place, sign: 1 | -1): void {
    let counts = this.#counts.get(zone)
    if (!counts) this.#counts.set(zone, (counts = { ready: 0, notReady: 0 }))
    counts[ready ? 'ready' : 'notReady'] += sign
    if (ready) this.#ready += sign
  }

  /** When most of a zone is gone, emptying its nodes would do harm. */
  disruptionOf(node: Node): Disruption {
    if (readyOf(node) === 'True') return 'none'
    if (!this.#ready) return 'everywhere'
    const { ready, notReady } = this.#counts.get(zoneOf(node))!
    return notReady > 2 && notReady / (ready + notReady) >= UNHEALTHY_SHARE ? 'zone' : 'none'
  }
}
