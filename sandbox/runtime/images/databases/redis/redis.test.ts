/** redis: what it keeps, and how a replica comes to have the same. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Container } from '../../../cri.ts'
import { createVolume } from '../../../files/volume.ts'
import { logOf, type Machine, machine } from '../../../testing.ts'

const cli = async (m: Machine, server: Container, ...words: string[]): Promise<string> =>
  (await m.exec(server, ['redis-cli', ...words])).out

/** A machine whose name servers know its Pods by their names. */
function named() {
  const m = machine()
  const ips = new Map<string, string>()
  m.network.resolver = name => {
    const ip = ips.get(name)
    return ip ? [ip] : undefined
  }
  return {
    m,
    run(name: string, image: string, config: object = {}): Container {
      const sandbox = m.sandbox(name)
      ips.set(`${name}.default.svc.cluster.local`, sandbox.ips[0]!)
      return m.run(image, config, sandbox)
    },
  }
}

describe('what it keeps', () => {
  it.each([
    [['SET a 1', 'INCRBY a 4', 'GET a'], '5\n'],
    [['MSET a x b y', 'MGET a none b'], 'x\n\ny\n'],
    [['SET a x EX 10', 'TTL a'], '10\n'],
    [['SET a x', 'SET a y NX', 'GET a'], 'x\n'],
    [['RPUSH l a b c', 'LPOP l', 'LRANGE l 0 -1'], 'b\nc\n'],
    [['HSET h a 1 b 2', 'HDEL h a', 'HGETALL h'], 'b\n2\n'],
    [['SADD s a b a', 'SREM s a', 'SMEMBERS s'], 'b\n'],
    [['SET a x', 'LPUSH a y'], 'WRONGTYPE Operation against a key holding the wrong kind of value\n'],
    [['RPUSH l a b c', 'LRANGE l -9 -2'], 'a\nb\n'],
    [['RPUSH l a b c', 'LRANGE l 0 -9'], '\n'],
    [['LRANGE l 0 x'], 'ERR value is not an integer or out of range\n'],
    [['SET a 豆荚', 'STRLEN a'], '6\n'],
    [['SET a x EX'], 'ERR syntax error\n'],
    [['SET a x PX ten'], 'ERR value is not an integer or out of range\n'],
    [['SETEX a 0 x'], "ERR invalid expire time in 'setex' command\n"],
    [['EXPIRE a soon'], 'ERR value is not an integer or out of range\n'],
    [['SELECT 0'], 'OK\n'],
    [['SELECT 16'], 'ERR DB index is out of range\n'],
    [['EVAL'], 'ERR EVAL is not simulated\n'],
    [['GET'], "ERR wrong number of arguments for 'get' command\n"],
    [['FROB a b'], "ERR unknown command 'FROB', with args beginning with: 'a' 'b' \n"],
  ])('%j', async (lines, last) => {
    const m = machine()
    const server = m.run('redis:8')
    await m.clock.advance(1000)
    let out = ''
    for (const line of lines) out = await cli(m, server, ...line.split(' '))
    expect(out).toBe(last)
  })
})

const recorded = JSON.parse(readFileSync(new URL('./redis.golden.json', import.meta.url), 'utf8')) as {
  commands: string[]
  replies: string[]
}[]

it('answers as a real redis 7.0 did', async () => {
  const m = machine()
  const server = m.run('redis:7.0')
  await m.clock.advance(1000)
  for (const { commands, replies } of recorded) {
    await cli(m, server, 'FLUSHALL')
    const got: string[] = []
    for (const command of commands) got.push(await cli(m, server, '--no-raw', ...command.split(' ')))
    expect({ commands, replies: got }).toEqual({ commands, replies })
  }
})

it('does the commands of a transaction together, or none of them', async () => {
  const m = machine()
  const server = m.run('redis:7.0')
  await m.clock.advance(1000)
  const stdin = 'MULTI\nSET a 1\nINCR a\nEXEC\nMULTI\nLPUSH a x\nDISCARD\nMULTI\nFROB\nEXEC\n'
  expect((await m.exec(server, ['redis-cli'], { stdin })).out).toBe(
    "OK\nQUEUED\nQUEUED\nOK\n2\nOK\nQUEUED\nOK\nOK\nERR unknown command 'FROB', with args beginning with: \nEXECABORT Transaction discarded because of previous errors.\n",
  )
})

