/** redis-cli: its ways to ask, and what a server says of those who ask. */
import { expect, it } from 'vitest'
import { machine } from '../../../testing.ts'

async function server() {
  const m = machine()
  const container = m.run('redis:7.2')
  await m.clock.advance(1000)
  return async (script: string) => {
    const { out, err } = await m.exec(container, ['sh', '-c', script])
    return out + err
  }
}

it('asks several times, with what stands on its input, and by an address', async () => {
  const sh = await server()
  expect(await sh('redis-cli -r 3 -i 0.5 incr n')).toBe('1\n2\n3\n')
  expect(await sh('printf text | redis-cli -x set c; redis-cli -u redis://localhost:6379/0 get c')).toBe('OK\ntext\n')
  expect(await sh("redis-cli mset user:1 a user:2 b >/dev/null; redis-cli --scan --pattern 'user:*' | sort")).toBe(
    'user:1\nuser:2\n',
  )
  expect(await sh('redis-cli rpush l a b >/dev/null; redis-cli --csv lrange l 0 -1; redis-cli --csv get none')).toBe(
    '"a","b"\nNULL\n',
  )
  expect(await sh('redis-cli -h nosuch ping')).toBe(
    'Could not connect to Redis at nosuch:6379: Name or service not known\n',
  )
  expect(await sh("redis-cli --pattern 'user:*' ping")).toBe('PONG\n')
  expect(await sh('redis-cli -p 70000 ping')).toBe('Invalid server port.\n')
  expect(await sh('redis-cli -u redis://a%zz@x ping')).toBe('Illegal character in URI encoding\n')
  expect(await sh('redis-cli -u http://x ping')).toBe('Invalid URI scheme\n')
})

it('tells who is connected, and shows a monitor what they say', async () => {
  const sh = await server()
  expect(await sh('redis-cli client list')).toMatch(
    /^id=3 addr=127\.0\.0\.1:\d+ laddr=127\.0\.0\.1:6379 fd=8 name= age=0 idle=0 flags=N db=0 .* cmd=client\|list user=default /,
  )
  expect(await sh("printf 'client setname me\\nclient getname\\n' | redis-cli")).toBe('OK\nme\n')
  expect(
    await sh(
      '(redis-cli monitor & sleep 1; redis-cli -n 1 set a "b c" >/dev/null; redis-cli config get port >/dev/null; redis-cli frob x >/dev/null; printf "multi\\nset q é\\nexec\\n" | redis-cli >/dev/null; sleep 1; kill %1) 2>/dev/null',
    ),
  ).toMatch(
    /^OK\n\d+\.\d{6} \[1 127\.0\.0\.1:\d+\] "SELECT" "1"\n\d+\.\d{6} \[1 127\.0\.0\.1:\d+\] "set" "a" "b c"\n\S+ \[0 \S+\] "multi"\n\S+ \[0 \S+\] "set" "q" "\\xc3\\xa9"\n\S+ \[0 \S+\] "exec"\n$/,
  )
})

it('tells how a value is kept, and what it is itself', async () => {
  const sh = await server()
  const lines = 'set i 12\nset s text\nsadd n 1 2\nzadd z 1 a\nrpush l a\n'
  await sh(`printf '${lines}' | redis-cli`)
  expect(
    await sh(
      "printf 'object encoding i\\nobject encoding s\\nobject encoding n\\nobject encoding z\\nobject encoding l\\n' | redis-cli",
    ),
  ).toBe('int\nembstr\nintset\nlistpack\nlistpack\n')
  expect(
    await sh(
      'redis-cli hset h a $(printf %065d 1) >/dev/null; redis-cli object encoding h; redis-cli set b 9223372036854775808 >/dev/null; redis-cli object encoding b; redis-cli rpush m $(seq 200) >/dev/null; redis-cli object encoding m; redis-cli slowlog',
    ),
  ).toBe("hashtable\nembstr\nlistpack\nERR wrong number of arguments for 'slowlog' command\n")
  const info = await sh('redis-cli info server; redis-cli info clients; redis-cli info stats')
  for (const line of ['redis_mode:standalone', 'tcp_port:6379', 'connected_clients:1', 'uptime_in_days:0'])
    expect(info).toContain(`${line}\r\n`)
  expect(await sh('redis-cli cluster info')).toBe('ERR This instance has cluster support disabled\n')
})
