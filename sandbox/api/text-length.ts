/** How long texts are to Kubernetes, which counts their bytes in UTF-8. */

/** Whether it is longer than so many bytes. */
export function isLonger(text: string, bytes: number): boolean {
  // Most texts are short, or have no letter that takes more than one.
  if (text.length > bytes) return true
  if (text.length * 3 <= bytes) return false
  let more = bytes
  for (const letter of text) {
    const code = letter.codePointAt(0)!
    more -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return more < 0
}
