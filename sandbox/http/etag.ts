/** What tells a client whether a document has changed: a text in the form of a SHA-512, and nothing more. */
import { Random } from '../clock/random.ts'

export const hashOf = (text: string): string => new Random(text).hex(128).toUpperCase()

/** For who has a document already. */
export const isKnown = (headers: Readonly<Record<string, string | undefined>>, etag: string): boolean =>
  headers['if-none-match'] === etag
