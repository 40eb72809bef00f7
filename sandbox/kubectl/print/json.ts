/** JSON as Go's encoding/json writes it: HTML characters escaped; sorted keys for what has no declared order. */
import { escaped } from '../../api/go-json.ts'
import { isRecord, sortedKeys } from '../objects.ts'

const scalar = (value: unknown, html: boolean): string => {
  const text = JSON.stringify(value)
  return html && typeof value === 'string' ? escaped(text) : text
}

export interface JsonOptions {
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
    if (!isRecord(v)) return scalar(v, html)
    const own = Object.keys(v)
    // Fields have names: who has a number for a key, which JavaScript puts first, is a map.
    const keys = (keepOrder && !/^\d+$/.test(own[0] ?? '') ? own : sortedKeys(v)).filter(k => v[k] !== undefined)
    if (!keys.length) return '{}'
    return `{${start}${keys.map(k => `${scalar(k, html)}${colon}${write(v[k], inner)}`).join(between)}${end}}`
  }
  return write(value, '')
}
