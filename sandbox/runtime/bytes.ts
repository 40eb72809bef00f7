/** Bytes as text and back. What is no UTF-8 stands in the text as half a surrogate pair, as Python's surrogateescape has it. */

const ESCAPE = 0xdc00
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function textOfBytes(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    // Something in it is no UTF-8.
  }
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const length = lengthOfCharacter(bytes[i]!)
    const piece = bytes.subarray(i, i + length)
    try {
      text += utf8.decode(piece)
      i += length
    } catch {
      text += String.fromCharCode(ESCAPE + bytes[i]!)
      i++
    }
  }
  return text
}

const lengthOfCharacter = (first: number): number => (first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4)

const ESCAPED = /[\udc80-\udcff]/u

export function bytesOfText(text: string): Uint8Array {
  if (!ESCAPED.test(text)) return new TextEncoder().encode(text)
  const bytes: number[] = []
  for (const character of text) {
    if (ESCAPED.test(character)) bytes.push(character.charCodeAt(0) - ESCAPE)
    else bytes.push(...new TextEncoder().encode(character))
  }
  return Uint8Array.from(bytes)
}
