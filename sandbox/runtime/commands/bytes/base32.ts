/** `base32`: bytes as letters that nobody mistakes for one another, and back. */
import { lettersCommand, wholeGroups } from './letters.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** Eight letters, of which the last may be padding. */
const GROUP = /[A-Z2-7]{8}|[A-Z2-7]{2}={6}|[A-Z2-7]{4}={4}|[A-Z2-7]{5}={3}|[A-Z2-7]{7}=/y

export const base32 = lettersCommand({
  encode,
  decode(letters) {
    const good = wholeGroups(letters, GROUP)
    return { bytes: bytesOf(letters.slice(0, good).replaceAll('=', '')), wrong: good < letters.length }
  },
  garbage: /[^A-Z2-7=]/g,
})

/** Five bits to a letter, eight letters to five bytes. */
function encode(bytes: Uint8Array): string {
  let out = ''
  let [bits, count] = [0, 0]
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff
    for (count += 8; count >= 5; count -= 5) out += LETTERS[(bits >> (count - 5)) & 31]
  }
  if (count) out += LETTERS[(bits << (5 - count)) & 31]
  return out.padEnd(Math.ceil(out.length / 8) * 8, '=')
}

function bytesOf(letters: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((letters.length * 5) / 8))
  let length = 0
  let [bits, count] = [0, 0]
  for (const letter of letters) {
    bits = ((bits << 5) | LETTERS.indexOf(letter)) & 0xfff
    count += 5
    if (count >= 8) {
      count -= 8
      bytes[length++] = (bits >> count) & 255
    }
  }
  return bytes
}
