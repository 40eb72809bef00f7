/** The command lines of kubectl that are compared. */
import { expect, it } from 'vitest'
import { globalFlags } from '../../kubectl/command/globalflags.ts'
import { run } from '../../kubectl/testing.ts'
import { wordsOf } from './asked.node.ts'
import { flaggedLines } from './flagged.ts'
import { commandLines } from './reading.ts'
import { sessionOf, sessions } from './sessions.node.ts'

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

it('single quotes keep what is between them as it is', () => {
  expect(wordsOf(`patch po p -p '{"a": "b c"}'  x`)).toEqual(['patch', 'po', 'p', '-p', '{"a": "b c"}', 'x'])
})

it('there are thousands of lines, and none twice', async () => {
  for (const lines of [commandLines(), await flaggedLines(globalFlags('/home'))]) {
    expect(lines.length).toBeGreaterThan(1000)
    expect(new Set(lines).size).toBe(lines.length)
  }
})

it('a session is its lines, and the files that they read', () => {
  expect(sessionOf('one', '# what it is about\n! create ns x\nget ns\n-- a/b.yaml --\nkind: X\n-- c --\n')).toEqual({
    name: 'one',
    lines: ['! create ns x', 'get ns'],
    files: new Map([
      ['a/b.yaml', 'kind: X\n'],
      ['c', ''],
    ]),
  })
})

it('without a server each of them is refused in words, not with a mistake of ours', async () => {
  const all = [
    ...commandLines(),
    ...(await flaggedLines(globalFlags('/home'))),
    ...sessions().flatMap(session => session.lines.filter(line => !line.startsWith('edit'))),
  ]
  for (const line of all.filter((_, i) => i % 29 === 0)) {
    const { err } = await run(wordsOf(line.replace(/ < .*/, '')))
    expect(`${line}: ${err}`).not.toContain('the simulated kubectl has made a mistake')
  }
})
