/** Flags as data, and their parsing with the rules and words of cobra and pflag. */
import { parseDuration } from '../../api/formats/duration.ts'
import { KubectlError } from '../errors.ts'

export type FlagType = 'bool' | 'tristate' | 'string' | 'int' | 'duration' | 'slice' | 'array' | Pairs
/** pflag's pairs, and the ones that Kubernetes had before, which know no quotes. */
type Pairs = 'map' | 'plainmap'

/** Name, shorthand, type, default as the help prints it, help. */
export type FlagRow = readonly [name: string, shorthand: string, type: FlagType, initial: string, help: string]

/** What a flag means when it is given without a value. */
const WITHOUT_VALUE: Readonly<Record<string, string>> = {
  'dry-run': 'unchanged',
  validate: 'strict',
  cascade: 'background',
}

const noOptDefault = (f: FlagRow): string | undefined =>
  f[2] === 'bool' || f[2] === 'tristate' ? 'true' : f[2] === 'string' ? WITHOUT_VALUE[f[0]] : undefined

const BOOLEANS: Readonly<Record<string, boolean>> = Object.fromEntries([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map(t => [t, true]),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map(t => [t, false]),
])

type Value = boolean | string | number | string[] | Record<string, string>

const csvFault = (column: number, words: string): Error =>
  new Error(`parse error on line 1, column ${column}: ${words}`)
const IN_QUOTED = 'extraneous or missing " in quoted-field'

