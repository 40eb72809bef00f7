/** What a command is: a function over its arguments and its process; and the few things that all of them need. */
import type { Process } from '../processes/process.ts'

/** Whose tools they are: their messages and formats differ. */
export type Flavour = 'busybox' | 'gnu'

export interface Call {
  process: Process
  /** As typed, without its directory. */
  name: string
  args: readonly string[]
  flavour: Flavour
}

// biome-ignore lint/suspicious/noConfusingVoidType: a command that ends without a word has succeeded
export type Command = (call: Call) => Promise<number | void> | number | void

export const print = (call: Call, text: string): Promise<void> => call.process.write(1, text)

/** `name: message` on standard error; gives the exit code to return. */
export async function complain(call: Call, message: string, code = 1): Promise<number> {
  await call.process.write(2, `${call.name}: ${message}\n`)
  return code
}

/** A wrong use of a command: complained of, exit code 1 (or `code`). */
export class Usage extends Error {
  readonly code: number
  constructor(message: string, code = 1) {
    super(message)
    this.code = code
  }
}

/** An option that there is not, or that lacks its value. */
export class WrongOption extends Usage {}

/** Something that has to be given was not: GNU says what, busybox only how the command is used. */
export class Missing extends Usage {}

/** A tool of GNU's was asked what it is, or how it is used; a wrong option where that is not known. */
export class Asked extends WrongOption {
  readonly about: 'help' | 'version'
  constructor(about: 'help' | 'version', message: string, code: number) {
    super(message, code)
    this.about = about
  }
}

/** The options that all of GNU's tools know. */
export const asked = (word: string): 'help' | 'version' | undefined =>
  word === '--help' ? 'help' : word === '--version' ? 'version' : undefined

/** What was asked for cannot be done: said in one line, without a hint how the command is used. */
export class Refusal extends Error {
  readonly code: number
  constructor(message: string, code = 1) {
    super(message)
    this.code = code
  }
}

const WHOLE = /^\d+$/
export const DECIMAL = /^(?:\d+\.?\d*|\.\d+)$/

/** The number behind an option. @param wrong says that it is none @throws Refusal with that, and `code` */
export function numberIn(
  value: string | undefined,
  wrong: (value: string) => string,
  { form = WHOLE, code = 1 }: { form?: RegExp; code?: number } = {},
): number | undefined {
  if (value === undefined) return undefined
  if (!form.test(value)) throw new Refusal(wrong(value), code)
  return Number(value)
}

/** As busybox says it. */
export const invalidNumber = (value: string): string => `invalid number '${value}'`

/** The exit code after an option that there is not. */
const wrongOption = ({ flavour, name }: Call): number =>
  flavour === 'gnu' ? (CODES[name] ?? 1) : name === 'sort' || name === 'grep' ? 2 : 1

const CODES: Readonly<Record<string, number>> = {
  ls: 2,
  sort: 2,
  grep: 2,
  egrep: 2,
  fgrep: 2,
  diff: 2,
  tar: 64,
  timeout: 125,
  env: 125,
  nice: 125,
  nohup: 125,
}

export interface Options {
  /** Flags given, by letter or long name. */
  has(flag: string): boolean
  /** The last value given to a flag. */
  value(flag: string): string | undefined
  values(flag: string): readonly string[]
  rest: string[]
}

/**
 * Reads flags after getopt's rules. `spec` is its string: letters, those with a value followed by a colon; a leading `+`
 * stops at the first word that is no flag. `long` maps long names to letters, or to names of their own where no letter
 * means the same; colons behind those say what they do behind a letter.
 */
export function options(call: Call, spec: string, long: Readonly<Record<string, string>> = {}): Options {
  const stopAtFirst = spec.startsWith('+')
  const given = new Map<string, string[]>()
  const rest: string[] = []
  const takesValue = (letter: string): boolean => spec[spec.indexOf(letter) + 1] === ':'
  /** After two colons a value has to stand in the same word. */
  const mayLackValue = (letter: string): boolean => spec.startsWith('::', spec.indexOf(letter) + 1)
  const give = (letter: string, value: string): void => {
    const values = given.get(letter)
    if (values) values.push(value)
    else given.set(letter, [value])
  }
  const args = [...call.args]
  for (let word = args.shift(); word !== undefined; word = args.shift()) {
    if (word === '--') {
      rest.push(...args)
      break
    }
    if (word.startsWith('--')) {
      const [name, inline] = splitOnce(word.slice(2), '=')
      const letter = long[name]
      if (!letter) {
        const wrong = [`unrecognized option '${word}'`, wrongOption(call)] as const
        const about = call.flavour === 'gnu' && asked(word)
        throw about ? new Asked(about, ...wrong) : new WrongOption(...wrong)
      }
      const [, flag = letter, colons = ''] = /^([^:]{2,})(:*)$/.exec(letter) ?? []
      const [takes, mayLack] =
        flag.length > 1 ? [colons !== '', colons === '::'] : [takesValue(letter), mayLackValue(letter)]
      give(flag, takes ? (inline ?? (mayLack ? '' : args.shift()) ?? '') : '')
    } else if (word.length > 1 && word.startsWith('-')) {
      for (let i = 1; i < word.length; i++) {
        const letter = word[i]!
        if (letter === ':' || letter === '+' || !spec.includes(letter)) {
          throw new WrongOption(`invalid option -- '${letter}'`, wrongOption(call))
        }
        if (!takesValue(letter)) give(letter, '')
        else {
          const value = word.slice(i + 1) || (mayLackValue(letter) ? '' : args.shift())
          if (value === undefined)
            throw new WrongOption(`option requires an argument -- '${letter}'`, wrongOption(call))
          give(letter, value)
          break
        }
      }
    } else {
      rest.push(word)
      if (stopAtFirst) {
        rest.push(...args)
        break
      }
    }
  }
  return {
    has: flag => given.has(flag),
    value: flag => given.get(flag)?.at(-1),
    values: flag => given.get(flag) ?? [],
    rest,
  }
}

const splitOnce = (text: string, separator: string): [string, string | undefined] => {
  const at = text.indexOf(separator)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
