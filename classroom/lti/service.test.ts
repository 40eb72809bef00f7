/** Answers of the platform's services. */
import { expect, test } from 'vitest'
import { nextOf } from './service.ts'

test('the next page is found in a Link header', () => {
  expect(nextOf('<https://x/1>; rel="differences", <https://x/2?a=1,2>; rel="next"')).toBe('https://x/2?a=1,2')
  expect(nextOf('<https://x/3>; rel=next')).toBe('https://x/3')
  expect(nextOf('<https://x/4>; rel="prev"')).toBeUndefined()
})
