/** Base64 as Go reads it: line breaks are passed over, everything else has to be right. */

/** undefined for what is none. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const clean = readBase64(text)
  return clean === undefined ? undefined : Uint8Array.from(atob(clean), c => c.charCodeAt(0))
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

/** Without line breaks; undefined for what is no base64. */
export function readBase64(text: string): string | undefined {
  const clean = text.replace(/[\r\n]/g, '')
  return clean.length % 4 === 0 && BASE64.test(clean) ? clean : undefined
}

/** What Go says of a text that is none. */
export const base64Fault = (text: string): string => `illegal base64 data at input byte ${badBase64At(text)}`

/** Where Go stops in a text that is none. Letters are taken by fours; padding is looked at to its end. */
export function badBase64At(text: string): number {
  const skip = (from: number): number => {
    while (text[from] === '\n' || text[from] === '\r') from++
    return from
  }
  let taken = 0
  let at = skip(0)
  for (; at < text.length; at = skip(at + 1)) {
    if (/[A-Za-z0-9+/]/.test(text[at]!)) {
      taken++
      continue
    }
    const inFour = taken % 4
    if (text[at] !== '=' || inFour < 2) return at
    if (inFour === 3) return skip(at + 1)
    const second = skip(at + 1)
    if (second === text.length) return second
    return text[second] === '=' ? skip(second + 1) : second - 1
  }
  return at - (taken % 4)
}
