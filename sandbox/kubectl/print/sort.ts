/** --sort-by: objects, or the rows of tables, in the order of a field. */
import { compareQuantities, isQuantity } from '../../api/resources/quantity.ts'
import { KubectlError } from '../errors.ts'
import { byBytes, type Obj } from '../objects.ts'
import { goSort } from './go-sort.ts'
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

function compare(a: unknown, b: unknown): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null)
  if (typeof a === 'string' && typeof b === 'string') {
    return isQuantity(a) && isQuantity(b) ? compareQuantities(a, b) : byBytes(a, b)
  }
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (typeof a === 'object') throw new Unsortable(Array.isArray(a) ? '[]interface {}' : 'map[string]interface {}')
  return byBytes(String(a), String(b))
}

/** What lacks the field goes before whatever it is compared with. */
const less = (a: unknown, b: unknown): boolean => a === undefined || (b !== undefined && compare(a, b) < 0)

const sortBy = <T>(list: T[], fieldValue: (item: T) => unknown): void =>
  goSort(list, (a, b) => less(fieldValue(a), fieldValue(b)))

/** The field is a list or a map; kubectl ends at once, with a line of its log. */
export class Unsortable extends Error {
  /** @param type as Go prints it */
  constructor(type: string) {
    super(`unsortable type: ${type}`)
  }
}

/** By a field of their objects. @throws KubectlError where no object has the field */
export function sortEntries<T>(entries: readonly T[], field: string, objectOf = (entry: T): Obj => entry): T[] {
  const path = pathOf(field)
  const values = new Map(entries.map(e => [e, fieldOf(path, objectOf(e))]))
  if (entries.length && [...values.values()].every(v => v === undefined))
    throw new KubectlError(`couldn't find any field with path "${path.text}" in the list of objects`)
  const sorted = [...entries]
  sortBy(sorted, e => values.get(e))
  return sorted
}

/**
 * The rows of each table in order; tables of one kind keep theirs together. Where the path leads nowhere, or is none, nothing is shown. A single row
 * is not looked at.
 */
export function sortTables<T extends { table: Obj }>(tables: T[], field: string): T[] {
  let path: JsonPath | undefined
  try {
    path = pathOf(field)
  } catch {
    path = undefined
  }
  return tables.map(entry => {
    const rows: Obj[] = [...(entry.table.rows ?? [])]
    if (rows.length <= 1) return entry
    const values = new Map(rows.map(r => [r, path && fieldOf(path, r.object)]))
    if ([...values.values()].every(v => v === undefined)) rows.length = 0
    sortBy(rows, r => values.get(r))
    return { ...entry, table: { ...entry.table, rows } }
  })
}
