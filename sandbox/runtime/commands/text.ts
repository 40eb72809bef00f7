/** `echo` and `printf`. */
import { type Command, complain, print } from './command.ts'

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

/** Backslash escapes; `\c` ends the output. @param octalNeedsZero as in `echo -e`: \0NNN */
export function unescapeText(text: string, octalNeedsZero: boolean): { text: string; stop: boolean } {
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
        : (octalNeedsZero ? /^0[0-7]{0,3}/ : /^[0-7]{1,3}/).exec(text.slice(i))
    if (c === 'c') {
      stop = true
      break
    }
    if (c === 'x' && digits) {
      out += String.fromCharCode(Number.parseInt(digits[0], 16))
      i += digits[0].length
    } else if (c !== 'x' && digits) {
      out += String.fromCharCode(Number.parseInt(digits[0], 8) & 255)
      i += digits[0].length - 1
    } else out += ESCAPES[c] ?? `\\${c}`
  }
  return { text: out, stop }
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
    const result = interpret ? unescapeText(text, true) : { text, stop: false }
    await print(call, result.text + (newline && !result.stop ? '\n' : ''))
  }

export const echo = echoWith(false)

const SPEC = /%(%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?([diouxXeEfFgGcsbq]))/y

export const printf: Command = async call => {
  const [format, ...values] = call.args
  if (format === undefined) {
    const message =
      call.flavour === 'busybox' ? 'printf: usage: printf FORMAT [ARG]...' : 'printf: usage: printf format [arg ...]'
    await call.process.write(2, `${message}\n`)
    return call.flavour === 'busybox' ? 1 : 2
  }
  let out = ''
  let code = 0
  const complaints: string[] = []
  const numberOf = (text: string | undefined): number => {
    if (text === undefined || text === '') return 0
    if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0
    const n = /^[-+]?0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text)
    if (!Number.isNaN(n)) return n
    complaints.push(call.flavour === 'busybox' ? `invalid number '${text}'` : `${text}: invalid number`)
    code = 1
    return Number.parseFloat(text) || 0
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
        if (format[i] === '%') {
          await call.process.write(1, out)
          return complain(call, `${format.slice(i, i + 2)}: invalid format`)
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
      const piece = one(match[5]!, match[2]!, precision, values.shift(), numberOf)
      if (piece.stop) stop = true
      const left = match[2]!.includes('-') || width < 0
      const pad = Math.abs(width)
      if (left) out += piece.text.padEnd(pad)
      else if (match[2]!.includes('0') && !'sbcq'.includes(match[5]!)) {
        const sign = /^[-+ ]/.exec(piece.text)?.[0] ?? ''
        out += sign + piece.text.slice(sign.length).padStart(pad - sign.length, '0')
      } else out += piece.text.padStart(pad)
    }
    if (values.length === before) break
  } while (values.length && !stop)
  await print(call, out)
  for (const message of complaints) await complain(call, message)
  return code
}

function one(
  conversion: string,
  flags: string,
  precision: number | undefined,
  value: string | undefined,
  numberOf: (text: string | undefined) => number,
): { text: string; stop: boolean } {
  const plain = (text: string): { text: string; stop: boolean } => ({ text, stop: false })
  switch (conversion) {
    case 's':
      return plain((value ?? '').slice(0, precision))
    case 'b':
      return unescapeText(value ?? '', true)
    case 'c':
      return plain((value ?? '').slice(0, 1))
    case 'q':
      return plain(/^[\w./-]+$/.test(value ?? '') ? value! : `'${(value ?? '').replaceAll("'", "'\\''")}'`)
    default: {
      const n = numberOf(value)
      const plus = n >= 0 ? (flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') : ''
      if ('di'.includes(conversion)) return plain(plus + integer(Math.trunc(n), 10, precision))
      if (conversion === 'u') return plain(integer(Math.trunc(n), 10, precision))
      if (conversion === 'o') return plain((flags.includes('#') ? '0' : '') + integer(Math.trunc(n), 8, precision))
      if (conversion === 'x') return plain((flags.includes('#') ? '0x' : '') + integer(Math.trunc(n), 16, precision))
      if (conversion === 'X')
        return plain((flags.includes('#') ? '0X' : '') + integer(Math.trunc(n), 16, precision).toUpperCase())
      if ('fF'.includes(conversion)) return plain(plus + n.toFixed(precision ?? 6))
      if ('eE'.includes(conversion)) {
        const text = n.toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2')
        return plain(plus + (conversion === 'E' ? text.toUpperCase() : text))
      }
      return plain(plus + String(Number(n.toPrecision(precision || 6))))
    }
  }
}

const integer = (n: number, radix: number, precision = 0): string => {
  const digits = Math.abs(n).toString(radix).padStart(precision, '0')
  return n < 0 ? `-${digits}` : digits
}
