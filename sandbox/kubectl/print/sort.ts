/** --sort-by: objects, or the rows of tables, in the order of a field. */
import { compareQuantities, isQuantity } from '../../api/quantity.ts'
import { KubectlError } from '../errors.ts'
import { byBytes, type Obj } from '../objects.ts'
import { JsonPath, relaxedPath } from './jsonpath.ts'

function pathOf(field: string): JsonPath {
  try {
    return new JsonPath(relaxedPath(field))
  } catch (e) {
    if (e instanceof KubectlError) throw e
    throw new KubectlError((e as Error).message)
  }
}

const fieldOf = (path: JsonPath, object: Obj): unknown => {
  try {
    return path.find(object)[0]?.[0]
  } catch {
    return undefined
  }
}

/** Names with numbers in them are compared by those numbers, as people count. */
function natural(a: string, b: string): number {
  const chunks = (s: string): string[] => s.match(/\d+|\D+/g) ?? []
  const x = chunks(a)
  const y = chunks(b)
  for (let i = 0; i < x.length && i < y.length; i++) {
    if (x[i] === y[i]) continue
    const digits = /^\d/.test(x[i]!) && /^\d/.test(y[i]!)
    if (digits && Number(x[i]) !== Number(y[i])) return Number(x[i]) - Number(y[i])
    return byBytes(x[i]!, y[i]!)
  }
  return x.length - y.length
}

function compare(a: unknown, b: unknown): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  if (typeof a === 'string' && typeof b === 'string') {
    if (isQuantity(a) && isQuantity(b)) return compareQuantities(a, b)
    return natural(a, b)
  }
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (typeof a === 'object') throw new Unsortable(Array.isArray(a) ? '[]interface {}' : 'map[string]interface {}')
  return byBytes(String(a), String(b))
}

/** What lacks the field goes before whatever it is compared with. */
const less = (a: unknown, b: unknown): boolean => a === undefined || (b !== undefined && compare(a, b) < 0)

/** Go's sort takes a dozen by insertion, which turns around those that lack the field. */
const BY_INSERTION = 12

function sortBy<T>(list: T[], fieldValue: (item: T) => unknown): void {
  const isLess = (a: T, b: T): boolean => less(fieldValue(a), fieldValue(b))
  if (list.length > BY_INSERTION) {
    list.sort((a, b) => Number(isLess(b, a)) - Number(isLess(a, b)))
    return
  }
  for (let i = 1; i < list.length; i++)
    for (let j = i; j > 0 && isLess(list[j]!, list[j - 1]!); j--) [list[j - 1], list[j]] = [list[j]!, list[j - 1]!]
}

/** The field is a list or a map; kubectl ends at once, with a line of its log. */
export class Unsortable extends Error {
  /** @param type as Go prints it */
  constructor(type: string) {
    super(`unsortable type: ${type}`)
  }
}

/** In place. @throws KubectlError where no object has the field */
export function sortObjects(objects: Obj[], field: string): void {
  const path = pathOf(field)
  const values = new Map(objects.map(o => [o, fieldOf(path, o)]))
  if (objects.length && [...values.values()].every(v => v === undefined))
    throw new KubectlError(`couldn't find any field with path "${path.text}" in the list of objects`)
  sortBy(objects, o => values.get(o))
}

/** The rows of each table in order; tables of one kind keep theirs together. Where the path leads nowhere, or is none, nothing is shown. */
export function sortTables<T extends { table: Obj }>(tables: T[], field: string): T[] {
  const none = (entry: T): T => ({ ...entry, table: { ...entry.table, rows: [] } })
  let path: JsonPath
  try {
    path = pathOf(field)
  } catch {
    return tables.map(none)
  }
  return tables.map(entry => {
    const rows: Obj[] = [...(entry.table.rows ?? [])]
    const values = new Map(rows.map(r => [r, fieldOf(path, r.object)]))
    if (rows.length && [...values.values()].every(v => v === undefined)) return none(entry)
    sortBy(rows, r => values.get(r))
    return { ...entry, table: { ...entry.table, rows } }
  })
}
