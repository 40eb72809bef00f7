/** `echo` and `printf`. */
import { escaped, joined } from '../../../bytes.ts'
import { type Call, type Command, complain, print } from '../command.ts'

const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  '"': '"',
}

/**
 * Backslash escapes; `\c` ends the output.
 * @param octalNeedsZero as in bash's `echo -e`: \0NNN
 * @param hex whether there is `\xHH`, which dash has not
 */
export function unescapeText(text: string, octalNeedsZero: boolean, hex = true): { text: string; stop: boolean } {
  let stop = false
  let out = ''
  for (let i = 0; i < text.length; i++) {
    if (text[i] !== '\\' || i === text.length - 1) {
      out += text[i]
      continue
    }
    const c = text[++i]!
    const digits =
      c === 'x'
        ? /^[0-9a-fA-F]{1,2}/.exec(text.slice(i + 1))
        : (octalNeedsZero ? /^0[0-7]{0,3}/ : /^(?:0[0-7]{0,3}|[1-7][0-7]{0,2})/).exec(text.slice(i))
    if (c === 'c') {
      stop = true
      break
    }
    if (c === 'x' && digits && hex) {
      out += escaped(Number.parseInt(digits[0], 16))
      i += digits[0].length
    } else if (c !== 'x' && digits) {
      out += escaped(Number.parseInt(digits[0], 8) & 255)
      i += digits[0].length - 1
    } else out += ESCAPES[c] ?? `\\${c}`
  }
  return { text: joined(out), stop }
}

/** @param escapes whether they count without `-e`, as in dash */
export const echoWith =
  (escapes: boolean): Command =>
  async call => {
    let args = call.args
    let newline = true
    let interpret = escapes
    while (args.length && (escapes ? /^-n$/ : /^-[neE]+$/).test(args[0]!)) {
      if (args[0]!.includes('n')) newline = false
      if (args[0]!.includes('e')) interpret = true
      if (args[0]!.includes('E')) interpret = false
      args = args.slice(1)
    }
    const text = args.join(' ')
    const result = interpret ? unescapeText(text, call.flavour === 'gnu' && !escapes, !escapes) : { text, stop: false }
    await print(call, result.text + (newline && !result.stop ? '\n' : ''))
  }

export const echo = echoWith(false)

/** One conversion of `printf`: flags, width, precision, letter. */
export const SPEC = /%(%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?([diouxXeEfFgGcsbq]))/y

export const printf: Command = async call => {
  const { text, code } = await printed(call, text => print(call, text))
  await print(call, text)
  return code
}

/** Whose `printf` it is: a shell's own, or the program's. */
export interface PrintfWords {
  usage: string
  notANumber(text: string): string
  notADirective(rest: string): string
  /** `%q` */
  quoted?(text: string): string
  /** `%(format)T`: a moment as it is shown */
  moment?(format: string, value: string | undefined): string
}

