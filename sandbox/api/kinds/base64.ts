/** Base64 of text and bytes, without depending on where the sandbox runs. */

export const encodeBase64 = (text: string): string => encodeBytes(new TextEncoder().encode(text))

/** Byte by byte: a megabyte is more than fits on the stack as arguments. */
export function encodeBytes(bytes: Iterable<number>): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
