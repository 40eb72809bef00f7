/** ETags, by which a client sees whether a document has changed: texts in the form of a SHA-512, and nothing more. */
import { Random } from '../../clock/random.ts'

export const hashOf = (text: string): string => new Random(text).hex(128).toUpperCase()

/** For who has a document already. */
export const isKnown = (headers: Readonly<Record<string, string | undefined>>, etag: string): boolean =>
  headers['if-none-match'] === etag
