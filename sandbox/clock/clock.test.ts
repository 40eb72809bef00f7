/** Virtual time: order, instants, and coroutines that block. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Clock, type Timer } from './clock.ts'
import { Random } from './random.ts'

describe('the clock', () => {
  it('runs what is due in order of time, then of request', async () => {
    const clock = new Clock(0)
    const seen: string[] = []
    clock.after(20, () => void seen.push(`b@${clock.now()}`))
    clock.after(10, () => void seen.push(`a@${clock.now()}`))
    clock.after(20, () => void seen.push(`c@${clock.now()}`))
    await clock.advance(20)
    expect(seen).toEqual(['a@10', 'b@20', 'c@20'])
  })

  it('goes on after a wait for what is no number', async () => {
    const clock = new Clock()
    const seen: string[] = []
    clock.after(Number.NaN, () => void seen.push('not a number'))
    clock.after(10, () => void seen.push('ten'))
    await clock.advance(20)
    expect(seen).toEqual(['not a number', 'ten'])
  })

  it('finishes an instant before it moves on', async () => {
    const clock = new Clock(0)
    const seen: number[] = []
    clock.after(5, () => {
      clock.soon(() => clock.soon(() => void seen.push(clock.now())))
    })
    clock.after(6, () => void seen.push(clock.now()))
    await clock.advance(10)
    expect(seen).toEqual([5, 6])
  })

  it('waits for a coroutine to block before time goes on', async () => {
    const clock = new Clock(0)
    const seen: string[] = []
    clock.after(1, async () => {
      for (let i = 0; i < 5; i++) await Promise.resolve()
      seen.push(`coroutine@${clock.now()}`)
    })
    clock.after(2, () => void seen.push('next'))
    await clock.advance(3)
    expect(seen).toEqual(['coroutine@1', 'next'])
  })

  it('steps to the next event and passes over housekeeping', async () => {
    const clock = new Clock(0)
    let leases = 0
    const renew = (): void => {
      leases++
      clock.after(10, renew, { quiet: true })
    }
    clock.after(10, renew, { quiet: true })
    clock.after(35, () => {})
    expect(await clock.step()).toBe(true)
    expect(clock.now()).toBe(35)
    expect(leases).toBe(3)
    expect(await clock.step()).toBe(false)
    expect(clock.now()).toBe(35)
  })

  it('forgets a cancelled timer', async () => {
    const clock = new Clock(0)
    const timer = clock.after(1, () => {
      throw new Error('cancelled')
    })
    clock.cancel(timer)
    await clock.advance(10)
    expect(clock.nextEventAt()).toBeUndefined()
  })

  it('gives one jump what it gives many steps', async () => {
    const play = async (delays: number[], steps: number[]): Promise<string[]> => {
      const clock = new Clock(0)
      const log: string[] = []
      delays.forEach((delay, i) => {
        const again = (): void => {
          log.push(`${i}@${clock.now()}`)
          if (log.length < 500) clock.after(delay, again)
        }
        clock.after(delay, again)
      })
      for (const step of steps) await clock.advance(step)
      return log
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 8 }),
        fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 10 }),
        async (delays, steps) => {
          const jump = await play(delays, [steps.reduce((a, b) => a + b, 0)])
          expect(await play(delays, steps)).toEqual(jump)
        },
      ),
    )
  })

  it('keeps the order of many timers of the same and of other instants, whoever is cancelled', async () => {
    const delays = fc.constantFrom(0, 1, 1.5, 2, 63, 64, 65, 128, 129, 1000)
    const step = fc.record({
      delay: delays,
      inner: fc.option(delays),
      cancels: fc.option(fc.nat(30)),
      moves: fc.nat(70),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
        const clock = new Clock(0)
        const timers: { timer: Timer; order: number; ran: boolean; cancelled: boolean }[] = []
        const ran: { at: number; order: number }[] = []
        const add = (delay: number, inner: number | null): void => {
          const own = { order: timers.length, ran: false, cancelled: false, timer: undefined as unknown as Timer }
          timers.push(own)
          own.timer = clock.after(delay, () => {
            expect(clock.now()).toBe(own.timer.at)
            own.ran = true
            ran.push({ at: clock.now(), order: own.order })
            if (inner !== null) add(inner, null)
          })
        }
        for (const { delay, inner, cancels, moves } of steps) {
          add(delay, inner)
          const victim = cancels === null ? undefined : timers[cancels]
          if (victim && !victim.ran) {
            clock.cancel(victim.timer)
            victim.cancelled = true
          }
          if (moves > 50) await clock.advance(moves - 50)
          const waiting = timers.filter(t => !t.ran && !t.cancelled).map(t => t.timer.at)
          expect(clock.nextEventAt()).toBe(waiting.length ? Math.min(...waiting) : undefined)
        }
        await clock.advance(5000)
        expect(ran).toEqual(ran.toSorted((a, b) => a.at - b.at || a.order - b.order))
        expect(timers.every(t => t.ran !== t.cancelled)).toBe(true)
      }),
    )
  })
})

describe('seeded chance', () => {
  it('repeats itself for the same seed, and only then', () => {
    const draw = (seed: string): string => new Random(seed).hex(64)
    expect(draw('a')).toBe(draw('a'))
    expect(draw('a')).not.toBe(draw('b'))
    expect(new Random('a').fork('x').hex(16)).not.toBe(new Random('a').fork('y').hex(16))
  })

  it('writes names and ids as Kubernetes does', () => {
    const random = new Random(1)
    expect(random.suffix()).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{5}$/)
    expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  it('draws integers evenly', () => {
    const random = new Random('even')
    const count = new Array<number>(10).fill(0)
    for (let i = 0; i < 10_000; i++) count[random.int(10)]!++
    for (const n of count) expect(n).toBeGreaterThan(850)
  })
})
