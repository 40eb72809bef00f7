/** Moments of a session that one can go back to. */
import { expect, test } from 'vitest'
import type { Event } from '../../../sandbox/api/types.ts'
import { deeds, Happened, inOrder } from './moments.ts'

test('a line typed letter by letter is one deed, at the moment of Enter', () => {
  const typed = [...'kubectl gex'].map((data, i) => ({
    at: i,
    input: { type: 'terminal', terminal: 0, data } as const,
  }))
  const rest = ['\x7f', 't pods', '\x1b[A', '\r'].map((data, i) => ({
    at: 20 + i,
    input: { type: 'terminal', terminal: 0, data } as const,
  }))
  expect(deeds([...typed, ...rest])).toEqual([{ at: 23, kind: 'deed', text: '$ kubectl get pods' }])
})

test('buttons, files and faults are deeds; sizes and empty lines are not', () => {
  expect(
    deeds([
      { at: 1, input: { type: 'open', terminal: 0, columns: 80, rows: 24 } },
      { at: 2, input: { type: 'resize', terminal: 0, columns: 90, rows: 24 } },
      { at: 3, input: { type: 'terminal', terminal: 0, data: '\r' } },
      { at: 4, input: { type: 'file', path: 'pod.yaml', text: 'a' } },
      { at: 5, input: { type: 'command', terminal: 0, line: 'kubectl apply -f pod.yaml' } },
      { at: 6, input: { type: 'fault', command: 'node stop worker-1' } },
    ]).map(m => m.text),
  ).toEqual(['✎ pod.yaml', '$ kubectl apply -f pod.yaml', 'podlab node stop worker-1'])
})

const event = (uid: string, count: number, second: number, type = 'Normal') =>
  ({
    metadata: { uid },
    type,
    count,
    reason: 'Started',
    involvedObject: { kind: 'Pod', name: 'web' },
    lastTimestamp: `2026-01-05T09:00:0${second}Z`,
  }) as Event

test('an event seen again is another moment; what a branch has cut off is forgotten', () => {
  const happened = new Happened()
  happened.see([event('a', 1, 1)])
  happened.see([event('a', 1, 1), event('a', 2, 5, 'Warning')])
  expect(happened.all().map(m => m.kind)).toEqual(['event', 'warning'])
  happened.forgetAfter(Date.parse('2026-01-05T09:00:03Z'))
  expect(happened.all()).toHaveLength(1)
  expect(inOrder([{ at: 9, kind: 'deed', text: 'b' }], [{ at: 3, kind: 'deed', text: 'a' }]).map(m => m.text)).toEqual([
    'a',
    'b',
  ])
})
