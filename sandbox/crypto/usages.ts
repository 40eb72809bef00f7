/** Key usages: the two extensions of a certificate that hold them, by the names that Kubernetes has for usages. */
import { extension } from './certificate.ts'
import { elements } from './der.ts'
import { type Bytes, element, objectId, sequence } from './der-writer.ts'
import { type Extension, same } from './x509.ts'

export const KEY_USAGE = objectId('2.5.29.15')
export const EXTENDED_USAGE = objectId('2.5.29.37')

/** By the number of their bit. */
const BITS: Readonly<Record<string, number>> = {
  'digital signature': 0,
  signing: 0,
  'content commitment': 1,
  'key encipherment': 2,
  'data encipherment': 3,
  'key agreement': 4,
  'cert sign': 5,
  'crl sign': 6,
  'encipher only': 7,
  'decipher only': 8,
}

/** In the order in which Go has them. */
const PURPOSES: Readonly<Record<string, string>> = {
  any: '2.5.29.37.0',
  'server auth': '1.3.6.1.5.5.7.3.1',
  'client auth': '1.3.6.1.5.5.7.3.2',
  'code signing': '1.3.6.1.5.5.7.3.3',
  'email protection': '1.3.6.1.5.5.7.3.4',
  's/mime': '1.3.6.1.5.5.7.3.4',
  'ipsec end system': '1.3.6.1.5.5.7.3.5',
  'ipsec tunnel': '1.3.6.1.5.5.7.3.6',
  'ipsec user': '1.3.6.1.5.5.7.3.7',
  timestamping: '1.3.6.1.5.5.7.3.8',
  'ocsp signing': '1.3.6.1.5.5.7.3.9',
  'microsoft sgc': '1.3.6.1.4.1.311.10.3.3',
  'netscape sgc': '2.16.840.1.113730.4.1',
}

/** The bits from the first to the last that is set, and how many of the last byte are none. */
function bitString(numbers: readonly number[]): Bytes {
  const last = Math.max(...numbers)
  const bytes = new Array<number>(Math.floor(last / 8) + 1).fill(0)
  for (const n of numbers) bytes[Math.floor(n / 8)]! |= 0x80 >> (n % 8)
  return element(0x03, [7 - (last % 8)], bytes)
}

export function usageExtensions(usages: readonly string[]): Bytes[] {
  const bits = usages.flatMap(usage => BITS[usage] ?? [])
  const purposes = new Set(
    Object.keys(PURPOSES)
      .filter(purpose => usages.includes(purpose))
      .map(p => PURPOSES[p]!),
  )
  return [
    ...(bits.length ? [extension(KEY_USAGE, bitString(bits), true)] : []),
    ...(purposes.size ? [extension(EXTENDED_USAGE, sequence(...[...purposes].map(objectId)))] : []),
  ]
}

/** The names of the bits that are set. */
export function keyUsages(value: Bytes): string[] {
  const [, ...bytes] = elements(value)[0]!.body
  return Object.keys(BITS).filter(
    name => name !== 'signing' && (bytes[BITS[name]! >> 3] ?? 0) & (0x80 >> (BITS[name]! & 7)),
  )
}

/** The names of purposes; of those with two names the first. */
export const purposesOf = (value: Bytes): string[] =>
  elements(elements(value)[0]!.body).flatMap(
    ({ whole }) => Object.keys(PURPOSES).find(name => same(objectId(PURPOSES[name]!), whole)) ?? [],
  )

/** Whether clients may use it: who says nothing of purposes may do everything. */
export function isForClients(extensions: readonly Extension[]): boolean {
  const found = extensions.find(({ id }) => same(id, EXTENDED_USAGE))
  return !found || purposesOf(found.value).some(purpose => purpose === 'client auth' || purpose === 'any')
}
