/** The order in which Pods are deleted. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Pod } from '../api/types.ts'
import { byDeletionOrder, firstInOrder } from './pods.ts'

const NOW = Date.UTC(2026, 0, 5, 12)
const at = (secondsAgo: number): string => new Date(NOW - secondsAgo * 1000).toISOString()

interface Told {
  node?: string
  phase?: string
  /** Seconds since it has become ready. */
  ready?: number
  /** Seconds since it was made. */
  made?: number
  restarts?: number
  cost?: string
}

const podOf = (uid: string, { node = 'n', phase = 'Running', ready, made = 0, restarts = 0, cost }: Told): Pod =>
  ({
    metadata: {
      uid,
      creationTimestamp: at(made),
      ...(cost !== undefined && { annotations: { 'controller.kubernetes.io/pod-deletion-cost': cost } }),
    },
    spec: { nodeName: node },
    status: {
      phase,
      containerStatuses: [{ name: 'c', restartCount: restarts }],
      conditions:
        ready === undefined
          ? [{ type: 'Ready', status: 'False' }]
          : [{ type: 'Ready', status: 'True', lastTransitionTime: at(ready) }],
    },
  }) as unknown as Pod

describe('the order in which Pods are deleted', () => {
  it.each<[string, Told, Told]>([
    ['one that has no node', { node: '' }, {}],
    ['one that is pending', { phase: 'Pending' }, {}],
    ['one that is not ready', {}, { ready: 10 }],
    ['one that costs less', { ready: 10, cost: '-1' }, { ready: 10 }],
    ['one that became ready later', { ready: 1 }, { ready: 1000 }],
    ['one that restarted more often', { ready: 10, restarts: 3 }, { ready: 10, restarts: 1 }],
    ['one that was made later', { ready: 10, made: 10 }, { ready: 10, made: 5000 }],
    ['with all else the same the one of the smaller uid', { ready: 10, made: 11 }, { ready: 10, made: 12 }],
  ])('begins with %s', (_, first, second) => {
    const order = byDeletionOrder(NOW, () => 0)
    const [a, b] = [podOf('a', first), podOf('b', second)]
    expect(firstInOrder([b, a], 1, order)).toEqual([a])
    expect(firstInOrder([a, b], 2, order)).toEqual([a, b])
  })

  it('is found for the first few as by sorting all, those that are equal as they came', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat())), fc.nat(12), (all, count) => {
        const order = (a: [number, number], b: [number, number]): number => a[0] - b[0]
        expect(firstInOrder(all, count, order)).toEqual(all.toSorted(order).slice(0, count))
      }),
    )
  })
})
