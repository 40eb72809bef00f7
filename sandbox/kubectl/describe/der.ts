/** DER, the binary form of certificates and requests for them: as much as a description needs. */

export interface Element {
  tag: number
  body: Uint8Array
}

export class Truncated extends Error {
  constructor() {
    super('asn1: syntax error: data truncated')
  }
}

/** The elements that stand one after the other. @throws Truncated */
export function elements(bytes: Uint8Array): Element[] {
  const out: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at]!
    let length = bytes[at + 1]
    let start = at + 2
    if (length !== undefined && length > 0x80) {
      const size = length - 0x80
      length = bytes.subarray(start, start + size).reduce((n, b) => n * 256 + b, 0)
      start += size
    }
    if (length === undefined || start + length > bytes.length) throw new Truncated()
    out.push({ tag, body: bytes.subarray(start, start + length) })
    at = start + length
  }
  return out
}

/** 2.5.4.3 */
export function objectId(body: Uint8Array): string {
  const numbers: number[] = []
  let n = 0
  for (const byte of body) {
    n = n * 128 + (byte & 0x7f)
    if (byte & 0x80) continue
    if (!numbers.length) numbers.push(Math.min(2, Math.floor(n / 40)), n - 40 * Math.min(2, Math.floor(n / 40)))
    else numbers.push(n)
    n = 0
  }
  return numbers.join('.')
}

export const text = (body: Uint8Array): string => new TextDecoder().decode(body)
