/** limit_req and limit_conn: how much one key may ask for. */
import type { Zone } from './config.ts'
import type { Exchange } from './exchange.ts'

export class Limits {
  readonly #zones: ReadonlyMap<string, Zone>
  /** Requests above the rate, by zone and key: a bucket that leaks. */
  readonly #buckets = new Map<string, { excess: number; at: number }>()
  readonly #active = new Map<string, number>()
  constructor(zones: ReadonlyMap<string, Zone>) {
    this.#zones = zones
  }

  /** How long a request has to wait; undefined: it is refused. */
  delayOf(x: Exchange): number | undefined {
    const now = x.process.clock.now()
    let longest = 0
    for (const { zone, burst, delay } of x.scope.limits) {
      const { key, perSecond } = this.#zones.get(zone)!
      const value = key.of(x)
      // A key that is empty is not counted.
      if (!value) continue
      const name = `${zone} ${value}`
      const bucket = this.#buckets.get(name)
      const excess = bucket ? Math.max(0, bucket.excess - ((now - bucket.at) / 1000) * perSecond + 1) : 0
      if (excess > burst) {
        x.note('error', `limiting requests, excess: ${excess.toFixed(3)} by zone "${zone}"`)
        return undefined
      }
      this.#buckets.set(name, { excess, at: now })
      if (excess <= delay) continue
      x.note('warn', `delaying request, excess: ${excess.toFixed(3)}, by zone "${zone}"`)
      longest = Math.max(longest, ((excess - delay) / perSecond) * 1000)
    }
    return longest
  }

  /** Counts a request that is being answered. @returns what is to be called when it has been; undefined: it is refused */
  enter(x: Exchange): (() => void) | undefined {
    const entered: string[] = []
    const leave = (): void => {
      for (const name of entered.splice(0)) this.#active.set(name, this.#active.get(name)! - 1)
    }
    for (const { zone, most } of x.scope.connectionLimits) {
      const value = this.#zones.get(zone)!.key.of(x)
      if (!value) continue
      const name = `${zone} ${value}`
      const now = this.#active.get(name) ?? 0
      if (now >= most) {
        leave()
        x.note('error', `limiting connections by zone "${zone}"`)
        return undefined
      }
      this.#active.set(name, now + 1)
      entered.push(name)
    }
    return leave
  }
}
