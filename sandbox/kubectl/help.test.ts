/** Help of every verb, letter by letter as kubectl 1.33 prints it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { type Command, flagsOf } from './command/command.ts'
import { shared } from './help/shared.ts'
import { run } from './testing.ts'
import { commands } from './verbs.ts'

const golden = JSON.parse(readFileSync(join(import.meta.dirname, 'testdata/help.json'), 'utf8')) as Record<
  string,
  string
>

const paths = (list: readonly Command[], before: readonly string[] = []): string[] =>
  list.flatMap(c => [[...before, c.name].join(' '), ...paths(c.commands ?? [], [...before, c.name])])

describe('help', () => {
  test.each(Object.keys(golden))('kubectl %s --help', async path => {
    const { out, err, code } = await run([...path.split(' ').filter(Boolean), '--help'])
    expect(out).toBe(golden[path])
    expect({ err, code }).toEqual({ err: '', code: 0 })
  })

  it('is recorded for every command there is', () => {
    expect(paths(commands).sort()).toEqual(Object.keys(golden).filter(Boolean).sort())
  })

  it('names only flags that exist', async () => {
    for (const c of commands)
      for (const f of (await c.help()).help.flags ?? []) if (typeof f === 'string') expect(shared).toHaveProperty([f])
  })
})

it('every command that does something can be loaded', async () => {
  const visit = async (list: readonly Command[]): Promise<void> => {
    for (const c of list) {
      if (c.code) expect(typeof (await c.code()).run, c.name).toBe('function')
      expect(flagsOf((await c.help()).help).every(Boolean)).toBe(true)
      await visit(c.commands ?? [])
    }
  }
  await visit(commands)
})
