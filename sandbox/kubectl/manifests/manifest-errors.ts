/** Syntax errors of JSON, in the words of Go's encoding/json. */

const shown = (c: string): string => (c === "'" ? `'\\''` : c === '"' ? `'"'` : `'${JSON.stringify(c).slice(1, -1)}'`)

class Stop extends Error {}

export function jsonError(text: string): string {
  let at = 0
  const space = (): void => {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at++
  }
  const stop = (context: string): never => {
    if (at >= text.length) throw new Stop('unexpected EOF')
    throw new Stop(
      `json: offset ${new TextEncoder().encode(text.slice(0, at)).length + 1}: invalid character ${shown(text[at]!)} ${context}`,
    )
  }
  const string = (): void => {
    at++
    while (text[at] !== '"') {
      if (at >= text.length) stop('')
      if (text[at] === '\\') {
        at++
        if (text[at] === 'u') {
          for (let i = 0; i < 4; i++)
            if (!/[\da-fA-F]/.test(text[++at] ?? '')) stop('in \\u hexadecimal character escape')
        } else if (!/["\\/bfnrt]/.test(text[at] ?? '')) stop('in string escape code')
      } else if (text[at]! < ' ') stop('in string literal')
      at++
    }
    at++
  }
  const value = (): void => {
    space()
    const c = text[at] ?? ''
    if (c === '{') {
      members('}', 'object key:value pair', () => {
        if (text[at] !== '"') stop('looking for beginning of object key string')
        string()
        space()
        if (text[at] !== ':') stop('after object key')
        at++
        value()
      })
      return
    }
    if (c === '[') {
      members(']', 'array element', value)
      return
    }
    if (c === '"') {
      string()
      return
    }
    const literal = { t: 'true', f: 'false', n: 'null' }[c]
    if (literal) {
      for (const letter of literal) {
        if (text[at] !== letter) stop(`in literal ${literal} (expecting ${shown(letter)})`)
        at++
      }
      return
    }
    const number = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?/.exec(text.slice(at))
    if (!number) stop('looking for beginning of value')
    at += number![0].length
  }
  const members = (close: string, after: string, one: () => void): void => {
    at++
    space()
    if (text[at] === close) {
      at++
      return
    }
    for (;;) {
      space()
      one()
      space()
      if (text[at] === close) break
      if (text[at] !== ',') stop(`after ${after}`)
      at++
    }
    at++
  }
  try {
    value()
    space()
    if (at < text.length) stop('after top-level value')
  } catch (e) {
    if (e instanceof Stop) return e.message
    throw e
  }
  return 'unexpected EOF'
}
