/** Reading YAML as Go's sigs.k8s.io/yaml does: YAML 1.1 scalars, string keys, and its words for what is wrong. */
import { type CollectionTag, LineCounter, parseDocument, type ScalarTag } from 'yaml'
import { withoutQuoteEscapes, yamlFault } from '../../http/yaml/faults.ts'
import { plainValue, valueFault } from '../../http/yaml/yaml.ts'

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
  const corrected = withoutQuoteEscapes(text, document.errors)
  if (corrected !== undefined) return parseYaml(corrected, options)
  // Go reads the first document and looks no further.
  const first = document.errors.find(error => error.code !== 'MULTIPLE_DOCS')
  if (first) return { error: yamlFault(text, first, lineCounter) }
  try {
    return { value: stringKeys(plainValue(document)) }
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
