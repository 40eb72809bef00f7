/** What Go's encoding/json says of text that is no JSON object; undefined when it is one. */

const LITERALS = ['null', 'true', 'false']

const quoted = (character: string): string =>
  character === "'" ? "'\\''" : character === '"' ? "'\"'" : `'${JSON.stringify(character).slice(1, -1)}'`

const KINDS: Record<string, string> = { string: 'string', number: 'number', boolean: 'bool' }

export function jsonObjectFault(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined
    const kind = Array.isArray(value) ? 'array' : KINDS[typeof value]
    return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`
  } catch {
    return syntaxFault(text)
  }
}

function syntaxFault(text: string): string {
  const start = text.search(/[^ \t\r\n]/)
  if (start < 0) return 'unexpected end of JSON input'
  const first = text[start]!
  const literal = LITERALS.find(word => word[0] === first)
  if (literal) {
    for (let i = 1; i < literal.length; i++) {
      const found = text[start + i]
      if (found === undefined) return 'unexpected end of JSON input'
      if (found !== literal[i])
        return `invalid character ${quoted(found)} in literal ${literal} (expecting ${quoted(literal[i]!)})`
    }
    const after = text.slice(start + literal.length).trimStart()[0]
    return `invalid character ${quoted(after ?? ' ')} after top-level value`
  }
  if (!/[{["\d-]/.test(first)) return `invalid character ${quoted(first)} looking for beginning of value`
  return structureFault(text, start)
}

/** Finds the first character that can't stand where it does, in text that begins like an object, array, string or number. */
function structureFault(text: string, start: number): string {
  // Grows the text until no ending can save it; what ended it is the culprit.
  let stack = ''
  let state: 'value' | 'key' | 'colon' | 'comma' | 'first' = 'value'
  for (let i = start; i < text.length; ) {
    const c = text[i]!
    if (/\s/.test(c)) {
      i++
      continue
    }
    const wrong = (where: string): string => `invalid character ${quoted(c)} ${where}`
    if (state === 'colon') {
      if (c !== ':') return wrong('after object key')
      state = 'value'
      i++
    } else if (state === 'comma') {
      const inside = stack.at(-1)
      if (!inside) return wrong('after top-level value')
      if (c === inside) stack = stack.slice(0, -1)
      else if (c === ',') state = inside === '}' ? 'key' : 'value'
      else return wrong(inside === '}' ? 'after object key:value pair' : 'after array element')
      i++
    } else if (state === 'first' && c === stack.at(-1)) {
      stack = stack.slice(0, -1)
      state = 'comma'
      i++
    } else if (c === '"') {
      const match = /^"(?:[^"\\\u0000-\u001f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*"/.exec(text.slice(i))
      if (!match)
        return /\n/.test(text.slice(i)) ? "invalid character '\\n' in string literal" : 'unexpected end of JSON input'
      state = state === 'key' || (state === 'first' && stack.endsWith('}')) ? 'colon' : 'comma'
      i += match[0].length
    } else if (state === 'key' || (state === 'first' && stack.endsWith('}'))) {
      return wrong('looking for beginning of object key string')
    } else if (c === '{' || c === '[') {
      stack += c === '{' ? '}' : ']'
      state = 'first'
      i++
    } else {
      const match = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|null|true|false)/.exec(text.slice(i))
      if (!match) return wrong('looking for beginning of value')
      state = 'comma'
      i += match[0].length
    }
  }
  return 'unexpected end of JSON input'
}
