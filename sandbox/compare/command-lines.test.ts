import { expect, it } from 'vitest'
import { run } from '../kubectl/testing.ts'
import { commandLines, wordsOf } from './command-lines.ts'

it('a line is taken apart as a shell does it', () => {
  expect(wordsOf('get po -o jsonpath="{.a} \\"b\\""  -l "a b"')).toEqual([
    'get',
    'po',
    '-o',
    'jsonpath={.a} "b"',
    '-l',
    'a b',
  ])
})

it('there are more than a thousand lines, and none twice', () => {
  const lines = commandLines()
  expect(lines.length).toBeGreaterThan(1000)
  expect(new Set(lines).size).toBe(lines.length)
  expect(commandLines(['describe leases']).every(line => line.includes('describe leases'))).toBe(true)
})

it('without a server each of them is refused in words, not with a mistake of ours', async () => {
  const some = commandLines().filter((_, i) => i % 17 === 0)
  for (const line of some) {
    const { err } = await run(wordsOf(line))
    expect(`${line}: ${err}`).not.toContain('the simulated kubectl has made a mistake')
  }
})
