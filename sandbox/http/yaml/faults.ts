/** Errors of YAML, in go-yaml's words. */
import type { LineCounter, YAMLError } from 'yaml'

/** The bracket that is still open where a flow collection goes wrong. */
function openBracket(text: string): string {
  const open: string[] = []
  for (const c of text.replace(/"(\\.|[^"\\])*"|'[^']*'/g, '')) {
    if (c === '[' || c === '{') open.push(c)
    else if (c === ']' || c === '}') open.pop()
  }
  return open.at(-1) === '[' ? ']' : '}'
}

/**
 * go-yaml reads `\'` within double quotes as a quote; the parser complains, as YAML has no such escape.
 * @returns the text with plain quotes in their place; undefined when there was none
 */
export function withoutQuoteEscapes(text: string, errors: readonly YAMLError[]): string | undefined {
  const places = errors
    .filter(({ code, pos }) => code === 'BAD_DQ_ESCAPE' && text.startsWith("\\'", pos[0]))
    .map(({ pos }) => pos[0])
  if (!places.length) return undefined
  return [-1, ...places].map((place, i) => text.slice(place + 1, places[i])).join('')
}

/** A scanner names the line where it stands, a parser the one before it, and neither the first: so go-yaml counts. */
export function yamlFault(text: string, error: YAMLError, lines: LineCounter): string {
  const at = error.pos[0]
  const line = lines.linePos(at).line
  const last = text.replace(/\n$/, '').split('\n').length + 1
  const numbered = (n: number, what: string): string => (n > 0 ? `yaml: line ${n}: ${what}` : `yaml: ${what}`)
  const scanner = (n: number, what: string): string => numbered(n > 1 ? n : 0, what)
  const parser = (n: number, what: string): string => numbered(n - 1, what)
  /** A key without its colon, or a colon too many: told at the next colon, if there is one. */
  const misplaced = (): string => {
    const colon = text.slice(at).search(/:(\s|$)/)
    return colon < 0
      ? scanner(last, "could not find expected ':'")
      : scanner(lines.linePos(at + colon).line, 'mapping values are not allowed in this context')
  }
  const flow = (): string => {
    // Nothing has come since the bracket, so what is missing is what it was opened for.
    const open = text.search(/[[{]\s*$/)
    if (open >= 0) return numbered(lines.linePos(open).line, 'did not find expected node content')
    if (/[\]}]/.test(text[at] ?? '') && !/[[{]/.test(text.slice(0, at)))
      return parser(line, 'did not find expected node content')
    return parser(line, `did not find expected ',' or '${openBracket(text.slice(0, at))}'`)
  }
  switch (error.code) {
    case 'TAB_AS_INDENT':
    case 'BAD_SCALAR_START':
      return scanner(line, 'found character that cannot start any token')
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'BLOCK_IN_FLOW':
      return misplaced()
    case 'MULTILINE_IMPLICIT_KEY':
      return /^-\s/.test(text.slice(at)) ? parser(line, 'did not find expected key') : misplaced()
    case 'BAD_DQ_ESCAPE':
      return scanner(line, 'found unknown escape character')
    case 'BAD_ALIAS':
      return scanner(line, 'did not find expected alphabetic or numeric character')
    case 'BAD_DIRECTIVE':
      return scanner(line, 'found unknown directive name')
    case 'MISSING_CHAR':
      if (/quote/.test(error.message)) return scanner(last, 'found unexpected end of stream')
      if (/flow/i.test(error.message)) return flow()
      if (/^\s*-\s/.test(text.slice(text.lastIndexOf('\n', at - 1) + 1)))
        return parser(line, 'did not find expected key')
      return misplaced()
    case 'BAD_INDENT':
      if (/flow/i.test(error.message)) return flow()
      return parser(
        line,
        /seq/i.test(error.message) ? "did not find expected '-' indicator" : 'did not find expected key',
      )
    default:
      if (/tab/i.test(error.message)) return scanner(line, 'found character that cannot start any token')
      if (/[\]}]/.test(text[at] ?? '') || /flow/i.test(error.message)) return flow()
      return parser(
        line,
        /^-\s/m.test(text) && !/^-\s/.test(text.slice(at))
          ? "did not find expected '-' indicator"
          : 'did not find expected key',
      )
  }
}
