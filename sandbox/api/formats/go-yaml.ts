/** YAML as sigs.k8s.io/yaml prints it: sorted keys, sequences not indented, quotes only where a reader needs them. */
import { isObject } from './json.ts'

/** Digits in keys count as numbers, letters come after other signs: the order of go-yaml's maps. */
function compareKeys(a: string, b: string): number {
  const x = [...a]
  const y = [...b]
  let digits = false
  for (let i = 0; i < x.length && i < y.length; i++) {
    if (x[i] === y[i]) {
      digits = isDigit(x[i]!)
      continue
    }
    const al = isLetter(x[i]!)
    const bl = isLetter(y[i]!)
    if (al && bl) return x[i]! < y[i]! ? -1 : 1
    if (al || bl) return digits ? (al ? -1 : 1) : bl ? -1 : 1
    const [xn, xi] = numberAt(x, i)
    const [yn, yi] = numberAt(y, i)
    if (x[i] === '0' || y[i] === '0') {
      // A leading zero keeps numbers from being compared by value.
      let zero = false
      for (let j = i - 1; j >= 0 && isDigit(x[j]!); j--) if (x[j] !== '0') zero = true
      if (!zero && xn !== yn) return xn < yn ? -1 : 1
    }
    if (xn !== yn) return xn < yn ? -1 : 1
    if (xi !== yi) return xi < yi ? -1 : 1
    return x[i]! < y[i]! ? -1 : 1
  }
  return x.length - y.length
}
const isDigit = (c: string): boolean => /^\p{Nd}$/u.test(c)
const isLetter = (c: string): boolean => /^\p{L}$/u.test(c)
function numberAt(s: readonly string[], from: number): [number, number] {
  let n = 0
  let i = from
  for (; i < s.length && isDigit(s[i]!); i++) n = n * 10 + Number(s[i])
  return [n, i]
}

/** Plain scalars that a YAML 1.1 reader would take for something else than a string. */
const RESOLVES =
  /^(?:|~|null|Null|NULL|true|True|TRUE|false|False|FALSE|y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const INTEGER = /^[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[\da-fA-F_]+|[\d][\d_]*)$/
const FLOAT = /^[-+]?(?:\.\d+|\d[\d_]*(?:\.[\d_]*)?)(?:[eE][-+]?\d+)?$/
const BASE60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const TIMESTAMP =
  /^\d{4}-\d{1,2}-\d{1,2}(?:$|[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d*)?(?:Z|[-+]\d{1,2}(?::?\d{2})?)?$|[ \t]+\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d*)?$)/

/** A timestamp counts only if it is a day of the calendar. */
function isTimestamp(s: string): boolean {
  if (!TIMESTAMP.test(s)) return false
  const [y, m, d] = s.split(/[-Tt ]/).map(Number)
  const date = new Date(Date.UTC(y!, m! - 1, d!))
  return date.getUTCMonth() === m! - 1 && date.getUTCDate() === d
}

function looksLikeNumber(s: string): boolean {
  const plain = s.replaceAll('_', '')
  if (!/^[-+.\d]/.test(s)) return false
  return INTEGER.test(s) || (FLOAT.test(plain) && !/^[-+]?_/.test(s)) || BASE60.test(s)
}

