/** Addresses of fields that take one spelling alone, in the words of a server. */
import { expect, it } from 'vitest'
import { strictIP } from './addresses.ts'

it.each([
  ['10.9.8.7', []],
  ['2001:db8::1', []],
  ['2001:DB8:0:0::1', ['must be in canonical form ("2001:db8::1")']],
  ['1:0:0:2:0:0:0:3', ['must be in canonical form ("1:0:0:2::3")']],
  ['::ffff:1.2.3.4', ['must not be an IPv4-mapped IPv6 address']],
  ['10.09.8.7', ['must not have leading 0s']],
  ['10.9.8', ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']],
])('%s: %j', (address, faults) => expect(strictIP(address)).toEqual(faults))
