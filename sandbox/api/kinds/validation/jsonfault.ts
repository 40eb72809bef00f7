/** The error of Go's encoding/json for text that is no JSON object; undefined when it is one. */
import { isObject } from '../../formats/json.ts'
import { JsonError, readJson } from '../../formats/json-reader.ts'

const KINDS: Record<string, string> = { string: 'string', number: 'number', boolean: 'bool' }

export function jsonObjectFault(text: string): string | undefined {
  try {
    const { value } = readJson(text)
    if (value === null || isObject(value)) return undefined
    const kind = Array.isArray(value) ? 'array' : KINDS[typeof value]
    return `json: cannot unmarshal ${kind} into Go value of type map[string]interface {}`
  } catch (error) {
    if (error instanceof JsonError) return error.message
    throw error
  }
}
