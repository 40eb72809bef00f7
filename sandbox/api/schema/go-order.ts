/** Objects as Go writes them to JSON: fields in the order in which their type declares them, maps by the alphabet. */
import { byBytes } from '../formats/json.ts'
import { heldBy, type ObjectType, type Type } from './index.ts'

type Record_ = Record<string, unknown>

/** What JSON.stringify throws at a map that it would write in another order than Go. */
export const OUT_OF_ORDER = new Error('keys that are numbers')

/** A map with numbers for keys, which JavaScript puts first and sorts by their value, whatever was put there first. */
class Numbered {
  toJSON(): never {
    throw OUT_OF_ORDER
  }
}

const mapOf = (entries: readonly (readonly [string, unknown])[]): Record_ => {
  const map = Object.fromEntries(entries)
  for (const first in map) return /^\d/.test(first) ? Object.setPrototypeOf(map, Numbered.prototype) : map
  return map
}

/** A copy in which the fields of every object come by the alphabet, as Go writes maps. */
export const inMapOrder = (value: object): Record_ =>
  mapOf(
    Object.entries(value)
      .sort(([a], [b]) => byBytes(a, b))
      .map(([key, part]) => [key, sortedWithin(part)]),
  )

const sortedWithin = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortedWithin)
  return typeof value === 'object' && value !== null ? inMapOrder(value) : value
}

/** Puts values of one type in order; what is in order already is given back as it is. */
type Order = (value: object) => object

const put = (value: unknown, order: Order | undefined): unknown =>
  order && typeof value === 'object' && value !== null ? order(value) : value

/** None for what has no order, such as numbers, or lists of them. */
function orderOf(type: Type): Order | undefined {
  switch (type.is) {
    case 'list': {
      const each = orderOf(type.of)
      return each && (value => (Array.isArray(value) ? inList(value, each) : value))
    }
    case 'map': {
      const each = orderOf(type.of)
      return value => (Array.isArray(value) ? value : inMap(value as Record_, each))
    }
    case 'object': {
      const held = heldBy(type.type)
      const order = orderOfObjects(held)
      return value => {
        if (!Array.isArray(value)) return order(value)
        return held === type.type ? value : inList(value, order)
      }
    }
    default:
      return undefined
  }
}

function inList(list: readonly unknown[], order: Order): readonly unknown[] {
  let out: unknown[] | undefined
  for (let i = 0; i < list.length; i++) {
    const now = put(list[i], order)
    if (now !== list[i]) (out ??= [...list])[i] = now
  }
  return out ?? list
}

function inMap(map: Record_, order: Order | undefined): Record_ {
  const keys = Object.keys(map)
  let isRight = true
  for (let i = 1; i < keys.length && isRight; i++) isRight = byBytes(keys[i - 1]!, keys[i]!) <= 0
  if (!isRight) return mapOf(keys.sort(byBytes).map(key => [key, put(map[key], order)]))
  let out: Record_ | undefined
  if (order) {
    for (const key of keys) {
      const own = map[key]
      const now = put(own, order)
      if (now !== own) (out ??= { ...map })[key] = now
    }
  }
  return out ?? map
}

interface Place {
  name: string
  at: number
  order: Order | undefined
}

const orders = new WeakMap<ObjectType, Order>()
function orderOfObjects(type: ObjectType): Order {
  const known = orders.get(type)
  if (known) return known
  /** Types speak of each other in circles, so their fields are looked at when they are first needed. */
  let places: ReadonlyMap<string, Place> | undefined
  const order: Order = value => {
    places ??= new Map(
      [...type.fields.values()].map(({ name, type }, at) => [name, { name, at, order: orderOf(type) }]),
    )
    return inPlaces(value as Record_, places)
  }
  orders.set(type, order)
  return order
}

const isBefore = (a: Place, b: Place): boolean => a.at < b.at || (a.at === b.at && a.name < b.name)

function inPlaces(value: Record_, places: ReadonlyMap<string, Place>): Record_ {
  const found: Place[] = []
  let out: Record_ | undefined
  for (const key of Object.keys(value)) {
    const place = places.get(key) ?? { name: key, at: places.size, order: undefined }
    // Few fields are out of their place.
    let i = found.length
    for (; i > 0 && isBefore(place, found[i - 1]!); i--) found[i] = found[i - 1]!
    if (i < found.length) out = {}
    found[i] = place
  }
  for (const { name, order } of found) {
    const own = value[name]
    const now = put(own, order)
    if (out || now !== own) (out ??= { ...value })[name] = now
  }
  return out ?? value
}

/** As the type declares its fields; what it does not know comes last, by the alphabet. No copy of what is in order already. */
export const inGoOrder = (type: ObjectType, value: object): Record_ => orderOfObjects(type)(value) as Record_
