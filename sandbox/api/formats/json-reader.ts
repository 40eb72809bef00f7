/**
 * JSON as Go reads it: the words of its errors, a limit on depth, and which keys came twice (JSON.parse would lose that).
 * The usual document goes through JSON.parse; this reader runs only when something is wrong or must be told exactly.
 */

import type { Literals } from '../schema/decode.ts'
import { goQuote } from './go-escapes.ts'

/** As Go's decoder has it. */
const MAX_DEPTH = 10_000
/** What may be kept: whatever walks an object here does so on the stack of the JavaScript engine. */
export const KEPT_DEPTH = 1500

export class JsonError extends Error {}

export interface JsonDocument {
  value: unknown
  /** For objects in which a key came more than once: all keys as they came. */
  keys: ReadonlyMap<object, readonly string[]>
  /** Of YAML: what a parser of YAML says of each key that comes again. */
  repeated?: readonly string[]
  /** Numbers that were written in another way than JavaScript writes them: `1e3`, `1.0`, more digits than it keeps. */
  literals?: Literals
  /** Levels of objects and lists. */
  depth: number
}

/** An object or a list that has begun, with the key that awaits its value. */
type Open =
  | { object: Record<string, unknown>; seen: string[]; twice: boolean; key: string }
  | { object: undefined; list: unknown[] }

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

export function readJson(text: string): JsonDocument {
  const keys = new Map<object, string[]>()
  const literals = new Map<object, Map<string, string>>()
  /** The number that was read last, where its text has to be remembered. */
  let written: string | undefined
  let at = 0
  let depth = 0

  const fail = (where: string): never => {
    const isOver = at >= text.length
    // Go tries a blank at the end, which says enough where none may be.
    if (isOver && !/literal|escape/.test(where)) throw new JsonError('unexpected end of JSON input')
    throw new JsonError(`invalid character ${quote(isOver ? ' ' : firstByte(text, at))} ${where}`)
  }
  const space = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++
  }

  function string(): string {
    at++
    let result = ''
    for (;;) {
      const c = text[at]
      if (c === undefined) fail('')
      if (c === '"') {
        at++
        return result
      }
      if (c === '\\') {
        const e = text[++at]
        if (e === 'u') {
          const hex = /^[0-9a-fA-F]{4}/.exec(text.slice(at + 1, at + 5))
          if (!hex) {
            at++
            while (/[0-9a-fA-F]/.test(text[at] ?? '')) at++
            fail('in \\u hexadecimal character escape')
          }
          result += String.fromCharCode(Number.parseInt(hex![0], 16))
          at += 5
        } else if (e !== undefined && ESCAPES[e] !== undefined) {
          result += ESCAPES[e]
          at++
        } else fail('in string escape code')
      } else if (c! < ' ') fail('in string literal')
      else {
        result += c
        at++
      }
    }
  }

  function number(): number {
    const m = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/.exec(text.slice(at, at + 400))
    if (!m) {
      at++
      return fail('in numeric literal')
    }
    at += m[0].length
    const next = text[at]
    const [, , fraction, exponent] = m
    if (next === '.' && !fraction && !exponent) {
      at++
      fail('after decimal point in numeric literal')
    }
    if ((next === 'e' || next === 'E') && !exponent) {
      at++
      if ('+-'.includes(text[at] ?? '?')) at++
      fail('in exponent of numeric literal')
    }
    const value = Number(m[0])
    if (String(value) !== m[0]) written = m[0]
    return value
  }

  function literal<T>(word: string, value: T): T {
    for (let i = 1; i < word.length; i++) {
      at++
      if (text[at] !== word[i]) fail(`in literal ${word} (expecting ${quote(word[i]!)})`)
    }
    at++
    return value
  }

  function key(): string {
    space()
    if (text[at] !== '"') fail('looking for beginning of object key string')
    const name = string()
    space()
    if (text[at] !== ':') fail('after object key')
    at++
    return name
  }

  function scalar(): unknown {
    const c = text[at]
    if (c === '"') return string()
    if (c === 't') return literal('true', true)
    if (c === 'f') return literal('false', false)
    if (c === 'n') return literal('null', null)
    if (c !== undefined && (c === '-' || (c >= '0' && c <= '9'))) return number()
    return fail('looking for beginning of value')
  }

  /** undefined for an empty one, which is no sooner begun than over. */
  function begin(c: string): Open | undefined {
    at++
    space()
    if (text[at] === (c === '{' ? '}' : ']')) return undefined
    if (c === '[') return { object: undefined, list: [] }
    return { object: {}, seen: [], twice: false, key: key() }
  }

  function remember(holder: object, place: string): void {
    const of = literals.get(holder) ?? new Map<string, string>()
    literals.set(holder, of.set(place, written!))
    written = undefined
  }

  function add(to: Open, item: unknown): void {
    if (written !== undefined) remember(to.object ?? to.list, to.object ? to.key : String(to.list.length))
    if (!to.object) {
      to.list.push(item)
      return
    }
    if (Object.hasOwn(to.object, to.key)) to.twice = true
    to.seen.push(to.key)
    if (to.key === '__proto__')
      Object.defineProperty(to.object, to.key, { value: item, enumerable: true, configurable: true, writable: true })
    else to.object[to.key] = item
  }

  /** On a stack of its own, since ten thousand levels are more than the engine's may hold. */
  function value(): unknown {
    const stack: Open[] = []
    for (;;) {
      space()
      const c = text[at]
      let done: unknown
      if (c === '{' || c === '[') {
        if (stack.length === MAX_DEPTH) fail('exceeded max depth')
        depth = Math.max(depth, stack.length + 1)
        const open = begin(c)
        if (open) {
          stack.push(open)
          continue
        }
        at++
        done = c === '{' ? {} : []
      } else done = scalar()
      for (;;) {
        const holder = stack.at(-1)
        if (!holder) return done
        add(holder, done)
        space()
        if (text[at] === ',') {
          at++
          if (holder.object) holder.key = key()
          break
        }
        if (text[at] !== (holder.object ? '}' : ']'))
          fail(holder.object ? 'after object key:value pair' : 'after array element')
        at++
        stack.pop()
        if (holder.object && holder.twice) keys.set(holder.object, holder.seen)
        done = holder.object ? holder.object : holder.list
      }
    }
  }

  const result = value()
  space()
  if (at < text.length) fail('after top-level value')
  return { value: result, keys, literals, depth }
}

/** A character as Go quotes it here: between other marks than texts. */
export function quote(c: string): string {
  if (c === "'") return `'\\''`
  return c === '"' ? `'"'` : `'${goQuote(c).slice(1, -1)}'`
}

/** Go looks at bytes: of any other letter than those of ASCII it sees the first. */
function firstByte(text: string, at: number): string {
  const [byte = 0] = new TextEncoder().encode(String.fromCodePoint(text.codePointAt(at)!))
  return String.fromCharCode(byte)
}

/** Levels of objects and lists, as far as they matter: whether there are more than may be kept. */
export function isTooDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length; depth++) {
    if (depth > KEPT_DEPTH) return true
    level = level.flatMap(v =>
      v && typeof v === 'object' ? Object.values(v).filter(i => i && typeof i === 'object') : [],
    )
  }
  return false
}
