/** Command lines as agnhost's libraries read them (cobra and pflag): flags by their table, help, and what is said to who errs. */
import { parseDuration } from '../../../../clock/duration.ts'
import { COMMANDS, type CommandRow, type FlagRow, GLOBAL_FLAGS } from './command-table.ts'

/** What a subcommand was given: its flags with their defaults, and the words that are none. */
export interface Flags {
  readonly args: readonly string[]
  text(name: string): string
  number(name: string): number
  boolean(name: string): boolean
  /** Milliseconds. */
  duration(name: string): number
}

/** A command line that is wrong; its message goes to standard error. */
export class Misuse extends Error {
  /** It is told below the program's usage. */
  readonly withUsage: boolean
  constructor(message: string, withUsage = false) {
    super(message)
    this.withUsage = withUsage
  }
}

export type Line =
  | { run: string; flags: Flags }
  /** Of a subcommand, or of the program, whose name is empty. */
  | { help: string }
  | { version: true }
  /** Help about what does not exist. */
  | { unknownTopic: readonly string[] }

const HELP: FlagRow = { kind: 'bool', short: 'h', usage: '' }
const PROGRAM: CommandRow = { short: '', flags: { version: { kind: 'bool', usage: 'version for app' } } }
/** They are cobra's own. */
const OWN: Readonly<Record<string, CommandRow>> = {
  completion: { short: 'Generate the autocompletion script for the specified shell' },
  help: { short: 'Help about any command', use: 'help [command]', words: Number.POSITIVE_INFINITY },
}
const ALL: Readonly<Record<string, CommandRow>> = { ...COMMANDS, ...OWN }

/** Reads a command line without the program's name. @throws a Misuse in cobra's words */
export function readLine(words: readonly string[]): Line {
  const at = firstWord(words)
  const name = at < 0 ? '' : words[at]!
  const command = Object.hasOwn(ALL, name) ? ALL[name] : undefined
  if (name && !command) throw new Misuse(`unknown command ${JSON.stringify(name)} for "app"${proposals(name)}`)
  const row = command ?? PROGRAM
  const { given, args } = command
    ? readFlags(row, [...words.slice(0, at), ...words.slice(at + 1)])
    : ofProgram(() => readFlags(row, words))
  if (given.get('help') === 'true') return { help: name }
  if (given.get('version') === 'true') return { version: true }
  if (!command) return { help: '' }
  if (name === 'help') return topic(args)
  if (name === 'stress' && args.length) throw new Misuse(`unknown command ${JSON.stringify(args[0])} for "app stress"`)
  const most = row.words ?? 0
  if (row.use && args.length !== most) throw new Misuse(`accepts ${most} arg(s), received ${args.length}`)
  if (args.length > most) throw new Misuse(`accepts at most ${most} arg(s), received ${args.length}`)
  return { run: name, flags: flagsOf(row, given, args) }
}

function topic(args: readonly string[]): Line {
  const [name = ''] = args
  return name && !Object.hasOwn(ALL, name) ? { unknownTopic: args } : { help: name }
}

/** A wrong flag of the program itself is told below its usage. */
function ofProgram<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Misuse) throw new Misuse(error.message, true)
    throw error
  }
}

/** Where the name of the subcommand stands: a flag that may have a value takes the word behind it, known or not. */
function firstWord(words: readonly string[]): number {
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--') return -1
    if (!word.startsWith('-')) {
      if (word) return i
    } else if (!word.includes('=') && takesNext(word)) i++
  }
  return -1
}

function takesNext(word: string): boolean {
  if (!word.startsWith('--')) return word.length === 2 && word !== '-h'
  return word !== '--help' && word !== '--version'
}

const rowsOf = (row: CommandRow): Readonly<Record<string, FlagRow>> => ({ help: HELP, ...GLOBAL_FLAGS, ...row.flags })

function readFlags(row: CommandRow, words: readonly string[]): { given: Map<string, string>; args: string[] } {
  const rows = rowsOf(row)
  const given = new Map<string, string>()
  const args: string[] = []
  const rest = [...words]
  const set = (name: string, value: string): void => {
    const problem = problemOf(rows[name]!, name, value)
    const { short } = rows[name]!
    if (problem)
      throw new Misuse(
        `invalid argument ${JSON.stringify(value)} for "${short ? `-${short}, ` : ''}--${name}" flag: ${problem}`,
      )
    given.set(name, value)
  }
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      args.push(...rest)
      break
    }
    if (word.startsWith('--')) {
      const [, typed = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? []
      if (!typed || typed.startsWith('-')) throw new Misuse(`bad flag syntax: ${word}`)
      const name = typed.replaceAll('_', '-')
      const flag = Object.hasOwn(rows, name) ? rows[name]! : undefined
      if (!flag) throw new Misuse(`unknown flag: --${typed}`)
      if (value !== undefined) set(name, value)
      else if (flag.kind === 'bool') set(name, 'true')
      else if (rest.length) set(name, rest.shift()!)
      else throw new Misuse(`flag needs an argument: --${typed}`)
    } else if (word.startsWith('-') && word !== '-') readShort(rows, word.slice(1), rest, set)
    else args.push(word)
  }
  return { given, args }
}

