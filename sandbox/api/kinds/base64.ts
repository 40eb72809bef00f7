/** Base64 of text and bytes, without depending on where the sandbox runs. */

export const encodeBase64 = (text: string): string => encodeBytes(new TextEncoder().encode(text))

/** Byte by byte: a megabyte is more than fits on the stack as arguments. */
export function encodeBytes(bytes: Iterable<number>): string {
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}

/** undefined for what is no base64 in the standard alphabet with padding; line breaks are passed over, as Go does. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const clean = text.replace(/[\r\n]/g, '')
  if (clean.length % 4 || !/^[A-Za-z0-9+/]*={0,2}$/.test(clean)) return undefined
  return Uint8Array.from(atob(clean), c => c.charCodeAt(0))
}
