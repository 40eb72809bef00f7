/** Records that were typed with the pauses of another record. */
import { expect, test } from 'vitest'
import type { SessionRecord } from '../../sandbox/scenario/session.ts'
import { alikeAmong, rhythmOf } from './similarity.ts'

/** Pauses of one's own. */
const pausesOf =
  (person: number) =>
  (key: number): number =>
    60 + ((Math.imul(key + 1 + person * 7919, 2654435761) >>> 8) % 260)

function typed(text: string, pause: (key: number) => number, begun = 5000): SessionRecord {
  let at = begun
  const inputs = [...text].map((data, i) => ({
    at: (at += pause(i)),
    input: { type: 'terminal' as const, terminal: 0, data },
  }))
  return { version: 1, lesson: 'a/1', seed: 's', start: 1000, nodes: ['n'], inputs, end: at }
}
const answer = 'kubectl run web --image=nginx\rkubectl get pods -w\r'
const ada = typed(answer, pausesOf(1))

test('the same commands are no sign; the same rhythm is, whenever it began', () => {
  const lin = typed(answer, pausesOf(2))
  const copied = typed(answer, pausesOf(1), 90_000)
  expect(alikeAmong([ada, lin, copied].map(rhythmOf))).toEqual([{ a: 0, b: 2, similarity: 1 }])
})

test('a part counts by the shorter; of long records the same runs are looked at', () => {
  const half = typed(answer.slice(0, 30), pausesOf(1))
  expect(alikeAmong([ada, half].map(rhythmOf))).toEqual([{ a: 0, b: 1, similarity: 1 }])
  const long = (person: number, more: string): SessionRecord => typed(answer.repeat(8) + more, pausesOf(person))
  const runs = [long(1, ''), long(1, 'echo done\r'.repeat(8)), long(2, '')].map(rhythmOf)
  expect(runs.map(r => r.length)).toEqual([64, 64, 64])
  const [pair, ...others] = alikeAmong(runs)
  expect([pair?.a, pair?.b, others]).toEqual([0, 1, []])
  expect(pair!.similarity).toBeGreaterThan(0.9)
})

test('what everybody has comes of a button, and what is short says nothing', () => {
  const pressed = Array.from({ length: 12 }, (_, i) => typed(answer, () => 1, i * 1000))
  expect(alikeAmong(pressed.map(rhythmOf))).toEqual([])
  expect(alikeAmong([typed('ls\r', pausesOf(1)), typed('ls\r', pausesOf(1))].map(rhythmOf))).toEqual([])
})
