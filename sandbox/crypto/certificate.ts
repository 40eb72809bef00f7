/** Certificates and requests for them: made and read. */
import { type Element as ElementOf, elements } from './der.ts'
import {
  type Bytes,
  bits,
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
} from './der-writer.ts'
import { sha1 } from './digests.ts'
import {
  bareKey,
  isRsa,
  type PrivateKey,
  type PublicKey,
  publicKeyInfo,
  readPublicKeyInfo,
  SIGNATURE,
  sign,
  verifies,
} from './rsa.ts'

type Element = ElementOf<Bytes>

/** By their short names, as `-subj` and what is shown have them. */
export const NAMES: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  emailAddress: '1.2.840.113549.1.9.1',
}
export const SUBJECT_KEY = objectId('2.5.29.14')
export const ALTERNATIVES = objectId('2.5.29.17')
export const CONSTRAINTS = objectId('2.5.29.19')
export const AUTHORITY_KEY = objectId('2.5.29.35')
const REQUESTED = objectId('1.2.840.113549.1.9.14')

export const same = (a: Bytes, b: Bytes): boolean => a.length === b.length && a.every((byte, i) => byte === b[i])

/** What a name says, part by part, each with the short names of its fields; those that have none here are left out. */
export const readName = (name: Bytes): [name: string, value: string][][] =>
  elements(elements(name)[0]!.body).map(part =>
    elements(part.body).flatMap(pair => {
      const [id, value] = elements(pair.body)
      const known = Object.keys(NAMES).find(key => same(objectId(NAMES[key]!), id!.whole))
      return known ? [[known, new TextDecoder().decode(Uint8Array.from(value!.body))]] : []
    }),
  )

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

export const extension = (id: Bytes, value: Bytes, critical = false): Bytes =>
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
  until: number
  /** The public key and what kind it is of, as it stands in a request. */
  keyInfo: Bytes
  extensions: readonly Bytes[]
  signer: PrivateKey
}): string {
  const { extensions, signer } = about
  const body = sequence(
    ...(extensions.length ? [context(0, true, integer(2n))] : []),
    integer(about.serial),
    SIGNATURE,
    about.issuer,
    sequence(time(about.from), time(about.until)),
    about.subject,
    about.keyInfo,
    ...(extensions.length ? [context(3, true, sequence(...extensions))] : []),
  )
  return pem('CERTIFICATE', sequence(body, SIGNATURE, bits(sign(body, signer))))
}

export function makeRequest(subject: Bytes, key: PrivateKey, extensions: readonly Bytes[]): string {
  const asked = extensions.length ? [sequence(REQUESTED, set(sequence(...extensions)))] : []
  const body = sequence(integer(0n), subject, publicKeyInfo(key), context(0, true, ...asked))
  return pem('CERTIFICATE REQUEST', sequence(body, SIGNATURE, bits(sign(body, key))))
}

interface Signed {
  subject: Bytes
  key: PublicKey
  keyInfo: Bytes
  body: Bytes
  signature: Bytes
  extensions: readonly Extension[]
}

export interface Extension {
  id: Bytes
  critical: boolean
  value: Bytes
}

export interface Request extends Signed {
  /** Whether its own key has signed it; of keys that are none of RSA it is taken for granted. */
  isGenuine(): boolean
}

export interface Certificate extends Signed {
  version: number
  serial: bigint
  issuer: Bytes
  from: number
  until: number
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
    const [, subject, key, attributes] = elements(body.body)
    const asked = elements(attributes?.body ?? [])
      .map(({ body }) => elements(body))
      .find(([id]) => same(id!.whole, REQUESTED))
    const read: Signed = {
      subject: subject!.whole,
      key: readPublicKeyInfo(key!.whole),
      keyInfo: key!.whole,
      body: body.whole,
      signature: signature.body,
      extensions: asked ? extensionsIn(elements(asked[1]!.body)[0]!) : [],
    }
    const isGenuine = () => !isRsa(read.keyInfo) || verifies(read.body, read.signature, read.key)
    return { ...read, isGenuine }
  } catch {
    return undefined
  }
}

const extensionsIn = (list: Element): Extension[] =>
  elements(list.body).map(one => {
    const parts = elements(one.body)
    return { id: parts[0]!.whole, critical: parts.length > 2, value: parts.at(-1)!.body }
  })

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
      keyInfo: key!.whole,
      body: body.whole,
      signature: signature.body,
      whole: found.bytes,
      extensions: list ? extensionsIn(elements(list.body)[0]!) : [],
    }
  } catch {
    return undefined
  }
}
