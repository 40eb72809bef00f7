/** Values as Go's fmt prints them with %v. */

export function goMap(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`
  if (typeof value === 'object') {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
    return `map[${entries.map(([k, v]) => `${k}:${goMap(v)}`).join(' ')}]`
  }
  return String(value)
}

const SCALAR = /^(?:bool|string|int32|int64|float64)$/
const GO_OF_JSON: Readonly<Record<string, string>> = {
  array: '[]interface {}',
  object: 'map[string]interface {}',
  number: 'int64',
}

/** What the decoder of strategic merges says where the other says that it cannot unmarshal. */
export function restoreWords(message: string): string {
  const m = /^json: cannot unmarshal (\w+)(?: \S+)? into Go .*of type (.+)$/.exec(message)
  if (!m) return message
  const [, found, type] = m as unknown as [string, string, string]
  const from = GO_OF_JSON[found] ?? found
  if (type.startsWith('[]')) return `cannot restore slice from ${from}`
  if (type.startsWith('map[')) return `cannot restore map from ${from}`
  if (SCALAR.test(type)) return `unrecognized type: ${type}`
  return found === 'string' ? `cannot restore struct from: ${from}` : 'unrecognized type: string'
}
