/** Addresses and networks: what is one, what Kubernetes says of what is none, and their numbers. */
import type { Rule } from './content.ts'

/** Without leading zeros, which some read as octal. */
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`)

export const isIPv4 = (value: string): boolean => IPV4.test(value)
export function isIPv6(value: string): boolean {
  if (!value.includes(':') || !/^[0-9a-fA-F:.]+$/.test(value)) return false
  const [head, tail, more] = value.split('::')
  if (more !== undefined) return false
  const groups = [...(head ? head.split(':') : []), ...(tail ? tail.split(':') : [])]
  const last = groups.at(-1) ?? ''
  const width = groups.length + (last.includes('.') ? 1 : 0)
  if (!groups.every((g, i) => /^[0-9a-fA-F]{1,4}$/.test(g) || (i === groups.length - 1 && isIPv4(g)))) return false
  return tail === undefined ? width === 8 : width < 8
}
export const isIP = (value: string): boolean => isIPv4(value) || isIPv6(value)

export interface AddressBits {
  width: 32 | 128
  bits: bigint
}

const joined = (groups: readonly string[], size: bigint, radix: number): bigint =>
  groups.reduce((bits, group) => (bits << size) | BigInt(Number.parseInt(group, radix)), 0n)

/** The number that an address is; undefined for what is none. */
export function addressBits(value: string): AddressBits | undefined {
  if (isIPv4(value)) return { width: 32, bits: joined(value.split('.'), 8n, 10) }
  if (!isIPv6(value)) return undefined
  const last = value.slice(value.lastIndexOf(':') + 1)
  const four = last.includes('.') ? joined(last.split('.'), 8n, 10) : undefined
  const tailEnd = four === undefined ? '' : `${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`
  const whole = four === undefined ? value : `${value.slice(0, -last.length)}${tailEnd}`
  const [head = '', tail] = whole.split('::')
  const groupsOf = (part: string | undefined): string[] => (part ? part.split(':') : [])
  const [a, b] = [groupsOf(head), groupsOf(tail)]
  return { width: 128, bits: joined([...a, ...Array<string>(8 - a.length - b.length).fill('0'), ...b], 16n, 16) }
}

/** The spelling of an IPv6 address that RFC 5952 wants: small letters, no leading zeros, the longest run of zeros left out. */
function canonicalIPv6({ bits }: AddressBits): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((bits >> BigInt(112 - 16 * i)) & 0xffffn).toString(16))
  const [longest] = [...groups.join(':').matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length)
  const plain = groups.join(':')
  if (!longest) return plain
  const [head, tail] = [plain.slice(0, longest.index), plain.slice(longest.index + longest[0].length)]
  return `${head.replace(/:$/, '')}::${tail.replace(/^:/, '')}`
}

export const isMapped = ({ width, bits }: AddressBits): boolean => width === 128 && bits >> 32n === 0xffffn

const withoutZeros = (address: string): string =>
  address.includes(':') ? address : address.replace(/(^|\.)0+(?=\d)/g, '$1')

export const ip: Rule = value => {
  const plain = withoutZeros(value)
  const found = addressBits(plain)
  if (!found) return ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']
  if (plain !== value) return ['must not have leading 0s']
  return isMapped(found) ? ['must not be an IPv4-mapped IPv6 address'] : []
}

/** An address in the spelling that it should have; what is none stays as it is. */
export function canonicalIP(value: string): string {
  const found = addressBits(value)
  return found?.width === 128 ? canonicalIPv6(found) : value
}

/** Of newer fields, which take an address in one spelling alone. */
export const strictIP: Rule = value => {
  const wrong = ip(value)
  const canonical = canonicalIP(value)
  return wrong.length || canonical === value ? wrong : [`must be in canonical form ("${canonical}")`]
}

export interface NetworkBits extends AddressBits {
  length: number
}

/** A network, whatever bits are set behind its prefix; undefined for what is none. */
export function networkBits(value: string): NetworkBits | undefined {
  const [address = '', length = '', more] = value.split('/')
  const found = more === undefined && /^\d{1,9}$/.test(length) ? addressBits(withoutZeros(address)) : undefined
  return found && Number(length) <= found.width ? { ...found, length: Number(length) } : undefined
}

export const cidr: Rule = value => {
  const found = networkBits(value)
  if (!found) return ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)']
  const [address = '', length = ''] = value.split('/')
  if (withoutZeros(address) !== address || /^0\d/.test(length))
    return ['must not have leading 0s in IP or prefix length']
  if (isMapped(found)) return ['must not have an IPv4-mapped IPv6 address']
  const behind = (1n << BigInt(found.width - found.length)) - 1n
  return found.bits & behind ? ['must not have bits set beyond the prefix length'] : []
}

/** What is said of an address, or of a network, that is accepted although it is spelled otherwise than it should be. */
export function spelling(value: unknown, path: string): string[] {
  if (typeof value !== 'string') return []
  const [address = '', length] = value.split('/')
  const found = addressBits(address)
  if (found?.width !== 128 || isMapped(found)) return []
  const wanted = [canonicalIPv6(found), ...(length === undefined ? [] : [Number(length)])].join('/')
  const what = length === undefined ? 'address' : 'CIDR value'
  return wanted === value
    ? []
    : [`${path}: IPv6 ${what} "${value}" should be in RFC 5952 canonical format ("${wanted}")`]
}

export function isWithin(address: AddressBits, { width, bits, length }: NetworkBits): boolean {
  const behind = BigInt(width - length)
  return address.width === width && address.bits >> behind === bits >> behind
}
