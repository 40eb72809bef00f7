/** Scripts and what a real busybox (1.35) answered to them, recorded once. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { machine } from '../testing.ts'

interface Recorded {
  script: string
  code: number
  out: string
  err: string
}

const recorded = JSON.parse(readFileSync(new URL('./busybox.golden.json', import.meta.url), 'utf8')) as Recorded[]

test.each(recorded)('$script', async ({ script, code, out, err }) => {
  expect(await machine().sh(script)).toEqual({ code, out, err })
})
