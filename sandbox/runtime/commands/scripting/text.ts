/** `echo`, and escapes that begin with a backslash. */
import { escaped, joined } from '../../../bytes.ts'
import { type Command, print } from '../command.ts'

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
