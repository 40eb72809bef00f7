/** Bytes as text and back. What is no UTF-8 stands in the text as half a surrogate pair, as Python's surrogateescape has it. */

const ESCAPE = 0xdc00
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** A byte on its own, as it stands in a text. */
export const escaped = (byte: number): string => String.fromCharCode(byte < 0x80 ? byte : ESCAPE + byte)

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
      text += escaped(bytes[i]!)
      i++
    }
  }
  return text
}

const lengthOfCharacter = (first: number): number => (first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4)

const ESCAPED = /[\udc80-\udcff]/u

/** Whether there is no byte in it that is none of UTF-8's. */
export const isText = (text: string): boolean => !ESCAPED.test(text)

/** A text in which bytes that make a character together have become that character. */
export const joined = (text: string): string => (isText(text) ? text : textOfBytes(bytesOfText(text)))

/** Bytes that come in pieces, which may end within a character. */
export class IncomingText {
  #rest = new Uint8Array()

  push(bytes: Uint8Array): string {
    const all = this.#rest.length ? Uint8Array.from([...this.#rest, ...bytes]) : bytes
    const end = all.length - unfinished(all)
    this.#rest = all.slice(end)
    return textOfBytes(all.subarray(0, end))
  }

  /** Whether a character has been begun. */
  get pending(): boolean {
    return this.#rest.length > 0
  }

  /** What has not become a character. */
  end(): string {
    const rest = this.#rest
    this.#rest = new Uint8Array()
    return textOfBytes(rest)
  }
}

/** How many bytes at the end begin a character that is not there as a whole. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return lengthOfCharacter(byte) > back ? back : 0
  }
  return 0
}

export function bytesOfText(text: string): Uint8Array {
  if (isText(text)) return new TextEncoder().encode(text)
  const bytes: number[] = []
  for (const character of text) {
    if (ESCAPED.test(character)) bytes.push(character.charCodeAt(0) - ESCAPE)
    else bytes.push(...new TextEncoder().encode(character))
  }
  return Uint8Array.from(bytes)
}
