/** Certificates and requests for them with RSA keys: made and signed, and read with the key that they are of. */
import {
  type Bytes,
  bits,
  context,
  integer,
  objectId,
  octets,
  pem,
  pemBlocks,
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
import { ALTERNATIVES, nameFields, readX509, readX509Request, type X509, type X509Request } from './x509.ts'

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
export const CONSTRAINTS = objectId('2.5.29.19')
export const AUTHORITY_KEY = objectId('2.5.29.35')
const REQUESTED = objectId('1.2.840.113549.1.9.14')

/** What a name says, part by part, each with the short names of its fields; those that have none here are left out. */
export const readName = (name: Bytes): [name: string, value: string][][] =>
  nameFields(name).map(part =>
    part.flatMap(([id, value]) => {
      const known = Object.keys(NAMES).find(key => NAMES[key] === id)
      return known ? [[known, value]] : []
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

interface Keyed {
  key: PublicKey
}

export interface Request extends X509Request, Keyed {
  /** Whether its own key has signed it; of keys that are none of RSA it is taken for granted. */
  isGenuine(): boolean
}

export type Certificate = X509 & Keyed

export function readRequest(written: string): Request | undefined {
  const [found] = pemBlocks(written, ['CERTIFICATE REQUEST', 'NEW CERTIFICATE REQUEST'])
  try {
    if (!found) return undefined
    const request = readX509Request(found.bytes)
    const key = readPublicKeyInfo(request.keyInfo)
    return {
      ...request,
      key,
      isGenuine: () => !isRsa(request.keyInfo) || verifies(request.body, request.signature, key),
    }
  } catch {
    return undefined
  }
}

export function readCertificate(written: string): Certificate | undefined {
  const [found] = pemBlocks(written, ['CERTIFICATE'])
  try {
    if (!found) return undefined
    const certificate = readX509(found.bytes)
    return { ...certificate, key: readPublicKeyInfo(certificate.keyInfo) }
  } catch {
    return undefined
  }
}
