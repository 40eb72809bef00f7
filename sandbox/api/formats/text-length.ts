/** Lengths of texts in bytes of UTF-8, as Kubernetes counts them. */

/** Whether it is longer than so many bytes. */
export function isLonger(text: string, bytes: number): boolean {
  // Most texts are short, or have no letter that takes more than one.
  if (text.length > bytes) return true
  if (text.length * 3 <= bytes) return false
  let more = bytes
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) more -= 1
    else if (code < 0x800) more -= 2
    // Two halves make one letter of four bytes; half a one is told as a sign of three.
    else if (text.codePointAt(i)! < 0x10000) more -= 3
    else {
      more -= 4
      i++
    }
  }
  return more < 0
}
