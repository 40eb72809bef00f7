/** JSON as Go writes what has no declared order. */
const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

/** A string in JSON, with nothing in it that HTML would take for its own. */
export const escaped = (json: string): string => json.replace(/[<>&\u2028\u2029]/g, c => ESCAPES[c]!)

/** A value as Go writes a map to JSON: sorted keys, and nothing in it that HTML would take for its own. */
export function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join()}]`
  if (typeof value !== 'object' || value === null) return escaped(JSON.stringify(value))
  const entries = Object.entries(value).filter(([, v]) => v !== undefined)
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, v]) => `${goJson(key)}:${goJson(v)}`)
    .join()}}`
}
