/** X.509 certificates, as far as it takes to tell who issued one, and for which names. No signature is looked at, and no date. */
import { type Element, elements } from './der.ts'

export interface X509 {
  /** Distinguished names as they are encoded, in hex. */
  subject: string
  issuer: string
  /** Of the extension for them: host names and addresses. */
  names: readonly string[]
}

const SEQUENCE = 0x30
const EXTENSIONS = 0xa3
const VERSION = 0xa0
const SAN_OID = '0603551d11'
const DNS_NAME = 0x82
const IP_ADDRESS = 0x87

const BLOCK = /-----BEGIN CERTIFICATE-----([\s\S]+?)-----END CERTIFICATE-----/g

/** All that can be read of the certificates in a text. */
export function readCertificates(pem: string): X509[] {
  return [...pem.matchAll(BLOCK)].flatMap(([, base64 = '']) => {
    try {
      return [parse(Uint8Array.from(atob(base64.replace(/\s+/g, '')), c => c.charCodeAt(0)))]
    } catch {
      return []
    }
  })
}

/** What a sequence holds. @throws where that is none */
function inside(sequence: Element<Uint8Array> | undefined): Element<Uint8Array>[] {
  const found = sequence?.tag === SEQUENCE ? elements(sequence.body) : []
  if (!found.length) throw new Error('x509: malformed certificate')
  return found
}

function parse(bytes: Uint8Array): X509 {
  const [tbs] = inside(elements(bytes)[0])
  const fields = inside(tbs)
  const first = fields[0]!.tag === VERSION ? 1 : 0
  const extensions = fields.find(f => f.tag === EXTENSIONS)
  return {
    issuer: hex(fields[first + 2]!.body),
    subject: hex(fields[first + 4]!.body),
    names: extensions ? alternativeNames(extensions) : [],
  }
}

function alternativeNames({ body }: Element<Uint8Array>): string[] {
  for (const extension of inside(elements(body)[0])) {
    if (!hex(extension.body).startsWith(SAN_OID)) continue
    const [names] = elements(inside(extension).at(-1)!.body)
    return inside(names).flatMap(({ tag, body }) => {
      if (tag === DNS_NAME) return [String.fromCharCode(...body)]
      return tag === IP_ADDRESS && body.length === 4 ? [body.join('.')] : []
    })
  }
  return []
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
