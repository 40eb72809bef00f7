/** Warnings beside an answer, as headers: https://kubernetes.io/blog/2020/09/03/warnings/. */

/** Characters in all, beyond which each is cut. */
const MOST = 4096
const MOST_EACH = 256

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/

/** What of these is sent: each once, none with control characters, and shortened when it is too much. */
export function sentWarnings(texts: readonly string[]): string[] {
  const sent = [...new Set(texts)].filter(text => text && !CONTROL.test(text)).map(text => [...text])
  let written = 0
  const tooMuch = sent.findIndex(({ length }) => (written += length) > MOST)
  if (tooMuch < 0) return sent.map(characters => characters.join(''))
  written = 0
  const short: string[] = []
  for (const [i, characters] of sent.entries()) {
    // Those that had been told by then are all told again, shortened.
    if (i > tooMuch && written >= MOST) break
    const cut = characters.slice(0, MOST_EACH)
    written += cut.length
    short.push(cut.join(''))
  }
  return short
}

export const warningHeader = (text: string): string => `299 - "${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** The bytes of UTF-8 as characters: so headers leave for where they are bytes. */
export const headerBytes = (text: string): string => String.fromCharCode(...new TextEncoder().encode(text))

/** @param header what came from there */
export const headerText = (header: string): string =>
  new TextDecoder().decode(Uint8Array.from(header, c => c.charCodeAt(0)))
