/** Reading YAML as Go's sigs.k8s.io/yaml does: YAML 1.1 scalars, string keys, and its words for what is wrong. */
import { type CollectionTag, LineCounter, parseDocument, type ScalarTag, type YAMLError } from 'yaml'
import { ALIASES, valueFault } from '../http/yaml.ts'

/** Those of YAML 1.1 that Go's parser does not know: it leaves such scalars as text. */
const FOREIGN = /timestamp|TIME$/
/** A number has a digit before its exponent and around its point; the library would take `e0` and `.` for one too. */
const FLOAT = /^[-+]?(?:\d[\d_]*\.[\d_]*|\.\d[\d_]*)$/
const WITH_EXPONENT = /^[-+]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)[eE][-+]?\d+$/
type Tag = ScalarTag | CollectionTag | string

const TRUTH = /^(?:true|True|TRUE)$/
const UNTRUTH = /^(?:false|False|FALSE)$/

/** Only `true` and `false` are truth values; `yes`, `on`, `n` and their likes are words. */
const plainTruth = (t: Tag): Tag =>
  typeof t === 'string' || t.tag !== 'tag:yaml.org,2002:bool' || t.collection
    ? t
    : { ...t, test: t.test?.test('true') ? TRUTH : UNTRUTH }

const tags = (known: readonly Tag[]): Tag[] =>
  known
    .filter(t => typeof t === 'string' || !(FOREIGN.test(t.tag) || ('format' in t && FOREIGN.test(String(t.format)))))
    .map(t => {
      if (typeof t === 'string' || t.tag !== 'tag:yaml.org,2002:float' || t.collection) return t
      if (t.format === 'EXP') return { ...t, test: WITH_EXPONENT }
      return t.test?.test('1.5') ? { ...t, test: FLOAT } : t
    })

export interface YamlOptions {
  /** `yes`, `on` and their likes are text, as for kustomize. */
  plainTruth?: boolean
}

export function parseYaml(text: string, options: YamlOptions = {}): { value: unknown } | { error: string } {
  const lineCounter = new LineCounter()
  const document = parseDocument(text, {
    version: '1.1',
    lineCounter,
    uniqueKeys: false,
    prettyErrors: false,
    // biome-ignore lint/suspicious/noExplicitAny: the library types its own tag list more narrowly than what it accepts
    customTags: (options.plainTruth ? (known: Tag[]) => tags(known).map(plainTruth) : tags) as any,
  })
  const first = document.errors[0]
  if (first) return { error: words(text, first, lineCounter) }
  try {
    return { value: stringKeys(document.toJS(ALIASES)) }
  } catch (error) {
    return { error: valueFault(error) }
  }
}

function stringKeys(v: unknown): unknown {
  if (Array.isArray(v)) return v.map(stringKeys)
  if (v instanceof Map) return Object.fromEntries([...v].map(([k, x]) => [String(k), stringKeys(x)]))
  if (v instanceof Uint8Array) return btoa(String.fromCharCode(...v))
  if (typeof v === 'object' && v !== null) {
    for (const key of Object.keys(v))
      (v as Record<string, unknown>)[key] = stringKeys((v as Record<string, unknown>)[key])
    return v
  }
  return typeof v === 'bigint' ? Number(v) : v
}

/** The bracket that is still open where a flow collection goes wrong. */
function openBracket(text: string): string {
  const open: string[] = []
  for (const c of text.replace(/"(\\.|[^"\\])*"|'[^']*'/g, '')) {
    if (c === '[' || c === '{') open.push(c)
    else if (c === ']' || c === '}') open.pop()
  }
  return open.at(-1) === '[' ? ']' : '}'
}

/** A scanner names the line where it stands, a parser the one before it, and neither the first: so go-yaml counts. */
function words(text: string, error: YAMLError, lines: LineCounter): string {
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
