/** The output of the real kubectl 1.33 for objects of many kinds, each with the answers that it was given. */
import { expect, it } from 'vitest'
import recorded from '../testdata/descriptions.json' with { type: 'json' }
import { run } from '../testing.ts'

interface Recorded {
  line: string
  /** Path → what the server answers. */
  answers: Record<string, unknown>
  out: string
}

it.each((recorded.cases as unknown as Recorded[]).map(c => [c.line, c] as const))('kubectl %s', async (line, c) => {
  const answers: Record<string, unknown> = { ...recorded.discovery, ...c.answers }
  const { out, err } = await run(line.split(' '), {
    server: (_method, path) => (path in answers ? { body: answers[path] } : undefined),
  })
  expect({ out, err }).toEqual({ out: c.out, err: '' })
})
