/** Streams of redis, as redis 7.0 has answered. */
import { expect, it } from 'vitest'
import { createVolume } from '../../../files/volume.ts'
import { machine } from '../../../testing.ts'

/** Asks a server that has just started one thing after the other, and shows the last answer as a terminal would. */
async function last(...commands: string[]): Promise<string> {
  const m = machine()
  const server = m.run('redis:7.0')
  await m.clock.advance(100)
  const { out } = await m.exec(server, ['sh', '-c', commands.map(one => `redis-cli --no-raw ${one}`).join('\n')])
  return out.slice(out.lastIndexOf('\x00') + 1)
}

const FILLED = ['XADD s 1-1 a 1 b 2', 'XADD s 1-* c 3', 'XADD s 5 d 4']

it.each([
  [
    ['XADD s 1-1 a 1', 'XADD s 1-1 a 1'],
    '(error) ERR The ID specified in XADD is equal or smaller than the target stream top item\n',
  ],
  [['XADD s 0-0 a 1'], '(error) ERR The ID specified in XADD must be greater than 0-0\n'],
  [['XADD s x a 1'], '(error) ERR Invalid stream ID specified as stream command argument\n'],
  [['XADD s 1-1 a'], "(error) ERR wrong number of arguments for 'xadd' command\n"],
  [['XADD s NOMKSTREAM 1-1 a 1'], '(nil)\n'],
  [['XADD s MAXLEN -1 1-1 a 1', 'EXISTS s'], '(integer) 0\n'],
  [
    [...FILLED, "XRANGE s '(1-1' 5"],
    '1) 1) "1-2"\n   2) 1) "c"\n      2) "3"\n2) 1) "5-0"\n   2) 1) "d"\n      2) "4"\n',
  ],
  [[...FILLED, 'XREVRANGE s + - COUNT 1'], '1) 1) "5-0"\n   2) 1) "d"\n      2) "4"\n'],
  [
    [...FILLED, 'XREAD COUNT 1 STREAMS s 1-1'],
    '1) 1) "s"\n   2) 1) 1) "1-2"\n         2) 1) "c"\n            2) "3"\n',
  ],
  [[...FILLED, 'XREAD STREAMS s $'], '(nil)\n'],
  [[...FILLED, 'XTRIM s MAXLEN 1', 'XLEN s'], '(integer) 1\n'],
  [
    ['XGROUP CREATE none g $'],
    '(error) ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream automatically.\n',
  ],
  [['XGROUP CREATE s g $ MKSTREAM', 'XGROUP CREATE s g $'], '(error) BUSYGROUP Consumer Group name already exists\n'],
  [
    [
      ...FILLED,
      'XGROUP CREATE s g 0',
      'XREADGROUP GROUP g ann COUNT 2 STREAMS s ">"',
      'XREADGROUP GROUP g bob STREAMS s ">"',
      'XACK s g 1-1',
      'XPENDING s g',
    ],
    '1) (integer) 2\n2) "1-2"\n3) "5-0"\n4) 1) 1) "ann"\n      2) "1"\n   2) 1) "bob"\n      2) "1"\n',
  ],
  [
    [
      ...FILLED,
      'XGROUP CREATE s g 0',
      'XREADGROUP GROUP g ann STREAMS s ">"',
      'XCLAIM s g bob 0 1-2 JUSTID',
      'XREADGROUP GROUP g bob STREAMS s 0',
    ],
    '1) 1) "s"\n   2) 1) 1) "1-2"\n         2) 1) "c"\n            2) "3"\n',
  ],
  [
    ['XREADGROUP GROUP g bob STREAMS s ">"'],
    "(error) NOGROUP No such key 's' or consumer group 'g' in XREADGROUP with GROUP option\n",
  ],
  [['SET k v', 'XADD k 1-1 a b'], '(error) WRONGTYPE Operation against a key holding the wrong kind of value\n'],
])('%j', async (commands, answer) => {
  const all = await last(...commands)
  expect(all.endsWith(answer), all).toBe(true)
})

it('lets one wait for what another adds, and gives up in time', async () => {
  const m = machine()
  const server = m.run('redis:7.0')
  await m.clock.advance(100)
  const waiting = m.exec(server, ['redis-cli', '--no-raw', 'XREAD', 'BLOCK', '5000', 'STREAMS', 's', '$'])
  await m.clock.advance(1000)
  await m.exec(server, ['redis-cli', 'XADD', 's', '7-1', 'a', 'b'])
  expect((await waiting).out).toBe('1) 1) "s"\n   2) 1) 1) "7-1"\n         2) 1) "a"\n            2) "b"\n')
  expect((await m.exec(server, ['redis-cli', '--no-raw', 'XREAD', 'BLOCK', '50', 'STREAMS', 's', '$'])).out).toBe(
    '(nil)\n',
  )
})

it('keeps streams, groups and what is not done with', async () => {
  const m = machine()
  const mounts = [{ volume: createVolume(m.clock), containerPath: '/data', readOnly: false }]
  const start = async (name: string) => {
    const server = m.run('redis:7.0', { mounts, command: ['redis-server', '--appendonly', 'yes'] }, m.sandbox(name))
    await m.clock.advance(100)
    return server
  }
  const first = await start('one')
  const ask = async (server: typeof first, line: string) => (await m.exec(server, ['sh', '-c', line])).out
  await ask(
    first,
    "redis-cli XADD s '*' a 1; redis-cli XADD s '*' b 2; redis-cli XGROUP CREATE s g 0; redis-cli XREADGROUP GROUP g ann COUNT 1 STREAMS s '>'",
  )
  const look = 'redis-cli XRANGE s - +; redis-cli XPENDING s g; redis-cli TYPE s'
  const before = await ask(first, look)
  first.kill('TERM')
  await m.clock.advance(1000)
  expect(await ask(await start('two'), look)).toBe(before)
})