it('goes on with what came while somebody waited', async () => {
  const m = machine()
  m.run('redis:7.0')
  const shell = m.run('busybox:1.36', { name: 'shell', command: ['sleep', '1d'] })
  await m.clock.advance(1000)
  const script = String.raw`{ printf 'BLPOP late 1\r\nPING\r\n'; sleep 3; } | nc 127.0.0.1 6379`
  expect((await m.exec(shell, ['sh', '-c', script])).out).toBe('*-1\r\n+PONG\r\n')
})

it('says what is published to who listens, and gives what comes to who waits for it', async () => {
  const m = machine()
  const server = m.run('redis:7.0')
  await m.clock.advance(1000)
  const script = `redis-cli SUBSCRIBE news > /tmp/one & redis-cli --no-raw PSUBSCRIBE 'n*' > /tmp/two &
redis-cli BLPOP none queue 0 > /tmp/three & redis-cli BRPOPLPUSH queue done 9 > /tmp/four &
sleep 1; redis-cli PUBLISH news hello; redis-cli RPUSH queue a b; sleep 1; redis-cli LRANGE done 0 -1; cat /tmp/one /tmp/two /tmp/three /tmp/four`
  expect((await m.exec(server, ['bash', '-c', script])).out.split('\n')).toEqual(
    `2,2,b,subscribe,news,1,message,news,hello,Reading messages... (press Ctrl-C to quit),1) "psubscribe",2) "n*",3) (integer) 1,1) "pmessage",2) "n*",3) "news",4) "hello",queue,a,b,`.split(
      ',',
    ),
  )
})

describe('a replica', () => {
  it('has what its master had before and gets after, and lets nobody else write', async () => {
    const { m, run } = named()
    const leader = run('leader', 'redis:6.2', { command: ['redis-server', '--requirepass', 'secret'] })
    await m.clock.advance(1000)
    const auth = ['--no-auth-warning', '-a', 'secret']
    await cli(m, leader, ...auth, 'RPUSH', 'list', 'before', 'too')
    const replica = run('replica', 'redis:6.2', {
      command: ['redis-server', '--replicaof', 'leader', '6379', '--masterauth', 'secret'],
    })
    await m.clock.advance(1000)
    expect(await cli(m, replica, 'LRANGE', 'list', '0', '-1')).toBe('before\ntoo\n')
    await cli(m, leader, ...auth, 'SET', 'a', 'after')
    await m.clock.advance(100)
    expect(await cli(m, replica, 'GET', 'a')).toBe('after\n')
    expect(await cli(m, replica, 'SET', 'a', 'b')).toBe("READONLY You can't write against a read only replica.\n")
    expect(await cli(m, replica, 'INFO', 'replication')).toContain('master_link_status:up')
    expect(await cli(m, leader, ...auth, 'INFO', 'replication')).toMatch(
      /role:master\r\nconnected_slaves:1\r\nslave0:ip=[\d.]+,port=6379,state=online/,
    )
  })

  it('looks for its master again and again, and begins anew with the next one', async () => {
    const { m, run } = named()
    const replica = run('replica', 'redis:7.2', { command: ['redis-server', '--replicaof', 'leader', '6379'] })
    await m.clock.advance(3000)
    const first = run('leader', 'redis:7.2')
    await m.clock.advance(2000)
    await cli(m, first, 'SET', 'a', 'first')
    // A newer master waits five seconds for more replicas.
    expect(await cli(m, replica, 'GET', 'a')).toBe('\n')
    await m.clock.advance(6000)
    expect(await cli(m, replica, 'GET', 'a')).toBe('first\n')
    first.kill('KILL')
    await m.clock.advance(2000)
    expect(await cli(m, replica, 'GET', 'a')).toBe('first\n')
    run('leader', 'redis:7.2')
    await m.clock.advance(8000)
    expect(await cli(m, replica, 'GET', 'a')).toBe('\n')
  })

  it('becomes a master when it is told to', async () => {
    const { m, run } = named()
    run('leader', 'redis:6')
    const replica = run('replica', 'redis:6', { command: ['redis-server', '--slaveof', 'leader', '6379'] })
    await m.clock.advance(3000)
    expect(await cli(m, replica, 'ROLE')).toBe('slave\nleader\n6379\nconnected\n0\n')
    expect(await cli(m, replica, 'REPLICAOF', 'NO', 'ONE')).toBe('OK\n')
    expect(await cli(m, replica, 'SET', 'a', 'b')).toBe('OK\n')
    expect(await cli(m, replica, 'ROLE')).toBe('master\n0\n\n')
  })
})