const PRINTABLE = /^[\n\x20-\x7e\x85\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/

/** Whether a plain scalar would be read back as the same text. */
function plainAllowed(s: string): boolean {
  if (s.startsWith('---') || s.startsWith('...')) return false
  if (/^[#,[\]{}&*!|>'"%@`]/.test(s)) return false
  if (/^[-?:](\s|$)/.test(s)) return false
  if (/^\s|\s$/.test(s)) return false
  if (/:(\s|$)/.test(s) || /\s#/.test(s)) return false
  return !s.includes('\n')
}

const NAMED: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\u00a0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
}
const WIDTH = 80

/** A double-quoted scalar, folded at spaces once a line is full. */
function doubleQuoted(s: string, column: number, indent: string, fold: boolean): string {
  let out = '"'
  let at = column + 1
  const chars = [...s]
  let spaces = false
  chars.forEach((c, i) => {
    if (c === ' ') {
      if (fold && !spaces && at > WIDTH && i > 0 && i < chars.length - 1) {
        out += `\n${indent}${chars[i + 1] === ' ' ? '\\' : ''}`
        at = indent.length
      } else {
        out += ' '
        at++
      }
      spaces = true
      return
    }
    spaces = false
    const printable = /^[\x20-\x7e\u00a1-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/.test(c)
    const piece = NAMED[c] ?? (printable ? c : escapeCode(c.codePointAt(0)!))
    out += piece
    at += piece.length
  })
  return `${out}"`
}
const escapeCode = (code: number): string => {
  const hex = code.toString(16).toUpperCase()
  return code <= 0xff
    ? `\\x${hex.padStart(2, '0')}`
    : code <= 0xffff
      ? `\\u${hex.padStart(4, '0')}`
      : `\\U${hex.padStart(8, '0')}`
}

/** Single quotes; blanks fold as in a plain scalar. */
const singleQuoted = (s: string, column: number, indent: string, fold: boolean): string =>
  `'${foldWords(s.replaceAll("'", "''"), column + 1, indent, fold)}'`

/** Breaks a long line at single blanks, as the emitter does: after the width is passed, at the next blank. */
function foldWords(s: string, column: number, indent: string, fold: boolean): string {
  if (!fold) return s
  let out = ''
  let at = column
  for (let i = 0; i < s.length; i++) {
    const c = s[i]!
    if (c === ' ' && at > WIDTH && i > 0 && i < s.length - 1 && s[i - 1] !== ' ' && s[i + 1] !== ' ') {
      out += `\n${indent}`
      at = indent.length
    } else {
      out += c
      at++
    }
  }
  return out
}

/** A block of lines; false where only a double-quoted scalar can hold the text. */
function literal(s: string, indent: string): string {
  const chomp = !s.endsWith('\n') ? '-' : s === '\n' || s.endsWith('\n\n') ? '+' : ''
  const hint = /^[ \n]/.test(s) ? '2' : ''
  const lines = s.replace(/\n$/, '').split('\n')
  return `|${hint}${chomp}${lines.map(l => (l ? `\n${indent}${l}` : '\n')).join('')}`
}

function text(s: string, column: number, indent: string, key: boolean): string {
  const multiline = s.includes('\n')
  if (!PRINTABLE.test(s) || /[\x85\u2028\u2029\ufeff]/.test(s)) return doubleQuoted(s, column, indent, !key)
  if (RESOLVES.test(s) || looksLikeNumber(s) || isTimestamp(s)) return doubleQuoted(s, column, indent, !key)
  if (multiline) {
    // Blanks before a line break or at the end would be lost in a block.
    if (key || / (\n|$)/.test(s)) return doubleQuoted(s, column, indent, !key)
    return literal(s, indent)
  }
  return plainAllowed(s) ? foldWords(s, column, indent, !key) : singleQuoted(s, column, indent, !key)
}

function number(n: number): string {
  if (Number.isInteger(n) && Math.abs(n) < 1e21) return String(n)
  const s = String(n)
  return s.replace(/e([-+])(\d)$/, 'e$10$2')
}

function scalar(v: unknown, column: number, indent: string): string {
  if (v === null || v === undefined) return 'null'
  if (typeof v === 'string') return text(v, column, indent, false)
  return typeof v === 'number' ? number(v) : String(v)
}

export function toYaml(value: unknown): string {
  const out: string[] = []
  /** @param margin the indentation of this value's own lines; @param lead what already stands on the first line */
  const write = (v: unknown, margin: string, lead: string): void => {
    if (Array.isArray(v)) {
      if (!v.length) out.push(lead ? `${lead} []` : '[]')
      else {
        if (lead && !lead.endsWith('-')) out.push(lead)
        for (const [i, item] of v.entries())
          write(item, `${margin}  `, i === 0 && lead.endsWith('-') ? `${lead} -` : `${margin}-`)
      }
    } else if (isObject(v)) {
      const keys = Object.keys(v)
        .filter(k => v[k] !== undefined)
        .sort(compareKeys)
      if (!keys.length) {
        out.push(lead ? `${lead} {}` : '{}')
        return
      }
      const inSequence = lead.endsWith('-')
      if (lead && !inSequence) out.push(lead)
      keys.forEach((k, i) => {
        const start = i === 0 && inSequence ? `${lead} ` : margin
        const long = k.length > 128
        const head = long
          ? `${start}? ${text(k, start.length, margin, true)}\n${margin}:`
          : `${start}${text(k, start.length, margin, true)}:`
        write(v[k], Array.isArray(v[k]) ? margin : `${margin}  `, head)
      })
    } else {
      const column = lead.length - lead.lastIndexOf('\n') - 1 + 1
      out.push(`${lead}${lead ? ' ' : ''}${scalar(v, lead ? column : 0, margin || '  ')}`)
    }
  }
  write(value, '', '')
  return `${out.join('\n')}\n`
}
