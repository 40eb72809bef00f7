/** YAML in bodies and answers. What is JSON too, as all that kubectl sends, needs no parser of YAML, which is loaded when asked for. */
import { part } from '../parts.ts'
import { type JsonDocument, JsonError, readJson } from './json-reader.ts'

/** Needed before a body that is no JSON is read. */
export const yamlParser = part('the parser of YAML', () => import('yaml'))

/** An answer, for clients that accept nothing else. */
export async function toYaml(body: object): Promise<string> {
  const plain: unknown = JSON.parse(JSON.stringify(body))
  await yamlParser.load()
  return yamlParser.now.stringify(plain, { lineWidth: 0, aliasDuplicateObjects: false })
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
    if (error instanceof RangeError)
      throw new JsonError('error converting YAML to JSON: yaml: not simulated: so many levels')
    throw error
  }
}

function readBlocks(text: string): JsonDocument {
  const keys = new Map<object, readonly string[]>()
  const [document] = yamlParser.now.parseAllDocuments(text, {
    version: '1.1',
    schema: 'yaml-1.1',
    uniqueKeys: false,
    maxAliasCount: 100,
  } as never) as unknown as {
    errors: { message: string; linePos?: { line: number }[] }[]
    toJS(): unknown
  }[]
  if (!document) return { value: null, keys, depth: 0 }
  const error = document.errors[0]
  // The parser reports the end of its stack as if it were a mistake in the text.
  if (error && /call stack|recursion/.test(error.message)) throw new RangeError(error.message)
  if (error) {
    const line = error.linePos?.[0]?.line
    throw new JsonError(
      `error converting YAML to JSON: yaml: ${line ? `line ${line}: ` : ''}${error.message.split('\n')[0]}`,
    )
  }
  try {
    // Through JSON, so that dates and the like become what they are in a manifest.
    return { ...readJson(JSON.stringify(document.toJS()) ?? 'null'), keys }
  } catch (error) {
    if (error instanceof RangeError) throw error
    throw new JsonError('error converting YAML to JSON: yaml: document contains excessive aliasing')
  }
}
