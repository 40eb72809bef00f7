/** Options of network tools that want a number and get something else: each tool has its own words. */
import { expect, it } from 'vitest'
import { machine } from '../../testing.ts'

it.each([
  ['busybox:1.36', 'nc -w x localhost 99', 1, "nc: invalid number 'x'\n"],
  ['busybox:1.36', 'nc localhost x', 1, "nc: bad port 'x'\n"],
  ['busybox:1.36', 'ping -W x localhost', 1, "ping: invalid number 'x'\n"],
  ['busybox:1.36', 'wget -T x localhost', 1, "wget: invalid number 'x'\n"],
  ['nicolaka/netshoot', 'nc -w x localhost 99', 1, 'nc: timeout invalid: x\n'],
  ['nicolaka/netshoot', 'nc localhost x', 1, 'nc: port number invalid: x\n'],
  ['nicolaka/netshoot', 'ping -c x localhost', 1, "ping: invalid argument: 'x'\n"],
  [
    'nicolaka/netshoot',
    'ping -c 0 localhost',
    1,
    "ping: invalid argument: '0': out of range: 1 <= value <= 9223372036854775807\n",
  ],
  ['nicolaka/netshoot', 'wget -T x localhost', 2, "wget: --timeout: Invalid time period 'x'\n"],
  [
    'nicolaka/netshoot',
    'dig +time=x web',
    10,
    "invalid timeout 'x': not a valid number\ndig: Couldn't parse timeout\n",
  ],
])('%s: %s', async (image, command, code, err) => {
  expect(await machine().sh(command, { image })).toEqual({ code, out: '', err })
})
