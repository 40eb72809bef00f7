/** The rare forms of the shells' language: what busybox 1.36, dash and bash 5.2 answered, recorded once. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { answerTo, type Recorded } from '../recorded.ts'

const recorded = JSON.parse(readFileSync(new URL('./edges.golden.json', import.meta.url), 'utf8')) as Recorded[]

test.each(['ash', 'dash', 'bash'] as const)(
  '%s',
  async shell => {
    const mine = recorded.filter(each => each.shell === shell)
    expect(mine.length).toBeGreaterThan(10)
    for (const each of mine) expect(await answerTo(each)).toEqual(each)
  },
  120_000,
)
