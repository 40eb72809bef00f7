/** Formats of texts in custom resources; those that nobody knows are not looked at. */
import { decodeBase64 } from '../formats/go-base64.ts'
import { addressBits } from '../kinds/validation/addresses.ts'
import { dns1123Label, dns1123Subdomain } from '../kinds/validation/content.ts'

type Holds = (text: string) => boolean

const matching =
  (pattern: RegExp): Holds =>
  text =>
    pattern.test(text)
const uuid = (version: string, variant: string): Holds =>
  matching(new RegExp(`^[0-9a-f]{8}-?[0-9a-f]{4}-?${version}[0-9a-f]{3}-?${variant}[0-9a-f]{3}-?[0-9a-f]{12}$`, 'i'))

const isDay = (text: string): boolean => {
  const m = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text)
  if (!m) return false
  const [year, month, day] = m.slice(1).map(Number) as [number, number, number]
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate()
}
const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d[tT ]\d\d:\d\d:\d\d(\.\d+)?([zZ]|[+-]\d\d:?\d\d)?$/.test(text) && isDay(text.slice(0, 10))

const widthOf = (text: string): number | undefined => addressBits(text)?.width
function isNetwork(text: string): boolean {
  const [address = '', length = ''] = text.split('/')
  const width = widthOf(address)
  return width !== undefined && /^\d+$/.test(length) && Number(length) <= width
}

const UNITS = 'ns|us|µs|μs|ms|s|m|h|hr|hour|sec|second|min|minute|d|day|w|wk|week|milli|nano|micro'
const isDuration: Holds = matching(new RegExp(`^[+-]?((\\d+\\.?\\d*|\\.\\d+)\\s*(${UNITS})s?\\s*)+$|^0$`, 'i'))

const digits = (text: string): string => text.replace(/[^\dxX]/g, '')
const isBook10 = (text: string): boolean => {
  const all = digits(text)
  if (!/^\d{9}[\dxX]$/.test(all)) return false
  return [...all].reduce((sum, c, i) => sum + (10 - i) * (/x/i.test(c) ? 10 : Number(c)), 0) % 11 === 0
}
const isBook13 = (text: string): boolean => {
  const all = digits(text)
  return /^\d{13}$/.test(all) && [...all].reduce((sum, c, i) => sum + Number(c) * (i % 2 ? 3 : 1), 0) % 10 === 0
}

const CARD =
  /^(?:4\d{12}(?:\d{3})?|5[1-5]\d{14}|6(?:011|5\d\d)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|(?:2131|1800|35\d{3})\d{11})$/
/** By its issuer's first digits, and by Luhn's sum. */
function isCard(text: string): boolean {
  const all = text.replace(/\D/g, '')
  if (!CARD.test(all)) return false
  const doubled = (n: number): number => (n < 5 ? 2 * n : 2 * n - 9)
  return [...all].reverse().reduce((sum, c, i) => sum + (i % 2 ? doubled(Number(c)) : Number(c)), 0) % 10 === 0
}

/** Without their hyphens. */
const FORMATS: Readonly<Record<string, Holds>> = {
  bsonobjectid: matching(/^[0-9a-f]{24}$/i),
  uri: text => text.startsWith('/') || URL.canParse(text),
  email: matching(/^[^@\s<>]+@[^@\s<>]+$|<[^@\s<>]+@[^@\s<>]+>$/),
  hostname: matching(
    /^(?=.{1,255}$)[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,62}[A-Za-z0-9])?)*\.?$/,
  ),
  ipv4: text => widthOf(text) === 32,
  ipv6: text => text.includes(':') && widthOf(text) !== undefined,
  cidr: isNetwork,
  mac: matching(/^([0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\2){4}[0-9a-f]{2}$|^[0-9a-f]{4}(\.[0-9a-f]{4}){2}$/i),
  uuid: uuid('[0-9a-f]', '[0-9a-f]'),
  uuid3: uuid('3', '[0-9a-f]'),
  uuid4: uuid('4', '[89ab]'),
  uuid5: uuid('5', '[89ab]'),
  isbn: text => isBook10(text) || isBook13(text),
  isbn10: isBook10,
  isbn13: isBook13,
  creditcard: isCard,
  ssn: matching(/^\d{3}[- ]?\d{2}[- ]?\d{4}$/),
  hexcolor: matching(/^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$/),
  rgbcolor: matching(/^rgb\(\s*(\d{1,3}%?)\s*,\s*(\d{1,3}%?)\s*,\s*(\d{1,3}%?)\s*\)$/),
  password: () => true,
  byte: text => decodeBase64(text) !== undefined,
  date: isDay,
  duration: isDuration,
  datetime: isMoment,
  k8sshortname: text => !dns1123Label(text).length,
  k8slongname: text => !dns1123Subdomain(text).length,
}

const holdsOf = (format: string): Holds | undefined => {
  const name = format.replaceAll('-', '')
  return Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined
}

export const isKnownFormat = (format: string): boolean => holdsOf(format) !== undefined
export const hasFormat = (text: string, format: string): boolean => holdsOf(format)?.(text) ?? true