/** Letters behind one dash, of which the last may have a value. */
function readShort(
  rows: Readonly<Record<string, FlagRow>>,
  letters: string,
  rest: string[],
  set: (name: string, value: string) => void,
): void {
  for (let left = letters; left; left = left.slice(1)) {
    const letter = left[0]!
    const found = Object.entries(rows).find(([, { short }]) => short === letter)
    if (!found) throw new Misuse(`unknown shorthand flag: '${letter}' in -${left}`)
    const [name, { kind }] = found
    if (kind === 'bool' && left[1] !== '=') {
      set(name, 'true')
      continue
    }
    if (left.length === 1 && !rest.length) throw new Misuse(`flag needs an argument: '${letter}' in -${left}`)
    set(name, left.length === 1 ? rest.shift()! : left.slice(left[1] === '=' ? 2 : 1))
    return
  }
}

const BOOLS: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map(word => [word, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map(word => [word, false] as const),
])

/** Numbers as Go reads them where the base is not given: `0x1F`, `0o17`, `0b1`, `1_000`. */
const INTEGER = /^[-+]?(0[xX](_?[\da-fA-F])+|0[bB](_?[01])+|0[oO]?(_?[0-7])+|0|[1-9](_?\d)*)$/

/** As the log reads its level. */
const DECIMAL = /^[-+]?\d+$/

function integer(text: string): bigint {
  const digits = text.replaceAll('_', '').replace(/^[-+]/, '')
  const size = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits)
  return text.startsWith('-') ? -size : size
}

/** @returns what Go says of a value that is none of its kind */
function problemOf({ kind, shown }: FlagRow, name: string, value: string): string | undefined {
  const parsing = (func: string, what: string): string => `strconv.${func}: parsing ${JSON.stringify(value)}: ${what}`
  if (kind === 'bool') return Object.hasOwn(BOOLS, value) ? undefined : parsing('ParseBool', 'invalid syntax')
  if (kind === 'int') {
    const isLevel = shown === 'Level'
    if (!(isLevel ? DECIMAL : INTEGER).test(value)) return parsing('ParseInt', 'invalid syntax')
    const bits = isLevel ? 31n : 63n
    const n = integer(value)
    return n >= 1n << bits || n < -(1n << bits) ? parsing('ParseInt', 'value out of range') : undefined
  }
  if (kind === 'duration')
    try {
      parseDuration(value)
      return undefined
    } catch (error) {
      // Go's own package of flags keeps the reason to itself.
      return name === 'log-flush-frequency' ? 'parse error' : (error as Error).message
    }
  if (shown === 'moduleSpec' && !value.split(',').every(part => !part || /^[^=]+=\d+$/.test(part)))
    return 'syntax error: expect comma-separated list of filename=N'
  return undefined
}

function flagsOf(row: CommandRow, given: ReadonlyMap<string, string>, args: readonly string[]): Flags {
  const rows = rowsOf(row)
  const value = (name: string): string | undefined => given.get(name) ?? rows[name]!.value
  return {
    args,
    text: name => value(name) ?? '',
    number: name => Number(integer(value(name) ?? '0')),
    boolean: name => BOOLS[value(name) ?? 'false']!,
    duration: name => parseDuration(value(name) ?? '0s'),
  }
}

/** What a misspelt name may have meant: what begins with it, or is two letters from it. */
function proposals(name: string): string {
  const typed = name.toLowerCase()
  const near = [...Object.keys(COMMANDS), 'completion'].filter(
    command => command.startsWith(typed) || distance(command, typed) <= 2,
  )
  return near.length ? `\n\nDid you mean this?\n${near.map(command => `\t${command}\n`).join('')}` : ''
}

/** The distance of Levenshtein. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}

/** Flags below each other, sorted, their descriptions in one column. */
function flagLines(rows: Readonly<Record<string, FlagRow>>): string {
  const lines = Object.entries(rows)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { kind, short, shown, value, usage }]) => {
      const what = kind === 'bool' ? '' : ` ${shown ?? kind}`
      const standard = value === undefined ? '' : ` (default ${kind === 'string' ? JSON.stringify(value) : value})`
      return { head: `  ${short ? `-${short}, ` : '    '}--${name}${what}`, tail: `${usage}${standard}` }
    })
  const width = Math.max(...lines.map(({ head }) => head.length)) + 3
  return lines.map(({ head, tail }) => `${head.padEnd(width)}${tail}\n`).join('')
}

/** The usage of the program. @param bare as it is told before its own flag for help is known */
export function programUsage(bare = false): string {
  const names = Object.keys(ALL).sort()
  const width = Math.max(...names.map(name => name.length)) + 1
  const flags = { ...(bare ? {} : { help: { ...HELP, usage: 'help for app' }, ...PROGRAM.flags }), ...GLOBAL_FLAGS }
  return `Usage:\n  app [command]\n\nAvailable Commands:\n${names
    .map(name => `  ${name.padEnd(width)}${ALL[name]!.short}\n`)
    .join('')}\nFlags:\n${flagLines(flags)}\nUse "app [command] --help" for more information about a command.\n`
}

/** What `agnhost NAME --help` prints. @param description what is said above the usage */
export function commandHelp(name: string, description: string): string {
  const { use = name, flags } = ALL[name]!
  const own = { ...flags, help: { ...HELP, usage: `help for ${name}` } }
  return `${description.replace(/\s+$/, '')}\n\nUsage:\n  app ${use} [flags]\n\nFlags:\n${flagLines(own)}\nGlobal Flags:\n${flagLines(GLOBAL_FLAGS)}`
}