/** One record of comma-separated values, with quotes as in RFC 4180. @throws in the words of Go's encoding/csv */
export function splitCsv(text: string): string[] {
  if (text === '') return []
  const out: string[] = []
  let field = ''
  for (let i = 0; ; ) {
    if (text[i] === '"' && field === '') {
      const end = /^(?:[^"]|"")*/.exec(text.slice(i + 1))![0]
      field = end.replaceAll('""', '"')
      i += end.length + 2
      if (i > text.length) throw csvFault(text.length + 1, IN_QUOTED)
      if (i < text.length && text[i] !== ',') throw csvFault(i, IN_QUOTED)
    }
    const comma = text.indexOf(',', i)
    const plain = text.slice(i, comma < 0 ? undefined : comma)
    if (plain.includes('"')) throw csvFault(i + plain.indexOf('"') + 1, 'bare " in non-quoted-field')
    field += plain
    out.push(field)
    if (comma < 0) return out
    field = ''
    i = comma + 1
  }
}

function pairsOf(list: readonly string[], malformed: (pair: string) => string): Record<string, string> {
  const pairs: Record<string, string> = {}
  for (const pair of list) {
    const at = pair.indexOf('=')
    if (at < 0) throw new Error(malformed(pair))
    pairs[pair.slice(0, at)] = pair.slice(at + 1)
  }
  return pairs
}

function convert(flag: FlagRow, text: string): Value {
  switch (flag[2]) {
    case 'bool':
    case 'tristate': {
      const value = BOOLEANS[text]
      if (value === undefined) throw new Error(`strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`)
      return value
    }
    case 'int': {
      if (!/^[-+]?(\d+|0[xX][\da-fA-F]+)$/.test(text))
        throw new Error(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
      const value = Number(text)
      if (Math.abs(value) > 2 ** 63)
        throw new Error(`strconv.ParseInt: parsing ${JSON.stringify(text)}: value out of range`)
      return value
    }
    case 'duration':
      return parseDuration(text)
    case 'map':
      return pairsOf(splitCsv(text), pair => `${pair} must be formatted as key=value`)
    case 'plainmap': {
      const pairs = pairsOf(text.split(',').filter(Boolean), () => 'malformed pair, expect string=string')
      return Object.fromEntries(Object.entries(pairs).map(([key, value]) => [key.trim(), value.trim()]))
    }
    case 'slice':
      return splitCsv(text)
    case 'array':
      return [text]
    default:
      return text
  }
}

function initialOf(f: FlagRow): Value {
  switch (f[2]) {
    case 'slice':
    case 'array':
      return f[3] === '[]' ? [] : f[3].slice(1, -1).split(',')
    case 'map':
    case 'plainmap':
      return {}
    default:
      return convert(f, f[3])
  }
}

/** A command's flags with the values given. */
export class Flags {
  readonly rows: ReadonlyMap<string, FlagRow>
  readonly #values = new Map<string, Value>()
  readonly #shorthands = new Map<string, FlagRow>()
  /** Each flag with its value, in the order given. */
  readonly given: (readonly [name: string, text: string])[] = []
  /** Arguments that are no flags. */
  args: string[] = []
  /** How many of `args` came before `--`; -1 without one. */
  dash = -1
  helpWanted = false

  constructor(rows: readonly FlagRow[]) {
    this.rows = new Map(rows.map(r => [r[0], r]))
    for (const r of rows) if (r[1]) this.#shorthands.set(r[1], r)
  }

  changed(name: string): boolean {
    return this.#values.has(name)
  }
  #get(name: string): Value {
    const given = this.#values.get(name)
    if (given !== undefined) return given
    const row = this.rows.get(name)
    if (!row) throw new Error(`no flag ${name}`)
    return initialOf(row)
  }
  has(name: string): boolean {
    return this.rows.has(name)
  }
  bool(name: string): boolean {
    return this.has(name) && (this.#get(name) as boolean)
  }
  str(name: string): string {
    return this.has(name) ? (this.#get(name) as string) : ''
  }
  /** A number, or a duration in milliseconds. */
  num(name: string): number {
    return this.#get(name) as number
  }
  list(name: string): string[] {
    return this.has(name) ? (this.#get(name) as string[]) : []
  }
  map(name: string): Record<string, string> {
    return this.#get(name) as Record<string, string>
  }

  set(name: string, text: string): void {
    const row = this.rows.get(name)!
    this.given.push([name, text])
    let value: Value
    try {
      value = convert(row, text)
    } catch (e) {
      const flag = row[1] ? `-${row[1]}, --${row[0]}` : `--${row[0]}`
      throw new KubectlError(`invalid argument ${JSON.stringify(text)} for "${flag}" flag: ${(e as Error).message}`)
    }
    const old = this.#values.get(name)
    if (Array.isArray(value) && Array.isArray(old)) this.#values.set(name, [...old, ...value])
    else if ((row[2] === 'map' || row[2] === 'plainmap') && old)
      this.#values.set(name, { ...(old as object), ...(value as object) } as Record<string, string>)
    else this.#values.set(name, value)
  }

  /** @throws KubectlError in pflag's words */
  parse(argv: readonly string[]): void {
    const rest = [...argv]
    while (rest.length) {
      const arg = rest.shift()!
      if (arg === '--') {
        this.dash = this.args.length
        this.args.push(...rest)
        return
      }
      if (arg.startsWith('--')) this.#long(arg, rest)
      else if (arg.startsWith('-') && arg.length > 1) this.#short(arg, rest)
      else this.args.push(arg)
    }
  }

  #long(arg: string, rest: string[]): void {
    const at = arg.indexOf('=')
    const name = (at < 0 ? arg.slice(2) : arg.slice(2, at)).replaceAll('_', '-')
    if (!name || name.startsWith('-')) throw new KubectlError(`bad flag syntax: ${arg}`)
    const row = this.rows.get(name)
    if (!row) {
      if (name !== 'help') throw new KubectlError(`unknown flag: --${name}`)
      this.#help(at < 0 ? 'true' : arg.slice(at + 1))
      return
    }
    const standIn = noOptDefault(row)
    if (at >= 0) this.set(name, arg.slice(at + 1))
    else if (standIn !== undefined) this.set(name, standIn)
    else if (rest.length) this.set(name, rest.shift()!)
    else throw new KubectlError(`flag needs an argument: --${name}`)
  }

  #short(arg: string, rest: string[]): void {
    for (let letters = arg.slice(1); letters; ) {
      const c = letters[0]!
      const more = letters.slice(1)
      const row = this.#shorthands.get(c)
      if (!row) {
        if (c !== 'h') throw new KubectlError(`unknown shorthand flag: '${c}' in -${letters}`)
        this.#help(more.startsWith('=') ? more.slice(1) : 'true')
        return
      }
      const standIn = noOptDefault(row)
      if (more.startsWith('=') && more.length > 1) {
        this.set(row[0], more.slice(1))
        return
      }
      if (standIn !== undefined) {
        this.set(row[0], standIn)
        letters = more
        continue
      }
      if (more) this.set(row[0], more)
      else if (rest.length) this.set(row[0], rest.shift()!)
      else throw new KubectlError(`flag needs an argument: '${c}' in -${letters}`)
      return
    }
  }

  #help(text: string): void {
    const value = BOOLEANS[text]
    if (value === undefined)
      throw new KubectlError(
        `invalid argument ${JSON.stringify(text)} for "-h, --help" flag: strconv.ParseBool: parsing ${JSON.stringify(text)}: invalid syntax`,
      )
    this.helpWanted ||= value
  }
}

/** The arguments without flags and their values, as cobra looks for a command among them. */
export function withoutFlags(
  argv: readonly string[],
  rows: ReadonlyMap<string, FlagRow>,
): { words: string[]; positions: number[] } {
  const words: string[] = []
  const positions: number[] = []
  const shorthand = new Map([...rows.values()].filter(r => r[1]).map(r => [r[1], r]))
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i]!
    if (arg === '--') break
    if (arg.startsWith('--')) {
      const row = rows.get(arg.slice(2))
      if (!arg.includes('=') && (!row || noOptDefault(row) === undefined) && arg !== '--help') i++
    } else if (arg.startsWith('-') && arg.length > 1) {
      const row = shorthand.get(arg[1]!)
      if (arg.length === 2 && arg !== '-h' && (!row || noOptDefault(row) === undefined)) i++
    } else {
      words.push(arg)
      positions.push(i)
    }
  }
  return { words, positions }
}

export function printFlag([name, shorthand, type, initial, help]: FlagRow): string {
  const value = type === 'string' ? `'${initial}'` : initial
  return `    ${shorthand ? `-${shorthand}, ` : ''}--${name}=${value}:\n\t${help}\n\n`
}
