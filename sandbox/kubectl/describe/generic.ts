/** Any object, field by field: for kinds that have no description of their own. */
import { isRecord, type Obj } from '../objects.ts'
import type { Describer } from './index.ts'
import type { Writer } from './writer.ts'

/** creationTimestamp → Creation Timestamp, apiVersion → API Version; what holds more than letters and dashes stays as it is. */
function words(name: string): string {
  if (/[^a-zA-Z-]/.test(name)) return name
  const parts = name.match(/[a-z]+|[A-Z]+(?![a-z])|[A-Z][a-z]*|-+/g) ?? [name]
  return parts
    .map(p => (ACRONYMS.has(p.toUpperCase()) ? p.toUpperCase() : p.charAt(0).toUpperCase() + p.slice(1)))
    .join(' ')
}
const ACRONYMS = new Set(['API', 'URL', 'UID', 'OSB', 'GUID'])

const SKIP = new Set([
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
  '.metadata.managedFields',
])

function print(w: Writer, value: Obj, level: number, path: string): void {
  for (const key of Object.keys(value).sort()) {
    const here = `${path}.${key}`
    if (SKIP.has(here)) continue
    const v = value[key]
    const name = words(key)
    if (isRecord(v)) {
      w.line(level, `${name}:`)
      print(w, v, level + 1, here)
    } else if (Array.isArray(v)) {
      w.line(level, `${name}:`)
      for (const item of v) {
        if (isRecord(item)) print(w, item, level + 1, here)
        else w.line(level + 1, `${item}`)
      }
    } else w.line(level, `${name}:\t${v === null ? '<nil>' : v}`)
  }
}

export const describe: Describer = async (w, o, { events }) => {
  w.meta(o)
  print(w, o, 0, '')
  await events(o)
}
