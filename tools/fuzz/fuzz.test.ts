/** A few cases of each kind, always the same ones; `npm run fuzz` makes as many as are wanted. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KINDS } from './kinds.ts'

test.each(KINDS.map(k => [k.name, k] as const))('%s', async (_, { property }) => {
  let inputs = 0
  await fc.assert(
    property(n => (inputs += n)),
    { seed: 1, numRuns: 2 },
  )
  expect(inputs).toBeGreaterThan(0)
})
