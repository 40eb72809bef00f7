/** CrashLoopBackOff and its delays. */
import { describe, expect, it } from 'vitest'
import { goDuration } from '../../api/formats/duration.ts'
import { Backoff } from './backoff.ts'

describe('back-off', () => {
  it('doubles from 10 s to 5 min', () => {
    const backoff = new Backoff()
    const waits: number[] = []
    for (let now = 0, i = 0; i < 7; i++, now += backoff.get('k')) {
      backoff.next('k', now)
      waits.push(backoff.get('k') / 1000)
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 300, 300])
  })

  it('holds from the end of the failed run on', () => {
    const backoff = new Backoff()
    backoff.next('k', 0)
    expect(backoff.isInBackOffSince('k', 5_000, 14_999)).toBe(true)
    expect(backoff.isInBackOffSince('k', 5_000, 15_000)).toBe(false)
    expect(backoff.isInBackOffSince('other', 0, 0)).toBe(false)
  })

  it('is forgotten after ten minutes without a failure', () => {
    const backoff = new Backoff()
    for (let i = 0; i < 5; i++) backoff.next('k', 0)
    expect(backoff.isInBackOffSince('k', 600_001, 600_002)).toBe(false)
    backoff.next('k', 600_001)
    expect(backoff.get('k')).toBe(10_000)
  })

  it('prints durations as Go does', () => {
    const printed = [0, 310, 1200, 10_000, 80_000, 300_000, 3_600_000].map(goDuration)
    expect(printed).toEqual(['0s', '310ms', '1.2s', '10s', '1m20s', '5m0s', '1h0m0s'])
  })
})
