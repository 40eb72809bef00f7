/** DER, the binary form of certificates and requests for them: its elements, one after the other. */

interface Bytes<B> {
  readonly length: number
  readonly [at: number]: number
  slice(from: number, to?: number): B
}

export interface Element<B> {
  tag: number
  body: B
  /** With its tag and length. */
  whole: B
}

/** @throws Error in the words of Go's asn1 where there is less of one than it says */
export function elements<B extends Bytes<B>>(bytes: B): Element<B>[] {
  const found: Element<B>[] = []
  for (let at = 0; at < bytes.length; ) {
    let length = bytes[at + 1] ?? Number.NaN
    let start = at + 2
    if (length & 0x80) {
      const end = start + (length & 0x7f)
      // DER knows no length that is left open.
      for (length = end > start ? 0 : Number.NaN; start < end; start++)
        length = length * 256 + (bytes[start] ?? Number.NaN)
    }
    const end = start + length
    if (!(end <= bytes.length)) throw new Error('asn1: syntax error: data truncated')
    found.push({ tag: bytes[at]!, body: bytes.slice(start, end), whole: bytes.slice(at, end) })
    at = end
  }
  return found
}

/** The body of an object identifier, dotted: 2.5.4.3 */
export function objectIdentifier(body: Iterable<number>): string {
  const numbers: number[] = []
  let n = 0
  for (const byte of body) {
    n = n * 128 + (byte & 0x7f)
    if (byte & 0x80) continue
    if (numbers.length) numbers.push(n)
    else {
      const first = Math.min(2, Math.floor(n / 40))
      numbers.push(first, n - 40 * first)
    }
    n = 0
  }
  return numbers.join('.')
}
