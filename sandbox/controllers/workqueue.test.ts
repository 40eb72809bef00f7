/** The work queue of controllers. */
import { describe, expect, it } from 'vitest'
import { Clock } from '../clock/clock.ts'
import { RequestAllowance } from './allowance.ts'
import { WorkQueue } from './workqueue.ts'

describe('a work queue', () => {
  it('works a key off once, however often it is added before its turn', async () => {
    const clock = new Clock(0)
    const seen: string[] = []
    const queue = new WorkQueue(clock, key => seen.push(key))
    queue.add('a')
    queue.add('b')
    queue.add('a')
    await clock.settle()
    expect(seen).toEqual(['a', 'b'])
  })

  it('lets time pass though a controller undoes its own work for ever', async () => {
    const clock = new Clock(0)
    const runs = new Map<number, number>()
    const queue = new WorkQueue(clock, key => {
      runs.set(clock.now(), (runs.get(clock.now()) ?? 0) + 1)
      queue.add(key)
    })
    queue.add('wild')
    await clock.advance(20_000)
    expect([...runs.keys()]).toEqual([0, 1000, 3000, 7000, 15_000])
  })

  it('brings back a key that was put off, and the others meanwhile', async () => {
    const clock = new Clock(0)
    let wild = true
    const calm: number[] = []
    const queue = new WorkQueue(clock, key => {
      if (key === 'other') return
      if (wild) queue.add(key)
      else calm.push(clock.now())
    })
    queue.add('a')
    await clock.advance(500)
    wild = false
    queue.add('a')
    queue.add('other')
    await clock.advance(1500)
    queue.add('a')
    await clock.settle()
    expect(calm).toEqual([1000, 2000])
  })

  it('holds keys while the client may send nothing, each once and in their order', async () => {
    const clock = new Clock(0)
    const allowance = new RequestAllowance(clock)
    const seen: [string, number][] = []
    const work = (key: string): void => {
      seen.push([key, clock.now()])
      allowance.spend(2)
    }
    const queue = new WorkQueue(clock, work, undefined, allowance)
    allowance.spend(29)
    for (const key of ['a', 'b', 'c', 'b']) queue.add(key)
    await clock.advance(10_000)
    expect(seen).toEqual([
      ['a', 0],
      ['b', 100],
      ['c', 200],
    ])
  })

  it('owes no more than a burst, however much one look has asked for', async () => {
    const clock = new Clock(0)
    const allowance = new RequestAllowance(clock)
    allowance.spend(1000)
    expect(allowance.waitMs()).toBe(1550)
    await clock.advance(60_000)
    expect(allowance.waitMs()).toBe(0)
    allowance.spend(30)
    expect(allowance.waitMs()).toBe(50)
  })
})
