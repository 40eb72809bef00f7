/** What diff shows stays right, and cheap, however long the files are. */
import { expect, it } from 'vitest'
import { machine } from '../../testing.ts'
import { edits } from './edits.ts'

const made = (signs: string, a: readonly string[], b: readonly string[]): string[] =>
  edits(a, b)
    .filter(({ sign }) => signs.includes(sign))
    .map(({ text }) => text)

const numbered = (count: number, name = 'line'): string[] => Array.from({ length: count }, (_, i) => `${name} ${i}`)

it.each([
  ['long files that share lines', numbered(30_000), numbered(30_000).filter((_, i) => i % 7)],
  ['long files that share none', numbered(9000, 'a'), numbered(9000, 'b')],
  ['long files of one line over and over', Array(20_000).fill('x'), ['y', ...Array(19_000).fill('x'), 'z']],
  ['lines in another order', numbered(4000), numbered(4000).reverse()],
])('%s: what is kept and taken out is the one, what is kept and put in the other', (_, a, b) => {
  expect(made(' -', a, b)).toEqual(a)
  expect(made(' +', a, b)).toEqual(b)
})

it('diff of files of 20,000 lines ends', async () => {
  const script = 'seq 20000 > a; seq 20000 -1 1 > b; diff a b | wc -l; seq 1 2 40000 > c; diff a c | tail -n 1'
  const { code, out } = await machine().sh(script)
  expect(code).toBe(0)
  expect(out).toContain('+39999')
})
