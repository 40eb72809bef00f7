/** Issues certificates for requests, laid out as Go's library lays them out, whatever order the request had. */
import {
  AUTHORITY_KEY,
  type Certificate,
  CONSTRAINTS,
  extension,
  makeCertificate,
  NAMES,
  type Request,
  readName,
  SUBJECT_KEY,
} from './certificate.ts'
import { elements } from './der.ts'
import { type Bytes, context, objectId, sequence, set, text } from './der-writer.ts'
import type { PrivateKey } from './rsa.ts'
import { usageExtensions } from './usages.ts'
import { ALTERNATIVES, alternativeNamesOf, DNS, EMAIL, IP, same, URI } from './x509.ts'

export interface Authority {
  certificate: Certificate
  key: PrivateKey
}

/** Fields of a name, as Go puts them. */
const ORDER = ['C', 'O', 'OU', 'L', 'ST', 'CN']

/** What each field of a name says. */
export function fieldsOf(name: Bytes): Map<string, string[]> {
  const fields = new Map<string, string[]>()
  for (const [key, value] of readName(name).flat()) fields.set(key, [...(fields.get(key) ?? []), value])
  return fields
}

/** All of one field are one part of the name. */
function inGoOrder(name: Bytes): Bytes {
  const fields = fieldsOf(name)
  const parts = ORDER.flatMap(key => {
    const values = key === 'CN' ? fields.get(key)?.slice(-1) : fields.get(key)
    return values ? [set(...values.map(value => sequence(objectId(NAMES[key]!), written(value))).sort(byBytes))] : []
  })
  return sequence(...parts)
}

const written = (value: string): Bytes =>
  text(/^[\w '()+,\-./:=?]*$/.test(value) && !value.includes('_') ? 'printable' : 'utf8', value)

function byBytes(a: Bytes, b: Bytes): number {
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at < 0 ? a.length - b.length : a[at]! - (b[at] ?? -1)
}

/** Kinds of alternative names, as Go puts them. */
const KINDS = [DNS, EMAIL, IP, URI]

interface Alternatives {
  dns: number
  email: number
  ip: number
  uri: number
}

const alternativesIn = (request: Request) => alternativeNamesOf(request).filter(({ tag }) => KINDS.includes(tag))

/** How many of each kind a request names. */
export function countAlternatives(request: Request): Alternatives {
  const names = alternativesIn(request)
  const count = (kind: number): number => names.filter(({ tag }) => tag === kind).length
  return { dns: count(DNS), email: count(EMAIL), ip: count(IP), uri: count(URI) }
}

export function issue(
  request: Request,
  { certificate, key }: Authority,
  about: { usages: readonly string[]; from: number; until: number; serial: bigint },
): string {
  const id = certificate.extensions.find(({ id }) => same(id, SUBJECT_KEY))
  const names = alternativesIn(request).sort((a, b) => KINDS.indexOf(a.tag) - KINDS.indexOf(b.tag))
  return makeCertificate({
    serial: about.serial,
    issuer: certificate.subject,
    subject: inGoOrder(request.subject),
    from: about.from,
    until: about.until,
    keyInfo: request.keyInfo,
    extensions: [
      ...usageExtensions(about.usages),
      extension(CONSTRAINTS, sequence(), true),
      ...(id ? [extension(AUTHORITY_KEY, sequence(context(0, false, elements(id.value)[0]!.body)))] : []),
      ...(names.length ? [extension(ALTERNATIVES, sequence(...names.map(({ whole }) => whole)))] : []),
    ],
    signer: key,
  })
}
