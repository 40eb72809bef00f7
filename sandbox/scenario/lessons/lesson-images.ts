/** The images that a lesson.yaml declares: what may stand there, and what is wrong with it. */
import { BASES, type DeclaredImage } from '../../runtime/images/declared/declared.ts'
import { parseReference } from '../../runtime/registry/reference.ts'

type Kind = 'text' | 'number' | 'words' | 'texts'

export const IMAGE_KEYS: Readonly<Record<string, Kind | 'serve'>> = {
  name: 'text',
  tags: 'words',
  megabytes: 'number',
  base: 'text',
  command: 'words',
  env: 'texts',
  user: 'text',
  workingDir: 'text',
  files: 'texts',
  serve: 'serve',
}
export const SERVE_KEYS: Readonly<Record<string, Kind | 'answers'>> = {
  port: 'number',
  greeting: 'text',
  log: 'text',
  after: 'number',
  answers: 'answers',
}
export const ANSWER_KEYS: Readonly<Record<string, Kind>> = { path: 'text', status: 'number', body: 'text' }

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const fits = (value: unknown, kind: Kind): boolean => {
  if (kind === 'text') return typeof value === 'string'
  if (kind === 'number') return typeof value === 'number'
  if (kind === 'words') return Array.isArray(value) && value.every(word => typeof word === 'string')
  return isMap(value) && Object.values(value).every(text => typeof text === 'string')
}

const NEEDS: Readonly<Record<Kind, string>> = {
  text: 'a text',
  number: 'a number',
  words: 'a list of texts',
  texts: 'a map of texts',
}

/** What is wrong with a map; undefined when nothing is. */
function fault(value: unknown, keys: Readonly<Record<string, string>>, what: string): string | undefined {
  if (!isMap(value)) return `${what} has to be a map of ${Object.keys(keys).join(', ')}`
  for (const [key, given] of Object.entries(value)) {
    const kind = keys[key]
    if (!kind) return `${what} has no key "${key}"; its keys are ${Object.keys(keys).join(', ')}`
    if (kind in NEEDS && !fits(given, kind as Kind)) return `"${key}" has to be ${NEEDS[kind as Kind]}`
  }
  return undefined
}

/** @returns the image, or what is wrong with it */
export function readImage(value: unknown): DeclaredImage | string {
  const wrong = fault(value, IMAGE_KEYS, 'an image')
  if (wrong) return wrong
  const image = value as DeclaredImage
  const reference = image.name ? parseReference(image.name) : undefined
  if (!reference || (reference.tag && reference.tag !== 'latest') || image.name.endsWith(':latest'))
    return '"name" has to be the name of an image without a tag'
  if (image.base && !BASES.includes(image.base)) return `"base" has to be one of ${BASES.join(', ')}`
  if (!image.serve) return image
  const wrongServe = fault(image.serve, SERVE_KEYS, '"serve"')
  if (wrongServe) return wrongServe
  if (!image.serve.port || !Array.isArray(image.serve.answers)) return '"serve" needs a "port" and "answers"'
  for (const answer of image.serve.answers) {
    const wrongAnswer = fault(answer, ANSWER_KEYS, 'an answer')
    if (wrongAnswer) return wrongAnswer
  }
  return image
}
