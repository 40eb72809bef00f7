/** Rate limits: which addresses are counted as one client, and that parallel attempts are all counted. */
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { Problem } from '../domain/problem.ts'
import type { Env } from './context.ts'
import { limitFailures, networkOf } from './limits.ts'

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['unknown', 'unknown'],
])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network))

function door(meanwhile?: 'free') {
  const tried: string[] = []
  const app = new Hono<Env>()
  app.onError((error, c) => c.text('', error instanceof Problem && error.kind === 'too-many' ? 429 : 500))
  app.get(
    '/:word',
    limitFailures(3, 60, () => 'somebody', meanwhile),
    async c => {
      const word = c.req.param('word')
      tried.push(word)
      await new Promise(resolve => setTimeout(resolve, 5))
      return c.text('', word === 'right' ? 200 : 401)
    },
  )
  const all = (words: string[]) => Promise.all(words.map(async word => (await app.request(`/${word}`)).status))
  return { tried, all }
}

test('what is not answered yet counts as failed', async () => {
  const { tried, all } = door()
  expect(await all(Array(20).fill('guess'))).toEqual([401, 401, 401, ...Array(17).fill(429)])
  expect(tried).toHaveLength(3)
})

test('what was right does not count', async () => {
  const { all } = door()
  for (let i = 0; i < 5; i++) expect(await all(['right', 'right'])).toEqual([200, 200])
  expect(await all(['guess', 'guess', 'guess'])).toEqual([401, 401, 401])
  expect(await all(['right'])).toEqual([429])
})

test('where a class comes through one door, only what has failed counts', async () => {
  const { all } = door('free')
  expect(new Set(await all(Array(20).fill('right')))).toEqual(new Set([200]))
  await all(['guess', 'guess', 'guess'])
  expect(await all(['right'])).toEqual([429])
})
