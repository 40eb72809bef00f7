/** ping, in the words of busybox and of iputils. */
import { expect, test } from 'vitest'
import { machine } from '../../testing.ts'

const NETSHOOT = 'nicolaka/netshoot'
const run = (line: string, image = 'busybox:1.36') => machine().sh(line, { image })

test('ping of busybox', async () => {
  expect((await run('ping -c 2 localhost')).out.replace(/\d\.\d{3}/g, 'N')).toBe(
    'PING localhost (127.0.0.1): 56 data bytes\n64 bytes from 127.0.0.1: seq=0 ttl=64 time=N ms\n64 bytes from 127.0.0.1: seq=1 ttl=64 time=N ms\n\n--- localhost ping statistics ---\n2 packets transmitted, 2 packets received, 0% packet loss\nround-trip min/avg/max = N/N/N ms\n',
  )
  expect(await run('ping -c 1 nosuch')).toEqual({ out: '', err: "ping: bad address 'nosuch'\n", code: 1 })
})

test('ping of iputils', async () => {
  expect((await run('ping -c 2 127.0.0.1', NETSHOOT)).out.replace(/\d\.\d{3}/g, 'N')).toMatch(
    /^PING 127\.0\.0\.1 \(127\.0\.0\.1\) 56\(84\) bytes of data\.\n64 bytes from 127\.0\.0\.1: icmp_seq=1 ttl=64 time=N ms\n64 bytes from 127\.0\.0\.1: icmp_seq=2 ttl=64 time=N ms\n\n--- 127\.0\.0\.1 ping statistics ---\n2 packets transmitted, 2 received, 0% packet loss, time 100\dms\nrtt min\/avg\/max\/mdev = N\/N\/N\/N ms\n$/,
  )
  expect(await run('ping -c 1 nosuch', NETSHOOT)).toEqual({
    out: '',
    err: 'ping: nosuch: Name or service not known\n',
    code: 2,
  })
  expect(await run('ping -c 2 -W 1 203.0.113.9', NETSHOOT)).toMatchObject({
    out: expect.stringMatching(/2 packets transmitted, 0 received, 100% packet loss, time \d+ms\n\n$/),
    code: 1,
  })
})

test('ping stops at its deadline, and sends as much as it is told to', async () => {
  const busybox = (await run('ping -w 2 -s 100 127.0.0.1')).out
  expect(busybox).toContain('PING 127.0.0.1 (127.0.0.1): 100 data bytes\n108 bytes from 127.0.0.1: seq=0 ')
  expect(busybox).toContain('\n2 packets transmitted, 2 packets received')
  expect((await run('ping -w 2 -s 100 127.0.0.1', NETSHOOT)).out).toContain('PING 127.0.0.1 (127.0.0.1) 100(128) bytes')
})
