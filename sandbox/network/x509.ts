/** X.509 certificates, as far as it takes to tell who issued one, and for which names. No signature is looked at, and no date. */

export interface X509 {
  /** Distinguished names as they are encoded, in hex. */
  subject: string
  issuer: string
  /** Of the extension for them: host names and addresses. */
  names: readonly string[]
}

interface Element {
  tag: number
  /** Of the content. */
  start: number
  end: number
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

function parse(bytes: Uint8Array): X509 {
  const [certificate] = elements(bytes, 0, bytes.length, SEQUENCE)
  const [tbs] = elements(bytes, certificate!.start, certificate!.end, SEQUENCE)
  const fields = elements(bytes, tbs!.start, tbs!.end)
  const first = fields[0]!.tag === VERSION ? 1 : 0
  const issuer = fields[first + 2]!
  const subject = fields[first + 4]!
  const extensions = fields.find(f => f.tag === EXTENSIONS)
  return {
    issuer: hex(bytes, issuer.start, issuer.end),
    subject: hex(bytes, subject.start, subject.end),
    names: extensions ? alternativeNames(bytes, extensions) : [],
  }
}

function alternativeNames(bytes: Uint8Array, { start, end }: Element): string[] {
  const [list] = elements(bytes, start, end, SEQUENCE)
  for (const extension of elements(bytes, list!.start, list!.end)) {
    const parts = elements(bytes, extension.start, extension.end)
    if (!hex(bytes, extension.start, extension.end).startsWith(SAN_OID)) continue
    const value = parts.at(-1)!
    const [names] = elements(bytes, value.start, value.end, SEQUENCE)
    return elements(bytes, names!.start, names!.end).flatMap(name => {
      const content = bytes.subarray(name.start, name.end)
      if (name.tag === DNS_NAME) return [String.fromCharCode(...content)]
      return name.tag === IP_ADDRESS && content.length === 4 ? [content.join('.')] : []
    })
  }
  return []
}

/** The elements of DER one after the other. @throws where that is none */
function elements(bytes: Uint8Array, from: number, to: number, tag?: number): Element[] {
  const found: Element[] = []
  for (let at = from; at < to; ) {
    const kind = bytes[at]!
    let length = bytes[at + 1]!
    let start = at + 2
    if (length & 0x80) {
      const count = length & 0x7f
      if (!count || count > 4) throw new Error('x509: malformed certificate')
      length = 0
      for (let i = 0; i < count; i++) length = length * 256 + bytes[start++]!
    }
    const end = start + length
    if (!(end <= to) || (tag !== undefined && kind !== tag)) throw new Error('x509: malformed certificate')
    found.push({ tag: kind, start, end })
    if (tag !== undefined) return found
    at = end
  }
  if (!found.length) throw new Error('x509: malformed certificate')
  return found
}

function hex(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end; i++) text += bytes[i]!.toString(16).padStart(2, '0')
  return text
}
