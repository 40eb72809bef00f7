/** Digests of images. Nothing is hashed: a digest holds its tag, veiled, so that a registry knows its own again without having kept a list. */

const BYTES = 32
/** The first bytes are the veil; what follows has room for a tag. */
const VEIL = 8
const ROOM = BYTES - VEIL

/** Bytes that look like chance and are always the same for a text. */
function scramble(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let at = 0; at < length; at += 4) {
    let h = 0x811c9dc5 ^ (at / 4)
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
    new DataView(bytes.buffer).setUint32(at, h ^ (h >>> 13))
  }
  return bytes
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')

/** A number in the form of a sha256, for what is never looked up by it. */
export const fingerprint = (text: string): string => hex(scramble(text, BYTES))

export function digestOf(repository: string, tag: string): string {
  if (tag.length > ROOM) return `sha256:${fingerprint(`${repository}:${tag}`)}`
  const veil = scramble(`${repository}:${tag}`, VEIL)
  const cover = scramble(`${repository} ${hex(veil)}`, ROOM)
  return `sha256:${hex(veil)}${hex(cover.map((byte, i) => byte ^ (i < tag.length ? tag.charCodeAt(i) : 0)))}`
}

/** The tag of a repository that has this digest; undefined when it has no such content. */
export function tagOf(repository: string, digest: string): string | undefined {
  const bytes = Uint8Array.from(digest.slice('sha256:'.length).match(/../g) ?? [], byte => Number.parseInt(byte, 16))
  const cover = scramble(`${repository} ${hex(bytes.subarray(0, VEIL))}`, ROOM)
  const tag = String.fromCharCode(...cover.map((byte, i) => byte ^ (bytes[VEIL + i] ?? 0))).replace(/\0+$/, '')
  return digestOf(repository, tag) === digest ? tag : undefined
}
