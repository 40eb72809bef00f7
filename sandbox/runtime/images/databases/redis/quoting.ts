/** Texts as redis shows them between quotation marks. */

const NAMED: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  13: '\\r',
  34: '\\"',
  92: '\\\\',
}
const PLAIN = /^[ !#-[\]-~]*$/

/** Byte by byte: what is not printable ASCII is shown by its number. */
export function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  const shown = (byte: number): string =>
    NAMED[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`)
  return `"${Array.from(new TextEncoder().encode(text), shown).join('')}"`
}
