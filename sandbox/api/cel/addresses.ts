/** Kubernetes' additions to CEL for addresses and networks: ip, cidr and what one may ask of them, in Go's words for what is none. */
import type { Environment } from '@marcbachmann/cel-js'
import { addressBits, isMapped } from '../kinds/validation/addresses.ts'

class Address {
  readonly family: 4 | 6
  readonly bits: bigint
  constructor(family: 4 | 6, bits: bigint) {
    this.family = family
    this.bits = bits
  }
}

class Network {
  readonly address: Address
  readonly length: number
  constructor(address: Address, length: number) {
    this.address = address
    this.length = length
  }
}

/** Names with functions, which the library takes for values of a type. */
class Addresses {}

const sizeOf = ({ family }: Address): number => (family === 4 ? 32 : 128)
/** What netip says of a text that is no address. */
function whyNot(text: string): string {
  const fields = text.split('.')
  const words = ((): string => {
    if (!/^[\d.]+$/.test(text) || fields.some(f => !f)) return 'unable to parse IP'
    if (fields.some(f => f.length > 1 && f.startsWith('0'))) return 'IPv4 field has octet with leading zero'
    if (fields.some(f => Number(f) > 255)) return 'IPv4 field has value >255'
    if (fields.length === 1) return 'unable to parse IP'
    return fields.length < 4 ? 'IPv4 address too short' : 'IPv4 address too long'
  })()
  return `ParseAddr(${JSON.stringify(text)}): ${words}`
}

function parse(text: string, refused: (why: string) => Error): Address {
  const plain = text.includes(':') ? text.replace(/%.+$/, '') : text
  const found = addressBits(plain)
  if (!found) throw refused(whyNot(text))
  if (plain !== text) throw new Error(`IP address ${JSON.stringify(text)} with zone value is not allowed`)
  if (isMapped(found)) throw new Error(`IPv4-mapped IPv6 address ${JSON.stringify(text)} is not allowed`)
  return new Address(found.width === 32 ? 4 : 6, found.bits)
}

const ip = (text: string): Address =>
  parse(text, why => new Error(`IP Address ${JSON.stringify(text)} parse error during conversion from string: ${why}`))

function cidr(text: string): Network {
  const refused = (why: string): Error =>
    new Error(
      `network address parse error during conversion from string: netip.ParsePrefix(${JSON.stringify(text)}): ${why}`,
    )
  const slash = text.lastIndexOf('/')
  if (slash < 0) throw refused("no '/'")
  const address = parse(text.slice(0, slash), refused)
  const length = text.slice(slash + 1)
  if (!/^(0|[1-9]\d*)$/.test(length)) throw refused(`bad bits after slash: ${JSON.stringify(length)}`)
  if (Number(length) > sizeOf(address)) throw refused('prefix length out of range')
  return new Network(address, Number(length))
}

function shown({ family, bits }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map(by => (bits >> by) & 255n).join('.')
  const eight = Array.from({ length: 8 }, (_, i) => ((bits >> BigInt(16 * (7 - i))) & 0xffffn).toString(16))
  return new URL(`http://[${eight.join(':')}]`).hostname.slice(1, -1)
}

const prefixOf = (address: Address, length: number): bigint => address.bits >> BigInt(sizeOf(address) - length)
const isWithin = (address: Address, { address: base, length }: Network): boolean =>
  address.family === base.family && prefixOf(address, length) === prefixOf(base, length)
const inNetwork = (text: string) => (address: Address) => isWithin(address, cidr(text))
const either =
  (four: (a: Address) => boolean, six: (a: Address) => boolean) =>
  (address: Address): boolean =>
    address.family === 4 ? four(address) : six(address)

const isUnspecified = ({ bits }: Address): boolean => bits === 0n
const isLoopback = either(inNetwork('127.0.0.0/8'), inNetwork('::1/128'))
/** ff?2::/16, whatever the flags. */
const isLinkLocalMulticast = either(inNetwork('224.0.0.0/24'), ({ bits }) => {
  const first = bits >> 112n
  return (first & 0xff0fn) === 0xff02n
})
const isLinkLocalUnicast = either(inNetwork('169.254.0.0/16'), inNetwork('fe80::/10'))
const isMulticast = either(inNetwork('224.0.0.0/4'), inNetwork('ff00::/8'))
const isBroadcast = inNetwork('255.255.255.255/32')
const isGlobalUnicast = (a: Address): boolean =>
  !isUnspecified(a) && !isBroadcast(a) && !isLoopback(a) && !isMulticast(a) && !isLinkLocalUnicast(a)

const isOne =
  (read: (text: string) => unknown) =>
  (text: string): boolean => {
    try {
      read(text)
      return true
    } catch {
      return false
    }
  }

const IP = 'net.IP'
const CIDR = 'net.CIDR'

export function addAddresses(env: Environment): void {
  const same = (a: Address, b: Address): boolean => a.family === b.family && a.bits === b.bits
  const contains = (outer: Network, inner: Network): boolean =>
    outer.length <= inner.length && isWithin(inner.address, outer)
  env
    .registerType(IP, Address)
    .registerType(CIDR, Network)
    .registerType('kubernetes.Addresses', Addresses)
    .registerConstant('ip', 'kubernetes.Addresses', new Addresses())
    .registerFunction(`ip(string): ${IP}`, ip)
    .registerFunction('isIP(string): bool', isOne(ip))
    .registerFunction(
      'kubernetes.Addresses.isCanonical(string): bool',
      (_: Addresses, text: string) => shown(ip(text)) === text,
    )
    .registerFunction(`string(${IP}): string`, shown)
    .registerFunction(`${IP}.family(): int`, (a: Address) => BigInt(a.family))
    .registerFunction(`${IP}.isUnspecified(): bool`, isUnspecified)
    .registerFunction(`${IP}.isLoopback(): bool`, isLoopback)
    .registerFunction(`${IP}.isLinkLocalMulticast(): bool`, isLinkLocalMulticast)
    .registerFunction(`${IP}.isLinkLocalUnicast(): bool`, isLinkLocalUnicast)
    .registerFunction(`${IP}.isGlobalUnicast(): bool`, isGlobalUnicast)
    .registerOperator(`${IP} == ${IP}`, same)
    .registerFunction(`cidr(string): ${CIDR}`, cidr)
    .registerFunction('isCIDR(string): bool', isOne(cidr))
    .registerFunction(`string(${CIDR}): string`, (n: Network) => `${shown(n.address)}/${n.length}`)
    .registerFunction(`${CIDR}.containsIP(string): bool`, (n: Network, text: string) => isWithin(ip(text), n))
    .registerFunction(`${CIDR}.containsIP(${IP}): bool`, (n: Network, a: Address) => isWithin(a, n))
    .registerFunction(`${CIDR}.containsCIDR(string): bool`, (n: Network, text: string) => contains(n, cidr(text)))
    .registerFunction(`${CIDR}.containsCIDR(${CIDR}): bool`, contains)
    .registerFunction(`${CIDR}.ip(): ${IP}`, (n: Network) => n.address)
    .registerFunction(`${CIDR}.masked(): ${CIDR}`, ({ address, length }: Network) => {
      const left = BigInt(sizeOf(address) - length)
      return new Network(new Address(address.family, (address.bits >> left) << left), length)
    })
    .registerFunction(`${CIDR}.prefixLength(): int`, (n: Network) => BigInt(n.length))
    .registerOperator(
      `${CIDR} == ${CIDR}`,
      (a: Network, b: Network) => a.length === b.length && same(a.address, b.address),
    )
}
