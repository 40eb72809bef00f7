/** `binascii`, and base64's decoding, with CPython's words for what is wrong. */
import { functions, given, intOf } from '../builtins/define.ts'
import { errorClass, raise, typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { type Keywords, PyBytes, PyClass, type Value } from '../objects/values.ts'
import { adler32, crc32 } from './zlib.ts'

export const binasciiError = new PyClass('Error', [errorClass('ValueError')], new Map(), 'binascii', true)

/** Bytes, or a text of ASCII alone. */
export function asciiOrBytes(value: Value | undefined): string {
  if (value instanceof PyBytes) return value.text
  if (typeof value !== 'string')
    throw typeError(`argument should be bytes, buffer or ASCII string, not '${typeOf(value ?? null).name}'`)
  if (/[^\0-\x7f]/.test(value)) throw raise('ValueError', 'string argument should contain only ASCII characters')
  return value
}

/** Bytes of base64: what is none of its letters is passed over. @throws binascii.Error for a wrong length or padding */
export function fromBase64(text: string): PyBytes {
  const letters = text.replace(/[^A-Za-z0-9+/=]/g, '')
  const end = letters.search(/=/)
  const data = end < 0 ? letters : letters.slice(0, end)
  const padding = end < 0 ? 0 : /^=*/.exec(letters.slice(end))![0].length
  const over = data.length % 4
  if (over === 1)
    throw raise(
      binasciiError,
      `Invalid base64-encoded string: number of data characters (${data.length}) cannot be 1 more than a multiple of 4`,
    )
  if (over && padding < 4 - over) throw raise(binasciiError, 'Incorrect padding')
  return new PyBytes(atob(data))
}

function fromHex(value: Value | undefined): PyBytes {
  const text = asciiOrBytes(value)
  if (text.length % 2) throw raise(binasciiError, 'Odd-length string')
  if (/[^0-9a-fA-F]/.test(text)) throw raise(binasciiError, 'Non-hexadecimal digit found')
  return new PyBytes(text.replace(/../g, pair => String.fromCharCode(Number.parseInt(pair, 16))))
}

function bytesIn(value: Value | undefined): string {
  if (value instanceof PyBytes) return value.text
  throw typeError(`a bytes-like object is required, not '${typeOf(value ?? null).name}'`)
}

const hexOf = (text: string): string => text.replace(/[\s\S]/g, c => c.charCodeAt(0).toString(16).padStart(2, '0'))

/** Hexadecimal digits, with something between every so many bytes, counted from the end or from the beginning. */
function toHex(name: string, args: readonly Value[], keywords: Keywords): PyBytes {
  const [data, sep, each = 1] = given(name, args, keywords, ['data', 'sep?', 'bytes_per_sep?'])
  const digits = hexOf(bytesIn(data))
  if (sep === undefined) return new PyBytes(digits)
  const between = asciiOrBytes(sep)
  if (between.length !== 1) throw raise('ValueError', 'sep must be length 1.')
  const size = 2 * Math.abs(intOf(each))
  if (!size || size >= digits.length) return new PyBytes(digits)
  const first = intOf(each) > 0 ? digits.length % size || size : size
  const parts = [digits.slice(0, first)]
  for (let at = first; at < digits.length; at += size) parts.push(digits.slice(at, at + size))
  return new PyBytes(parts.join(between))
}

export const binascii = (): Record<string, Value> => ({
  Error: binasciiError,
  ...functions({
    hexlify: (_, args, keywords) => toHex('hexlify', args, keywords),
    b2a_hex: (_, args, keywords) => toHex('b2a_hex', args, keywords),
    unhexlify: (_, [value]) => fromHex(value),
    a2b_hex: (_, [value]) => fromHex(value),
    b2a_base64: (machine, [value], keywords) =>
      new PyBytes(btoa(bytesIn(value)) + (machine.truth(keywords.get('newline') ?? true) ? '\n' : '')),
    a2b_base64: (_, [value]) => fromBase64(asciiOrBytes(value)),
    crc32,
    adler32,
  }),
})
