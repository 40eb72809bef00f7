/** Passwords as web servers keep them in files of users: what `htpasswd` writes, and whether one is right. */
import { sha1 } from '../../../crypto/digests.ts'
import { md5 } from '../../python/modules/hashes.ts'

const LETTERS = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** In this order the bytes of a sum are written, three for four letters; the last stands alone. */
const ORDER = [
  [0, 6, 12],
  [1, 7, 13],
  [2, 8, 14],
  [3, 9, 15],
  [4, 10, 5],
] as const
const LAST = 11

const bytesOf = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text))
/** The sum of bytes, as bytes: one character each. */
const sumOf = (bytes: string): string =>
  md5(bytes).replace(/../g, pair => String.fromCharCode(Number.parseInt(pair, 16)))

function letters(value: number, count: number): string {
  let text = ''
  for (let rest = value, i = 0; i < count; i++, rest >>= 6) text += LETTERS[rest & 63]
  return text
}

/**
 * The crypt of MD5, a thousand rounds of it.
 * @param magic `$apr1$` of Apache, `$1$` of systems
 * @param salt at most eight letters count
 */
export function md5Crypt(password: string, salt: string, magic: '$apr1$' | '$1$' = '$apr1$'): string {
  const key = bytesOf(password)
  const grain = salt.slice(0, 8)
  const inner = sumOf(key + grain + key)
  let begun = key + magic + grain
  for (let left = key.length; left > 0; left -= 16) begun += inner.slice(0, Math.min(16, left))
  for (let bits = key.length; bits; bits >>= 1) begun += bits & 1 ? '\0' : key.slice(0, 1)
  let sum = sumOf(begun)
  for (let round = 0; round < 1000; round++) {
    const odd = Boolean(round & 1)
    sum = sumOf((odd ? key : sum) + (round % 3 ? grain : '') + (round % 7 ? key : '') + (odd ? sum : key))
  }
  const code = (i: number): number => sum.charCodeAt(i)
  const written = ORDER.map(([a, b, c]) => letters((code(a) << 16) | (code(b) << 8) | code(c), 4)).join('')
  return `${magic}${grain}$${written}${letters(code(LAST), 2)}`
}

const codes = (text: string): number[] => [...text].map(c => c.charCodeAt(0))

/** `{SHA}` and what `htpasswd -s` writes after it. */
export const shaPassword = (password: string): string =>
  `{SHA}${btoa(String.fromCharCode(...sha1(codes(bytesOf(password)))))}`

/** @param kept what stands behind the user's name @returns undefined for sorts that are not simulated */
export function isPassword(password: string, kept: string): boolean | undefined {
  const [, magic, salt] = /^(\$apr1\$|\$1\$)([^$]{0,8})/.exec(kept) ?? []
  if (magic) return md5Crypt(password, salt!, magic as '$apr1$' | '$1$') === kept
  const [, sort, rest = ''] = /^\{(PLAIN|SHA|SSHA)\}(.*)$/.exec(kept) ?? []
  if (sort === 'PLAIN') return rest === password
  if (!sort) return kept.startsWith('$') || kept.length === 13 ? undefined : false
  let bytes: number[]
  try {
    bytes = codes(atob(rest))
  } catch {
    return false
  }
  const sum = sha1([...codes(bytesOf(password)), ...bytes.slice(20)])
  return sum.every((byte, i) => byte === bytes[i])
}
