/** Which images are Node's: where containers are real processes, these are, and all others stay simulated. */
import type { DeclaredImage } from '../images/declared/declared.ts'
import { parseReference } from '../registry/reference.ts'

const NODE = 'docker.io/library/node'
const OLDEST = 20

export interface NodeImage {
  /** Path → text, of an image that a course declares. */
  files: Readonly<Record<string, string>>
  /** The official image's entrypoint puts `node` before what is no command. */
  official: boolean
}

/** Undefined for an image that is not Node's. */
export function nodeImage(name: string, declared: readonly DeclaredImage[] = []): NodeImage | undefined {
  const reference = parseReference(name)
  if (!reference) return undefined
  const own = declared.find(image => parseReference(image.name)?.repository === reference.repository)
  if (own) return own.base === 'node' && !own.serve ? { files: own.files ?? {}, official: false } : undefined
  if (reference.repository !== NODE) return undefined
  const major = /^\d+/.exec(reference.tag ?? '')?.[0]
  return major === undefined || Number(major) >= OLDEST ? { files: {}, official: true } : undefined
}
