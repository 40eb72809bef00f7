/** Certificates as openssl shows them. */
import { AUTHORITY_KEY, type Certificate, CONSTRAINTS, readName, SUBJECT_KEY } from '../../../crypto/certificate.ts'
import { elements } from '../../../crypto/der.ts'
import { type Bytes, bytesOf } from '../../../crypto/der-writer.ts'
import { EXTENDED_USAGE, KEY_USAGE, keyUsages, purposesOf } from '../../../crypto/usages.ts'
import { ALTERNATIVES, same } from '../../../crypto/x509.ts'

/** Usages that openssl calls otherwise than by their words with capital letters. */
const CALLED: Readonly<Record<string, string>> = {
  'content commitment': 'Non Repudiation',
  'cert sign': 'Certificate Sign',
  'crl sign': 'CRL Sign',
  any: 'Any Extended Key Usage',
  'server auth': 'TLS Web Server Authentication',
  'client auth': 'TLS Web Client Authentication',
  'email protection': 'E-mail Protection',
  'ipsec end system': 'IPSec End System',
  'ipsec tunnel': 'IPSec Tunnel',
  'ipsec user': 'IPSec User',
  timestamping: 'Time Stamping',
  'ocsp signing': 'OCSP Signing',
  'microsoft sgc': 'Microsoft Server Gated Crypto',
  'netscape sgc': 'Netscape Server Gated Crypto',
}
const called = (usages: readonly string[]): string =>
  usages.map(usage => CALLED[usage] ?? usage.replace(/\b[a-z]/g, letter => letter.toUpperCase())).join(', ')

/** Of an alternative name, by its tag. */
const ALTERNATIVE: Readonly<Record<number, string>> = { 129: 'email', 130: 'DNS', 134: 'URI', 135: 'IP Address' }

export const showName = (name: Bytes): string =>
  readName(name)
    .map(part => part.map(([key, value]) => `${key} = ${value}`).join(' + '))
    .join(', ')

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

/** What an extension is called, and what it says. */
function titled({ id, value }: Certificate['extensions'][number]): [title: string, words: string] {
  const [content] = elements(value)
  if (same(id, SUBJECT_KEY)) return ['Subject Key Identifier', colons(content!.body)]
  if (same(id, AUTHORITY_KEY)) return ['Authority Key Identifier', colons(elements(content!.body)[0]!.body)]
  if (same(id, CONSTRAINTS)) return ['Basic Constraints', `CA:${content!.body.length ? 'TRUE' : 'FALSE'}`]
  if (same(id, KEY_USAGE)) return ['Key Usage', called(keyUsages(value))]
  if (same(id, EXTENDED_USAGE)) return ['Extended Key Usage', called(purposesOf(value))]
  if (!same(id, ALTERNATIVES)) return ['extension that is not simulated', '']
  const names = elements(content!.body).map(({ tag, body }) => {
    const text = tag === 0x87 ? body.join('.') : String.fromCharCode(...body)
    return `${ALTERNATIVE[tag] ?? 'othername'}:${text}`
  })
  return ['Subject Alternative Name', names.join(', ')]
}

function showExtension(extension: Certificate['extensions'][number], indent: string): string {
  const [title, words] = titled(extension)
  return `${indent}X509v3 ${title}: ${extension.critical ? 'critical' : ''}\n${indent}    ${words}\n`
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
