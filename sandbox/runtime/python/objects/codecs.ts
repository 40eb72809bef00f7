/** Texts as bytes, and back. */
import { bytesOfText, textOfBytes } from '../../../bytes.ts'
import { raise, typeError } from './errors.ts'
import { typeOf } from './types.ts'
import { PyBytes, Thing, type Value } from './values.ts'

/** @param by what was asked for it, as an error says */
function codec(name: Value | undefined, by: string): 'utf-8' | 'ascii' | 'latin-1' {
  if (name instanceof Thing) throw typeError(`${by}() argument 'encoding' must be str, not ${typeOf(name).name}`)
  const plain = String(name ?? 'utf-8')
    .toLowerCase()
    .replace(/_/g, '-')
  if (plain === 'utf-8' || plain === 'utf8') return 'utf-8'
  if (plain === 'ascii' || plain === 'us-ascii') return 'ascii'
  if (plain === 'latin-1' || plain === 'latin1' || plain === 'iso-8859-1') return 'latin-1'
  throw raise('LookupError', `unknown encoding: ${String(name)}`)
}

export function encode(text: string, encoding?: Value, errors: Value = 'strict'): PyBytes {
  const name = codec(encoding, 'encode')
  if (name === 'utf-8') return new PyBytes(binary(bytesOfText(text)))
  const limit = name === 'ascii' ? 128 : 256
  return new PyBytes(
    [...text]
      .map((c, at) => {
        if (c.codePointAt(0)! < limit) return c
        if (errors === 'ignore') return ''
        if (errors === 'replace') return '?'
        throw raise(
          'UnicodeEncodeError',
          `'${name}' codec can't encode character '\\u${c.codePointAt(0)!.toString(16).padStart(4, '0')}' in position ${at}: ordinal not in range(${limit})`,
        )
      })
      .join(''),
  )
}

const binary = (bytes: Uint8Array): string => {
  let text = ''
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return text
}

export function decode(bytes: string, encoding?: Value, errors: Value = 'strict'): string {
  const name = codec(encoding, 'decode')
  if (name === 'latin-1') return bytes
  if (!/[\x80-\xff]/.test(bytes)) return bytes
  const text = textOfBytes(Uint8Array.from(bytes, c => c.charCodeAt(0)))
  const bad = /[\udc80-\udcff]/u.exec(text)
  if (name === 'utf-8' && (!bad || errors === 'surrogateescape')) return text
  if (errors === 'ignore') return text.replace(/[\udc80-\udcff]/gu, '')
  if (errors === 'replace') return text.replace(/[\udc80-\udcff]/gu, '\ufffd')
  const at = name === 'ascii' ? bytes.search(/[\x80-\xff]/) : bytesOfText(text.slice(0, bad!.index)).length
  const byte = bytes.charCodeAt(at).toString(16)
  throw raise(
    'UnicodeDecodeError',
    name === 'ascii'
      ? `'ascii' codec can't decode byte 0x${byte} in position ${at}: ordinal not in range(128)`
      : `'utf-8' codec can't decode byte 0x${byte} in position ${at}: invalid start byte`,
  )
}

/** What streams and files carry, as bytes, and back. */
export const toBytes = (text: string): PyBytes => encode(text)
export const fromBytes = (bytes: PyBytes): string => decode(bytes.text, 'utf-8', 'surrogateescape')