const PROGRAM_WORDS: Readonly<Record<Call['flavour'], PrintfWords>> = {
  busybox: {
    usage: 'usage: printf FORMAT [ARGUMENT...]',
    notANumber: text => `invalid number '${text.trimStart()}'`,
    notADirective: rest => `${rest}: invalid format`,
  },
  gnu: {
    usage: 'usage: printf format [arg ...]',
    notANumber: text => `${text}: invalid number`,
    notADirective: rest => `${rest.slice(0, 2)}: invalid format`,
    quoted: text => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`),
  },
}

/** What `printf` makes of its words. @param early where what stands before a mistake goes */
export async function printed(
  call: Call,
  early: (text: string) => Promise<void>,
  words: PrintfWords = PROGRAM_WORDS[call.flavour],
): Promise<{ text: string; code: number }> {
  const [format, ...values] = call.args
  if (format === undefined) {
    await call.process.write(2, `${call.name}: ${words.usage}\n`)
    return { text: '', code: 2 }
  }
  let out = ''
  let code = 0
  const complaints: string[] = []
  const wrong = (message: string): void => {
    complaints.push(message)
    code = 1
  }
  /** @param whole whether it is to be a whole number: busybox misses one where nothing is given */
  const numberOf = (text: string | undefined, whole = false): number => {
    const busybox = call.flavour === 'busybox'
    if (!text && !(busybox && (whole || text === ''))) return 0
    if (!text) {
      wrong(words.notANumber(''))
      return 0
    }
    if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0
    const octal = whole && /^[-+]?0\d+$/.test(text)
    const n = octal ? Number.parseInt(text, 8) : Number(text)
    if (!Number.isNaN(n) && !(octal && /[89]/.test(text))) return n
    wrong(words.notANumber(text))
    return busybox ? 0 : octal ? n : Number.parseFloat(text) || 0
  }
  let stop = false
  do {
    const before = values.length
    for (let i = 0; i < format.length && !stop; ) {
      if (format[i] === '\\') {
        const length = /^\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|[\s\S])/.exec(format.slice(i))?.[0].length ?? 1
        const piece = unescapeText(format.slice(i, i + length), false)
        out += piece.text
        stop = piece.stop
        i += length
        continue
      }
      SPEC.lastIndex = i
      const match = SPEC.exec(format)
      if (!match) {
        const moment = words.moment && /^%(-?\d*)\(([^)]*)\)T/.exec(format.slice(i))
        if (moment) {
          out += words.moment!(moment[2]!, values.shift()).padStart(Number(moment[1]) || 0)
          i += moment[0].length
          continue
        }
        if (format[i] === '%') {
          await early(out)
          return { text: '', code: await complain(call, words.notADirective(format.slice(i))) }
        }
        out += format[i++]
        continue
      }
      i += match[0].length
      if (match[1] === '%') {
        out += '%'
        continue
      }
      const width = match[3] === '*' ? numberOf(values.shift()) : Number(match[3] ?? 0)
      const precision =
        match[4] === undefined ? undefined : match[4] === '*' ? numberOf(values.shift()) : Number(match[4])
      const spec = { flags: match[2]!, width, precision, conversion: match[5]! }
      const value = values.shift()
      if (spec.conversion === 'q' && !words.quoted) {
        await early(out)
        return { text: '', code: await complain(call, words.notADirective(match[0] + format.slice(i))) }
      }
      if (spec.conversion === 'q') {
        out += formatted({ ...spec, conversion: 's' }, words.quoted!(value ?? ''), () => 0).text
        continue
      }
      const piece = formatted(spec, value, () => numberOf(value, 'diouxX'.includes(spec.conversion)))
      if (piece.stop) stop = true
      out += piece.text
    }
    if (values.length === before) break
  } while (values.length && !stop)
  if (complaints.length) await early(out)
  for (const message of complaints) await complain(call, message)
  return { text: complaints.length ? '' : out, code }
}

export interface Spec {
  flags: string
  width?: number | undefined
  precision?: number | undefined
  conversion: string
}

/** One value as `printf` shows it. @param number the value as a number, asked for when the conversion wants one */
export function formatted(
  spec: Spec,
  value: string | undefined,
  number: () => number,
): { text: string; stop: boolean } {
  const { flags, width = 0, conversion } = spec
  const piece = converted(spec, value, number)
  const pad = Math.abs(width)
  if (flags.includes('-') || width < 0) return { ...piece, text: piece.text.padEnd(pad) }
  if (!flags.includes('0') || 'sbc'.includes(conversion)) return { ...piece, text: piece.text.padStart(pad) }
  const sign = /^[-+ ]/.exec(piece.text)?.[0] ?? ''
  return { ...piece, text: sign + piece.text.slice(sign.length).padStart(pad - sign.length, '0') }
}

function converted(
  { flags, precision, conversion }: Spec,
  value: string | undefined,
  number: () => number,
): { text: string; stop: boolean } {
  const plain = (text: string): { text: string; stop: boolean } => ({ text, stop: false })
  switch (conversion) {
    case 's':
      return plain((value ?? '').slice(0, precision))
    case 'b':
      return unescapeText(value ?? '', true)
    case 'c':
      return plain((value ?? '').slice(0, 1) || '\0')
    default: {
      const n = number()
      const plus = n >= 0 ? (flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') : ''
      if ('di'.includes(conversion)) return plain(plus + integer(Math.trunc(n), 10, precision))
      if (conversion === 'u') return plain(integer(Math.trunc(n), 10, precision, true))
      if (conversion === 'o') return plain((flags.includes('#') ? '0' : '') + integer(Math.trunc(n), 8, precision))
      if (conversion === 'x') return plain((flags.includes('#') ? '0x' : '') + integer(Math.trunc(n), 16, precision))
      if (conversion === 'X')
        return plain((flags.includes('#') ? '0X' : '') + integer(Math.trunc(n), 16, precision).toUpperCase())
      if ('fF'.includes(conversion)) return plain(plus + fixed(n, precision ?? 6))
      const text = 'eE'.includes(conversion) ? exponential(n, precision ?? 6) : shortest(n, precision ?? 6)
      return plain(plus + (conversion === 'E' || conversion === 'G' ? text.toUpperCase() : text))
    }
  }
}

/** As C rounds: what lies exactly between two goes to the even one. */
function fixed(n: number, precision: number): string {
  const scaled = Math.abs(n) * 10 ** precision
  if (scaled % 1 !== 0.5 || scaled / 10 ** precision !== Math.abs(n)) return n.toFixed(precision)
  const even = 2 * Math.round(scaled / 2)
  return `${n < 0 ? '-' : ''}${(even / 10 ** precision).toFixed(precision)}`
}

const exponential = (n: number, precision: number): string =>
  n.toExponential(precision).replace(/e([+-])(\d)$/, 'e$10$2')

/** %g: whichever of %e and %f is shorter, without zeros at the end. */
function shortest(n: number, precision: number): string {
  if (n === 0) return '0'
  const digits = Math.max(1, precision)
  const exponent = Number(n.toExponential(digits - 1).split('e')[1])
  const bare = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)
  if (exponent >= -4 && exponent < digits) return bare(fixed(n, digits - 1 - exponent))
  const [mantissa, power] = exponential(n, digits - 1).split('e')
  return `${bare(mantissa!)}e${power}`
}

const integer = (n: number, radix: number, precision = 0, unsigned = radix !== 10): string => {
  if (n < 0 && unsigned) return BigInt.asUintN(64, BigInt(n)).toString(radix)
  const digits = Math.abs(n).toString(radix).padStart(precision, '0')
  return n < 0 ? `-${digits}` : digits
}
