/** Past versions of objects, for checks that ask about the past. */
import { describe, expect, test } from 'vitest'
import { configMap } from '../../api/kinds/configmap.ts'
import { Store } from '../../store/store.ts'
import { Versions } from './versions.ts'

const MINUTE = 60_000
const DAY_MINUTES = 24 * 60

/** A ConfigMap's versions are numbered from 0. */
function world() {
  const store = new Store()
  let now = 0
  const versions = new Versions(store, [configMap], () => now)
  let n = 0
  return {
    change(times: number, everyMs: number): void {
      for (let i = 0; i < times; i++) {
        now += everyMs
        store.put('configmaps', { metadata: { name: 'c', uid: 'u', resourceVersion: '' }, n: n++ })
      }
    },
    kept: (): number[] => versions.of('configmaps').map(o => (o as unknown as { n: number }).n),
  }
}

const upTo = (end: number, length: number): number[] => Array.from({ length }, (_, i) => end - length + i)

describe('past versions of objects', () => {
  test('does not grow with the days', () => {
    const { change, kept } = world()
    change(10 * DAY_MINUTES, MINUTE)
    const after10 = kept().length
    expect(kept()).toEqual(upTo(10 * DAY_MINUTES, after10))
    expect(after10).toBeGreaterThanOrEqual(2000)
    expect(after10).toBeLessThanOrEqual(2500)
    change(10 * DAY_MINUTES, MINUTE)
    expect(kept().length).toBeLessThanOrEqual(2500)
  })

  test('is all of the last day, however much', () => {
    const { change, kept } = world()
    change(15_000, MINUTE / 30)
    expect(kept()).toEqual(upTo(15_000, 15_000))
    change(3 * DAY_MINUTES, MINUTE)
    expect(kept().length).toBeLessThanOrEqual(2500)
  })

  test('is not more than fits into a tab, even of one hour', () => {
    const { change, kept } = world()
    change(30_100, 100)
    expect(kept()).toEqual(upTo(30_100, kept().length))
    expect(kept().length).toBeGreaterThan(19_000)
    expect(kept().length).toBeLessThanOrEqual(20_000)
  })

  test('begins with the learner, for ever, where little happens', () => {
    const { change, kept } = world()
    change(1000, 100 * MINUTE)
    expect(kept()).toEqual(upTo(1000, 1000))
  })
})
