/** What matches are replaced by: `\1`, `\g<name>` and the escapes of a template. */
import { raise } from '../../objects/errors.ts'
import { quote } from '../../objects/show.ts'
import type { PyObject } from '../../objects/values.ts'
import { PatternReader } from '../../patterns/reader.ts'
import { BadPattern } from '../../patterns/tree.ts'
import { type Found, groupText, patternOf } from './objects.ts'

/** Texts, and the groups that stand between them. */
export type Template = readonly (string | number)[]

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/** @throws BadPattern */
export function parseTemplate(text: string, pattern: PyObject): Template {
  if (!text.includes('\\')) return [text]
  const { program } = patternOf(pattern)
  const reader = new PatternReader(text)
  const parts: (string | number)[] = []
  let plain = ''
  const group = (number: number, position: number): void => {
    if (number > program.groups) throw new BadPattern(`invalid group reference ${number}`, position)
    if (plain) parts.push(plain)
    plain = ''
    parts.push(number)
  }
  for (let next = reader.take(); next !== undefined; next = reader.take()) {
    if (next[0] !== '\\') {
      plain += next
      continue
    }
    const letter = next.slice(1)
    if (letter === 'g') {
      if (!reader.accept('<')) throw reader.error('missing <')
      const name = reader.until('>', 'group name')
      const back = [...name].length + 1
      if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) {
        const number = program.names.get(name)
        if (number === undefined) throw raise('IndexError', `unknown group name ${quote(name)}`)
        group(number, reader.at)
      } else {
        if (!/^\d+$/.test(name)) throw reader.error(`bad character in group name ${quote(name)}`, back)
        group(Number(name), reader.at - back)
      }
    } else if (letter === '0') plain += String.fromCharCode(Number.parseInt(`0${reader.while(/^[0-7]$/, 2)}`, 8) & 255)
    else if (/^[1-9]$/.test(letter)) {
      const start = reader.at - 1
      let digits = letter
      if (reader.next !== undefined && /^\d$/.test(reader.next)) {
        digits += reader.take()
        if (/^[0-7]{2}$/.test(digits) && reader.next !== undefined && /^[0-7]$/.test(reader.next)) {
          digits += reader.take()
          const code = Number.parseInt(digits, 8)
          if (code > 0o377) throw new BadPattern(`octal escape value \\${digits} outside of range 0-0o377`, start - 1)
          plain += String.fromCharCode(code)
          continue
        }
      }
      group(Number(digits), start)
    } else if (Object.hasOwn(ESCAPES, letter)) plain += ESCAPES[letter]
    else if (/^[a-zA-Z]$/.test(letter)) throw reader.error(`bad escape ${next}`, 2)
    else plain += next
  }
  if (plain) parts.push(plain)
  return parts
}

export const expand = (template: Template, found: Found): string =>
  template.map(part => (typeof part === 'string' ? part : (groupText(found, part) ?? ''))).join('')
