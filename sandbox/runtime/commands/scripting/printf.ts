/** `printf`: of the program, and as far as they are alike of the shells. */
import { byteLength } from '../../files/tree.ts'
import { type Call, type Command, complain, Missing, print, Refusal } from '../command.ts'
import { shellQuoted } from '../gnu-quoting.ts'
import { formatted } from './c-format.ts'
import { type Fault, readFloat, readWhole } from './c-numbers.ts'
import { unescapeText } from './text.ts'

/** A directive that is none. */
export interface WrongDirective {
  /** From the percent sign to its letter. */
  directive: string
  /** '' where the format ends before it. */
  letter: string
  /** The directive without sizes, and all that follows. */
  rest: string
}

/** Whose `printf` it is: a shell's own, or the program's. */
export interface PrintfWords {
  /** What is said where there is no format. */
  usage?: string
  /** Letters of conversions, and of sizes that may stand before them and mean nothing. */
  letters: string
  sizes: string
  /** Whether `\xHH` is a byte. */
  hex: boolean
  /** Of a value that is to be a number. @returns undefined where nothing is said */
  fault(text: string, fault: Fault): string | undefined
  /** Whether a number that is too great is only warned of. */
  warnsOfRange?: boolean
  /** What a wrong number counts as, instead of what it begins with. */
  zeroForWrong?: boolean
  notADirective(wrong: WrongDirective): string
  /** Of letters behind that of which a quote asks the number. */
  afterLetter?(rest: string): string
  /** Of values that the format has no place for. */
  excess?(first: string): string
  /** `%q` */
  quoted?(text: string): string
  /** `%(format)T`: a moment as it is shown */
  moment?(format: string, value: string | undefined): string
}

/** What the C library's rules make of a fault in GNU's words, and dash's. */
export const faultByKind =
  (quoted: (text: string) => string, none: string, rest: string) =>
  (text: string, fault: Fault): string =>
    `${quoted(text)}: ${{ none, rest, range: 'Numerical result out of range' }[fault]}`

export const BUSYBOX_WORDS: PrintfWords = {
  letters: 'diouxXeEfgGcs',
  sizes: 'lLhz',
  hex: true,
  fault: text => `invalid number '${text.trimStart()}'`,
  zeroForWrong: true,
  notADirective: ({ rest }) => `${rest}: invalid format`,
}

const GNU_WORDS: PrintfWords = {
  letters: 'diouxXeEfFgGaAcsbq',
  sizes: 'hjlLtz',
  hex: true,
  fault: faultByKind(
    text => `'${text.replaceAll("'", "\\'")}'`,
    'expected a numeric value',
    'value not completely converted',
  ),
  notADirective: ({ directive }) => `${directive}: invalid conversion specification`,
  afterLetter: rest => `warning: ${rest}: character(s) following character constant have been ignored`,
  excess: first => `warning: ignoring excess arguments, starting with '${first}'`,
  quoted: text => shellQuoted(text),
}

export const printf: Command = async call => {
  const args = call.args[0] === '--' ? call.args.slice(1) : call.args
  if (!args.length) throw new Missing('missing operand')
  const words = call.flavour === 'busybox' ? BUSYBOX_WORDS : GNU_WORDS
  const { text, code } = await printed({ ...call, args }, text => print(call, text), words)
  await print(call, text)
  return code
}

const INT_MAX = 2 ** 31 - 1

