/** How bash writes a value so that it can be read again: `%q`, `${x@Q}`, `declare -p`. */
import { unescapeText } from '../../commands/scripting/text.ts'
import type { Shell, Variable } from '../shell.ts'
import { inBuckets } from '../variables/buckets.ts'

const NAMED: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\E',
  "'": "\\'",
  '\\': '\\\\',
}

/** What the locale of containers, which is C, calls unprintable. */
const UNPRINTABLE = /[^\x20-\x7e]/

/** `$'…'`: for values with control characters, or letters that ASCII does not have. */
function ansi(value: string): string {
  let text = ''
  for (const c of value)
    text +=
      NAMED[c] ??
      (UNPRINTABLE.test(c)
        ? [...new TextEncoder().encode(c)].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('')
        : c)
  return `$'${text}'`
}

/** As `printf %q` does: a backslash before what means something. */
export function escaped(value: string): string {
  if (value === '') return "''"
  if (UNPRINTABLE.test(value)) return ansi(value)
  return value.replace(/[^\w@%+:./,=#~-]|^[#~]|(?<=[:=])~/g, '\\$&')
}

/** As `${x@Q}` does: in single quotes. */
export const singleQuoted = (value: string): string =>
  UNPRINTABLE.test(value) ? ansi(value) : `'${value.replaceAll("'", "'\\''")}'`

/** What bash takes for something other than text. */
const META = /[\s'"\\|&;()<>!{}*[\]?^$`]|^[~#]|(?<=[=:])~/

const quotedIfNeeded = (value: string): string => (META.test(value) ? `'${value.replaceAll("'", "'\\''")}'` : value)

/** As `set` shows values: in quotes only where they are needed. */
export const shownValue = (value: string): string => (UNPRINTABLE.test(value) ? ansi(value) : quotedIfNeeded(value))

/** As `set -x` shows words: blanks as they are, and numbers for what is not in ASCII. */
export function tracedWord(value: string): string {
  if (value === '') return "''"
  return META.test(value) || !UNPRINTABLE.test(value) ? quotedIfNeeded(value) : ansi(value)
}

/** As `declare -p` does: in double quotes. */
const doubleQuoted = (value: string): string =>
  UNPRINTABLE.test(value) ? ansi(value) : `"${value.replace(/["\\$`]/g, '\\$&')}"`

/** The letters of what a variable is, as `declare` takes them. */
export function attributes(variable: Variable | undefined): string {
  if (!variable) return ''
  return [
    variable.array && !variable.associative && 'a',
    variable.associative && 'A',
    variable.integer && 'i',
    variable.reference !== undefined && 'n',
    variable.readonly && 'r',
    variable.exported && 'x',
    variable.letters === 'lower' && 'l',
    variable.letters === 'upper' && 'u',
  ]
    .filter(Boolean)
    .join('')
}

/** A variable as the `declare` that would make it. */
export function declaration(name: string, variable: Variable): string {
  const flags = attributes(variable)
  const begin = `declare -${flags || '-'} ${name}`
  if (variable.reference !== undefined) return `${begin}="${variable.reference}"`
  if (variable.array) return `${begin}=${elementsText(variable, variable.array)}`
  return variable.value === undefined ? begin : `${begin}=${doubleQuoted(variable.value)}`
}

/** The elements of an array between brackets, as bash writes them. */
export function elementsText({ associative }: Variable, array: ReadonlyMap<string, string>): string {
  const keys = associative ? inBuckets(array) : [...array].sort(([a], [b]) => Number(a) - Number(b))
  const elements = keys.map(([key, value]) => `[${associative ? escaped(key) : key}]=${doubleQuoted(value)}`)
  return `(${elements.join(' ')}${associative && elements.length ? ' ' : ''})`
}

/** `${x@Q}` and its likes; undefined where there is no such letter. */
export function inForm(shell: Shell, name: string, value: string, form: string): string | undefined {
  const variable = shell.variables.get(shell.resolve(name))
  switch (form) {
    case 'Q':
    case 'K':
    case 'k':
      return singleQuoted(value)
    case 'E':
      return unescapeText(value, false).text
    case 'U':
      return value.toUpperCase()
    case 'u':
      return value.charAt(0).toUpperCase() + value.slice(1)
    case 'L':
      return value.toLowerCase()
    case 'a':
      return attributes(variable)
    case 'A': {
      const flags = attributes(variable)
      return `${flags ? `declare -${flags} ` : ''}${name}=${singleQuoted(value)}`
    }
    case 'P':
      return value
    default:
      return undefined
  }
}
