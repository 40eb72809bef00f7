/** DER and PEM: how keys and certificates are written; what reads it is in der.ts. */

export type Bytes = readonly number[]

export const element = (tag: number, ...parts: Bytes[]): Bytes => {
  const body = parts.flat()
  const size = body.length
  const long = bytesOf(BigInt(size))
  return [tag, ...(size < 0x80 ? [size] : [0x80 | long.length, ...long]), ...body]
}

export const sequence = (...parts: Bytes[]): Bytes => element(0x30, ...parts)
export const set = (...parts: Bytes[]): Bytes => element(0x31, ...parts)
export const octets = (body: Bytes): Bytes => element(0x04, body)
export const bits = (body: Bytes): Bytes => element(0x03, [0], body)
export const text = (tag: 'utf8' | 'printable' | 'ia5', value: string): Bytes =>
  element({ utf8: 0x0c, printable: 0x13, ia5: 0x16 }[tag], [...new TextEncoder().encode(value)])
/** @param constructed of other elements, or of bytes alone */
export const context = (n: number, constructed: boolean, ...parts: Bytes[]): Bytes =>
  element((constructed ? 0xa0 : 0x80) | n, ...parts)
export const NULL = element(0x05)
export const TRUE = element(0x01, [0xff])

/** The fewest bytes of a number that is not negative. */
export function bytesOf(n: bigint): Bytes {
  const hex = n.toString(16)
  return (hex.length % 2 ? `0${hex}` : hex).match(/../g)!.map(pair => Number.parseInt(pair, 16))
}

export const numberOf = (bytes: Bytes): bigint =>
  bytes.length ? BigInt(`0x${bytes.map(byte => byte.toString(16).padStart(2, '0')).join('')}`) : 0n

export function integer(n: bigint): Bytes {
  const bytes = bytesOf(n)
  return element(0x02, bytes[0]! & 0x80 ? [0, ...bytes] : bytes)
}

export function objectId(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const base128 = (n: number): number[] => {
    const digits = [n & 0x7f]
    for (let left = n >>> 7; left; left >>>= 7) digits.unshift((left & 0x7f) | 0x80)
    return digits
  }
  return element(0x06, [40 * first + second, ...rest.flatMap(base128)])
}

/** Years with two digits, as certificates have them until 2049. */
export function time(ms: number): Bytes {
  const stamp = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, '')
  const short = Number(stamp.slice(0, 4)) < 2050
  return element(short ? 0x17 : 0x18, [...new TextEncoder().encode(short ? stamp.slice(2) : stamp)])
}

export function pem(label: string, bytes: Bytes): string {
  const base64 = btoa(String.fromCharCode(...bytes))
  return `-----BEGIN ${label}-----\n${base64.replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`
}

/** The blocks with one of these labels; one whose base64 is broken is passed over, as by Go. */
export function pemBlocks(written: string, labels: readonly string[]): { label: string; bytes: Bytes }[] {
  const blocks = written.matchAll(/-----BEGIN ([A-Z ]+)-----([^-]*)-----END/g)
  return [...blocks].flatMap(([, label = '', base64 = '']) => {
    if (!labels.includes(label)) return []
    try {
      return [{ label, bytes: [...atob(base64.replace(/\s/g, ''))].map(c => c.charCodeAt(0)) }]
    } catch {
      return []
    }
  })
}
