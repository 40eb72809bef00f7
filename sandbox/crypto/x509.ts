/** X.509 certificates and requests for them, read: what they say of whom. No signature is looked at here, and no date. */
import { type Element as ElementOf, elements, objectIdentifier } from './der.ts'
import { type Bytes, numberOf, objectId, pemBlocks } from './der-writer.ts'

type Element = ElementOf<Bytes>

export interface Extension {
  id: Bytes
  critical: boolean
  value: Bytes
}

/** What certificates and requests have in common. */
interface Signed {
  /** A distinguished name, as it is encoded. */
  subject: Bytes
  /** The public key and what kind it is of, as encoded. */
  keyInfo: Bytes
  /** What the signature is of. */
  body: Bytes
  signature: Bytes
  extensions: readonly Extension[]
}

export type X509Request = Signed

export interface X509 extends Signed {
  version: number
  serial: bigint
  /** A distinguished name, as it is encoded. */
  issuer: Bytes
  /** Milliseconds since 1970. */
  from: number
  until: number
  whole: Bytes
}

export const ALTERNATIVES = objectId('2.5.29.17')
const REQUESTED = objectId('1.2.840.113549.1.9.14')

const SEQUENCE = 0x30
const VERSION = 0xa0
const EXTENSIONS = 0xa3
const GENERALIZED_TIME = 0x18
/** Kinds of alternative names. */
export const EMAIL = 0x81
export const DNS = 0x82
export const URI = 0x86
export const IP = 0x87

export const same = (a: Bytes, b: Bytes): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

/** What a sequence holds. @throws where that is none */
function inside(sequence: Element | undefined): Element[] {
  if (sequence?.tag !== SEQUENCE) throw new Error('asn1: structure error')
  return elements(sequence.body)
}

/** @throws where the bytes are no such thing */
function signed(bytes: Bytes): { body: Element; fields: Element[]; signature: Bytes } {
  const [body, , signature] = inside(elements(bytes)[0])
  return { body: body!, fields: inside(body), signature: signature!.body.slice(1) }
}

/** A certificate. @throws where the bytes are none */
export function readX509(bytes: Bytes): X509 {
  const { body, fields, signature } = signed(bytes)
  const version = fields[0]!.tag === VERSION ? Number(numberOf(elements(fields.shift()!.body)[0]!.body)) + 1 : 1
  const [serial, , issuer, validity, subject, key, ...more] = fields
  const [from, until] = inside(validity)
  const list = more.find(({ tag }) => tag === EXTENSIONS)
  return {
    version,
    serial: numberOf(serial!.body),
    issuer: issuer!.whole,
    from: readTime(from!),
    until: readTime(until!),
    subject: subject!.whole,
    keyInfo: key!.whole,
    body: body.whole,
    signature,
    whole: bytes,
    extensions: list ? extensionsIn(elements(list.body)[0]) : [],
  }
}

/** A request for a certificate (PKCS#10). @throws where the bytes are none */
export function readX509Request(bytes: Bytes): X509Request {
  const { body, fields, signature } = signed(bytes)
  const [, subject, key, attributes] = fields
  const asked = elements(attributes?.body ?? [])
    .map(inside)
    .find(([id]) => same(id!.whole, REQUESTED))
  return {
    subject: subject!.whole,
    keyInfo: key!.whole,
    body: body.whole,
    signature,
    extensions: asked ? extensionsIn(elements(asked[1]!.body)[0]) : [],
  }
}

/** All certificates that can be read in a text. */
export const readCertificates = (pem: string): X509[] =>
  pemBlocks(pem, ['CERTIFICATE']).flatMap(({ bytes }) => {
    try {
      return [readX509(bytes)]
    } catch {
      return []
    }
  })

const extensionsIn = (list: Element | undefined): Extension[] =>
  inside(list).map(one => {
    const parts = inside(one)
    return { id: parts[0]!.whole, critical: parts.length > 2, value: parts.at(-1)!.body }
  })

function readTime({ tag, body }: Element): number {
  const written = String.fromCharCode(...body)
  const full = tag === GENERALIZED_TIME ? written : `${Number(written.slice(0, 2)) < 50 ? '20' : '19'}${written}`
  return Date.parse(full.replace(/^(....)(..)(..)(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

const textOf = (bytes: Bytes): string => new TextDecoder().decode(Uint8Array.from(bytes))

/** What a distinguished name says, part by part: the fields of each, `2.5.4.3` and its text. */
export const nameFields = (name: Bytes): [id: string, value: string][][] =>
  inside(elements(name)[0]).map(part =>
    elements(part.body).map(pair => {
      const [id, value] = inside(pair)
      return [objectIdentifier(id!.body), textOf(value!.body)]
    }),
  )

/** Each alternative name, whatever kind it is of. */
export function alternativeNamesOf({ extensions }: Signed): Element[] {
  const found = extensions.find(({ id }) => same(id, ALTERNATIVES))
  return found ? inside(elements(found.value)[0]) : []
}

/** An alternative name as text; addresses as they are usually written. */
export const alternativeName = ({ tag, body }: Element): string => (tag === IP ? address(body) : textOf(body))

const address = (bytes: Bytes): string =>
  bytes.length === 4
    ? bytes.join('.')
    : Array.from({ length: 8 }, (_, i) => (bytes[2 * i]! * 256 + bytes[2 * i + 1]!).toString(16)).join(':')
