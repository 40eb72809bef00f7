/** CEL's library of strings, and Kubernetes' searches by regular expression. */
import { GO_LETTERS } from '../../formats/go-escapes.ts'
import { type Regex, regex } from '../runtime/regex.ts'
import { CelError, type Value } from '../runtime/values.ts'
import { type Functions, type Implementation, readDeclarations } from '../types/declarations.ts'
import { formatted } from './format.ts'
import { of } from './implementing.ts'

const DECLARATIONS = `
charAt string_char_at_int string.(int) -> string
contains contains_string string.(string) -> bool
endsWith ends_with_string string.(string) -> bool
format string_format string.(list(dyn)) -> string
indexOf string_index_of_string string.(string) -> int
indexOf string_index_of_string_int string.(string, int) -> int
lastIndexOf string_last_index_of_string string.(string) -> int
lastIndexOf string_last_index_of_string_int string.(string, int) -> int
lowerAscii string_lower_ascii string.() -> string
matches matches (string, string) -> bool
matches matches_string string.(string) -> bool
replace string_replace_string_string string.(string, string) -> string
replace string_replace_string_string_int string.(string, string, int) -> string
split string_split_string string.(string) -> list(string)
split string_split_string_int string.(string, int) -> list(string)
startsWith starts_with_string string.(string) -> bool
strings.quote strings_quote (string) -> string
substring string_substring_int string.(int) -> string
substring string_substring_int_int string.(int, int) -> string
trim string_trim string.() -> string
upperAscii string_upper_ascii string.() -> string
find string_find_string string.(string) -> string
findAll string_find_all_string string.(string) -> list(string)
findAll string_find_all_string_int string.(string, int) -> list(string)
`

const outOfRange = (index: bigint): CelError => new CelError(`index out of range: ${index}`)

function charAt(text: string, at: bigint): string {
  const characters = [...text]
  if (at < 0n || at > characters.length) throw outOfRange(at)
  return characters[Number(at)] ?? ''
}

function isAt(characters: readonly string[], part: readonly string[], at: number): boolean {
  return part.every((c, j) => characters[at + j] === c)
}

function indexOf(text: string, part: string, from = 0n): bigint {
  if (!part) return from
  if (from < 0n) throw outOfRange(from)
  const [characters, sought] = [[...text], [...part]]
  for (let i = Number(from); i + sought.length <= characters.length; i++)
    if (isAt(characters, sought, i)) return BigInt(i)
  return -1n
}

function lastIndexOf(text: string, part: string, from?: bigint): bigint {
  const [characters, sought] = [[...text], [...part]]
  if (!part) return from ?? BigInt(characters.length)
  if (from === undefined && characters.length < sought.length) return -1n
  const start = from ?? BigInt(characters.length - 1)
  if (start < 0n) throw outOfRange(start)
  if (start >= characters.length) return -1n
  for (let i = Math.min(Number(start), characters.length - sought.length); i >= 0; i--)
    if (isAt(characters, sought, i)) return BigInt(i)
  return -1n
}

function replaced(text: string, old: string, by: string, count = -1n): string {
  if (count < 0n) return text.replaceAll(old, () => by)
  let left = count
  return text.replaceAll(old, () => (left-- > 0n ? by : old))
}

function split(text: string, separator: string, count = -1n): string[] {
  if (count === 0n) return []
  const parts = separator ? text.split(separator) : [...text]
  if (count < 0n || parts.length <= count) return parts
  const most = Number(count) - 1
  return [...parts.slice(0, most), parts.slice(most).join(separator)]
}

function substring(text: string, start: bigint, end?: bigint): string {
  const characters = [...text]
  if (end !== undefined && start > end) throw new CelError(`invalid substring range. start: ${start}, end: ${end}`)
  for (const at of [start, end ?? start]) if (at < 0n || at > characters.length) throw outOfRange(at)
  return characters.slice(Number(start), end === undefined ? undefined : Number(end)).join('')
}

/** What Go takes for space: JavaScript's \s has a mark of byte order more and one control character less. */
const isSpace = (c: string | undefined): boolean =>
  c !== undefined && (c === '\x85' || (c !== '\ufeff' && /\s/.test(c)))

function trimmed(text: string): string {
  let [from, to] = [0, text.length]
  while (isSpace(text[from])) from++
  while (to > from && isSpace(text[to - 1])) to--
  return text.slice(from, to)
}

const quoted = (text: string): string =>
  `"${text.toWellFormed().replace(/[\x07\b\f\n\r\t\v\\"]/g, c => `\\${GO_LETTERS.get(c) ?? c}`)}"`

/** What a search says of its pattern. */
function sought(pattern: string): Regex {
  try {
    return regex(pattern)
  } catch (error) {
    throw error instanceof CelError ? new CelError(`Illegal regex: ${error.message}`) : error
  }
}

const findAll = (text: string, pattern: string, count = -1n): string[] =>
  sought(pattern).findAll(text, count < 0n ? undefined : Number(count))

const matches = of((text: string, pattern: string) => regex(pattern).test(text))

const strings: Record<string, Implementation> = {
  contains_string: of((text: string, part: string) => text.includes(part)),
  starts_with_string: of((text: string, part: string) => text.startsWith(part)),
  ends_with_string: of((text: string, part: string) => text.endsWith(part)),
  matches,
  matches_string: matches,
  string_char_at_int: of(charAt),
  string_format: of((pattern: string, args: readonly Value[]) => formatted(pattern, args)),
  string_index_of_string: of((text: string, part: string) => indexOf(text, part)),
  string_index_of_string_int: of(indexOf),
  string_last_index_of_string: of((text: string, part: string) => lastIndexOf(text, part)),
  string_last_index_of_string_int: of(lastIndexOf),
  string_lower_ascii: of((text: string) => text.replace(/[A-Z]/g, c => c.toLowerCase())),
  string_upper_ascii: of((text: string) => text.replace(/[a-z]/g, c => c.toUpperCase())),
  string_replace_string_string: of((text: string, old: string, by: string) => replaced(text, old, by)),
  string_replace_string_string_int: of(replaced),
  string_split_string: of((text: string, separator: string) => split(text, separator)),
  string_split_string_int: of(split),
  strings_quote: of(quoted),
  string_substring_int: of((text: string, start: bigint) => substring(text, start)),
  string_substring_int_int: of(substring),
  string_trim: of(trimmed),
  string_find_string: of((text: string, pattern: string) => sought(pattern).find(text)),
  string_find_all_string: of((text: string, pattern: string) => findAll(text, pattern)),
  string_find_all_string_int: of(findAll),
}

export const stringLibrary: Functions = readDeclarations(DECLARATIONS, strings)
