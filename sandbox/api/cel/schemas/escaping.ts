/** Names of fields as they are written in CEL, where not every name can be one. */
import { RESERVED } from '../syntax/reserved.ts'

const ESCAPES: readonly (readonly [string, string])[] = [
  ['__', '__underscores__'],
  ['.', '__dot__'],
  ['-', '__dash__'],
  ['/', '__slash__'],
]

/** Undefined for what cannot be written at all. */
export function escapeName(name: string): string | undefined {
  if (!/^[A-Za-z_./-][\w./-]*$/.test(name)) return undefined
  if (RESERVED.has(name)) return `__${name}__`
  return name.replace(/__|[-./]/g, found => ESCAPES.find(([plain]) => plain === found)![1])
}

/** The name itself, of a field that is called like a word of the language. */
export const reservedName = (escaped: string): string | undefined => {
  const word = /^__(\w+)__$/.exec(escaped)?.[1]
  return word !== undefined && RESERVED.has(word) ? word : undefined
}

export function unescapeName(name: string): string {
  return name.replace(/__([^_]+)__/g, (whole, word: string) => {
    const found = ESCAPES.find(([, escaped]) => escaped === whole)
    return found ? found[0] : RESERVED.has(word) ? word : whole
  })
}
