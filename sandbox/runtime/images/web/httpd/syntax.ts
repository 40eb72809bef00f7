/** The grammar of Apache's configuration: a directive a line, lines that go on, quoted words, sections. */

export interface Directive {
  /** As it is written; a section's with its `<`. */
  name: string
  /** What stands behind the name, as it is written; of a section without its `>`. */
  args: string
  line: number
  file: string
  /** Of a section. */
  inside?: Directive[]
}

/** Why Apache does not start: the whole complaint, without its program's name. */
export class ConfigError extends Error {}

/** `AH00526: Syntax error on line 3 of /x:` and what is wrong there. */
export const at = ({ line, file }: { line: number; file: string }, text: string): ConfigError =>
  new ConfigError(`AH00526: Syntax error on line ${line} of ${file}:\n${text}`)

/** A fault of what is done while a file is being read; files that include one another stand before it. */
export class ReadingError extends Error {
  readonly place: { line: number; file: string }
  constructor(place: { line: number; file: string }, text: string) {
    super(`Syntax error on line ${place.line} of ${place.file}: ${text}`)
    this.place = place
  }
}

export interface Line {
  text: string
  number: number
}

/** Lines with something on them; those that end with a backslash go on, and count as the last of theirs. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  let begun = ''
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (line.endsWith('\\')) {
      begun += line.slice(0, -1)
      continue
    }
    const whole = (begun + line).trim()
    begun = ''
    if (whole && !whole.startsWith('#')) lines.push({ text: whole, number: i + 1 })
  }
  return lines
}

/** The first word of a text and what follows it; quotes hold a word together. */
export function word(text: string): { word: string; rest: string } {
  const start = text.trimStart()
  const quote = start[0]
  if (quote !== '"' && quote !== "'") {
    const [found = ''] = /^\S*/.exec(start)!
    return { word: found, rest: start.slice(found.length).trimStart() }
  }
  let found = ''
  let i = 1
  for (; i < start.length && start[i] !== quote; i++) {
    if (start[i] === '\\' && (start[i + 1] === quote || start[i + 1] === '\\')) i++
    found += start[i]
  }
  return { word: found, rest: start.slice(i + 1).trimStart() }
}

export function words(text: string): string[] {
  const all: string[] = []
  for (let rest = text.trim(); rest; ) {
    const next = word(rest)
    all.push(next.word)
    rest = next.rest
  }
  return all
}
