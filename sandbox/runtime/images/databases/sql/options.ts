/** Which flags a database's client has, as a table, and what is wrong with others. */

export interface Option {
  long: string
  short?: string
  /** Whether it takes a value: always, only right behind it, or never. */
  takes: 'value' | 'joined' | 'nothing'
  /** Would change what one sees, and does not here. */
  refused: boolean
}

/**
 * `host=,h` takes a value, `password?,p` only one that stands right behind it, `quick,q` none; `!` behind a flag says that it
 * is not simulated.
 */
export const options = (table: string): readonly Option[] =>
  table
    .trim()
    .split(/\s+/)
    .map(word => {
      const [, long = '', value, refused, short] = /^([\w-]+)([=?]?)(!?)(?:,(\S))?$/.exec(word)!
      const takes = value === '=' ? 'value' : value === '?' ? 'joined' : 'nothing'
      return { long, takes, refused: refused === '!', ...(short !== undefined && { short }) }
    })

export type Fault =
  | { kind: 'unknown'; word: string; hasValue: boolean }
  | { kind: 'unknownLetter'; letter: string }
  | { kind: 'ambiguous'; long: string; among: readonly string[] }
  | { kind: 'lacksValue'; long: string }
  | { kind: 'lacksValueOfLetter'; letter: string }
  | { kind: 'needsNone'; long: string }
  | { kind: 'refused'; long: string }

interface Given {
  /** By its whole name, however it was shortened. */
  name: string
  value?: string
}

/** Reads a command line as getopt does. */
export function readOptions(
  args: readonly string[],
  known: readonly Option[],
): { given: Given[]; rest: string[] } | Fault {
  const given: Given[] = []
  const rest: string[] = []
  const queue = [...args]
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '--') {
      rest.push(...queue.splice(0))
      break
    }
    const [, name, , value] = /^--([^=]+)(=([\s\S]*))?$/.exec(word) ?? []
    if (name !== undefined) {
      const option = found(known, name)
      if (!option) return { kind: 'unknown', word: word.slice(2), hasValue: value !== undefined }
      if (Array.isArray(option)) return { kind: 'ambiguous', long: name, among: option }
      const { long, takes, refused } = option as Option
      if (refused) return { kind: 'refused', long }
      if (takes === 'nothing' && value !== undefined) return { kind: 'needsNone', long }
      const behind = takes === 'value' && value === undefined ? queue.shift() : value
      if (takes === 'value' && behind === undefined) return { kind: 'lacksValue', long }
      given.push({ name: long, ...(behind !== undefined && { value: behind }) })
    } else if (/^-./.test(word)) {
      for (let letters = word.slice(1); letters; ) {
        const letter = letters[0]!
        letters = letters.slice(1)
        const option = known.find(({ short }) => short === letter)
        if (!option) return { kind: 'unknownLetter', letter }
        const { long, takes, refused } = option
        if (refused) return { kind: 'refused', long }
        if (takes === 'nothing') {
          given.push({ name: long })
          continue
        }
        const behind = letters || (takes === 'value' ? queue.shift() : undefined)
        if (takes === 'value' && behind === undefined) return { kind: 'lacksValueOfLetter', letter }
        given.push({ name: long, ...(behind && { value: behind }) })
        letters = ''
      }
    } else rest.push(word)
  }
  return { given, rest }
}

/** A flag by its name or the beginning of one; several names where it could be any of them. */
function found(known: readonly Option[], name: string): Option | string[] | undefined {
  const begun = known.filter(({ long }) => long.startsWith(name))
  const exact = begun.length === 1 ? begun[0] : begun.find(({ long }) => long === name)
  return exact ?? (begun.length ? begun.map(({ long }) => long) : undefined)
}

/** What getopt says, with the hint of PostgreSQL's clients. */
export function inWordsOfPostgres(name: string, fault: Fault): string {
  const what = (): string => {
    switch (fault.kind) {
      case 'unknown':
        return `unrecognized option '--${fault.word}'`
      case 'unknownLetter':
        return `invalid option -- '${fault.letter}'`
      case 'ambiguous':
        return `option '--${fault.long}' is ambiguous; possibilities: ${fault.among.map(long => `'--${long}'`).join(' ')}`
      case 'lacksValue':
        return `option '--${fault.long}' requires an argument`
      case 'lacksValueOfLetter':
        return `option requires an argument -- '${fault.letter}'`
      case 'needsNone':
        return `option '--${fault.long}' doesn't allow an argument`
      case 'refused':
        return `--${fault.long} is not simulated`
    }
  }
  if (fault.kind === 'refused') return `${name}: ${what()}\n`
  return `${name}: ${what()}\n${name}: hint: Try "${name} --help" for more information.\n`
}

/** What MySQL's clients say; MariaDB's leave out how bad it is. */
export function inWordsOfMysql(name: string, fault: Fault, maria: boolean): string {
  const say = (what: string): string => `${name}: ${maria ? '' : '[ERROR] '}${what}${maria ? '' : '.'}\n`
  switch (fault.kind) {
    case 'unknown':
      return say(fault.hasValue ? `unknown variable '${fault.word}'` : `unknown option '--${fault.word}'`)
    case 'unknownLetter':
      return say(`unknown option '-${fault.letter}'`)
    case 'ambiguous':
      return say(`ambiguous option '--${fault.long}' (${fault.among.slice(0, 2).join(', ')})`)
    case 'lacksValue':
      return say(`option '--${fault.long}' requires an argument`)
    case 'lacksValueOfLetter':
      return say(`option '-${fault.letter}' requires an argument`)
    case 'needsNone':
      return say(`option '--${fault.long}' cannot take an argument`)
    case 'refused':
      return `${name}: --${fault.long} is not simulated\n`
  }
}
