/** Certificates as openssl shows them. */
import {
  ALTERNATIVES,
  AUTHORITY_KEY,
  type Certificate,
  CONSTRAINTS,
  NAMES,
  SUBJECT_KEY,
  same,
} from '../../../crypto/certificate.ts'
import { elements } from '../../../crypto/der.ts'
import { type Bytes, bytesOf, objectId } from '../../../crypto/der-writer.ts'

export function showName(name: Bytes): string {
  return elements(elements(name)[0]!.body)
    .map(part => {
      const [id, value] = elements(elements(part.body)[0]!.body)
      const known = Object.keys(NAMES).find(key => same(objectId(NAMES[key]!), id!.whole))
      return `${known ?? '?'} = ${new TextDecoder().decode(Uint8Array.from(value!.body))}`
    })
    .join(', ')
}

/** `Nov 27 12:14:25 2026 GMT` */
export function showTime(ms: number): string {
  const [, day, month, year, clock] = new Date(ms).toUTCString().split(' ')
  return `${month} ${day!.replace(/^0/, ' ')} ${clock} ${year} GMT`
}

const hex = (bytes: Bytes): string[] => bytes.map(byte => byte.toString(16).padStart(2, '0'))
export const colons = (bytes: Bytes): string => hex(bytes).join(':').toUpperCase()
export const serialOf = ({ serial }: Certificate): string => bytesOfSerial(serial).join('').toUpperCase()
const bytesOfSerial = (serial: bigint): string[] => hex(bytesOf(serial))

/** In rows of so many bytes. */
const rows = (bytes: Bytes, width: number, indent: string): string => {
  const all = hex(bytes)
  const lines: string[] = []
  for (let i = 0; i < all.length; i += width)
    lines.push(`${indent}${all.slice(i, i + width).join(':')}${i + width < all.length ? ':' : ''}\n`)
  return lines.join('')
}

/** An extension's title and what it says. */
function showExtension({ id, critical, value }: Certificate['extensions'][number], indent: string): string {
  const [content] = elements(value)
  const [title, words] = same(id, SUBJECT_KEY)
    ? ['Subject Key Identifier', colons(content!.body)]
    : same(id, AUTHORITY_KEY)
      ? ['Authority Key Identifier', colons(elements(content!.body)[0]!.body)]
      : same(id, CONSTRAINTS)
        ? ['Basic Constraints', `CA:${content!.body.length ? 'TRUE' : 'FALSE'}`]
        : same(id, ALTERNATIVES)
          ? [
              'Subject Alternative Name',
              elements(content!.body)
                .map(({ tag, body }) =>
                  tag === 0x87 ? `IP Address:${body.join('.')}` : `DNS:${String.fromCharCode(...body)}`,
                )
                .join(', '),
            ]
          : ['extension that is not simulated', '']
  return `${indent}X509v3 ${title}: ${critical ? 'critical' : ''}\n${indent}    ${words}\n`
}

export const showAlternatives = ({ extensions }: Certificate): string | undefined => {
  const found = extensions.find(({ id }) => same(id, ALTERNATIVES))
  return found && showExtension(found, '')
}

export function showCertificate(certificate: Certificate): string {
  const { version, key, extensions } = certificate
  const modulus = bytesOf(key.modulus)
  return `Certificate:
    Data:
        Version: ${version} (0x${version - 1})
        Serial Number:
            ${bytesOfSerial(certificate.serial).join(':')}
        Signature Algorithm: sha256WithRSAEncryption
        Issuer: ${showName(certificate.issuer)}
        Validity
            Not Before: ${showTime(certificate.from)}
            Not After : ${showTime(certificate.until)}
        Subject: ${showName(certificate.subject)}
        Subject Public Key Info:
            Public Key Algorithm: rsaEncryption
                Public-Key: (${modulus.length * 8} bit)
                Modulus:
${rows([0, ...modulus], 15, ' '.repeat(20))}                Exponent: ${key.exponent} (0x${key.exponent.toString(16)})
${extensions.length ? `        X509v3 extensions:\n${extensions.map(one => showExtension(one, ' '.repeat(12))).join('')}` : ''}    Signature Algorithm: sha256WithRSAEncryption
    Signature Value:
${rows(certificate.signature, 18, ' '.repeat(8))}`
}
