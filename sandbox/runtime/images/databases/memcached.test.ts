/** memcached, as one types to it. */
import { expect, it } from 'vitest'
import { machine } from '../../testing.ts'

/** What it answers to some lines; empty lines of the answer end with the others. */
async function typed(...conversations: (readonly string[])[]): Promise<string[]> {
  const m = machine()
  m.run('memcached:1.6')
  await m.clock.advance(1000)
  const answers: string[] = []
  for (const lines of conversations) {
    const client = m.run('busybox', {
      name: `client-${answers.length}`,
      command: ['sh', '-c', `printf '${lines.join('\\r\\n')}\\r\\nquit\\r\\n' | nc localhost 11211`],
    })
    await m.clock.advance(2000)
    answers.push(
      client.logs
        .lines()
        .map(({ text }) => text.replace(/\r$/, ''))
        .join(' '),
    )
  }
  return answers
}

it('stores, in all the ways that there are', async () => {
  expect(
    await typed(
      ['set a 7 0 3', 'one', 'append a 0 0 1', '!', 'prepend a 0 0 1', '>', 'get a none'],
      ['add a 0 0 1', 'x', 'replace none 0 0 1', 'x', 'set b 0 0 2 noreply', '10', 'get b'],
      ['incr b 5', 'decr b 8', 'decr b 99', 'get b', 'incr a 1', 'incr none 1'],
      ['set a 0 0 2', 'too long', 'touch a 10', 'delete a', 'delete a', 'nonsense'],
    ),
  ).toEqual([
    'STORED STORED STORED VALUE a 7 5 >one! END',
    'NOT_STORED NOT_STORED VALUE b 0 2 10 END',
    '15 7 0 VALUE b 0 2 0  END CLIENT_ERROR cannot increment or decrement non-numeric value NOT_FOUND',
    'CLIENT_ERROR bad data chunk TOUCHED DELETED NOT_FOUND ERROR',
  ])
})

it('lets only who has seen the last value change it, and forgets in time', async () => {
  const [first, second, third] = await typed(
    ['set a 0 2 1', 'x', 'gets a', 'cas a 0 1 1 1', 'y', 'cas a 0 0 1 1', 'z', 'gets a', 'cas none 0 0 1 1', 'z'],
    ['get a', 'set b 0 0 1', 'b', 'flush_all', 'get b'],
    ['stats'],
  )
  expect(first).toBe('STORED VALUE a 0 1 1 x END STORED EXISTS VALUE a 0 1 2 y END NOT_FOUND')
  expect(second).toBe('END STORED OK END')
  expect(third).toContain('STAT get_hits 2 STAT get_misses 2 ')
  expect(third).toContain('STAT cas_badval 1 ')
})

it('is as large as its command line says', async () => {
  const m = machine()
  m.run('memcached:1.6.29', { args: ['memcached', '-m', '128', '--conn-limit=10'] })
  await m.clock.advance(1000)
  const { out } = await m.sh("printf 'stats\\r\\nstats settings\\r\\nversion\\r\\nquit\\r\\n' | nc localhost 11211")
  expect(out).toContain('STAT limit_maxbytes 134217728\r\n')
  expect(out).toContain('STAT maxconns 10\r\n')
  expect(out).toContain('VERSION 1.6.29\r\n')
})
