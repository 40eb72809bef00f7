/** Keys, history and completion of bash at the learner's prompt. */
import { beforeAll, expect, test } from 'vitest'
import { createSession } from '../create.ts'
import type { LessonWorld, Session } from '../session.ts'

const LESSON: LessonWorld = { id: '01-x/01-y', manifests: {}, files: {}, settleMs: 1_000, exercises: [] }

let session: Session
let terminal: number
let screen = ''

beforeAll(async () => {
  session = await createSession({ seed: 'test', lesson: LESSON })
  session.onOutput((_, data) => (screen += data))
  terminal = session.openTerminal({ columns: 200, rows: 40 })
})

async function type(line: string): Promise<string> {
  screen = ''
  await session.dispatch({ type: 'command', terminal, line })
  await session.advance(1_000)
  const shown = screen.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r\n', '\n')
  return shown.slice(shown.indexOf('\n') + 1).replace(/\n?~ \$ $/, '')
}

/** Keys typed at a prompt, and what then stands there; the line is given up. */
async function keys(data: string): Promise<string> {
  screen = ''
  await session.dispatch({ type: 'terminal', terminal, data })
  await session.advance(1_000)
  const shown = screen
  await session.dispatch({ type: 'terminal', terminal, data: '\x03' })
  await session.advance(100)
  return shown.replace(/\x1b\[[\d;?]*[A-Za-z]/g, '')
}

test('keeps the history of lines as typed, and expands ! in them', async () => {
  await type('history -c')
  await type('k version --client')
  expect(await type('!!')).toContain('k version --client\nClient Version: v1.33.1+podlab')
  await type('echo one two')
  expect(await type('echo !$')).toBe('echo two\ntwo')
  expect(await type('!ec')).toBe('echo two\ntwo')
  expect(await type('history 2')).toMatch(/^ {4}\d {2}echo two\n {4}\d {2}history 2$/)
  expect(await type('history | head -1')).toBe('    1  k version --client')
  expect(await type('!nope')).toBe('bash: !nope: event not found')
})

test('a sign of exclamation that asks for nothing stays', async () => {
  expect(await type(`[ ! -f x ] && echo 'a!b' a!=b "end!"`)).toBe('a!b a!=b end!')
  expect(await type(`echo "b" | sed "/a/!s/b/c/"`)).toBe('c')
  expect(await type('cat <<EOF\n#!/bin/sh\nEOF')).toContain('#!/bin/sh')
})

test('the words of kubectl’s pages that prepare its completion are taken', async () => {
  expect(await type('source <(kubectl completion bash); type -t __start_kubectl')).toBe('function')
  expect(await type('alias kn="kubectl -n default"; complete -o default -F __start_kubectl k; echo $?')).toBe('0')
  expect(await keys('kn get deploy\t')).toContain('kn get deployments')
  expect(await type('complete -W "a b" x')).toContain('complete: not simulated')
})

test('a job that begins in the background is told of before it says anything', async () => {
  for (let i = 1; i <= 4; i++) {
    const [first, ...rest] = (await type('kubectl version --client &')).split('\n')
    expect(first).toMatch(/^\[\d+\] \d+$/)
    expect(rest.join('\n')).toContain('Client Version')
  }
})
