/** The end of a body that comes in HTTP's chunks. */
import { bytesOfText } from '../bytes.ts'

/**
 * Follows a body in chunks while it comes, without keeping it.
 * @returns takes the next piece and tells whether the last chunk, with what follows it, has come
 */
export function chunkEnd(): (piece: string) => boolean {
  /** Of the line that is read: a size, or what follows the last chunk. */
  let line = ''
  /** Bytes of a chunk that are still to come, with the end of its line. */
  let left = 0
  let isLast = false
  let over = false
  return piece => {
    const bytes = bytesOfText(piece)
    for (let at = 0; at < bytes.length && !over; ) {
      if (left > 0) {
        const taken = Math.min(left, bytes.length - at)
        left -= taken
        at += taken
        continue
      }
      const byte = bytes[at++]!
      if (byte !== 0x0a) {
        if (byte !== 0x0d) line += String.fromCharCode(byte)
        continue
      }
      if (isLast) over = line === ''
      else {
        const size = Number.parseInt(line, 16)
        isLast = size === 0
        if (size > 0) left = size + '\r\n'.length
      }
      line = ''
    }
    return over
  }
}
