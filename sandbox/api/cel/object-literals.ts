/**
 * Literals of Kubernetes' objects in CEL: `Object{spec: Object.spec{replicas: 1}}`, `JSONPatch{op: "add", …}`. The language
 * underneath knows maps only, so each becomes one that remembers its type, until its value is taken out again.
 */

const TYPE_KEY = '@type'
const LITERAL = /(?<![\w.])(Object(?:\.[A-Za-z_]\w*)*|JSONPatch)\s*\{/y
const STRING = /(?:[rR]|[bB])?(?:"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/y
const COMMENT = /\/\/[^\n]*/y
const FIELD = /(\s*)(\??)\s*([A-Za-z_]\w*)\s*:/y
const WORD = /[A-Za-z_]\w*/y

function at(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index
  return pattern.exec(text)
}

/** The expression with maps in place of such literals. */
export function withMaps(text: string): string {
  let out = ''
  let i = 0
  /** Of each open bracket, whether it is such a literal. */
  const open: boolean[] = []
  const field = (): void => {
    const found = at(FIELD, text, i)
    if (!found) return
    out += `${found[1]}${found[2]}${JSON.stringify(found[3])}:`
    i += found[0].length
  }
  while (i < text.length) {
    const literal = at(LITERAL, text, i)
    const skipped = literal ? null : (at(STRING, text, i) ?? at(COMMENT, text, i) ?? at(WORD, text, i))
    if (literal) {
      i += literal[0].length
      const empty = /^\s*\}/.test(text.slice(i))
      out += `{"${TYPE_KEY}": "${literal[1]}"${empty ? '' : ','}`
      open.push(true)
      field()
    } else if (skipped) {
      out += skipped[0]
      i += skipped[0].length
    } else {
      const c = text[i++]!
      out += c
      if ('([{'.includes(c)) open.push(false)
      else if (')]}'.includes(c)) open.pop()
      else if (c === ',' && open.at(-1)) field()
    }
  }
  return out
}

/** The type of a value that such a literal made. */
export function typeOfLiteral(value: unknown): string | undefined {
  const type = entriesOf(value)?.find(([key]) => key === TYPE_KEY)?.[1]
  return typeof type === 'string' ? type : undefined
}

function entriesOf(value: unknown): [string, unknown][] | undefined {
  if (value instanceof Map) return [...value].map(([key, item]) => [String(key), item])
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : undefined
}

/** What is wrong with the types of literals within a literal: each is called as the field that it stands in. */
export function typeFaults(value: unknown, path = typeOfLiteral(value) ?? ''): string[] {
  if (Array.isArray(value)) return value.flatMap(item => typeFaults(item, path))
  const type = typeOfLiteral(value)
  const wrong =
    type !== undefined && type !== path
      ? [
          `unexpected type name ${JSON.stringify(type)}, expected ${JSON.stringify(path)}, which matches field name path from root Object type`,
        ]
      : []
  const fields = (entriesOf(value) ?? []).filter(([key]) => key !== TYPE_KEY)
  return [...wrong, ...fields.flatMap(([key, item]) => typeFaults(item, type === undefined ? path : `${path}.${key}`))]
}

/** A value of CEL as JSON. */
export function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(toJson)
  const entries = entriesOf(value)
  if (!entries) return value
  return Object.fromEntries(entries.filter(([key]) => key !== TYPE_KEY).map(([key, item]) => [key, toJson(item)]))
}