it.each([
  ['--bigkeys GET a', 'redis-cli: --bigkeys is not simulated\n'],
  ['--frob GET a', "Unrecognized option or bad number of args for: '--frob'\n"],
])('redis-cli %s', async (words, err) => {
  const m = machine()
  const server = m.run('redis:7')
  await m.clock.advance(1000)
  expect(await m.exec(server, ['redis-cli', ...words.split(' ')])).toMatchObject({ code: 1, out: '', err })
})

describe('a replica that is told to be a master', () => {
  it('does not follow whom it had just begun to look for', async () => {
    const { m, run } = named()
    const replica = run('replica', 'redis:6')
    await m.clock.advance(3000)
    expect(await cli(m, replica, 'REPLICAOF', '10.244.0.250', '6379')).toBe('OK\n')
    expect(await cli(m, replica, 'REPLICAOF', 'NO', 'ONE')).toBe('OK\n')
    await m.clock.advance(100_000)
    expect(logOf(replica)).toContain('Connecting to MASTER 10.244.0.250:6379')
    expect(logOf(replica)).not.toContain('MASTER <-> REPLICA sync started')
  })
})

it.each(['gcr.io/google-samples', 'gcr.io/google_samples', 'us-docker.pkg.dev/google-samples/containers/gke'])(
  'the guestbook has replicas by the names that manifests have had for them: %s',
  async folder => {
    const { m, run } = named()
    run('redis-master', 'registry.k8s.io/redis:e2e')
    const replica = run('redis-slave', `${folder}/gb-redisslave:v3`)
    run('redis-leader', 'redis:6.0')
    const follower = run('redis-follower', `${folder}/gb-redis-follower:v2`)
    await m.clock.advance(5000)
    for (const one of [replica, follower])
      expect(await cli(m, one, 'INFO', 'replication')).toContain('master_link_status:up')
  },
)

it('the guestbook in Go takes a path as it stands', async () => {
  const { m, run } = named()
  run('redis-master', 'redis:6')
  run('redis-replica', 'redis:6')
  run('page', 'registry.k8s.io/guestbook:v3')
  const shell = run('shell', 'curlimages/curl', { command: ['sleep', '1d'] })
  await m.clock.advance(3000)
  const asked = await m.exec(shell, ['curl', '-s', 'page.default.svc.cluster.local:3000/lrange/100%25'])
  expect(asked.out).toBe('[]')
})

it('the guestbook writes to the leader and reads from a follower', async () => {
  const { m, run } = named()
  run('redis-leader', 'registry.k8s.io/redis@sha256:cb111d1bd870a6a471385a4a69ad17469d326e9dd91e0e455350cacf36e1b3ee')
  run('redis-follower', 'us-docker.pkg.dev/google-samples/containers/gke/gb-redis-follower:v2')
  const page = run('page', 'us-docker.pkg.dev/google-samples/containers/gke/gb-frontend:v5')
  const shell = run('shell', 'curlimages/curl', { command: ['sleep', '1d'] })
  await m.clock.advance(3000)
  expect(page.state.state).toBe('running')
  const ask = async (query: string): Promise<string> =>
    (await m.exec(shell, ['curl', '-s', `page.default.svc.cluster.local/guestbook.php?${query}`])).out
  expect(await ask('cmd=get&key=messages')).toBe('{"data": ""}')
  expect(await ask('cmd=set&key=messages&value=,hello')).toBe('{"message": "Updated"}')
  expect(await ask('cmd=get&key=messages')).toBe('{"data": ",hello"}')
})

describe('databases', () => {
  it('are apart, and told of by their numbers', async () => {
    const m = machine()
    const server = m.run('redis:7.2')
    await m.clock.advance(1000)
    const lines = 'SET a zero\nSELECT 3\nGET a\nSET a three EX 100\nSELECT 0\nGET a\nINFO keyspace\n'
    const { out } = await m.exec(server, ['redis-cli'], { stdin: lines })
    expect(out).toContain('OK\nOK\n\nOK\nOK\nzero\n')
    expect(out).toContain('db0:keys=1,expires=0,avg_ttl=0\r\ndb3:keys=1,expires=1,avg_ttl=0\r\n')
    expect(await cli(m, server, '-n', '3', 'GET', 'a')).toBe('three\n')
  })
})

