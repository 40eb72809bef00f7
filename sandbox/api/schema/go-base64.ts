/** Bytes as text, as Go reads them: line breaks are passed over, everything else has to be right. */

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

/** Without line breaks; undefined where it is no base64. */
export function readBase64(text: string): string | undefined {
  const clean = text.replace(/[\r\n]/g, '')
  return BASE64.test(clean) ? clean : undefined
}

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