/** A directive: flags, width, precision; its sizes and letter are read apart. */
const DIRECTIVE = /%([-+ 0#']*)(\*|\d+)?(?:\.(\*|-?\d*))?/y

/** What `printf` makes of its words. @param early where what stands before a mistake goes */
export async function printed(
  call: Call,
  early: (text: string) => Promise<void>,
  words: PrintfWords,
): Promise<{ text: string; code: number }> {
  const [format, ...values] = call.args
  if (format === undefined) {
    await call.process.write(2, `${call.name}: ${words.usage}\n`)
    return { text: '', code: 2 }
  }
  const printing = new Printing(format, values, words, call.flavour === 'busybox')
  const mistake = printing.run()
  const { complaints } = printing
  if (!complaints.length && mistake === undefined) return { text: printing.out, code: 0 }
  await early(printing.out)
  for (const message of complaints) await complain(call, message)
  if (mistake === undefined) return { text: '', code: printing.code }
  return { text: '', code: await complain(call, mistake) }
}

/** One call under way. */
class Printing {
  readonly #format: string
  readonly #values: string[]
  readonly #words: PrintfWords
  readonly #wantsNumber: boolean
  #stopped = false
  out = ''
  code = 0
  readonly complaints: string[] = []

  /** @param wantsNumber whether a whole number must be given, as busybox wants it */
  constructor(format: string, values: readonly string[], words: PrintfWords, wantsNumber: boolean) {
    this.#format = format
    this.#values = [...values]
    this.#words = words
    this.#wantsNumber = wantsNumber
  }

  /** @returns what is wrong with the format */
  run(): string | undefined {
    do {
      const before = this.#values.length
      const mistake = this.#once()
      if (mistake !== undefined) return mistake
      if (this.#values.length === before) break
    } while (this.#values.length && !this.#stopped)
    const [excess] = this.#values
    if (excess !== undefined && !this.#stopped && this.#words.excess) this.complaints.push(this.#words.excess(excess))
    return undefined
  }

  #once(): string | undefined {
    const format = this.#format
    for (let at = 0; at < format.length && !this.#stopped; ) {
      if (format[at] === '\\') at = this.#escape(at)
      else if (format[at] !== '%') this.out += format[at++]
      else if (format[at + 1] === '%') {
        this.out += '%'
        at += 2
      } else {
        const next = this.#directive(at)
        if (typeof next === 'string') return next
        at = next
      }
    }
    return undefined
  }

  #escape(at: number): number {
    const length = /^\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|[\s\S])/.exec(this.#format.slice(at))?.[0].length ?? 1
    const piece = unescapeText(this.#format.slice(at, at + length), false, this.#words.hex)
    this.out += piece.text
    this.#stopped = piece.stop
    return at + length
  }

  /** @returns where it goes on, or what is wrong */
  #directive(at: number): number | string {
    const words = this.#words
    const moment = words.moment && /^%(-?\d*)\(([^)]*)\)T/.exec(this.#format.slice(at))
    if (moment) {
      const [all, width, format] = moment as unknown as [string, string, string]
      const shown = words.moment!(format, this.#values.shift())
      this.out += width.startsWith('-') ? shown.padEnd(-Number(width)) : shown.padStart(Number(width))
      return at + all.length
    }
    DIRECTIVE.lastIndex = at
    const match = DIRECTIVE.exec(this.#format)!
    let end = at + match[0].length
    while (end < this.#format.length && words.sizes.includes(this.#format[end]!)) end++
    const conversion = this.#format[end] ?? ''
    // busybox takes %b as it is, without a width.
    const known = conversion && (words.letters.includes(conversion) || (conversion === 'b' && end === at + 1))
    if (!known)
      return words.notADirective({
        directive: this.#format.slice(at, end + 1),
        letter: conversion,
        rest: match[0] + this.#format.slice(end),
      })
    if (conversion === 'a' || conversion === 'A') throw new Refusal(`%${conversion} is not simulated`)
    const width = match[2] === '*' ? Number(this.#whole(this.#values.shift(), false)) : Number(match[2] ?? 0)
    const precision =
      match[3] === undefined
        ? undefined
        : match[3] === '*'
          ? Number(this.#whole(this.#values.shift(), false))
          : Number(match[3])
    const value = this.#values.shift()
    const textual = conversion === 'q' || conversion === 'b'
    // What is wider than the C library counts is not shown at all.
    if (Math.abs(width) > INT_MAX || (precision ?? 0) > INT_MAX) return end + 1
    this.out += formatted(
      { flags: match[1]!, width, precision, conversion: textual ? 's' : conversion },
      textual ? this.#textOf(conversion, value ?? '') : value,
      () => ('diouxX'.includes(conversion) ? this.#whole(value, !'di'.includes(conversion)) : this.#float(value)),
    )
    return end + 1
  }

  /** Of `%q`, and of `%b`, in which `\c` ends the output. */
  #textOf(conversion: string, value: string): string {
    if (conversion === 'q') return this.#words.quoted!(value)
    const { text, stop } = unescapeText(value, false, this.#words.hex)
    this.#stopped = stop
    return text
  }

  #whole(text: string | undefined, unsigned: boolean): bigint {
    if (!text && this.#wantsNumber) return this.#wrong('', 'none', 0n, 0n)
    const letter = this.#letter(text)
    if (letter !== undefined) return BigInt(letter)
    // busybox reads what begins with a minus sign as a number with one.
    const { value, fault } = readWhole(text ?? '', unsigned && !(this.#wantsNumber && /^\s*-/.test(text!)))
    return fault ? this.#wrong(text!, fault, value, 0n) : value
  }

  #float(text: string | undefined): number {
    if (text === '' && this.#wantsNumber) return this.#wrong('', 'none', 0, 0)
    const letter = this.#letter(text)
    if (letter !== undefined) return letter
    const { value, fault } = readFloat(text ?? '')
    return fault ? this.#wrong(text!, fault, value, fault === 'range' ? value : 0) : value
  }

  #wrong<N>(text: string, fault: Fault, value: N, zero: N): N {
    const said = this.#words.fault(text, fault)
    if (said !== undefined) this.complaints.push(said)
    if (fault !== 'range' || !this.#words.warnsOfRange) this.code = 1
    return this.#words.zeroForWrong ? zero : value
  }

  /** The number of a letter behind a quote; in the locale C it is a byte. */
  #letter(text: string | undefined): number | undefined {
    if (!text || !/^['"]./s.test(text)) return text && /^['"]$/.test(text) && !this.#words.afterLetter ? 0 : undefined
    const code = text.codePointAt(1)!
    const letter = String.fromCodePoint(code)
    const rest = text.slice(1 + letter.length)
    if (rest && this.#words.afterLetter) this.complaints.push(this.#words.afterLetter(rest))
    return byteLength(letter) === 1 ? code : firstByte(code)
  }
}

/** The first byte of a letter in UTF-8. */
const firstByte = (code: number): number =>
  code < 0x800 ? 0xc0 | (code >> 6) : code < 0x10000 ? 0xe0 | (code >> 12) : 0xf0 | (code >> 18)
