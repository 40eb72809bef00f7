/** Objects as Go writes them to JSON: fields in the order in which their type declares them, maps by the alphabet. */
import { heldBy, type ObjectType, type Type } from './index.ts'

type Record_ = Record<string, unknown>

/** A copy in which the fields of every object come by the alphabet, as Go writes maps. */
export const inMapOrder = (value: Record_): Record_ =>
  Object.fromEntries(
    Object.keys(value)
      .sort()
      .map(key => [key, sortedWithin(value[key])]),
  )

const sortedWithin = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortedWithin)
  return typeof value === 'object' && value !== null ? inMapOrder(value as Record_) : value
}

function isSorted(keys: readonly string[]): boolean {
  for (let i = 1; i < keys.length; i++) if (keys[i - 1]! > keys[i]!) return false
  return true
}

function sortedMap(map: Record_, of: Type): Record_ {
  const keys = Object.keys(map)
  const isPlain = of.is !== 'object' && of.is !== 'list'
  if (isPlain && isSorted(keys)) return map
  return Object.fromEntries(keys.sort().map(key => [key, within(map[key], of)]))
}

function within(value: unknown, type: Type): unknown {
  if (typeof value !== 'object' || value === null) return value
  switch (type.is) {
    case 'list':
      if (!Array.isArray(value)) return value
      return type.of.is === 'object' || type.of.is === 'map' ? value.map(item => within(item, type.of)) : value
    case 'object': {
      const held = heldBy(type.type)
      if (Array.isArray(value))
        return held === type.type ? value : value.map(item => within(item, { is: 'object', type: held }))
      return inGoOrder(held, value as Record_)
    }
    case 'map':
      return Array.isArray(value) ? value : sortedMap(value as Record_, type.of)
    default:
      return value
  }
}

/** The places of a type's fields. */
const places = new WeakMap<ObjectType, ReadonlyMap<string, number>>()
function placesOf(type: ObjectType): ReadonlyMap<string, number> {
  let known = places.get(type)
  if (!known) places.set(type, (known = new Map([...type.fields.keys()].map((name, i) => [name, i]))))
  return known
}

/** A copy, as deep as there is an order; what the type does not know comes last, by the alphabet. */
export function inGoOrder(type: ObjectType, value: Record_): Record_ {
  const known = placesOf(type)
  const place = (key: string): number => known.get(key) ?? known.size
  const keys = Object.keys(value)
  let last = -1
  for (const key of keys) {
    const at = place(key)
    if (at <= last) {
      keys.sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
      break
    }
    last = at
  }
  const out: Record_ = {}
  for (const key of keys) {
    const own = value[key]
    const field = typeof own === 'object' && own !== null ? type.fields.get(key) : undefined
    out[key] = field ? within(own, field.type) : own
  }
  return out
}
