/** What redis-server answers to AUTH: as redis 7.0 did, and redis 5 where it differs. */
import { expect, it } from 'vitest'
import { machine } from '../../../testing.ts'

/** What one connection after another says, and what it is answered. */
async function talk(image: string, ...sessions: string[][]): Promise<string[]> {
  const m = machine()
  const server = m.run(image)
  await m.clock.advance(1000)
  let out = ''
  for (const lines of sessions)
    out += (await m.exec(server, ['sh', '-c', `printf '${lines.join('\\n')}\\n' | redis-cli`])).out
  return out.split('\n').filter(Boolean)
}

const WRONG = 'WRONGPASS invalid username-password pair or user is disabled.'
const NOAUTH = 'NOAUTH Authentication required.'

it('a client that was let in stays so: when a password is set, and when it tries a wrong one', async () => {
  expect(await talk('redis:7.0', ['SET a 1', 'CONFIG SET requirepass x', 'GET a', 'AUTH y', 'GET a'])).toEqual([
    'OK',
    'OK',
    '1',
    WRONG,
    '1',
  ])
})

it('whoever comes later proves to be the user default', async () => {
  const later = ['GET a', 'AUTH y', 'GET a', 'AUTH foo x', 'AUTH', 'AUTH a b c', 'AUTH default x', 'GET a', 'AUTH y']
  expect(await talk('redis:7.0', ['SET a 1', 'CONFIG SET requirepass x'], [...later, 'GET a'])).toEqual([
    ...['OK', 'OK', NOAUTH, WRONG, NOAUTH, WRONG],
    "ERR wrong number of arguments for 'auth' command",
    'ERR syntax error',
    ...['OK', '1', WRONG, '1'],
  ])
})

it('without a password any will do for the user, and none for itself', async () => {
  const none =
    'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?'
  expect(await talk('redis:7.0', ['AUTH foo', 'AUTH default foo', 'AUTH foo foo'])).toEqual([none, 'OK', WRONG])
})

it('redis 5 knows no users, and locks out whoever sets a password or tries a wrong one', async () => {
  expect(
    await talk('redis:5', ['AUTH x', 'CONFIG SET requirepass x', 'PING', 'AUTH x', 'PING', 'AUTH y', 'PING']),
  ).toEqual([
    'ERR Client sent AUTH, but no password is set',
    ...['OK', NOAUTH, 'OK', 'PONG', 'ERR invalid password', NOAUTH],
  ])
})
