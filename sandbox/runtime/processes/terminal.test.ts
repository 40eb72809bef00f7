/** The line discipline of a terminal: what a person erases before they end the line. */
import { expect, test } from 'vitest'
import { machine } from '../testing.ts'

/** What a program reads of what is typed. */
async function read(typed: string): Promise<string> {
  const m = machine()
  const container = m.run('busybox', { command: ['sleep', '1d'] })
  await m.clock.advance(1)
  const shell = container.exec({ argv: ['sh', '-c', 'read -r line; echo "$line" > /tmp/line'], tty: true, stdin: true })
  await m.clock.advance(10)
  shell.writeStdin(`${typed}\r`)
  await m.clock.advance(1000)
  return (await m.exec(container, ['cat', '/tmp/line'])).out.replace(/\n$/, '')
}

test.each([
  ['a character', 'onf\x7fe', 'one'],
  ['the last word, and the blanks after it', 'one two \t \x17three', 'one three'],
  ['the only word', ' one\x17two', 'two'],
  ['the whole line', 'one two\x15three', 'three'],
])('erases %s', async (_, typed, line) => {
  expect(await read(typed)).toBe(line)
})

test('erases a word behind a very long one', async () => {
  expect(await read(`${'a'.repeat(200_000)} b\x17c`)).toBe(`${'a'.repeat(200_000)} c`)
})
