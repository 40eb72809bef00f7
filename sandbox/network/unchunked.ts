/** HTTP's chunks: how a body comes whose length nobody knew when it began. */
import { bytesOfText, IncomingText } from '../bytes.ts'

/** A body that came in chunks, put together; their sizes count bytes. */
export function unchunked(text: string): string {
  const bytes = bytesOfText(text)
  // A letter of several bytes may begin in one chunk and end in the next.
  const incoming = new IncomingText()
  let body = ''
  for (let at = 0; ; ) {
    const end = bytes.indexOf(0x0a, at)
    const size = Number.parseInt(String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 20))), 16)
    if (end < 0 || !size) return body + incoming.end()
    body += incoming.push(bytes.subarray(end + 1, end + 1 + size))
    at = end + 1 + size + 2
  }
}
