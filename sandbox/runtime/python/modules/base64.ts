/** `base64`. */
import { functions, given } from '../builtins/define.ts'
import { raise, typeError } from '../objects/errors.ts'
import { typeOf } from '../objects/types.ts'
import { PyBytes, type Value } from '../objects/values.ts'
import { asciiOrBytes, binasciiError, fromBase64 } from './binascii.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function bytes(value: Value | undefined): string {
  if (value instanceof PyBytes) return value.text
  throw typeError(`a bytes-like object is required, not '${typeOf(value ?? null).name}'`)
}

const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_')
const plain = (text: string): string => text.replaceAll('-', '+').replaceAll('_', '/')

/** Two letters that stand for `+` and `/`. */
function alternative(letters: string): string {
  if (letters.length !== 2) throw raise('AssertionError', new PyBytes(letters))
  return letters
}

const changed = (text: string, from: string, to: string): string =>
  text.replace(/[^A-Za-z0-9]/g, c => (from.includes(c) ? to[from.indexOf(c)]! : c))

/** @throws binascii.Error for what is no letter of base64, or padding where none may be */
function refuseOthers(text: string): void {
  if (text.startsWith('=')) throw raise(binasciiError, 'Leading padding not allowed')
  const [, data, padding, rest] = /^([A-Za-z0-9+/]*)(=*)([\s\S]*)$/.exec(text)!
  const complete = padding!.length > 0 && (data!.length + padding!.length) % 4 === 0 && padding!.length < 3
  if (!rest && (!padding || complete)) return
  if (/^[A-Za-z0-9+/]/.test(rest!)) throw raise(binasciiError, 'Discontinuous padding not allowed')
  if (!rest && (data!.length + padding!.length) % 4 !== 0 && padding!.length < 3) return
  throw raise(binasciiError, rest && !complete ? 'Only base64 data is allowed' : 'Excess data after padding')
}

function base32(text: string): string {
  let bits = ''
  for (const c of text) bits += c.charCodeAt(0).toString(2).padStart(8, '0')
  const letters = bits.replace(/.{1,5}/g, five => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]!)
  return letters.padEnd(Math.ceil(letters.length / 8) * 8, '=')
}

export const base64 = (): Record<string, Value> =>
  functions({
    b64encode: (_, args, keywords) => {
      const [value, letters = null] = given('b64encode', args, keywords, ['s', 'altchars?'])
      const text = btoa(bytes(value))
      return new PyBytes(letters === null ? text : changed(text, '+/', alternative(bytes(letters))))
    },
    b64decode: (machine, args, keywords) => {
      const [value, letters = null, validate = false] = given('b64decode', args, keywords, [
        's',
        'altchars?',
        'validate?',
      ])
      const text = asciiOrBytes(value)
      const plainly = letters === null ? text : changed(text, alternative(asciiOrBytes(letters)), '+/')
      if (machine.truth(validate)) refuseOthers(plainly)
      return fromBase64(plainly)
    },
    standard_b64encode: (_, [value]) => new PyBytes(btoa(bytes(value))),
    standard_b64decode: (_, [value]) => fromBase64(asciiOrBytes(value)),
    urlsafe_b64encode: (_, [value]) => new PyBytes(urlSafe(btoa(bytes(value)))),
    urlsafe_b64decode: (_, [value]) => fromBase64(plain(asciiOrBytes(value))),
    b32encode: (_, [value]) => new PyBytes(base32(bytes(value))),
    b16encode: (_, [value]) =>
      new PyBytes(bytes(value).replace(/[\s\S]/g, c => c.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase())),
    encodebytes: (_, [value]) => new PyBytes(btoa(bytes(value)).replace(/.{1,76}/g, '$&\n')),
  })
