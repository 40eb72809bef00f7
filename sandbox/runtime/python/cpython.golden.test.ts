/** What CPython 3.13 said to small programs, and to others about modules and groups of exceptions: output, error output with tracebacks, exit code. Frames of its own library are left out. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { machine } from '../testing.ts'

interface Recorded {
  source: string
  out: string
  err: string
  code: number
}

const recorded = ['cpython.golden.json', 'cpython-modules.golden.json'].flatMap(
  file => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')) as Recorded[],
)
const withoutAddresses = (text: string): string => text.replace(/0x[0-9a-f]+/g, '0x')

function lazily<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

describe('programs as CPython runs them', () => {
  const m = machine()
  const container = lazily(() => m.run('python:3.13', { command: ['sleep', '1d'] }))
  const file = 'mkdir -p /app; cat > /app/main.py; exec python /app/main.py'
  test.each(recorded.map((each): [string, Recorded] => [each.source.split('\n')[0]!, each]))(
    '%s',
    async (_, { source, out, err, code }) => {
      const said = await m.exec(container(), ['sh', '-c', file], { stdin: source, ms: 600_000 })
      expect({ out: withoutAddresses(said.out), err: withoutAddresses(said.err), code: said.code }).toEqual({
        out,
        err,
        code,
      })
    },
  )
})