describe('WATCH', () => {
  it('lets a transaction come to nothing when somebody has changed what it watches', async () => {
    const m = machine()
    const server = m.run('redis:7.2')
    await m.clock.advance(1000)
    const script = (between: string) =>
      `(echo 'WATCH a'; sleep 1; ${between}; echo MULTI; echo 'SET a mine'; echo EXEC) | redis-cli`
    const run = async (between: string) => (await m.exec(server, ['sh', '-c', script(between)])).out
    expect(await run('true')).toBe('OK\nOK\nQUEUED\nOK\n')
    expect(await run('redis-cli SET a other > /dev/null')).toBe('OK\nOK\nQUEUED\n\n')
    expect(await cli(m, server, 'GET', 'a')).toBe('other\n')
  })
})

describe('what is on the disk', () => {
  /** Two servers, one after the other, with the same directory. */
  async function twice(args: readonly string[], first: (m: Machine, server: Container) => Promise<void>) {
    const m = machine()
    const data = createVolume(m.clock)
    const mounts = [{ containerPath: '/data', volume: data, readOnly: false }]
    const command = ['redis-server', ...args]
    const before = m.run('redis:7.2', { name: 'before', command, mounts })
    await m.clock.advance(1000)
    await first(m, before)
    await m.clock.advance(5000)
    const after = m.run('redis:7.2', { name: 'after', command, mounts })
    await m.clock.advance(1000)
    return { m, before, after, data }
  }

  it('is a snapshot at the end, from which the next server begins', async () => {
    const { m, before, after } = await twice([], async (m, server) => {
      await cli(m, server, 'SET', 'a', 'kept')
      server.kill('TERM')
    })
    expect(logOf(before)).toContain('* Saving the final RDB snapshot before exiting.')
    expect(logOf(after)).toContain('* DB loaded from disk: 0.000 seconds')
    expect(await cli(m, after, 'GET', 'a')).toBe('kept\n')
  })

  it('is made by SHUTDOWN, too', async () => {
    const { m, before, after } = await twice([], async (m, server) => {
      const asked = await m.exec(server, ['sh', '-c', 'redis-cli SET a kept; echo SHUTDOWN | redis-cli'])
      expect(asked.out).toBe('OK\n')
    })
    expect(before.state).toMatchObject({ state: 'exited', status: { code: 0 } })
    expect(logOf(before)).toContain('* User requested shutdown...')
    expect(await cli(m, after, 'GET', 'a')).toBe('kept\n')
  })

  it('is not there when it is killed before its next save point', async () => {
    const { m, after } = await twice(['--save', '60', '2'], async (m, server) => {
      for (const key of ['a', 'b']) await cli(m, server, 'SET', key, 'saved')
      await m.clock.advance(61_000)
      await cli(m, server, 'SET', 'c', 'lost')
      server.kill('KILL')
    })
    expect(await cli(m, after, 'MGET', 'a', 'b', 'c')).toBe('saved\nsaved\n\n')
  })

  it('keeps a server from ending that cannot write it', async () => {
    const m = machine()
    const server = m.run('redis:7.2', { readOnlyRootFilesystem: true })
    await m.clock.advance(1000)
    server.kill('TERM')
    await m.clock.advance(1000)
    expect(logOf(server)).toContain("# Error trying to save the DB, can't exit.")
    expect(await cli(m, server, 'PING')).toBe('PONG\n')
  })

  it('is every write with appendonly, and what was for a time is gone when that is over', async () => {
    const { m, after, data } = await twice(['--appendonly', 'yes'], async (m, server) => {
      await cli(m, server, 'SET', 'a', 'kept')
      await cli(m, server, '-n', '2', 'SET', 'b', 'for a while', 'EX', '3')
      await cli(m, server, 'RPUSH', 'l', 'x', 'y')
      server.kill('KILL')
    })
    expect(data.root.read('appendonlydir/appendonly.aof.1.incr.aof')).toContain('kept')
    expect(await cli(m, after, 'LRANGE', 'l', '0', '-1')).toBe('x\ny\n')
    expect(await cli(m, after, '-n', '2', 'EXISTS', 'b')).toBe('0\n')
  })
})
