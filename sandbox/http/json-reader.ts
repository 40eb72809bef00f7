/**
 * JSON as Go reads it: the words of its errors, a limit on depth, and which keys came twice (JSON.parse would lose that).
 * The usual document goes through JSON.parse; this reader runs only when something is wrong or must be told exactly.
 */

/** Kubernetes allows 10,000; whatever walks an object here does so on the stack of the JavaScript engine. */
export const MAX_DEPTH = 1500

export class JsonError extends Error {}

export interface JsonDocument {
  value: unknown
  /** For objects in which a key came more than once: all keys as they came. */
  keys: ReadonlyMap<object, readonly string[]>
}

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
  let at = 0
  let depth = 0

  const quote = (c: string): string => {
    if (c === "'") return `'\\''`
    if (c === '"') return `'"'`
    const code = c.codePointAt(0)!
    if (code === 10) return `'\\n'`
    if (code === 9) return `'\\t'`
    if (code === 13) return `'\\r'`
    return code < 0x20 || code === 0x7f ? `'\\x${code.toString(16).padStart(2, '0')}'` : `'${c}'`
  }
  const fail = (where: string): never => {
    if (at >= text.length) throw new JsonError('unexpected end of JSON input')
    throw new JsonError(`invalid character ${quote(String.fromCodePoint(text.codePointAt(at)!))} ${where}`)
  }
  const space = (): void => {
    while (at < text.length && ' \t\r\n'.includes(text[at]!)) at++
  }
  const deeper = (): void => {
    if (++depth > MAX_DEPTH) throw new JsonError('exceeded max depth')
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
    if (next === '.') {
      at++
      fail('after decimal point in numeric literal')
    }
    if (next === 'e' || next === 'E') {
      at++
      if ('+-'.includes(text[at] ?? '?')) at++
      fail('in exponent of numeric literal')
    }
    return Number(m[0])
  }

  function literal<T>(word: string, value: T): T {
    for (let i = 1; i < word.length; i++) {
      at++
      if (text[at] !== word[i]) fail(`in literal ${word} (expecting ${quote(word[i]!)})`)
    }
    at++
    return value
  }

  function object(): Record<string, unknown> {
    deeper()
    const result: Record<string, unknown> = {}
    const seen: string[] = []
    let twice = false
    at++
    space()
    if (text[at] === '}') at++
    else {
      for (;;) {
        space()
        if (text[at] !== '"') fail('looking for beginning of object key string')
        const key = string()
        if (Object.hasOwn(result, key)) twice = true
        seen.push(key)
        space()
        if (text[at] !== ':') fail('after object key')
        at++
        const item = value()
        if (key === '__proto__')
          Object.defineProperty(result, key, { value: item, enumerable: true, configurable: true, writable: true })
        else result[key] = item
        space()
        if (text[at] === ',') at++
        else if (text[at] === '}') {
          at++
          break
        } else fail('after object key:value pair')
      }
    }
    if (twice) keys.set(result, seen)
    depth--
    return result
  }

  function array(): unknown[] {
    deeper()
    const result: unknown[] = []
    at++
    space()
    if (text[at] === ']') at++
    else {
      for (;;) {
        result.push(value())
        space()
        if (text[at] === ',') at++
        else if (text[at] === ']') {
          at++
          break
        } else fail('after array element')
      }
    }
    depth--
    return result
  }

  function value(): unknown {
    space()
    const c = text[at]
    if (c === '{') return object()
    if (c === '[') return array()
    if (c === '"') return string()
    if (c === 't') return literal('true', true)
    if (c === 'f') return literal('false', false)
    if (c === 'n') return literal('null', null)
    if (c !== undefined && (c === '-' || (c >= '0' && c <= '9'))) return number()
    return fail('looking for beginning of value')
  }

  const result = value()
  space()
  if (at < text.length) fail('after top-level value')
  return { value: result, keys }
}
