/** traceroute, of busybox and of Linux. */
import { expect, test } from 'vitest'
import { machine } from '../../testing.ts'

const NETSHOOT = 'nicolaka/netshoot'
const run = (line: string, image = 'busybox:1.36') => machine().sh(line, { image, ms: 60_000 })

test('traceroute names a host that it does not find', async () => {
  expect(await run('traceroute nosuch', NETSHOOT)).toEqual({
    out: '',
    err: 'nosuch: Name or service not known\nCannot handle "host" cmdline arg `nosuch\' on position 1 (argc 1)\n',
    code: 2,
  })
})

test('traceroute goes so far, asks so often and waits so long as it is told to', async () => {
  const { out, code } = await run('traceroute -m 3 -q 1 -w 1 203.0.113.9')
  expect(out).toMatch(
    /^traceroute to 203\.0\.113\.9 \(203\.0\.113\.9\), 3 hops max, 46 byte packets\n 1 {2}\S+ \(\S+\) {2}0\.008 ms\n 2 {2}\*\n 3 {2}\*\n$/,
  )
  expect(code).toBe(0)
})

test('traceroute waits for every probe as long as busybox does', async () => {
  const { out } = await run('date +%s; traceroute -m 3 203.0.113.9 > /dev/null; date +%s')
  const [began, ended] = out.trim().split('\n').map(Number)
  expect(ended! - began!).toBe(3 + 2 * 3 * 3)
})

test('traceroute shows addresses alone, and begins where it is told to', async () => {
  expect((await run('traceroute -n -f 3 -m 4 127.0.0.1')).out).toMatch(
    /^traceroute to 127\.0\.0\.1 \(127\.0\.0\.1\), 4 hops max, 46 byte packets\n 3 {2}127\.0\.0\.1( {2}\d\.\d{3} ms){3}\n$/,
  )
})

test.each([
  ['traceroute -m 300 x', 'traceroute: number 300 is not in 1..255 range\n', 1],
  ['traceroute -f 3 -m 2 x', 'traceroute: number 3 is not in 1..2 range\n', 1],
  ['traceroute -q 0 x', 'traceroute: number 0 is not in 1..2147483647 range\n', 1],
  ['traceroute -w 0 x', 'traceroute: number 0 is not in 1..86400 range\n', 1],
  ['traceroute -z 5 x', 'traceroute: -z is not simulated\n', 1],
])('%s is refused', async (line, err, code) => {
  expect(await run(line)).toEqual({ out: '', err, code })
})
