/** YAML in bodies and answers. What is JSON too, as all that kubectl sends, needs no parser of YAML, which is loaded when asked for. */
import type { Document } from 'yaml'
import { type JsonDocument, JsonError, readJson } from '../../api/formats/json-reader.ts'
import { part } from '../../parts.ts'
import { written } from '../encoding/wire.ts'
import { withoutQuoteEscapes, yamlFault } from './faults.ts'
import { keyFault } from './keys.ts'

/** Needed before a body that is no JSON is read. */
export const yamlParser = part('the parser of YAML', () => import('yaml'))

const printer = part('the printer of YAML', () => import('../../api/formats/go-yaml.ts'))

/** An answer, for clients that accept nothing else. */
export async function toYaml(body: object): Promise<string> {
  const plain: unknown = JSON.parse(written(body))
  await printer.load()
  return printer.now.toYaml(plain)
}

/** @throws JsonError */
export function readYaml(text: string): JsonDocument {
  if (/^\s*\{/.test(text)) {
    try {
      return readJson(text)
    } catch (error) {
      if (!(error instanceof JsonError)) throw error
    }
  }
  try {
    return readBlocks(text)
  } catch (error) {
    if (error instanceof RangeError) throw new JsonError(TOO_DEEP)
    throw error
  }
}

function readBlocks(text: string): JsonDocument {
  const keys = new Map<object, readonly string[]>()
  const lineCounter = new yamlParser.now.LineCounter()
  const [document] = yamlParser.now.parseAllDocuments(text, {
    version: '1.1',
    schema: 'yaml-1.1',
    uniqueKeys: false,
    lineCounter,
    prettyErrors: false,
  }) as Document.Parsed[]
  if (!document) return { value: null, keys, depth: 0 }
  const corrected = withoutQuoteEscapes(text, document.errors)
  if (corrected !== undefined) return readBlocks(corrected)
  const error = document.errors[0]
  // The parser reports the end of its stack as if it were a mistake in the text.
  if (error && /call stack|recursion/.test(error.message)) throw new RangeError(error.message)
  if (error) throw new JsonError(yamlFault(text, error, lineCounter))
  try {
    // Through JSON, so that dates and the like become what they are in a manifest.
    const read = readJson(JSON.stringify(plainValue(document)) ?? 'null')
    return { ...read, keys, repeated: repeatedKeys(document, lineCounter) }
  } catch (error) {
    throw new JsonError(valueFault(error))
  }
}

/** Go's parser counts otherwise; so many are never written by hand. */
const ALIASES = { maxAliasCount: 10_000 }

class KeyFault extends Error {}

/** What a document says, as plain values. @throws see `valueFault` */
export function plainValue(document: Document): unknown {
  const fault = keyFault(document)
  if (fault !== undefined) throw new KeyFault(fault)
  return document.toJS(ALIASES)
}

/** What go-yaml says of a document that can be parsed and makes no value: its aliases lead nowhere, or to too much; its keys are none. */
export function valueFault(error: unknown): string {
  if (error instanceof KeyFault) return error.message
  if (error instanceof RangeError) return TOO_DEEP
  const message = error instanceof Error ? error.message : String(error)
  const anchor = /Unresolved alias.*: (\S+)/.exec(message)
  if (anchor) return `yaml: unknown anchor '${anchor[1]}' referenced`
  return /Excessive/.test(message) ? 'yaml: document contains excessive aliasing' : `yaml: ${message}`
}

const TOO_DEEP = 'yaml: not simulated: so many levels'

function repeatedKeys(document: Document.Parsed, lines: { linePos(offset: number): { line: number } }): string[] {
  const { isScalar, visit } = yamlParser.now
  const found: string[] = []
  visit(document, {
    Map(_key, map) {
      const seen = new Set<string>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        const name = String(key.value)
        if (seen.has(name))
          found.push(`line ${lines.linePos(key.range?.[0] ?? 0).line}: key ${JSON.stringify(name)} already set in map`)
        seen.add(name)
      }
    },
  })
  return found
}
