/** Kubernetes' additions to CEL for addresses and networks: ip, cidr and what one may ask of them, in Go's words for what is none. */
import { addressBits, isMapped } from '../../kinds/validation/addresses.ts'
import { CelError, Custom, noSuchOverload, type Value } from '../runtime/values.ts'
import { type Functions, type Implementation, readDeclarations } from '../types/declarations.ts'
import { opaque } from '../types/types.ts'
import { of } from './implementing.ts'

const IP = opaque('net.IP')
const CIDR = opaque('net.CIDR')

class Address extends Custom {
  readonly type = IP
  readonly family: 4 | 6
  readonly bits: bigint
  constructor(family: 4 | 6, bits: bigint) {
    super()
    this.family = family
    this.bits = bits
  }
  equals(other: Value): boolean {
    if (!(other instanceof Address)) throw noSuchOverload()
    return this.family === other.family && this.bits === other.bits
  }
}

class Network extends Custom {
  readonly type = CIDR
  readonly address: Address
  readonly length: number
  constructor(address: Address, length: number) {
    super()
    this.address = address
    this.length = length
  }
  equals(other: Value): boolean {
    if (!(other instanceof Network)) throw noSuchOverload()
    return this.length === other.length && this.address.equals(other.address)
  }
}

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

function parse(text: string, refused: (why: string) => CelError): Address {
  const plain = text.includes(':') ? text.replace(/%.+$/, '') : text
  const found = addressBits(plain)
  if (!found) throw refused(whyNot(text))
  if (plain !== text) throw new CelError(`IP address ${JSON.stringify(text)} with zone value is not allowed`)
  if (isMapped(found)) throw new CelError(`IPv4-mapped IPv6 address ${JSON.stringify(text)} is not allowed`)
  return new Address(found.width === 32 ? 4 : 6, found.bits)
}

const ip = (text: string): Address =>
  parse(
    text,
    why => new CelError(`IP Address ${JSON.stringify(text)} parse error during conversion from string: ${why}`),
  )

function cidr(text: string): Network {
  const refused = (why: string): CelError =>
    new CelError(
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

const contains = (outer: Network, inner: Network): boolean =>
  outer.length <= inner.length && isWithin(inner.address, outer)

function masked({ address, length }: Network): Network {
  const left = BigInt(sizeOf(address) - length)
  return new Network(new Address(address.family, (address.bits >> left) << left), length)
}

const DECLARATIONS = `
cidr string_to_cidr (string) -> net.CIDR
containsCIDR cidr_contains_cidr_string net.CIDR.(string) -> bool
containsCIDR cidr_contains_cidr net.CIDR.(net.CIDR) -> bool
containsIP cidr_contains_ip_string net.CIDR.(string) -> bool
containsIP cidr_contains_ip_ip net.CIDR.(net.IP) -> bool
family ip_family net.IP.() -> int
ip string_to_ip (string) -> net.IP
ip cidr_ip net.CIDR.() -> net.IP
ip.isCanonical ip_is_canonical (string) -> bool
isCIDR is_cidr (string) -> bool
isGlobalUnicast ip_is_global_unicast net.IP.() -> bool
isIP is_ip (string) -> bool
isLinkLocalMulticast ip_is_link_local_multicast net.IP.() -> bool
isLinkLocalUnicast ip_is_link_local_unicast net.IP.() -> bool
isLoopback ip_is_loopback net.IP.() -> bool
isUnspecified ip_is_unspecified net.IP.() -> bool
masked cidr_masked net.CIDR.() -> net.CIDR
prefixLength cidr_prefix_length net.CIDR.() -> int
string ip_to_string (net.IP) -> string
string cidr_to_string (net.CIDR) -> string
`

const addresses: Record<string, Implementation> = {
  string_to_ip: of(ip),
  is_ip: of(isOne(ip)),
  ip_is_canonical: of((text: string) => shown(ip(text)) === text),
  ip_to_string: of(shown),
  ip_family: of((a: Address) => BigInt(a.family)),
  ip_is_unspecified: of(isUnspecified),
  ip_is_loopback: of(isLoopback),
  ip_is_link_local_multicast: of(isLinkLocalMulticast),
  ip_is_link_local_unicast: of(isLinkLocalUnicast),
  ip_is_global_unicast: of(isGlobalUnicast),
  string_to_cidr: of(cidr),
  is_cidr: of(isOne(cidr)),
  cidr_to_string: of((n: Network) => `${shown(n.address)}/${n.length}`),
  cidr_contains_ip_string: of((n: Network, text: string) => isWithin(ip(text), n)),
  cidr_contains_ip_ip: of((n: Network, a: Address) => isWithin(a, n)),
  cidr_contains_cidr_string: of((n: Network, text: string) => contains(n, cidr(text))),
  cidr_contains_cidr: of(contains),
  cidr_ip: of((n: Network) => n.address),
  cidr_masked: of(masked),
  cidr_prefix_length: of((n: Network) => BigInt(n.length)),
}

export const addressLibrary: Functions = readDeclarations(DECLARATIONS, addresses)
