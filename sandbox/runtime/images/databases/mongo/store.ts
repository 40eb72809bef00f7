/** Collections of documents: what matches, what changes, in which order. */
import { isObjectId, type Value } from './value.ts'

export type Document = { [name: string]: Value }

/** A server's databases: name → collection → documents. */
export type Databases = Record<string, Record<string, Document[]>>

/** What is asked is understood, and not simulated. */
export class Unsimulated extends Error {}

/** `address.town` of a document. */
export const at = (document: Value, path: string): Value | undefined => {
  let value: Value | undefined = document
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || isObjectId(value)) return undefined
    value = Array.isArray(value) ? value[Number(name)] : value[name]
  }
  return value
}

export const same = (a: Value | undefined, b: Value | undefined): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Below, equal or above zero; nothing stands before everything. */
export const order = (a: Value | undefined, b: Value | undefined): number => {
  const [left, right] = [isObjectId(a) ? a.$oid : a, isObjectId(b) ? b.$oid : b]
  if (typeof left === typeof right && (typeof left === 'number' || typeof left === 'string'))
    return left < right! ? -1 : left > right! ? 1 : 0
  return left === right ? 0 : left === undefined || left === null ? -1 : 1
}

const OPERATORS: Readonly<Record<string, (value: Value | undefined, wanted: Value) => boolean>> = {
  $eq: (value, wanted) => same(value, wanted),
  $ne: (value, wanted) => !same(value, wanted),
  $gt: (value, wanted) => typeof value === typeof wanted && order(value, wanted) > 0,
  $gte: (value, wanted) => typeof value === typeof wanted && order(value, wanted) >= 0,
  $lt: (value, wanted) => typeof value === typeof wanted && order(value, wanted) < 0,
  $lte: (value, wanted) => typeof value === typeof wanted && order(value, wanted) <= 0,
  $in: (value, wanted) => (wanted as Value[]).some(one => same(value, one)),
  $nin: (value, wanted) => !(wanted as Value[]).some(one => same(value, one)),
  $exists: (value, wanted) => (value !== undefined) === Boolean(wanted),
  $regex: (value, wanted) => typeof value === 'string' && new RegExp(String(wanted)).test(value),
}

export function matches(document: Document, filter: Document): boolean {
  return Object.entries(filter).every(([name, wanted]) => {
    if (name === '$and') return (wanted as Document[]).every(one => matches(document, one))
    if (name === '$or') return (wanted as Document[]).some(one => matches(document, one))
    if (name.startsWith('$')) throw new Unsimulated(name)
    const value = at(document, name)
    const isOperators =
      typeof wanted === 'object' &&
      wanted !== null &&
      !Array.isArray(wanted) &&
      !isObjectId(wanted) &&
      Object.keys(wanted).some(key => key.startsWith('$'))
    if (!isOperators) return same(value, wanted) || (Array.isArray(value) && value.some(one => same(one, wanted)))
    return Object.entries(wanted as Document).every(([operator, operand]) => {
      const test = OPERATORS[operator]
      if (!test) throw new Unsimulated(operator)
      return test(value, operand)
    })
  })
}

/** A document after an update with $set, $unset, $inc or $push. */
export function updated(document: Document, update: Document): Document {
  const next = { ...document }
  for (const [operator, fields] of Object.entries(update)) {
    for (const [name, value] of Object.entries(fields as Document)) {
      if (name.includes('.')) throw new Unsimulated('an update within a document')
      if (operator === '$set') next[name] = value
      else if (operator === '$unset') delete next[name]
      else if (operator === '$inc') next[name] = Number(next[name] ?? 0) + Number(value)
      else if (operator === '$push') next[name] = [...((next[name] as Value[] | undefined) ?? []), value]
      else throw new Unsimulated(operator)
    }
  }
  return next
}

export function sorted(documents: readonly Document[], by: Document): Document[] {
  return [...documents].sort((a, b) => {
    for (const [name, direction] of Object.entries(by)) {
      const difference = order(at(a, name), at(b, name))
      if (difference) return difference * Number(direction)
    }
    return 0
  })
}

/** Only some fields, or all but some. */
export function projected(document: Document, fields: Document): Document {
  const entries = Object.entries(fields).filter(([name]) => name !== '_id')
  const withId = fields._id === undefined || Boolean(fields._id)
  const including = entries.some(([, value]) => value)
  return Object.fromEntries(
    Object.entries(document).filter(([name]) =>
      name === '_id'
        ? withId
        : entries.length === 0
          ? true
          : including
            ? Boolean(fields[name])
            : fields[name] === undefined,
    ),
  )
}
