/** `base64`. */
import { functions } from '../builtins/define.ts'
import { typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { PyBytes, type Value } from '../objects/values.ts'
import { asciiOrBytes, fromBase64 } from './binascii.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function bytes(value: Value | undefined): string {
  if (value instanceof PyBytes) return value.text
  throw typeError(`a bytes-like object is required, not '${typeOf(value ?? null).name}'`)
}

const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_')
const plain = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/')

function base32(text: string): string {
  let bits = ''
  for (const c of text) bits += c.charCodeAt(0).toString(2).padStart(8, '0')
  const letters = bits.replace(/.{1,5}/g, five => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]!)
  return letters.padEnd(Math.ceil(letters.length / 8) * 8, '=')
}

export const base64 = (): Record<string, Value> =>
  functions({
    b64encode: (_, [value]) => new PyBytes(btoa(bytes(value))),
    b64decode: (_, [value]) => fromBase64(asciiOrBytes(value)),
    standard_b64encode: (_, [value]) => new PyBytes(btoa(bytes(value))),
    standard_b64decode: (_, [value]) => fromBase64(asciiOrBytes(value)),
    urlsafe_b64encode: (_, [value]) => new PyBytes(urlSafe(btoa(bytes(value)))),
    urlsafe_b64decode: (_, [value]) => fromBase64(plain(asciiOrBytes(value))),
    b32encode: (_, [value]) => new PyBytes(base32(bytes(value))),
    b16encode: (_, [value]) =>
      new PyBytes(bytes(value).replace(/[\s\S]/g, c => c.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase())),
    encodebytes: (_, [value]) => new PyBytes(btoa(bytes(value)).replace(/.{1,76}/g, '$&\n')),
  })
