/** Requests to addresses that a person has named never reach our own network. */
import type { LookupAddress, lookup } from 'node:dns'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { isPublic } from './addresses.ts'
import { type Answer, createOutbound, jsonOf, OutboundError } from './outbound.ts'

const server = createServer((request, response) => {
  if (request.url === '/away') response.writeHead(302, { Location: 'http://169.254.169.254/' }).end()
  else if (request.url === '/endless') {
    const more = (): void => {
      if (response.destroyed) return
      response.write('x'.repeat(1e6))
      setImmediate(more)
    }
    more()
  } else response.end(JSON.stringify({ method: request.method, agent: request.headers['user-agent'] }))
})
await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
afterAll(() => server.close())

test.each([
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.31.255.255', false],
  ['192.168.0.1', false],
  ['169.254.169.254', false],
  ['100.100.0.1', false],
  ['0.0.0.0', false],
  ['::1', false],
  ['::ffff:10.0.0.1', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['fec0::1', false],
  ['3fff::1', false],
  ['5f00::1', false],
  ['64:ff9b::a00:1', false],
  ['8.8.8.8', true],
  ['172.32.0.1', true],
  ['2606:4700::1111', true],
])('%s is public: %s', (address, expected) => {
  expect(isPublic(address)).toBe(expected)
})

test.each([
  ['file:///etc/passwd', 'only https'],
  ['http://example.org/', 'only https'],
  ['https://127.0.0.1/', 'not a public address'],
  ['https://2130706433/', 'not a public address'],
  ['https://0x7f.1/', 'not a public address'],
  ['https://[::1]/', 'not a public address'],
  ['https://[::ffff:127.0.0.1]/', 'not a public address'],
  ['https://localhost/', 'not a public address'],
  ['https://me:secret@example.org/', 'password'],
  ['https://me@example.org/', 'password'],
  ['nonsense', 'no address'],
])('%s is not asked', async (url, why) => {
  await expect(createOutbound()(url)).rejects.toThrow(why)
})

test('a host that is listed is asked, and only that one', async () => {
  const ask = createOutbound(new Set([host]))
  expect(JSON.parse((await ask(`http://${host}/`, { method: 'POST', body: 'x' })).text)).toEqual({
    method: 'POST',
    agent: 'podlab',
  })
  await expect(ask(`http://localhost:${host.split(':')[1]}/`)).rejects.toThrow('only https')
})

test('redirections are not followed, endless answers not read to the end', async () => {
  const ask = createOutbound(new Set([host]))
  expect((await ask(`http://${host}/away`)).status).toBe(302)
  await expect(ask(`http://${host}/endless`)).rejects.toThrow('too large')
})

describe('a name is asked by the addresses that it has at this moment', () => {
  const { port } = server.address() as AddressInfo
  /** @param given what the name means; nothing, for one that does not exist */
  const asked = (given: readonly string[] | undefined): Promise<unknown> => {
    const resolve = ((_name: string, _options: object, done: (error: Error | null, found: LookupAddress[]) => void) => {
      if (given)
        done(
          null,
          given.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
        )
      else done(new Error('getaddrinfo ENOTFOUND'), [])
    }) as typeof lookup
    return createOutbound(new Set(), resolve)(`https://named.example:${port}/`)
  }
  test.each([
    ['one inside', ['127.0.0.1']],
    ['one inside behind one of the internet', ['8.8.8.8', '127.0.0.1']],
    ['none', []],
  ])('%s: it is not', async (_, given) => {
    await expect(asked(given)).rejects.toThrow('named.example is not a public address')
  })
  test('a name that does not exist says so', async () => {
    await expect(asked(undefined)).rejects.toThrow(new OutboundError(`named.example:${port}: getaddrinfo ENOTFOUND`))
  })
})

test('what is no success, and what is no JSON, is told with its sender', () => {
  const answer = (status: number, text: string): Answer => ({ status, text, header: () => undefined })
  expect(jsonOf(answer(200, '{"a":1}'), 'them')).toEqual({ a: 1 })
  expect(jsonOf(answer(299, 'null'), 'them')).toBe(null)
  for (const status of [199, 300, 404])
    expect(() => jsonOf(answer(status, '{}'), 'them')).toThrow(`them answers ${status}`)
  expect(() => jsonOf(answer(200, '<html>'), 'them')).toThrow('them answers with something else than JSON')
})
