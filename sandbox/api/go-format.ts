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

const SCALAR = /^(?:bool|int32|int64|float64)$/
/** What Go's reflection calls what JSON holds. */
const KINDS: Readonly<Record<string, string>> = { array: 'slice', object: 'map' }

/**
 * What the decoder of strategic merges says where the other says that it cannot unmarshal.
 * @param isStruct whether a Go type of this name is a struct; other names stand for strings
 */
export function restoreWords(message: string, isStruct: (goName: string) => boolean): string {
  if (message.startsWith('illegal base64')) return `error decoding from json: ${message}`
  const m = /^json: cannot unmarshal (\w+)(?: (\S+))? into Go .*of type (.+)$/.exec(message)
  if (!m) return message
  const [, found, literal = '', type] = m as unknown as [string, string, string | undefined, string]
  const number = literal.includes('.') ? 'float64' : 'int64'
  const from = found === 'number' ? number : (KINDS[found] ?? found)
  if (type.startsWith('[]')) return `cannot restore slice from ${from}`
  if (type.startsWith('map[')) return `cannot restore map from ${from}`
  if (isStruct(type)) return `cannot restore struct from: ${from}`
  // Go turns numbers into each other and, after a fashion, into text; JSON does not, which is noticed only then.
  if (found === 'number' && type !== 'bool') return `cannot convert ${from} to ${type}`
  return `unrecognized type: ${SCALAR.test(type) ? type : 'string'}`
}
