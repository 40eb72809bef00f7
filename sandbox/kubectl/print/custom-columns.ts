/** Columns of one's own: HEADER:path, given on the command line or in a file. */
import { KubectlError } from '../errors.ts'
import type { Obj } from '../objects.ts'
import { goValue } from './go.ts'
import { JsonPath, relaxedPath } from './jsonpath.ts'
import { align, TABLE_TABS } from './tabwriter.ts'

interface Column {
  header: string
  path: JsonPath
}

export function columnsFromSpec(spec: string): Column[] {
  if (!spec) throw new KubectlError('custom-columns format specified but no custom columns given')
  return spec.split(',').map(part => {
    const colon = part.indexOf(':')
    if (colon < 0) throw new KubectlError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`)
    return column(part.slice(0, colon), part.slice(colon + 1))
  })
}

export function columnsFromFile(text: string): Column[] {
  const [headers, paths] = text.replace(/\n$/, '').split('\n')
  const missing = headers ? (paths === undefined ? 'spec' : undefined) : 'header'
  if (missing)
    throw new KubectlError(
      `invalid template, missing ${missing} line. Expected format is one line of space separated headers, one line of space separated column specs.`,
    )
  const h = headers!.split(/\s+/).filter(Boolean)
  const p = paths!.split(/\s+/).filter(Boolean)
  if (h.length !== p.length)
    throw new KubectlError(`number of headers (${h.length}) and field specifications (${p.length}) don't match`)
  return h.map((header, i) => column(header, p[i]!))
}

const column = (header: string, path: string): Column => {
  try {
    return { header, path: new JsonPath(relaxedPath(path)) }
  } catch (e) {
    if (e instanceof KubectlError) throw e
    throw new KubectlError((e as Error).message)
  }
}

function found(path: JsonPath, object: Obj): ReturnType<JsonPath['find']> {
  try {
    return path.find(object)
  } catch (e) {
    throw new KubectlError((e as Error).message)
  }
}

const headerLine = (columns: readonly Column[]): string => `${columns.map(c => c.header).join('\t')}\n`

function objectLine(columns: readonly Column[], object: Obj): string {
  const cells = columns.map(({ path }) => {
    const values = (found(path, object)[0] ?? []).map(goValue)
    return values.length ? values.join(',') : '<none>'
  })
  return `${cells.join('\t')}\n`
}

export const printColumns = (columns: readonly Column[], objects: readonly Obj[], noHeaders: boolean): string =>
  align((noHeaders ? '' : headerLine(columns)) + objects.map(o => objectLine(columns, o)).join(''), TABLE_TABS)
export type { Column }
