/** The policy of a page holds nothing that somebody else has written into it. */
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { Env } from './context.ts'
import { originOf, policy } from './policy.ts'

test.each([
  ['https://moodle.example/login?a=b', ['https://moodle.example']],
  ['http://localhost:8080/', ['http://localhost:8080']],
  ['https://[2001:db8::1]:8443/', ['https://[2001:db8::1]:8443']],
  ['https://课程.example/', ['https://xn--9nzo18a.example']],
  ['https://a.example;script-src-elem/', []],
  ['https://a.example,sandbox/', []],
  ["https://a.example'unsafe-inline'/", []],
  ['https://*/', []],
  ['javascript:alert(1)', []],
  ['data:text/html,x', []],
  ['moodle', []],
  [undefined, []],
])('of %s a policy names %j', (address, named) => {
  expect(originOf(address)).toEqual(named)
})

test('a platform that is named like a directive frames its page, and adds no directive', async () => {
  const frames = ["'self'", ...['https://a.example;script-src-elem/', 'https://b.example/'].flatMap(originOf)]
  const app = new Hono<Env>().get('/', policy('https://class.example', { frames }), c => c.text(''))
  const sent = (await app.request('/')).headers.get('content-security-policy') ?? ''
  const directives = sent.split('; ')
  expect(directives.find(d => d.startsWith('frame-ancestors'))).toBe("frame-ancestors 'self' https://b.example")
  expect(sent).not.toContain('script-src-elem')
})
