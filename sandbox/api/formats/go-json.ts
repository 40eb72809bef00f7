/** JSON as Go's encoding/json writes it: HTML characters escaped; sorted keys for what has no declared order. */
import { byBytes } from './json.ts'

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

/** A text in JSON, with nothing in it that HTML would take for its own. */
export function escaped(json: string): string {
  // To look for one letter after the other costs a tenth of what the pattern does, and most texts have none.
  for (const sign in ESCAPES) if (json.includes(sign)) return json.replace(/[<>&\u2028\u2029]/g, c => ESCAPES[c]!)
  return json
}

const scalar = (value: unknown, html: boolean): string => {
  const text = JSON.stringify(value)
  return html && typeof value === 'string' ? escaped(text) : text
}

interface JsonOptions {
  indent?: string
  /** The keys' own order instead of the alphabet's, for objects built in the order of their types. */
  keepOrder?: boolean
  html?: boolean
}

export function toJson(value: unknown, { indent = '', keepOrder = false, html = true }: JsonOptions = {}): string {
  const colon = indent ? ': ' : ':'
  const write = (v: unknown, margin: string): string => {
    if (v === undefined) return 'null'
    const inner = margin + indent
    const [start, between, end] = indent ? [`\n${inner}`, `,\n${inner}`, `\n${margin}`] : ['', ',', '']
    if (Array.isArray(v)) return v.length ? `[${start}${v.map(x => write(x, inner)).join(between)}${end}]` : '[]'
    if (typeof v !== 'object' || v === null) return scalar(v, html)
    const map = v as Readonly<Record<string, unknown>>
    const own = Object.keys(map)
    // Fields have names: who has a number for a key, which JavaScript puts first, is a map.
    const all = keepOrder && !/^\d+$/.test(own[0] ?? '') ? own : own.sort(byBytes)
    const keys = all.filter(k => map[k] !== undefined)
    if (!keys.length) return '{}'
    return `{${start}${keys.map(k => `${scalar(k, html)}${colon}${write(map[k], inner)}`).join(between)}${end}}`
  }
  return write(value, '')
}
