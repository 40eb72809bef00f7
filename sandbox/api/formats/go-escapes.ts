/** Control characters as Go's literals write them after a backslash, and the backslash itself. */
export const GO_ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/** The other way round. */
export const GO_LETTERS: ReadonlyMap<string, string> = new Map(
  Object.entries(GO_ESCAPES).map(([letter, sign]) => [sign, letter]),
)

/** Of all blanks Go prints but one. */
const UNPRINTABLE = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u

/** A text as Go quotes it, which is as in JSON but for what cannot be printed. */
export function goQuote(text: string): string {
  if (!UNPRINTABLE.test(text)) return JSON.stringify(text)
  const quoted = [...text.toWellFormed()].map(c => {
    const letter = c === '"' ? c : GO_LETTERS.get(c)
    if (letter) return `\\${letter}`
    if (!UNPRINTABLE.test(c)) return c
    const code = c.codePointAt(0)!
    const hex = (digits: number): string => code.toString(16).padStart(digits, '0')
    return code < 0x80 ? `\\x${hex(2)}` : code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`
  })
  return `"${quoted.join('')}"`
}

const CHARACTER =
  /\\(?:([abfnrtv\\'"])|(?:x([\da-fA-F]{2})|([0-3][0-7]{2}))|(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})))|[^\\]/suy

/** What a literal says between its quotes; undefined where Go calls its syntax invalid. */
export function unquoted(text: string, quote: '"' | "'"): string | undefined {
  if (!text.includes('\\')) return text
  const bytes: number[] = []
  const encoder = new TextEncoder()
  for (let at = 0; at < text.length; at = CHARACTER.lastIndex) {
    CHARACTER.lastIndex = at
    const found = CHARACTER.exec(text)
    if (!found) return undefined
    const [itself, letter, hex, octal, short, long] = found
    const point = short ?? long
    if (hex ?? octal) bytes.push(hex ? Number.parseInt(hex, 16) : Number.parseInt(octal!, 8))
    else if (point) {
      const code = Number.parseInt(point, 16)
      if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined
      bytes.push(...encoder.encode(String.fromCodePoint(code)))
    } else {
      const sign = letter === undefined ? itself : letter === quote ? quote : GO_ESCAPES[letter]
      if (sign === undefined) return undefined
      bytes.push(...encoder.encode(sign))
    }
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes))
}
