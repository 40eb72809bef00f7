/** Certificates and requests for them: made, read, and shown as openssl shows them. */
import { type Element as ElementOf, elements } from '../../../network/der.ts'
import { sha1 } from '../../digests.ts'
import {
  type Bytes,
  bits,
  bytesOf,
  context,
  fromPem,
  integer,
  numberOf,
  objectId,
  octets,
  pem,
  sequence,
  set,
  TRUE,
  text,
  time,
} from './der.ts'
import { bareKey, type PrivateKey, type PublicKey, publicKeyInfo, readPublicKeyInfo, SIGNATURE, sign } from './rsa.ts'

type Element = ElementOf<Bytes>

/** By their short names, as `-subj` and what is shown have them. */
const NAMES: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  emailAddress: '1.2.840.113549.1.9.1',
}
const SUBJECT_KEY = objectId('2.5.29.14')
const ALTERNATIVES = objectId('2.5.29.17')
const CONSTRAINTS = objectId('2.5.29.19')
const AUTHORITY_KEY = objectId('2.5.29.35')
const REQUESTED = objectId('1.2.840.113549.1.9.14')

const same = (a: Bytes, b: Bytes): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

/** `/CN=jane/O=dev` as a name. @returns nothing where it is written otherwise, or the name of what is not known */
export function parseName(subject: string): Bytes | { unknown: string } | undefined {
  if (!subject.startsWith('/')) return undefined
  const parts = subject.slice(1).match(/(?:\\.|[^/\\])+/g) ?? []
  const pairs = parts
    .map(part => part.replace(/\\(.)/g, '$1'))
    .map(part => [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)])
  const unknown = pairs.find(([name]) => !NAMES[name!])
  if (unknown) return { unknown: unknown[0]! }
  return sequence(
    ...pairs.map(([name = '', value = '']) => {
      const kind = name === 'C' ? 'printable' : name === 'emailAddress' ? 'ia5' : 'utf8'
      return set(sequence(objectId(NAMES[name]!), text(kind, value)))
    }),
  )
}

export function showName(name: Bytes): string {
  return elements(elements(name)[0]!.body)
    .map(part => {
      const [id, value] = elements(elements(part.body)[0]!.body)
      const known = Object.keys(NAMES).find(key => same(objectId(NAMES[key]!), id!.whole))
      return `${known ?? '?'} = ${new TextDecoder().decode(Uint8Array.from(value!.body))}`
    })
    .join(', ')
}

/** `DNS:a.example,IP:10.0.0.1` @returns nothing where it is none of these */
export function alternativeNames(written: string): Bytes | undefined {
  const names = written.split(',').map(one => /^\s*(DNS|IP):(.+?)\s*$/.exec(one))
  if (names.some(found => !found)) return undefined
  return extension(
    ALTERNATIVES,
    sequence(
      ...names.map(found =>
        found![1] === 'DNS'
          ? context(2, false, [...new TextEncoder().encode(found![2]!)])
          : context(7, false, found![2]!.split('.').map(Number)),
      ),
    ),
  )
}

const extension = (id: Bytes, value: Bytes, critical = false): Bytes =>
  sequence(id, ...(critical ? [TRUE] : []), octets(value))

/** What a certificate says that signs itself, as by the usual configuration. */
export function ofAuthority(key: PublicKey): Bytes[] {
  const id = sha1(bareKey(key))
  return [
    extension(SUBJECT_KEY, octets(id)),
    extension(AUTHORITY_KEY, sequence(context(0, false, id))),
    extension(CONSTRAINTS, sequence(TRUE), true),
  ]
}

export function makeCertificate(about: {
  serial: bigint
  issuer: Bytes
  subject: Bytes
  from: number
  days: number
  key: PublicKey
  extensions: readonly Bytes[]
  signer: PrivateKey
}): string {
  const { extensions, signer } = about
  const body = sequence(
    ...(extensions.length ? [context(0, true, integer(2n))] : []),
    integer(about.serial),
    SIGNATURE,
    about.issuer,
    sequence(time(about.from), time(about.from + about.days * 86_400_000)),
    about.subject,
    publicKeyInfo(about.key),
    ...(extensions.length ? [context(3, true, sequence(...extensions))] : []),
  )
  return pem('CERTIFICATE', sequence(body, SIGNATURE, bits(sign(body, signer))))
}

export function makeRequest(subject: Bytes, key: PrivateKey, extensions: readonly Bytes[]): string {
  const asked = extensions.length ? [sequence(REQUESTED, set(sequence(...extensions)))] : []
  const body = sequence(integer(0n), subject, publicKeyInfo(key), context(0, true, ...asked))
  return pem('CERTIFICATE REQUEST', sequence(body, SIGNATURE, bits(sign(body, key))))
}

export interface Request {
  subject: Bytes
  key: PublicKey
  body: Bytes
  signature: Bytes
}

export interface Certificate extends Request {
  version: number
  serial: bigint
  issuer: Bytes
  from: number
  until: number
  extensions: readonly { id: Bytes; critical: boolean; value: Bytes }[]
  whole: Bytes
}

const signed = (bytes: Bytes): [Element, Element] => {
  const [body, , signature] = elements(elements(bytes)[0]!.body)
  return [body!, { ...signature!, body: signature!.body.slice(1) }]
}

export function readRequest(written: string): Request | undefined {
  const found = fromPem(written, ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'])
  try {
    if (!found) return undefined
    const [body, signature] = signed(found.bytes)
    const [, subject, key] = elements(body.body)
    return { subject: subject!.whole, key: readPublicKeyInfo(key!.whole), body: body.whole, signature: signature.body }
  } catch {
    return undefined
  }
}

const readTime = ({ tag, body }: Element): number => {
  const written = String.fromCharCode(...body)
  const full = tag === 0x18 ? written : `${Number(written.slice(0, 2)) < 50 ? '20' : '19'}${written}`
  return Date.parse(full.replace(/^(....)(..)(..)(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

export function readCertificate(written: string): Certificate | undefined {
  const found = fromPem(written, ['CERTIFICATE'])
  try {
    if (!found) return undefined
    const [body, signature] = signed(found.bytes)
    const fields = elements(body.body)
    const version = fields[0]!.tag === 0xa0 ? Number(numberOf(elements(fields.shift()!.body)[0]!.body)) + 1 : 1
    const [serial, , issuer, validity, subject, key, ...more] = fields
    const [from, until] = elements(validity!.body)
    const list = more.find(({ tag }) => tag === 0xa3)
    return {
      version,
      serial: numberOf(serial!.body),
      issuer: issuer!.whole,
      from: readTime(from!),
      until: readTime(until!),
      subject: subject!.whole,
      key: readPublicKeyInfo(key!.whole),
      body: body.whole,
      signature: signature.body,
      whole: found.bytes,
      extensions: (list ? elements(elements(list.body)[0]!.body) : []).map(one => {
        const parts = elements(one.body)
        return { id: parts[0]!.whole, critical: parts.length > 2, value: parts.at(-1)!.body }
      }),
    }
  } catch {
    return undefined
  }
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
